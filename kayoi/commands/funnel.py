"""`funnel`: people on the ladder on a day (stock), how far first-comers got (cohort), who moved (flow)."""

import argparse

import pandas as pd

from kayoi import report
from kayoi.access import Scope
from kayoi.commands.call import Answer, Call, Command, add_json, as_columns
from kayoi.commands.kpi import add_region_options, asked_day
from kayoi.figures import on_day, reporting
from kayoi.i18n import Locale, translate
from kayoi.regions import find_region
from kayoi.warehouse import open_snapshot

_KINDS = {"stock": "stage_stock", "flow": "moves", "cohort": "cohort_reach"}
_COHORT = (
    "cohort",
    "stage",
    "within_days",
    "people",
    "followed",
    "reached",
    "reach_rate",
    "rate_low",
    "rate_high",
)


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    add_region_options(parser, locale)
    parser.add_argument(
        "--kind",
        choices=["stock", "cohort", "flow"],
        default="stock",
        help=translate(locale, "command.option.kind"),
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    kind = call.options.kind
    snapshot = open_snapshot(call.warehouse, Scope.everything())
    region = find_region(snapshot, call.options.region)
    as_of = asked_day(region, call.options.as_of)
    asked = {
        **region.params,
        "as_of": as_of,
        "reach_on": as_of,
        "segment_kind": "all",
        "segment_value": "all",
    }
    with on_day(snapshot, region, as_of) as source:
        if kind == "cohort":
            rows = snapshot.fetch_people(region.level, region.code, _KINDS[kind], asked)
        else:
            rows = source.fetch(_KINDS[kind], asked)
        members = reporting(snapshot, source, region, as_of)
    facts = snapshot.fetch("snapshot_facts", {}).iloc[0]
    data: dict[str, object] = {
        "region": region.code,
        "as_of": as_of.isoformat(),
        "ruleset": facts["ruleset_id"],
        "data_label": facts["data_label"],
        "kind": kind,
        "members_reporting": members.members_reporting,
        "members_with_data": members.members_with_data,
        "members_total": members.members_total,
    }
    name = region.name_ja if call.locale == "ja" else region.name_en
    head = call.say(
        "command.kpi.head",
        region=name,
        as_of=as_of.isoformat(),
        ruleset=facts["ruleset_id"],
        reporting=members.members_reporting,
        with_data=members.members_with_data,
    ) + (" " + call.say("app.fictitious") if facts["data_label"] else "")
    if kind == "stock":
        data["steps"] = _records(
            rows[rows["is_ladder"]], "stage", "people", "at_or_above", "step_rate", "start_rate"
        )
        data["beside"] = _records(rows[~rows["is_ladder"]], "stage", "people")
        return Answer(head + "\n" + _stock_text(call, rows), data)
    if kind == "cohort":
        data["cohorts"] = _records(rows, *_COHORT)
        return Answer(head + "\n" + _cohort_text(call, rows), data)
    data["moves"] = _records(rows, "stage_from", "stage_to", "people")
    return Answer(head + "\n" + _flow_text(call, rows), data)


def _stock_text(call: Call, rows: pd.DataFrame) -> str:
    lines = [
        [
            "",
            *(
                call.say(f"command.funnel.{name}")
                for name in ("people", "reached", "of_previous", "of_first")
            ),
        ]
    ]
    for row in rows.to_dict("records"):
        is_rung = bool(row["is_ladder"])
        lines.append(
            [
                report.stage_name(str(row["stage"]), call.locale),
                report.count(row["people"], call.locale),
                report.count(row["at_or_above"], call.locale) if is_rung else "",
                report.rate(row["step_rate"], call.locale) if is_rung and row["stage"] != "tourist" else "",
                report.rate(row["start_rate"], call.locale) if is_rung else "",
            ]
        )
    return as_columns(lines)


def _cohort_text(call: Call, rows: pd.DataFrame) -> str:
    words = ("cohort", "people", "within", "reach_rate", "interval", "followed")
    lines = [[call.say(f"command.funnel.{word}") for word in words]]
    for row in rows.to_dict("records"):
        name = f"{row['cohort']} → {report.stage_name(str(row['stage']), call.locale)}"
        bounds = [report.rate(row[end], call.locale) for end in ("rate_low", "rate_high")]
        lines.append(
            [
                name,
                report.count(row["people"], call.locale),
                call.say("command.funnel.days", days=f"{row['within_days']:,}"),
                report.rate(row["reach_rate"], call.locale),
                "–".join(bounds),
                report.count(row["followed"], call.locale),
            ]
        )
    return as_columns(lines)


def _flow_text(call: Call, rows: pd.DataFrame) -> str:
    lines = [[call.say("command.funnel.from_to"), call.say("command.funnel.people")]]
    for row in rows.to_dict("records"):
        names = [_stage(call, str(row[end])) for end in ("stage_from", "stage_to")]
        lines.append([" → ".join(names), report.count(row["people"], call.locale)])
    return as_columns(lines)


def _stage(call: Call, stage: str) -> str:
    return call.say("command.funnel.none") if stage == "none" else report.stage_name(stage, call.locale)


def _records(rows: pd.DataFrame, *columns: str) -> list[dict[str, object]]:
    """Return rows as JSON has them: whole numbers whole, nothing where there is none."""
    return [
        {column: None if pd.isna(row[column]) else _plain(row[column]) for column in columns}
        for row in rows.to_dict("records")
    ]


def _plain(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() and value > 1 else value


COMMAND = Command(_add_options, _run)
