"""Cohorts, moves and returns in words: names, numbers, and the sentence that says what a chart shows."""

from typing import Any, Final

import pandas as pd

from kayoi.i18n import Locale, translate
from kayoi.periods import year_label
from kayoi.report import NO_DATA, as_date, count, figure, is_missing, month_of, rate, stage_name

# Days since the first visit → the months they stand for.
WINDOWS: Final = {91: 3, 182: 6, 365: 12, 730: 24, 1095: 36}
TARGETS: Final = ("loyal", "related", "dual", "settled")
OUTCOMES: Final = ("rose", "stayed", "fell", "beside", "lapsed")
LONGEST_GAP: Final = 36  # months; longer gaps are counted there
_YEAR: Final = 365
_ALL_BUT: Final = 0.5


def median(days: object, locale: Locale) -> str:
    """Return a median in days; in words where half have not got there."""
    return translate(locale, "cohort.not_reached") if is_missing(days) else figure(days, "days", locale)


def half_life(row: dict[Any, Any], locale: Locale) -> str:
    """Return the half-life of a row of move_shares: `…` where nobody ever entered the stage."""
    return median(row["half_life"], locale) if row["stays"] else NO_DATA


def cohort_name(cohort: str, locale: Locale) -> str:
    """Return the name of a cohort: 2025年度, 2025年4～6月; FY2025, Apr–Jun 2025."""
    if cohort.isdigit():
        return year_label(int(cohort), "fy", locale).split("（")[0]
    year, month = (int(part) for part in cohort.split("-"))
    return translate(
        locale,
        "cohort.quarter",
        year=year,
        first=translate(locale, f"month.{month}"),
        last=translate(locale, f"month.{month + 2}"),
    )


def within(days: int, locale: Locale) -> str:
    """Return a window as readers say it: 12か月以内."""
    return translate(locale, "cohort.within", months=WINDOWS[days])


def interval(row: dict[str, Any], locale: Locale) -> str:
    """Return the 95 % interval of a row of cohort_reach; nothing where there is none."""
    if is_missing(row["rate_low"]) or is_missing(row["rate_high"]):
        return ""
    ends = {end: rate(row[f"rate_{end}"], locale) for end in ("low", "high")}
    return translate(locale, "cohort.interval", **ends)


def estimate(row: dict[str, Any], locale: Locale) -> str:
    """Return a cell of the cohort table: rate, interval, and that it may still change where it may."""
    if is_missing(row["reach_rate"]) or not row["is_shown"]:
        return translate(locale, "cohort.too_few" if row["people"] else "cohort.nobody")
    parts = [rate(row["reach_rate"], locale), interval(row, locale)]
    if not row["is_complete"]:
        parts.append(translate(locale, "cohort.open"))
    return " ".join(part for part in parts if part)


def cohort_finding(rows: pd.DataFrame, stage: str, locale: Locale) -> str:
    """Say how much of the newest cohort watched for a year reached *stage*, beside the one before it.

    Where no cohort is complete the newest that can be estimated is named, as one that may still change.
    """
    year = rows[(rows["stage"] == stage) & (rows["within_days"] == _YEAR) & rows["is_shown"]]
    if year.empty:
        return translate(locale, "finding.cohort_none", stage=stage_name(stage, locale))
    complete = year[year["is_complete"]]
    # A cohort with people of the log's first year is the last choice: many of them had come before.
    chosen = complete if len(complete) else year
    fresh = chosen[chosen["early"] == 0]
    chosen = fresh if len(fresh) else chosen
    row: dict[str, Any] = chosen.iloc[-1].to_dict()
    said = [
        translate(
            locale,
            "finding.cohort" if row["is_complete"] else "finding.cohort_open",
            cohort=cohort_name(row["cohort"], locale),
            people=figure(row["people"], "people", locale),
            stage=stage_name(stage, locale),
            rate=rate(row["reach_rate"], locale),
            interval=interval(row, locale) or "…",
        )
    ]
    if len(chosen) > 1:
        before: dict[str, Any] = chosen.iloc[-2].to_dict()
        said.append(_compared(row, before, locale))
    return translate(locale, "finding.join").join(said)


def _compared(row: dict[str, Any], before: dict[str, Any], locale: Locale) -> str:
    ends = [one[end] for one in (row, before) for end in ("rate_low", "rate_high")]
    if any(map(is_missing, ends)):
        key = "finding.cohort_before"
    elif ends[0] > ends[3]:
        key = "finding.cohort_higher"
    elif ends[1] < ends[2]:
        key = "finding.cohort_lower"
    else:
        key = "finding.cohort_alike"
    return translate(
        locale,
        key,
        cohort=cohort_name(before["cohort"], locale),
        rate=rate(before["reach_rate"], locale),
    )


def medians_finding(rows: pd.DataFrame, locale: Locale) -> str:
    """Say which stages at least half of any cohort reached (rows of cohort_reach)."""
    reached = rows[rows["median_days"].notna()]
    if reached.empty:
        return translate(locale, "finding.median_none")
    row = reached.sort_values(["cohort", "median_days"]).iloc[-1]
    return translate(
        locale,
        "finding.median",
        cohort=cohort_name(row["cohort"], locale),
        stage=stage_name(row["stage"], locale),
        days=median(row["median_days"], locale),
    )


def flow_finding(shares: pd.DataFrame, span: str, locale: Locale) -> str:
    """Say from which rung most rose and how many lapsed (rows of move_shares)."""
    ladder = shares[shares["is_ladder"] & (shares["people"] > 0)]
    if ladder.empty or shares["status"].iloc[0] == "no_data":
        return translate(locale, "finding.moved_none")
    people = int(ladder["people"].sum())
    rose, lapsed = int(ladder["rose"].sum()), int(ladder["lapsed"].sum())
    said = [
        translate(
            locale,
            "finding.moved",
            span=translate(locale, f"flow.span.{span}"),
            people=figure(people, "people", locale),
            rose=figure(rose, "people", locale),
            rose_rate=rate(rose / people, locale),
            lapsed=figure(lapsed, "people", locale),
            lapsed_rate=rate(lapsed / people, locale),
        )
    ]
    if shares["status"].iloc[0] == "provisional":
        said.append(translate(locale, "finding.moved_open"))
    return translate(locale, "finding.join").join(said)


def changes_finding(flows: pd.DataFrame, locale: Locale) -> str:
    """Say which change of stage was the most frequent (rows of move_flows)."""
    named = flows[(flows["stage_from"] != "other") & (flows["stage_to"] != "other")]
    if named.empty:
        return translate(locale, "finding.changes_none")
    first = named.iloc[0]
    return translate(
        locale,
        "finding.changes",
        people=figure(flows["people"].sum(), "people", locale),
        stage_from=flow_name(first["stage_from"], locale),
        stage_to=flow_name(first["stage_to"], locale),
        most=figure(first["people"], "people", locale),
        rate=rate(first["share"], locale),
    )


def flow_name(stage: str, locale: Locale) -> str:
    """Return a stage's name; `none` and `other` have words, too."""
    return translate(locale, f"flow.{stage}") if stage in ("none", "other") else stage_name(stage, locale)


def lifecycle_finding(rows: pd.DataFrame, locale: Locale) -> str:
    """Say how many came on, came back and fell dormant in the last month (rows of lifecycle)."""
    if rows.empty:
        return translate(locale, "finding.lifecycle_none")
    last = rows.iloc[-1]
    gained = int(last["fresh"]) + int(last["resurrected"])
    return translate(
        locale,
        "finding.lifecycle_grew" if gained >= int(last["dormant"]) else "finding.lifecycle_shrank",
        month=month_of(last["as_of"], locale),
        fresh=figure(last["fresh"], "people", locale),
        resurrected=figure(last["resurrected"], "people", locale),
        dormant=figure(last["dormant"], "people", locale),
    )


def retention_finding(rows: pd.DataFrame, locale: Locale) -> str:
    """Say what share came again in the twelfth month after the first visit, and at all by then or later."""
    year = rows[(rows["months"] == WINDOWS[_YEAR]) & rows["is_complete"]]
    people = int(year["people"].sum())
    if people == 0:
        return translate(locale, "finding.retention_none")
    return translate(
        locale,
        "finding.retention",
        cohorts=count(len(year), locale),
        people=figure(people, "people", locale),
        on=rate(int(year["came"].sum()) / people, locale),
        after=rate(int(year["came_or_later"].sum()) / people, locale),
    )


def days_finding(rows: pd.DataFrame, locale: Locale) -> str:
    """Say on which kind of day most visits begin, per day (rows of visit_days)."""
    known = rows[rows["visits_per_day"].notna() & (rows["visits"] > 0)]
    if known.empty:
        return translate(locale, "finding.days_none")
    kinds = known.groupby("day_kind", sort=False)[["visits", "days"]].sum()
    per_day = kinds["visits"] / kinds["days"]
    most = str(per_day.idxmax())
    return translate(
        locale,
        "finding.days",
        kind=translate(locale, f"retention.day.{most}"),
        most=figure(per_day[most], "times", locale),
        share=rate(kinds.at[most, "visits"] / kinds["visits"].sum(), locale),
    )


def cycle_finding(rows: pd.DataFrame, locale: Locale) -> str:
    """Say after how many months people come back most, and by when half of the returns came."""
    if rows.empty or rows["returns"].sum() == 0:
        return translate(locale, "finding.cycle_none")
    later = rows[rows["months"] > 0]
    most = later.iloc[int(later["returns"].to_numpy().argmax())]
    half = rows[rows["within_share"] >= _ALL_BUT].iloc[0]
    return translate(
        locale,
        "finding.cycle",
        months=count(most["months"], locale),
        returns=figure(most["returns"], "times", locale),
        half=count(int(half["months"]) + 1, locale),
    )


def month_name(day: object, locale: Locale) -> str:
    """Return the month of a cohort of first visitors: 2025-04."""
    del locale  # the same in both languages: a table of forty months has no room for more
    return f"{as_date(day):%Y-%m}"


def gap_name(months: int, locale: Locale) -> str:
    """Return a span of months since the visit before: 3か月以上4か月未満, the last one open."""
    if months == LONGEST_GAP:
        return translate(locale, "retention.gap_open", first=months)
    return translate(locale, "retention.gap", first=months, last=months + 1)
