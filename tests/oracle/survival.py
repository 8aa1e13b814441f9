"""Kaplan–Meier, Aalen–Johansen and their variances person by person, in plain Python."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CENSORED, REACHED, COMPETED = 0, 1, 2
Person = tuple[int, int]  # days, outcome


@dataclass(frozen=True)
class Estimate:
    """What is said of one window; low and high are None where the standard error is not defined."""

    incidence: float
    competing: float
    survival: float
    variance: float
    low: float | None
    high: float | None


def estimate(people: Iterable[Person], within: int) -> Estimate:
    """Return the estimates for *within* days, by the textbook's double sums."""
    everybody = sorted(people)
    days = sorted({day for day, outcome in everybody if outcome != CENSORED and day <= within})
    survival, incidence, competing = 1.0, 0.0, 0.0
    steps: list[
        tuple[int, int, int, float, float]
    ] = []  # at risk, ended, reached, survival before, incidence
    for day in days:
        at_risk = sum(one >= day for one, _ in everybody)
        reached = sum(one == (day, REACHED) for one in everybody)
        competed = sum(one == (day, COMPETED) for one in everybody)
        incidence += survival * reached / at_risk
        competing += survival * competed / at_risk
        steps.append((at_risk, reached + competed, reached, survival, incidence))
        survival *= 1 - (reached + competed) / at_risk
    variance = marubini_valsecchi(steps, incidence)
    low, high = interval(incidence, variance)
    return Estimate(incidence, competing, survival, variance, low, high)


def marubini_valsecchi(steps: Sequence[tuple[int, int, int, float, float]], final: float) -> float:
    """Return the variance of a cumulative incidence (Marubini and Valsecchi 1995)."""
    total = 0.0
    for at_risk, ended, reached, before, incidence in steps:
        if ended < at_risk:
            total += (final - incidence) ** 2 * ended / (at_risk * (at_risk - ended))
        total += before**2 * reached * (at_risk - reached) / at_risk**3
        total -= 2 * (final - incidence) * before * reached / at_risk**2
    return max(total, 0.0)


def greenwood(people: Iterable[Person], within: int) -> float:
    """Return Greenwood's variance of survival, all outcomes alike."""
    everybody = list(people)
    survival, total = 1.0, 0.0
    for day in sorted({day for day, outcome in everybody if outcome != CENSORED and day <= within}):
        at_risk = sum(one >= day for one, _ in everybody)
        ended = sum(one == day and outcome != CENSORED for one, outcome in everybody)
        survival *= 1 - ended / at_risk
        if ended < at_risk:
            total += ended / (at_risk * (at_risk - ended))
    return survival**2 * total


def interval(incidence: float, variance: float) -> tuple[float | None, float | None]:
    """Return the 95 % interval on the scale log(-log(1 - incidence))."""
    if not 0 < incidence < 1:
        return None, None
    rest = 1 - incidence
    spread = 1.959963984540054 * math.sqrt(variance) / (rest * abs(math.log(rest)))
    return 1 - rest ** math.exp(-spread), 1 - rest ** math.exp(spread)
