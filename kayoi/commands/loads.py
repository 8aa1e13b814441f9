"""`loads`: what was loaded, withdrawn and brought back, and for how long the files themselves are kept."""

import argparse
from dataclasses import asdict
from datetime import datetime

from kayoi.commands.call import Answer, Call, Command, add_json, as_columns
from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate
from kayoi.load import HistoryEntry, history, list_loads, originals, today
from kayoi.lock import writing

_COUNTS = ("read", "accepted", "duplicate", "rejected")
_MOST_DAYS = 3_650


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "--keep-originals", type=int, metavar="DAYS", help=translate(locale, "command.option.keep_originals")
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    days = call.options.keep_originals
    if days is not None:
        if not 0 <= days <= _MOST_DAYS:
            raise UsageError("originals_days", most=_MOST_DAYS)
        with writing(call.warehouse, doing="loads"):
            originals.set_days_kept(call.warehouse, days)
            used = {file.sha256 for load in list_loads(call.warehouse) for file in load.files}
            originals.clear(call.warehouse, used, today())
    entries = history(call.warehouse)
    kept = originals.kept(call.warehouse)
    size = sum(one.size for one in kept)
    said = call.say(
        "command.loads.originals",
        days=originals.days_kept(call.warehouse),
        files=len(kept),
        size=f"{size / 2**20:,.1f}",
    )
    text = "\n".join([_table(call, entries), said]) if entries else call.say("command.loads.none")
    data = {
        "entries": [asdict(one) for one in entries],
        "originals": {
            "days": originals.days_kept(call.warehouse),
            "files": len(kept),
            "bytes": size,
            "oldest": kept[0].kept_on.isoformat() if kept else None,
        },
    }
    return Answer(text, data)


def _table(call: Call, entries: tuple[HistoryEntry, ...]) -> str:
    rows = [[call.say(f"command.loads.{name}") for name in ("what", "at", "by", "state", *_COUNTS)]]
    for entry in entries:
        sums = {name: sum(getattr(file, name) for file in entry.files) for name in _COUNTS}
        names = "、".join(dict.fromkeys(file.file for file in entry.files))
        what = call.say(f"command.loads.kind.{entry.kind}", of=entry.of, files=names[:60], why=entry.why)
        counts = [f"{sums[name]:,}" if entry.kind == "load" else "" for name in _COUNTS]
        state = call.say(f"command.loads.state.{entry.state}") if entry.kind == "load" else ""
        rows.append([f"{entry.entry_id:>4}  {what}", _local(entry.at), entry.by, state, *counts])
    return as_columns(rows)


def _local(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}" if at else "?"


COMMAND = Command(_add_options, _run)
