"""`demo`: the fictitious demonstration dataset (架空データ), loaded and built."""

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path

from kayoi import build, demo, keys
from kayoi.commands.call import Answer, Call, Command, add_json
from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate
from kayoi.load import list_loads, load_files
from kayoi.warehouse import label_data

_PEOPLE = 30_000


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "--people", type=int, default=_PEOPLE, metavar="N", help=translate(locale, "command.option.people")
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    if list_loads(call.warehouse):
        # Invented people must never stand among real ones.
        raise UsageError("demo_warehouse_not_empty", warehouse=call.warehouse)
    key = keys.key_for(call.warehouse, None)
    keys.bind(call.warehouse, key)
    label_data(call.warehouse, "fictitious")  # first: a demonstration is never without its label
    with tempfile.TemporaryDirectory() as folder:
        demo.write_dataset(Path(folder), people=call.options.people)
        files = load_files(call.warehouse, [Path(folder)], key=key, progress=call.progress)
    report = build.build(call.warehouse, progress=call.progress)
    read = sum(file.read for file in files)
    text = call.say(
        "command.demo.done", rows=f"{read:,}", visits=f"{report.visits:,}", warehouse=call.warehouse
    )
    return Answer(text, {"rows": read, **asdict(report)})


COMMAND = Command(_add_options, _run)
