"""Figures for days: which days are asked about, and the queries that answer, batch by batch."""

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from kayoi import queries
from kayoi.engine import Engine

# How many spells × days one batch may hold: bounds the memory of a national build.
_BATCH_ROWS: Final = 30_000_000
_LAST: Final = ("mart_kpis", "mart_changes")  # of all days together
_ASK: Final = {"as_of": "date", "reach_on": "date"}
_PREVIOUS: Final = {"as_of": "date", "previous_on": "date", "previous_reach_on": "date"}

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """A day, and the day that members' horizons must reach to be used for it."""

    as_of: date
    reach_on: date


def month_ends(first_on: date, last_on: date) -> tuple[date, ...]:
    """Return the last days of the months that end within the span; the last day itself where none does."""
    ends = []
    year, month = first_on.year, first_on.month
    while (end := date(year, month, calendar.monthrange(year, month)[1])) <= last_on:
        ends.append(end)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(ends) or (last_on,)


def year_before(day: date) -> date:
    """Return the same day a year before; of a month end the month end."""
    last = calendar.monthrange(day.year - 1, day.month)[1]
    is_month_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, last if is_month_end else min(day.day, last))


def ask(engine: Engine, days: Iterable[date], horizons: Iterable[date], first_on: date) -> tuple[Asked, ...]:
    """Make ask_previous, and return what has to be measured for *days* and their years before.

    A change uses the same members on both days (contract section 4): where a member's horizon lies between
    them, the earlier day is measured again without that member. Nothing is measured before *first_on*.
    """
    ends = sorted(set(horizons))
    asked, compared = set(), []
    for day in days:
        before = year_before(day)
        reach_on = day if any(before <= horizon < day for horizon in ends) else before
        compared.append((day, before, reach_on))
        asked |= {Asked(day, day)} | ({Asked(before, reach_on)} if before >= first_on else set())
    engine.put("ask_previous", pd.DataFrame(compared, columns=list(_PREVIOUS)), _PREVIOUS)
    return tuple(sorted(asked, key=lambda one: (one.as_of, one.reach_on)))


def measure(engine: Engine, asked: Sequence[Asked], progress: Progress | None = None) -> None:
    """Fill the marts that have a row per day, and mart_kpis, for *asked*."""
    by_day = [
        name
        for folder in ("intermediate", "marts")
        for name in queries.names(folder)
        if queries.depends_on(name, "ask_days")
    ]
    ordered = [name for name in queries.in_build_order(by_day) if name not in _LAST]
    marts = [name for name in ordered if name.startswith("mart_")]
    engine.drop("kpi_values", *(f"all_{name}" for name in marts))
    size = max(1, _BATCH_ROWS // max(1, engine.rows("int_municipality_spells")))
    for start in range(0, len(asked), size):
        batch = [(one.as_of, one.reach_on) for one in asked[start : start + size]]
        engine.put("ask_days", pd.DataFrame(batch, columns=list(_ASK)), _ASK)
        for name in ordered:
            engine.create(name)
        for name in marts:
            engine.keep(name, f"all_{name}")
        for name in queries.names("kpis"):
            engine.append("kpi_values", name)
        if progress:
            progress("measure", min(start + size, len(asked)), len(asked))
    for name in marts:
        engine.rename(f"all_{name}", name)
    engine.create("mart_kpis")
