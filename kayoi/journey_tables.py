"""The numbers of cohorts, moves and returns as tables in the reader's language; shares in percent."""

import pandas as pd

from kayoi import journey_words as words
from kayoi.i18n import Locale, translate
from kayoi.report import month_of, stage_name

_PERCENT_DECIMALS = 3


def cohort_cells(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return one line per cohort with its rates within 3 to 36 months as text (cohort_reach, one stage)."""
    known = rows[rows["is_window"]]
    table = _heads(known, locale)
    for days in words.WINDOWS:
        part = known[known["within_days"] == days]
        table[words.within(days, locale)] = [words.estimate(row, locale) for row in part.to_dict("records")]
    return table


def at_risk(rows: pd.DataFrame, cohorts: list[str], locale: Locale) -> pd.DataFrame:
    """Return how many of each curve's people are at risk after 0 to 36 months (cohort_reach, one stage)."""
    known = rows[rows["is_window"] & rows["cohort"].isin(cohorts)]
    table = _heads(known, locale)
    for days in words.WINDOWS:
        part = known[known["within_days"] == days]
        table[translate(locale, "cohort.months", months=words.WINDOWS[days])] = list(part["at_risk"])
    return table


def medians(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return the median days to each stage by cohort, in words (rows of cohort_reach)."""
    first = rows.drop_duplicates(["cohort", "stage"])
    table = _heads(first[first["stage"] == words.TARGETS[0]], locale)
    for stage in words.TARGETS:
        part = first[first["stage"] == stage]
        table[stage_name(stage, locale)] = [words.median(days, locale) for days in part["median_days"]]
    return table


def cohort_numbers(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return every number behind the curves, all stages (rows of cohort_reach)."""
    return _table(
        locale,
        cohort=[words.cohort_name(cohort, locale) for cohort in rows["cohort"]],
        stage=[stage_name(stage, locale) for stage in rows["stage"]],
        days=rows["within_days"],
        people=rows["people"],
        early=rows["early"],
        reach_rate=_percent(rows["reach_rate"]),
        rate_low=_percent(rows["rate_low"]),
        rate_high=_percent(rows["rate_high"]),
        settled_first=_percent(rows["settled_first"]),
        naive_rate=_percent(rows["naive_rate"]),
        at_risk=rows["at_risk"],
        followed=rows["followed"],
        reached=rows["reached"],
        status=[
            translate(locale, f"card.status.{'final' if done else 'provisional'}")
            for done in rows["is_complete"]
        ],
    )


def shares(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return what became of the people of every stage (rows of move_shares)."""
    counts = {
        name: rows[name] for name in ("people", "rose", "skipped", "stayed", "fell", "beside", "lapsed")
    }
    parts = {f"{name}_share": _percent(rows[f"{name}_share"]) for name in words.OUTCOMES}
    return _flow_table(
        locale,
        stage_from=[stage_name(stage, locale) for stage in rows["stage_from"]],
        **counts,
        **parts,
        half_life=[words.half_life(row, locale) for row in rows.to_dict("records")],
    )


def matrix(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return moves as a matrix: stage before down, stage after across (rows of moves)."""
    order = ["none", "tourist", "loyal", "related", "dual", "settled", "routine", "interest", "dormant"]
    grid = rows.pivot(index="stage_from", columns="stage_to", values="people")
    grid = grid.reindex(index=order, columns=order[1:]).fillna(0).astype("int64")
    grid.columns = pd.Index([f"→ {words.flow_name(stage, locale)}" for stage in grid.columns])
    grid.index = pd.Index([words.flow_name(stage, locale) for stage in grid.index])
    return grid.reset_index(names=translate(locale, "flow.col.stage_from"))


def lifecycle(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return who is new, stayed, came back, fell dormant, by month (rows of lifecycle)."""
    return _flow_table(
        locale,
        month=[month_of(day, locale) for day in rows["as_of"]],
        fresh=rows["fresh"],
        life_stayed=rows["stayed"],
        resurrected=rows["resurrected"],
        dormant=rows["dormant"],
        status=[translate(locale, f"card.status.{status}") for status in rows["status"]],
    )


def triangle(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return who came again by month of the first visit (rows of retention_triangle)."""
    return _retention_table(
        locale,
        month=[words.month_name(day, locale) for day in rows["month_on"]],
        months=rows["months"],
        people=rows["people"],
        came=rows["came"],
        came_share=_percent(rows["came_share"]),
        came_or_later=rows["came_or_later"],
        later_share=_percent(rows["later_share"]),
        status=[
            translate(locale, f"card.status.{'final' if done else 'provisional'}")
            for done in rows["is_complete"]
        ],
    )


def visit_days(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return visits by season and kind of day (rows of visit_days)."""
    return _retention_table(
        locale,
        season=[translate(locale, f"retention.season.{season}") for season in rows["season"]],
        day_kind=[translate(locale, f"retention.day.{kind}") for kind in rows["day_kind"]],
        days=rows["days"],
        visits=rows["visits"],
        per_day=rows["visits_per_day"].astype("float64").round(3),
    )


def cycle(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return returns by months since the visit before (rows of return_cycle)."""
    return _retention_table(
        locale,
        gap=[words.gap_name(int(months), locale) for months in rows["months"]],
        returns=rows["returns"],
        share=_percent(rows["share"]),
        within=_percent(rows["within_share"]),
    )


def _heads(rows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    first = rows.drop_duplicates("cohort")
    names = [
        words.cohort_name(cohort, locale) + ("†" if early else "")
        for cohort, early in zip(first["cohort"], first["early"] > 0, strict=True)
    ]
    return pd.DataFrame(
        {
            translate(locale, "cohort.col.cohort"): names,
            translate(locale, "cohort.col.people"): list(first["people"]),
        }
    )


def _table(locale: Locale, **columns: object) -> pd.DataFrame:
    return pd.DataFrame(
        {translate(locale, f"cohort.col.{name}"): list(cells) for name, cells in columns.items()}  # type: ignore[call-overload]
    )


def _flow_table(locale: Locale, **columns: object) -> pd.DataFrame:
    return pd.DataFrame(
        {translate(locale, f"flow.col.{name}"): list(cells) for name, cells in columns.items()}  # type: ignore[call-overload]
    )


def _retention_table(locale: Locale, **columns: object) -> pd.DataFrame:
    return pd.DataFrame(
        {translate(locale, f"retention.col.{name}"): list(cells) for name, cells in columns.items()}  # type: ignore[call-overload]
    )


def _percent(shares: pd.Series) -> pd.Series:
    return (shares.astype("float64") * 100).round(_PERCENT_DECIMALS)
