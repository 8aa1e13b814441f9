"""`changes`: which figures say something else than in the snapshot before, and which loads brought it."""

import argparse

import pandas as pd

from kayoi import metrics, report
from kayoi.access import Scope
from kayoi.changes import Changes, read_changes
from kayoi.commands.call import Answer, Call, Command, add_json, as_columns
from kayoi.i18n import Locale, translate
from kayoi.municipalities import NATION
from kayoi.regions import Region, find_region
from kayoi.warehouse import open_snapshot

_MOST_SHOWN = 30


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "--region", default=NATION, metavar="CODE", help=translate(locale, "command.option.region_only")
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    snapshot = open_snapshot(call.warehouse, Scope())
    region = find_region(snapshot, call.options.region)
    changes = read_changes(snapshot, region)
    data = {
        "region": region.code,
        "snapshot": changes.snapshot_id,
        "before": changes.previous_id or None,
        "loads_added": list(changes.added),
        "loads_removed": list(changes.removed),
        "ruleset_before": changes.ruleset_before or None,
        "ruleset": changes.ruleset_after,
        "kpis": _records(changes.kpis),
        "rows": _records(changes.rows),
        "regions": _records(changes.regions),
    }
    return Answer(_text(call, region, changes), data)


def _text(call: Call, region: Region, changes: Changes) -> str:
    if not changes.previous_id:
        return call.say("command.changes.first", snapshot=changes.snapshot_id)
    lines = [
        call.say(
            "command.changes.head",
            region=region.name_ja if call.locale == "ja" else region.name_en,
            before=changes.previous_id,
            after=changes.snapshot_id,
            added=_listed(changes.added),
            removed=_listed(changes.removed),
        )
    ]
    if changes.ruleset_before != changes.ruleset_after:
        words = {"before": changes.ruleset_before, "after": changes.ruleset_after}
        lines.append(call.say("command.changes.ruleset", **words))
    if changes.rows.empty and changes.kpis.empty:
        return "\n".join([*lines, call.say("command.changes.none")])
    if not changes.rows.empty:
        names = ("municipality_code", "month_on", "table_name", "load_id", "rows_before", "rows_after")
        lines.append(_table(call, names, changes.rows))
    if not changes.kpis.empty:
        lines.append(_kpis(call, changes.kpis))
    return "\n".join(lines)


def _kpis(call: Call, kpis: pd.DataFrame) -> str:
    heading = [call.say(f"command.changes.{name}") for name in ("kpi", "as_of", "before", "after")]
    rows = [heading]
    for one in kpis.head(_MOST_SHOWN).itertuples():
        metric = metrics.get(str(one.kpi_id))
        rows.append(
            [
                f"{metric.kpi_id} {metric.short[call.locale]}",
                f"{one.as_of:%Y-%m-%d}",
                report.figure(_number(one.value_before), metric.unit, call.locale),
                report.figure(_number(one.value_after), metric.unit, call.locale),
            ]
        )
    return "\n".join([as_columns(rows), *_more(call, len(kpis))])


def _table(call: Call, names: tuple[str, ...], rows: pd.DataFrame) -> str:
    heading = [call.say(f"command.changes.{name}") for name in names]
    shown = rows.head(_MOST_SHOWN)
    cells = [[_cell(row[name]) for name in names] for row in shown.to_dict("records")]
    return "\n".join([as_columns([heading, *cells]), *_more(call, len(rows))])


def _cell(value: object) -> str:
    return f"{value:%Y-%m}" if isinstance(value, pd.Timestamp) else str(value)


def _more(call: Call, count: int) -> list[str]:
    more = count - _MOST_SHOWN
    return [call.say("command.changes.more", count=f"{more:,}")] if more > 0 else []


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(str(value))


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return rows as JSON has them: days as text, nothing as null."""
    rows = []
    for row in frame.to_dict("records"):
        rows.append(
            {
                str(name): None
                if pd.isna(value)
                else f"{value:%Y-%m-%d}"
                if isinstance(value, pd.Timestamp)
                else value
                for name, value in row.items()
            }
        )
    return rows


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers)) or "-"


COMMAND = Command(_add_options, _run)
