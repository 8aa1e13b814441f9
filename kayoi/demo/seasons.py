"""When people come: seasons, weekends, holidays, and the rhythm of coming back."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kayoi.demo.figures import FIRST_DAY, LAST_DAY, day
from kayoi.demo.places import CODES, PLACES

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

_WEEKDAYS: Final = np.array([0.75, 0.7, 0.7, 0.75, 1.15, 2.1, 1.6])  # Monday first
_YEARS: Final = {
    2022: 0.75,
    2023: 0.95,
    2024: 1.0,
    2025: 1.08,
    2026: 1.14,
}  # 2022: the year after the pandemic
_HOLIDAYS: Final = ((429, 505), (811, 816), (920, 923), (1229, 1231), (101, 103))  # month × 100 + day
_HOLIDAY_PULL: Final = 1.7

# The invented events that the table `events` marks: places (none: all), first and last day, factor.
TYPHOON: Final = (("30206", "30401", "30406"), "2024-08-29", "2024-09-04", 0.15)
CAMPAIGN: Final = (("15226",), "2025-01-10", "2025-02-28", 1.6)
NEW_ROUTE: Final = (("42210",), "2025-04-01", "2026-09-30", 1.35)


def _day_weights() -> FloatArray:
    """Return the pull of every day (columns, from FIRST_DAY) at every place (rows)."""
    days = np.arange(FIRST_DAY, LAST_DAY + 1)
    dates = days.astype("datetime64[D]")
    years = dates.astype("datetime64[Y]").astype(int) + 1970
    months = dates.astype("datetime64[M]").astype(int) % 12
    month_days = (months + 1) * 100 + (dates - dates.astype("datetime64[M]")).astype(int) + 1
    common = _WEEKDAYS[(days + 3) % 7] * np.array([_YEARS[int(year)] for year in years])
    for first, last in _HOLIDAYS:
        common[(month_days >= first) & (month_days <= last)] *= _HOLIDAY_PULL
    weights = np.array([np.array(place.months)[months] * common for place in PLACES])
    for codes, first_day, last_day, factor in (TYPHOON, CAMPAIGN, NEW_ROUTE):
        rows = [CODES.index(code) for code in codes]
        weights[rows, day(first_day) - FIRST_DAY : day(last_day) - FIRST_DAY + 1] *= factor
    return weights


_WEIGHTS: Final = _day_weights()


def draw_days(rng: np.random.Generator, places: IntArray) -> IntArray:
    """Return one day per element of *places* (positions in PLACES), drawn by the pull of the days there."""
    days = np.empty(len(places), dtype=np.int64)
    for place in range(len(PLACES)):
        here = places == place
        steps = np.cumsum(_WEIGHTS[place])
        days[here] = FIRST_DAY + np.searchsorted(steps, rng.random(int(here.sum())) * steps[-1])
    return days


def snap(rng: np.random.Generator, places: IntArray, days: IntArray, reach: int) -> IntArray:
    """Move each day by at most *reach* days towards the days on which people come to that place."""
    near = days[:, None] + np.arange(-reach, reach + 1)
    inside = (near >= FIRST_DAY) & (near <= LAST_DAY)
    weights = _WEIGHTS[places[:, None], np.clip(near, FIRST_DAY, LAST_DAY) - FIRST_DAY] * inside
    steps = np.cumsum(weights, axis=1)
    chosen = (steps < (rng.random(len(days)) * steps[:, -1])[:, None]).sum(axis=1)
    return np.asarray(np.clip(days - reach + chosen, FIRST_DAY, LAST_DAY), dtype=np.int64)


def returns(
    rng: np.random.Generator,
    first: IntArray,
    until: IntArray,
    gap_days: FloatArray,
    shape: float,
) -> tuple[IntArray, IntArray]:
    """Return (position, day) of the visits that follow *first*, up to and including *until*.

    gap_days: mean gap of each; shape: 1 for visits at random, higher for a steadier rhythm.
    """
    span = np.maximum(until - first, 0)
    most = int(np.max(span / gap_days, initial=0) * 2.5) + 12
    expected = span / gap_days
    owners: list[IntArray] = []
    found: list[IntArray] = []
    # the few who come often need many columns, the many who do not need few
    for low, high, columns in ((-1.0, 0.5, 8), (0.5, 5.0, 24), (5.0, np.inf, most)):
        rows = np.flatnonzero((expected > low) & (expected <= high))
        gaps = rng.gamma(shape, 1 / shape, (len(rows), columns)) * gap_days[rows, None]
        arrivals = first[rows, None] + np.ceil(np.cumsum(gaps, axis=1)).astype(np.int64)
        row, column = np.nonzero(arrivals <= until[rows, None])
        owners.append(rows[row])
        found.append(arrivals[row, column])
    return np.concatenate(owners), np.concatenate(found)
