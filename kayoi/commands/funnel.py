"""`funnel`: people on the ladder on a day (stock), how far first-comers got (cohort), who moved (flow)."""

import argparse
from datetime import date

import pandas as pd

from kayoi import journey_words, report
from kayoi.access import Scope
from kayoi.commands.call import Answer, Call, Command, add_json, as_columns, parse_day
from kayoi.commands.kpi import add_region_options, asked_day
from kayoi.errors import UsageError
from kayoi.figures import moves_between, on_day, reporting
from kayoi.i18n import Locale, translate
from kayoi.regions import find_region
from kayoi.warehouse import open_snapshot

_KINDS = {"stock": "stage_stock", "flow": "moves", "cohort": "cohort_reach"}
_SPANS = ("month", "quarter", "half", "year", "two_years")
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
    "at_risk",
    "settled_first",
    "naive_rate",
    "is_complete",
    "early",
    "median_days",
)
_SHARES = (
    "stage_from",
    "people",
    "rose",
    "skipped",
    "stayed",
    "fell",
    "lapsed",
    "beside",
    "half_life",
    "status",
)


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    add_region_options(parser, locale)
    parser.add_argument(
        "--kind",
        choices=["stock", "cohort", "flow"],
        default="stock",
        help=translate(locale, "command.option.kind"),
    )
    parser.add_argument(
        "--by",
        choices=["fy", "quarter"],
        default="fy",
        help=translate(locale, "command.option.by"),
    )
    parser.add_argument(
        "--leave-out-early",
        action="store_true",
        help=translate(locale, "command.option.leave_out_early"),
    )
    parser.add_argument(
        "--span",
        choices=_SPANS,
        default="year",
        help=translate(locale, "command.option.span"),
    )
    parser.add_argument("--since", metavar="DATE", help=translate(locale, "command.option.since"))
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    kind = call.options.kind
    snapshot = open_snapshot(call.warehouse, Scope.everything())
    region = find_region(snapshot, call.options.region)
    as_of = asked_day(region, call.options.as_of)
    since = None if call.options.since is None else parse_day(call.options.since)
    if since is not None and since > as_of:
        raise UsageError("usage_since", since=since, as_of=as_of)
    asked = {
        **region.params,
        "as_of": as_of,
        "reach_on": as_of,
        "segment_kind": "all",
        "segment_value": "all",
        "cohort_kind": call.options.by,
        "entry": "later" if call.options.leave_out_early else "all",
        "span": call.options.span,
    }
    # Three months, six and two years are worked out on the days of the cohorts.
    on_cohort_days = kind == "cohort" or (kind == "flow" and call.options.span not in ("month", "year"))
    with on_day(snapshot, region, as_of, of_cohorts=on_cohort_days) as source:
        if kind == "flow" and since is not None and region.last_on is not None:
            rows = moves_between(snapshot, region, since, as_of)
        else:
            rows = source.fetch(_KINDS[kind], asked)
        shares = source.fetch("move_shares", asked) if kind == "flow" and since is None else None
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
        rows = rows[rows["is_window"]]
        data["cohorts"] = [one | {"cohort": _year(one["cohort"])} for one in _records(rows, *_COHORT)]
        return Answer(head + "\n" + _cohort_text(call, rows), data)
    data["moves"] = _records(rows, "stage_from", "stage_to", "people")
    text = head + "\n" + _flow_text(call, rows, since)
    if since is not None:
        data["since"] = since.isoformat()
    if shares is not None:
        data["span"] = call.options.span
        data["stages"] = _records(shares, *_SHARES)
        text += "\n\n" + _shares_text(call, shares)
    return Answer(text, data)


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
    words = ("cohort", "people", "within", "reach_rate", "interval", "followed", "at_risk", "median")
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
                report.count(row["at_risk"], call.locale),
                journey_words.median(row["median_days"], call.locale),
            ]
        )
    return as_columns(lines)


def _flow_text(call: Call, rows: pd.DataFrame, since: date | None) -> str:
    span = since.isoformat() if since is not None else call.say(f"flow.span.{call.options.span}")
    lines = [[call.say("command.funnel.from_to", since=span), call.say("command.funnel.people")]]
    for row in rows.to_dict("records"):
        names = [_stage(call, str(row[end])) for end in ("stage_from", "stage_to")]
        lines.append([" → ".join(names), report.count(row["people"], call.locale)])
    return as_columns(lines)


def _shares_text(call: Call, shares: pd.DataFrame) -> str:
    counts = ("people", "rose", "stayed", "fell", "lapsed", "beside")
    lines = [["", *(call.say(f"flow.col.{name}") for name in counts), call.say("flow.col.half_life")]]
    for row in shares.to_dict("records"):
        lines.append(
            [
                report.stage_name(str(row["stage_from"]), call.locale),
                *(report.count(row[name], call.locale) for name in counts),
                journey_words.half_life(row, call.locale),
            ]
        )
    return as_columns(lines)


def _year(cohort: object) -> object:
    """Return a fiscal year as a number; the name of a quarter as it is."""
    return int(cohort) if isinstance(cohort, str) and cohort.isdigit() else cohort


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
