"""`kpi`: every KPI of a region on a day, with numerator, denominator, n and target."""

import argparse
from datetime import date
from typing import Any

import pandas as pd

from kayoi import metrics, report
from kayoi.access import Scope
from kayoi.commands.call import Answer, Call, Command, add_json, as_columns, parse_day
from kayoi.errors import UsageError
from kayoi.figures import Reporting, on_day, reporting
from kayoi.i18n import Locale, translate
from kayoi.regions import Region, find_region
from kayoi.warehouse import open_snapshot

_WHOLE = ("people", "days", "cases", "organizations")  # units whose values are counted


def add_region_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    """Declare --region and --as-of."""
    parser.add_argument(
        "--region", required=True, metavar="CODE", help=translate(locale, "command.option.region")
    )
    parser.add_argument("--as-of", metavar="DATE", help=translate(locale, "command.option.as_of"))


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    add_region_options(parser, locale)
    parser.add_argument("--kpi", nargs="+", metavar="ID", help=translate(locale, "command.option.kpi"))
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    wanted = _wanted(call.options.kpi)
    snapshot = open_snapshot(call.warehouse, Scope.everything())
    region = find_region(snapshot, call.options.region)
    as_of = asked_day(region, call.options.as_of)
    with on_day(snapshot, region, as_of) as source:
        rows = source.fetch("kpi_figures", {**region.params, "as_of": as_of})
        programs = source.fetch("kpi_programs", {**region.params, "as_of": as_of})
        members = reporting(snapshot, source, region, as_of)
    facts = snapshot.fetch("snapshot_facts", {}).iloc[0]
    data: dict[str, object] = {
        "region": region.code,
        "as_of": as_of.isoformat(),
        "ruleset": facts["ruleset_id"],
        "data_label": facts["data_label"],
        "members_reporting": members.members_reporting,
        "members_with_data": members.members_with_data,
        "members_total": members.members_total,
        "kpis": [_with_programs(metric, rows, programs) for metric in wanted],
    }
    return Answer(_text(call, region, as_of, members, data, bool(facts["data_label"])), data)


def asked_day(region: Region, text: str | None) -> date:
    """Return the day asked for, else the region's default; raises UsageError where there is neither."""
    if text is not None:
        return parse_day(text)
    if region.default_as_of is None:
        raise UsageError("usage_no_data", region=region.code)
    return region.default_as_of


def _wanted(kpi_ids: list[str] | None) -> list[metrics.Metric]:
    if not kpi_ids:
        return list(metrics.registry().values())
    return [metrics.get(kpi_id.upper()) for listed in kpi_ids for kpi_id in listed.split(",")]


def _with_programs(metric: metrics.Metric, rows: pd.DataFrame, programs: pd.DataFrame) -> dict[str, object]:
    """Return one KPI, and beside it that of each programme (施策) where it is one of programmes."""
    figure = _figure(metric, rows[rows["kpi_id"] == metric.kpi_id])
    own = programs[programs["kpi_id"] == metric.kpi_id]
    if len(own):
        figure["programs"] = [
            {
                "program_id": program_id,
                "name_ja": _said(theirs["name_ja"].iloc[0]),
                "name_en": _said(theirs["name_en"].iloc[0]),
                **{key: value for key, value in _figure(metric, theirs).items() if key != "kpi_id"},
            }
            for program_id, theirs in own.groupby("program_id", sort=True)
        ]
    return figure


def _figure(metric: metrics.Metric, rows: pd.DataFrame) -> dict[str, object]:
    """Return one KPI as contract section 6 has it; without a row: no_data."""
    own = rows[rows["part"] == ""]
    lead = own if len(own) or metric.has_value else rows[:1]
    row = lead.iloc[0].to_dict() if len(lead) else {}
    has_own = bool(len(own))
    whole = metric.unit in _WHOLE
    figure: dict[str, object] = {
        "kpi_id": metric.kpi_id,
        "value": _number(row.get("value"), whole) if has_own else None,
        "numerator": _number(row.get("numerator"), True) if has_own else None,
        "denominator": _number(row.get("denominator"), True),
        "n": _number(row.get("n") if has_own or not row else rows["n"].sum(), True),
        "unit": metric.unit,
        "target": _number(row.get("target"), whole),
        "previous": _number(row.get("previous"), whole) if has_own else None,
        "status": row.get("status", "no_data"),
        "previous_status": _said(row.get("previous_status")) if has_own else None,
    }
    parts = rows[rows["part"] != ""].set_index("part")
    if len(parts):
        listed = [part for part in metric.parts if part.key in parts.index]
        figure["parts"] = [
            {
                "key": part.key,
                "value": _number(parts.at[part.key, "value"], part.unit in _WHOLE),
                "previous": _number(parts.at[part.key, "previous"], part.unit in _WHOLE),
                "previous_status": _said(parts.at[part.key, "previous_status"]),
                "target": _number(parts.at[part.key, "target"], part.unit in _WHOLE),
            }
            for part in listed
        ]
    return figure


def _number(value: object, whole: bool) -> float | int | None:
    if value is None or pd.isna(value):
        return None
    number = float(value)  # type: ignore[arg-type]
    return int(number) if whole and number.is_integer() else number


def _said(status: object) -> str | None:
    return status if isinstance(status, str) else None


def _text(  # noqa: PLR0913 - the head of the table says all of it
    call: Call, region: Region, as_of: date, members: Reporting, data: dict[str, object], is_fictitious: bool
) -> str:
    name = region.name_ja if call.locale == "ja" else region.name_en
    head = call.say(
        "command.kpi.head",
        region=name,
        as_of=as_of.isoformat(),
        ruleset=data["ruleset"],
        reporting=members.members_reporting,
        with_data=members.members_with_data,
    )
    if is_fictitious:
        head += " " + call.say("app.fictitious")
    heading = [
        "",
        *(call.say(f"command.kpi.{name}") for name in ("value", "n", "previous", "target", "status")),
    ]
    rows = [heading]
    figures = data["kpis"] if isinstance(data["kpis"], list) else []
    for figure in figures:
        metric = metrics.get(figure["kpi_id"])
        rows.append(_line(call, f"{metric.kpi_id} {metric.short[call.locale]}", metric.unit, figure))
        rows += _part_lines(call, metric, figure, "    ")
        for program in figure.get("programs", []):
            name = program[f"name_{call.locale}"] or program["program_id"]
            label = "    " + call.say("command.kpi.program", name=name)
            rows.append(_line(call, label, metric.unit, program))
            rows += _part_lines(call, metric, program, "        ")
    return head + "\n" + as_columns(rows)


def _part_lines(call: Call, metric: metrics.Metric, figure: dict[str, Any], indent: str) -> list[list[str]]:
    return [
        _line(call, indent + metric.part(part["key"]).label[call.locale], metric.part(part["key"]).unit, part)
        for part in figure.get("parts", [])
    ]


def _line(call: Call, label: str, unit: metrics.Unit, figure: dict[str, object]) -> list[str]:
    count = figure.get("n")
    status = figure.get("status")
    return [
        label,
        report.figure(figure.get("value"), unit, call.locale),
        f"{count:,}" if isinstance(count, int) else "",
        _previous(call, unit, figure),
        report.figure(figure["target"], unit, call.locale) if figure.get("target") is not None else "",
        call.say(f"card.status.{status}") if status else "",
    ]


def _previous(call: Call, unit: metrics.Unit, figure: dict[str, object]) -> str:
    said = report.figure(figure.get("previous"), unit, call.locale)
    if figure.get("previous_status") != "provisional":
        return said
    return call.say("command.kpi.provisional", figure=said)


COMMAND = Command(_add_options, _run)
