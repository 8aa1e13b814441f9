"""`templates --out DIR`: empty Excel templates of the input tables."""

import argparse

from kayoi.commands.call import Answer, Call, Command, add_json, named_path
from kayoi.contract import TABLES
from kayoi.i18n import Locale, translate
from kayoi.templates import write_templates


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "--out",
        type=named_path,
        required=True,
        metavar="DIR",
        help=translate(locale, "command.option.templates_out"),
    )
    parser.add_argument(
        "--table",
        action="append",
        default=[],
        choices=list(TABLES),
        metavar="TABLE",
        help=translate(locale, "command.option.templates_table"),
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    tables = tuple(dict.fromkeys(call.options.table))
    written = write_templates(call.options.out, tables, call.locale)
    said = call.say("command.templates.written", count=len(written), folder=call.options.out)
    listed = [f"  {path.name}" for path in written]
    return Answer("\n".join([said, *listed]), {"files": [str(path) for path in written]})


COMMAND = Command(_add_options, _run)
