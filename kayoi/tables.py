"""The numbers of a chart as a table in the reader's language; shares in percent."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from kayoi import report
from kayoi.i18n import Locale, translate
from kayoi.periods import YearKind, day_label, year_label

_PERCENT_DECIMALS: Final = 3


def stages(stock: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return every stage with its people and, on the ladder, its step rates (rows of stage_stock)."""
    return _table(
        locale,
        stage=[report.stage_name(stage, locale) for stage in stock["stage"]],
        people=stock["people"],
        at_or_above=stock["at_or_above"],
        step_rate=_percent(stock["step_rate"]),
        start_rate=_percent(stock["start_rate"]),
    )


def compared_stages(stock: pd.DataFrame, other: pd.DataFrame, name: str, locale: Locale) -> pd.DataFrame:
    """Return the stages with those of another day or region beside them, headed by its *name*."""
    left, right = stages(stock, locale), stages(other, locale).iloc[:, 1:]
    right.columns = pd.Index(
        [translate(locale, "chart.col.compared", column=column, name=name) for column in right.columns]
    )
    return pd.concat([left, right], axis=1)


def events(rows: pd.DataFrame, locale: Locale) -> list[str]:
    """Return what each mark on a time chart stands for, one line each (rows of chart_events)."""
    return [
        translate(
            locale,
            "chart.event_line",
            when=day_label(report.as_date(row["starts_on"]), locale).split("（")[0],
            label=row[f"label_{locale}"],
        )
        for row in rows.to_dict("records")
    ]


def trend(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return one line per month with a column per ladder stage (rows of stage_trend)."""
    wide = rows.pivot(index="as_of", columns="stage", values="people")[list(report.LADDER)]
    wide.columns = pd.Index([report.stage_name(stage, locale) for stage in wide.columns])
    members = rows.drop_duplicates("as_of").set_index("as_of")["members_reporting"]
    named = wide.assign(**{translate(locale, "chart.col.members"): members})
    return named.reset_index(names=translate(locale, "chart.col.month"))


def bands(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return people by number of visits (rows of visit_bands)."""
    return _table(
        locale,
        band=[translate(locale, f"band.visits.{band}") for band in rows["visits_band"]],
        persons=rows["people"],
        share=_percent(rows["people_share"]),
        before=rows["people_before"],
    )


def months(rows: pd.DataFrame, kind: YearKind, locale: Locale) -> pd.DataFrame:
    """Return visits and people by month (rows of visit_months)."""
    return _table(
        locale,
        year=[year_label(int(year), kind, locale) for year in rows["year"]],
        month=[translate(locale, f"month.{month}") for month in rows["month"]],
        visits=rows["visits"],
        persons=rows["people"],
    )


def gaps(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return returns by days since the visit before (rows of return_gaps)."""
    return _table(
        locale,
        gap=[translate(locale, f"band.gap.{band}") for band in rows["gap_band"]],
        returns=rows["returns"],
        share=_percent(rows["returns_share"]),
        within=_percent(rows["within_share"]),
    )


def origins(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return people by prefecture of residence and stage (rows of map_origins)."""
    table = _table(
        locale,
        prefecture=[
            translate(locale, "segment.unknown") if report.is_missing(name) else name
            for name in rows[f"name_{locale}"]
        ],
        persons=rows["people"],
        share=_percent(rows["people_share"]),
        visits=rows["visits"],
    )
    by_stage = rows[list(report.LADDER)]
    by_stage.columns = pd.Index([report.stage_name(stage, locale) for stage in report.LADDER])
    return pd.concat([table, by_stage], axis=1)


def coverage(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return what the data cover, by municipality (rows of data_coverage)."""
    return _table(
        locale,
        prefecture=rows[f"prefecture_name_{locale}"],
        municipality=rows[f"name_{locale}"],
        code=rows["municipality_code"],
        first_on=rows["first_on"],
        horizon_on=rows["horizon_on"],
        declared=[
            translate(locale, f"page.definitions.declared.{'yes' if declared else 'no'}")
            for declared in rows["is_declared"]
        ],
        rows=rows["rows_accepted"],
        sources=rows["sources"],
    )


def _table(locale: Locale, **columns: pd.Series | Sequence[object]) -> pd.DataFrame:
    return pd.DataFrame(
        {translate(locale, f"chart.col.{name}"): list(cells) for name, cells in columns.items()}
    )


def _percent(shares: pd.Series) -> pd.Series:
    return (shares.astype("float64") * 100).round(_PERCENT_DECIMALS)
