"""`load PATH…`: read files or folders and print where every row went."""

import argparse
from dataclasses import asdict

from kayoi import keys
from kayoi.commands.call import Answer, Call, Command, add_json, as_columns, named_path
from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate
from kayoi.load import FileReconciliation, Parcel, load_parcels, try_parcels
from kayoi.warehouse import data_label

_MOST_SHOWN = 20
_COUNTS = ("read", "accepted", "duplicate", "rejected")


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "paths", nargs="+", type=named_path, metavar="PATH", help=translate(locale, "command.option.paths")
    )
    parser.add_argument("--mapping", metavar="FILE|ID", help=translate(locale, "command.option.mapping"))
    parser.add_argument(
        "--key-file", type=named_path, metavar="FILE", help=translate(locale, "command.option.key_file")
    )
    parser.add_argument("--dry-run", action="store_true", help=translate(locale, "command.option.dry_run"))
    parser.add_argument(
        "--no-originals", action="store_true", help=translate(locale, "command.option.no_originals")
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    if data_label(call.warehouse):
        raise UsageError("load_into_demo", warehouse=call.warehouse)
    parcel = Parcel(call.options.paths, call.options.mapping)
    if call.options.dry_run:
        return _tried(call, parcel)
    files = load_parcels(
        call.warehouse,
        [parcel],
        key=keys.key_for(call.warehouse, call.options.key_file),
        progress=call.progress,
        keep_originals=not call.options.no_originals,
    )
    data = {"files": [_described(file) for file in files], **_totals(files)}
    return Answer(_text(call, files), data)


def _tried(call: Call, parcel: Parcel) -> Answer:
    key = keys.key_to_try(call.warehouse, call.options.key_file)
    trial = try_parcels(call.warehouse, [parcel], key=key, progress=call.progress)
    counted, refused = _totals(trial.files), trial.rejects
    reason = f"reason_{call.locale}"
    lines = [_table(call, trial.files), *_notes(call, trial.files), call.say("command.load.dry_run")]
    if len(refused):
        lines.append(call.say("command.load.dry_rejects", shown=min(len(refused), _MOST_SHOWN)))
        shown = refused.head(_MOST_SHOWN)[["file", "line", "column", "value", reason]].astype(str)
        lines += ["  " + "  ".join(row) for row in shown.itertuples(index=False)]
    data = {
        "is_trial": True,
        "files": [_described(file) for file in trial.files],
        **counted,
        "rejects": refused.to_dict("records"),
    }
    return Answer("\n".join(lines), data)


def _described(file: FileReconciliation) -> dict[str, object]:
    described = asdict(file)
    return {name: described[name] for name in ("load_id", "file", "table", "encoding", *_COUNTS, "notes")}


def _totals(files: list[FileReconciliation]) -> dict[str, int]:
    return {name: sum(getattr(file, name) for file in files) for name in _COUNTS}


def _table(call: Call, files: list[FileReconciliation]) -> str:
    heading = [call.say(f"command.load.{name}") for name in ("file", *_COUNTS)]
    rows = [[file.file, *(f"{getattr(file, name):,}" for name in _COUNTS)] for file in files]
    totals = [call.say("command.load.total"), *(f"{count:,}" for count in _totals(files).values())]
    return as_columns([heading, *rows, totals])


def _notes(call: Call, files: list[FileReconciliation]) -> list[str]:
    notes: dict[tuple[str, str], int] = {}
    for file in files:
        for note in file.notes:
            notes[note.key, note.what] = notes.get((note.key, note.what), 0) + note.count
    return ["- " + call.say(key, count=f"{count:,}", what=what) for (key, what), count in notes.items()]


def _text(call: Call, files: list[FileReconciliation]) -> str:
    lines = [_table(call, files), *_notes(call, files)]
    if _totals(files)["rejected"]:
        lines.append(call.say("command.load.see_rejects", warehouse=call.warehouse))
    counted = _totals(files)
    if counted["accepted"] or counted["duplicate"]:
        lines.append(call.say("command.load.next", warehouse=call.warehouse))
    return "\n".join(lines)


COMMAND = Command(_add_options, _run)
