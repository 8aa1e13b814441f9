"""`event-funnel`: who did one thing after another, in any file of events or in a region of a warehouse."""

import argparse
from pathlib import Path
from typing import Any

import pandas as pd

from kayoi import report
from kayoi.access import Scope
from kayoi.behaviour import Plan, RegionFunnel, count_file, measure_funnel, read_definition, write_definition
from kayoi.behaviour.definition import ORDERS, Order, Role
from kayoi.commands.call import Answer, Call, Command, add_json, as_columns, named_path, parse_day
from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate
from kayoi.regions import find_region
from kayoi.warehouse import open_snapshot


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    def words(name: str) -> str:
        return translate(locale, f"command.event_funnel.{name}")

    parser.add_argument("file", nargs="?", type=named_path, metavar="FILE", help=words("file"))
    parser.add_argument("--steps", metavar="A,B,C", help=words("steps"))
    parser.add_argument("--window", type=int, metavar="N", help=words("window"))
    parser.add_argument("--order", choices=ORDERS, help=words("order"))
    parser.add_argument("--region", metavar="CODE", help=words("region"))
    parser.add_argument("--define", metavar="TEXT", help=words("define"))
    parser.add_argument("--from", dest="entered_from", metavar="DATE", help=words("from"))
    parser.add_argument("--to", dest="entered_to", metavar="DATE", help=words("to"))
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    options = call.options
    of_file = [options.steps, options.window, options.order]
    of_region = [options.region, options.define, options.entered_from, options.entered_to]
    if options.file is not None and options.steps is not None and options.window is not None:
        if any(one is not None for one in of_region):
            raise UsageError("funnel_file_or_region")
        return _of_file(call, options.file)
    if options.file is None and options.region is not None and options.define is not None:
        if any(one is not None for one in of_file):
            raise UsageError("funnel_file_or_region")
        return _of_region(call)
    raise UsageError("funnel_file_or_region")


def _of_file(call: Call, path: Path) -> Answer:
    names = [name.strip() for name in call.options.steps.split(",")]
    if not all(names):
        raise UsageError("funnel_step_empty", steps=call.options.steps)
    order: Order = call.options.order or "ordered"
    required: Role = "required"
    plan = Plan((required,) * len(names), call.options.window, order)
    found = count_file(path, names, plan)
    data = {
        "file": path.name,
        "order": order,
        "window_days": plan.window_days,
        "rows": found.rows,
        "missing_steps": list(found.missing),
        "steps": _records(found.steps, "name"),
    }
    head = call.say(
        f"command.event_funnel.head_{order}", file=path.name, rows=f"{found.rows:,}", days=plan.window_days
    )
    lines = [
        head,
        _table(call, found.steps, [_step_name(call, order, n, name) for n, name in enumerate(names, 1)]),
    ]
    if found.missing:
        lines.append(call.say("command.event_funnel.missing", steps=", ".join(found.missing)))
    return Answer("\n".join(lines), data)


def _of_region(call: Call) -> Answer:
    definition = read_definition(call.options.define)
    snapshot = open_snapshot(call.warehouse, Scope.everything())
    region = find_region(snapshot, call.options.region)
    since, to = (
        None if text is None else parse_day(text)
        for text in (call.options.entered_from, call.options.entered_to)
    )
    funnel = measure_funnel(
        snapshot, region.level, region.code, definition, entered_from=since, entered_to=to
    )
    facts = snapshot.fetch("snapshot_facts", {}).iloc[0]
    name = region.name_ja if call.locale == "ja" else region.name_en
    head = call.say(
        "command.event_funnel.head_region",
        region=name,
        since=funnel.entered_from,
        to=funnel.entered_to,
        reach=funnel.reach_on,
        reporting=funnel.members_reporting,
        with_data=funnel.members_with_data,
    ) + (" " + call.say("app.fictitious") if facts["data_label"] else "")
    data = {
        "region": region.code,
        "data_label": facts["data_label"],
        "define": write_definition(definition),
        "entered_from": funnel.entered_from.isoformat(),
        "entered_to": funnel.entered_to.isoformat(),
        "reach_on": funnel.reach_on.isoformat(),
        "members_reporting": funnel.members_reporting,
        "members_with_data": funnel.members_with_data,
        "steps": _records(funnel.steps, "text", "role", "previous_people"),
        "times": _plain(funnel.times),
        "bands": _plain(funnel.bands),
    }
    return Answer(head + "\n" + _region_table(call, funnel), data)


def _region_table(call: Call, funnel: RegionFunnel) -> str:
    order = funnel.definition.order
    names = [
        _step_name(call, order, int(row.step), str(row.text)) for row in funnel.steps.itertuples(index=False)
    ]
    return _table(call, funnel.steps, names)


def _step_name(call: Call, order: str, number: int, name: str) -> str:
    """Return what a line counts: a step, or in any order so many of the steps."""
    return call.say("command.event_funnel.any", count=number) if order == "unordered" else name


def _table(call: Call, steps: pd.DataFrame, names: list[str]) -> str:
    head = ["", *(call.say(f"command.funnel.{word}") for word in ("people", "of_previous", "of_first"))]
    lines = [[*head, call.say("command.event_funnel.dropped")]]
    for name, row in zip(names, steps.to_dict("records"), strict=True):
        lines.append(
            [
                name,
                report.count(row["people"], call.locale),
                report.rate(row["step_rate"], call.locale) if row["step"] > 1 else "",
                report.rate(row["start_rate"], call.locale),
                report.count(row["dropped"], call.locale) if row["step"] > 1 else "",
            ]
        )
    return as_columns(lines)


def _records(steps: pd.DataFrame, name: str, *more: str) -> list[dict[str, object]]:
    """Return the steps as the contract has them, and what else is known of each."""
    listed = steps.rename(columns={"step": "number"}).rename(columns={name: "step"})
    return _plain(listed[["step", "people", "dropped", "step_rate", "start_rate", *more]])


def _plain(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as JSON has them: whole numbers whole, nothing where there is none."""
    whole = ("people", "dropped", "step", "previous_people")
    return [
        {
            str(key): None
            if pd.isna(value)
            else int(value)
            if key in whole and not isinstance(value, str)
            else value
            for key, value in row.items()
        }
        for row in rows.to_dict("records")
    ]


COMMAND = Command(_add_options, _run)
