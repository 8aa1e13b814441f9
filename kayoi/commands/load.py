"""`load PATH…`: read files or folders and print where every row went."""

import argparse
from dataclasses import asdict

from kayoi import keys
from kayoi.commands.call import Answer, Call, Command, add_json, as_columns, named_path
from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate
from kayoi.load import FileReconciliation, load_files
from kayoi.warehouse import data_label

_COUNTS = ("read", "accepted", "duplicate", "rejected")


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "paths", nargs="+", type=named_path, metavar="PATH", help=translate(locale, "command.option.paths")
    )
    parser.add_argument("--mapping", metavar="FILE|ID", help=translate(locale, "command.option.mapping"))
    parser.add_argument(
        "--key-file", type=named_path, metavar="FILE", help=translate(locale, "command.option.key_file")
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    if data_label(call.warehouse):
        raise UsageError("load_into_demo", warehouse=call.warehouse)
    key = keys.key_for(call.warehouse, call.options.key_file)
    files = load_files(
        call.warehouse, call.options.paths, mapping=call.options.mapping, key=key, progress=call.progress
    )
    data = {"files": [_described(file) for file in files], **_totals(files)}
    return Answer(_text(call, files), data)


def _described(file: FileReconciliation) -> dict[str, object]:
    described = asdict(file)
    return {name: described[name] for name in ("load_id", "file", "table", "encoding", *_COUNTS, "notes")}


def _totals(files: list[FileReconciliation]) -> dict[str, int]:
    return {name: sum(getattr(file, name) for file in files) for name in _COUNTS}


def _text(call: Call, files: list[FileReconciliation]) -> str:
    heading = [call.say(f"command.load.{name}") for name in ("file", *_COUNTS)]
    rows = [[file.file, *(f"{getattr(file, name):,}" for name in _COUNTS)] for file in files]
    totals = [call.say("command.load.total"), *(f"{count:,}" for count in _totals(files).values())]
    lines = [as_columns([heading, *rows, totals])]
    notes: dict[tuple[str, str], int] = {}
    for file in files:
        for note in file.notes:
            notes[note.key, note.what] = notes.get((note.key, note.what), 0) + note.count
    for (key, what), count in notes.items():
        lines.append("- " + call.say(key, count=f"{count:,}", what=what))
    if _totals(files)["rejected"]:
        lines.append(call.say("command.load.see_rejects", warehouse=call.warehouse))
    counted = _totals(files)
    if counted["accepted"] or counted["duplicate"]:
        lines.append(call.say("command.load.next", warehouse=call.warehouse))
    return "\n".join(lines)


COMMAND = Command(_add_options, _run)
