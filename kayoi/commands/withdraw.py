"""`withdraw LOAD_ID`: take a load back, or bring it in again."""

import argparse
from dataclasses import asdict

from kayoi import build, rulesets
from kayoi.commands.call import Answer, Call, Command, add_json
from kayoi.errors import LoadDamagedError, UsageError
from kayoi.i18n import Locale, translate
from kayoi.load import list_loads, restore, withdraw


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "load_id", type=int, metavar="LOAD_ID", help=translate(locale, "command.option.load_id")
    )
    parser.add_argument("--undo", action="store_true", help=translate(locale, "command.option.undo"))
    parser.add_argument("--erase", action="store_true", help=translate(locale, "command.option.erase"))
    parser.add_argument("--why", default="", metavar="TEXT", help=translate(locale, "command.option.why"))
    parser.add_argument("--build", action="store_true", help=translate(locale, "command.option.then_build"))
    parser.add_argument(
        "--ruleset",
        default=rulesets.DEFAULT,
        metavar="ID|FILE",
        help=translate(locale, "command.option.ruleset"),
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    options = call.options
    if options.undo and options.erase:
        raise UsageError("withdraw_undo_or_erase")
    before = _rows(call)
    if options.undo:
        entry = restore(call.warehouse, options.load_id, why=options.why)
        key = "command.withdraw.restored"
    else:
        entry = withdraw(call.warehouse, options.load_id, why=options.why, erase=options.erase)
        key = "command.withdraw.erased" if options.erase else "command.withdraw.done"
    after = _rows(call)
    data: dict[str, object] = {
        "entry_id": entry.entry_id,
        "load_id": options.load_id,
        "kind": entry.kind,
        "rows_before": before,
        "rows_after": after,
    }
    text = call.say(key, load=options.load_id, before=_shown(before), after=_shown(after))
    if not options.build:
        return Answer(text + "\n" + call.say("command.load.next", warehouse=call.warehouse), data)
    report = build.build(call.warehouse, ruleset=options.ruleset, progress=call.progress)
    said = call.say("command.withdraw.built", snapshot=report.snapshot_id)
    return Answer(text + "\n" + said, {**data, "build": asdict(report)})


def _rows(call: Call) -> int | None:
    """Return how many rows count; None while a load is damaged, which is a reason to withdraw it."""
    try:
        return sum(file.accepted for load in list_loads(call.warehouse) for file in load.files)
    except LoadDamagedError:
        return None


def _shown(rows: int | None) -> str:
    return "?" if rows is None else f"{rows:,}"


COMMAND = Command(_add_options, _run)
