"""`build`: spells and marts from what is loaded, published in one step."""

import argparse
from dataclasses import asdict

from kayoi import build, rulesets
from kayoi.commands.call import Answer, Call, Command, add_json
from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "--ruleset",
        default=rulesets.DEFAULT,
        metavar="ID|FILE",
        help=translate(locale, "command.option.ruleset"),
    )
    parser.add_argument(
        "--engine",
        choices=["duckdb", "spark"],
        default="duckdb",
        help=translate(locale, "command.option.engine"),
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    if call.options.engine != "duckdb":
        raise UsageError("engine_missing", engine=call.options.engine)
    report = build.build(call.warehouse, ruleset=call.options.ruleset, progress=call.progress)
    counts = {
        name: f"{value:,}" if isinstance(value, int) else value for name, value in asdict(report).items()
    }
    return Answer(call.say("command.build.done", **counts), asdict(report))


COMMAND = Command(_add_options, _run)
