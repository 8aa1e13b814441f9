"""Stocks, moves and KPIs of one region on one day, counted person by person."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.regions import Region, stage_on
from tests.oracle.rows import Spend
from tests.oracle.rulesets import LADDER, REGIONAL_ORDER
from tests.oracle.signals import within
from tests.oracle.spells import World
from tests.oracle.visits import ONE_DAY, Visit

YEAR = timedelta(days=365)
BANDS = (("1", 1, 1), ("2", 2, 2), ("3", 3, 3), ("4-5", 4, 5), ("6-11", 6, 11), ("12+", 12, None))


@dataclass(frozen=True)
class Figure:
    """A KPI; value is exact, None where it is a share of nothing."""

    value: Fraction | None
    numerator: Fraction
    denominator: Fraction | None = None
    parts: dict[str, "Figure"] = field(default_factory=dict)


def count(n: int | Fraction) -> Figure:
    """Return a figure that is no share of anything."""
    return Figure(Fraction(n), Fraction(n))


def share(numerator: int | Fraction, denominator: int) -> Figure:
    """Return numerator / denominator, without a value where the denominator is 0."""
    value = Fraction(numerator, denominator) if denominator else None
    return Figure(value, Fraction(numerator), Fraction(denominator))


def reporting(world: World, region: Region, t: date) -> tuple[str, ...]:
    """Return the members whose horizon reaches t."""
    return tuple(m for m in region.members if world.data.horizons[m] >= t)


def default_as_of(world: World, region: Region) -> date:
    """Return the last day of the last complete month within the last of the members' horizons."""
    horizon = max(world.data.horizons[m] for m in region.members)
    is_month_end = (horizon + ONE_DAY).day == 1
    return horizon if is_month_end else horizon.replace(day=1) - ONE_DAY


def stages_of_people(world: World, members: Iterable[str], t: date) -> dict[str, str]:
    """Return person → stage on t over these members; people without a stage are not in it."""
    members = tuple(members)
    people = sorted({person for person, municipality in world.stages if municipality in members})
    said = {person: stage_on(world, person, members, t) for person in people}
    return {person: stage for person, stage in said.items() if stage is not None}


def stock(world: World, region: Region, t: date) -> dict[str, int]:
    """Return stage → distinct people on t."""
    return dict(Counter(stages_of_people(world, reporting(world, region, t), t).values()))


def moves(world: World, region: Region, t0: date, t1: date) -> dict[tuple[str, str], int]:
    """Return (stage on t0, stage on t1) → people, for both days over the members that reach t1.

    `none` stands for no stage yet; who stays is in it, too; people without a stage on either day are not.
    """
    members = reporting(world, region, t1)
    before, after = stages_of_people(world, members, t0), stages_of_people(world, members, t1)
    people = set(before) | set(after)
    return dict(Counter((before.get(p, "none"), after.get(p, "none")) for p in people))


def visits_shown(world: World, region: Region, start: date, t: date) -> list[Visit]:
    """Return counted visits that arrived in [start, t], without ties in stage routine on t."""
    members = reporting(world, region, t)
    return [
        v
        for v in world.counted()
        if v.municipality in members
        and start <= v.arrived_on <= t
        and world.stages[(v.person, v.municipality)].get(t) != "routine"
    ]


def best_of_people(visits: Iterable[Visit]) -> dict[str, int]:
    """Return person → number of visits to the municipality that the person visited most."""
    best: dict[str, int] = {}
    for (person, _), n in Counter((v.person, v.municipality) for v in visits).items():
        best[person] = max(n, best.get(person, 0))
    return best


def estimate(spend: Spend) -> Fraction:
    """Return the midpoint of low and high (of an exact amount: the amount), of an open band its low."""
    return Fraction(spend.low) if spend.high is None else Fraction(spend.low + spend.high, 2)


def upper(spend: Spend) -> int:
    """Return the high of a spend; an open band counts as its low."""
    return spend.low if spend.high is None else spend.high


def fiscal_year_start(t: date) -> date:
    """Return the 1 April on or before t."""
    return date(t.year if t.month >= 4 else t.year - 1, 4, 1)


def kpis(world: World, region: Region, t: date) -> dict[str, Figure]:
    """Return KPI id → figure for a region on day t; empty where no member reaches t."""
    if not reporting(world, region, t):
        return {}
    return visit_kpis(world, region, t) | stage_kpis(world, region, t)


def visit_kpis(world: World, region: Region, t: date) -> dict[str, Figure]:
    """Return K01–K12 as far as they are counted here; `K01_fy` is the fiscal year to date."""
    visits = visits_shown(world, region, t - timedelta(days=364), t)
    to_date = visits_shown(world, region, fiscal_year_start(t), t)
    assert all(within(v.arrived_on, t, 365) for v in visits)
    best = best_of_people(visits)
    people = len({v.person for v in visits})
    nights = sum(v.nights for v in visits)
    return {
        "K01": count(at_least(4, best)),
        "K01_fy": count(at_least(4, best_of_people(to_date))),
        "K03": count(people),
        "K04": share(len(visits), len({(v.person, v.municipality) for v in visits})),
        "K05": frequency(best),
        "K06": share(at_least(2, best), people),
        "K08": share(nights, len(visits)),
        "K09": share(nights + len(visits), people),
        **spend_kpis(visits),
    }


def at_least(n: int, best: dict[str, int]) -> int:
    """Return the people whose best municipality saw them n times or more."""
    return sum(visits >= n for visits in best.values())


def frequency(best: dict[str, int]) -> Figure:
    """Return people by number of visits to their best municipality."""
    parts = {
        band: count(sum(low <= n and (high is None or n <= high) for n in best.values()))
        for band, low, high in BANDS
    }
    return Figure(Fraction(len(best)), Fraction(len(best)), Fraction(len(best)), parts)


def spend_kpis(visits: Iterable[Visit]) -> dict[str, Figure]:
    """Return K11 (with parts low and high) and K12."""
    known = [(v.person, v.spend) for v in visits if v.spend is not None]
    people = len({person for person, _ in known})
    total = sum((estimate(spend) for _, spend in known), Fraction(0))
    per_person = share(total, people)
    parts = {
        "low": share(sum(spend.low for _, spend in known), people),
        "high": share(sum(upper(spend) for _, spend in known), people),
    }
    return {
        "K11": Figure(per_person.value, per_person.numerator, per_person.denominator, parts),
        "K12": share(total, len(known)),
    }


def stage_kpis(world: World, region: Region, t: date) -> dict[str, Figure]:
    """Return K14, K15, K18, K19 and K25."""
    now = stock(world, region, t)
    year = moves(world, region, t - YEAR, t)
    everyone = sum(now.values())
    return {
        "K14": Figure(
            Fraction(everyone),
            Fraction(everyone),
            None,
            {stage: count(now.get(stage, 0)) for stage in REGIONAL_ORDER},
        ),
        "K15": rate_by_stage(year, REGIONAL_ORDER),
        "K18": leaving_and_returning(year),
        "K19": count(sum(now.get(stage, 0) for stage in ("loyal", "related", "dual"))),
        "K25": count(now.get("dual", 0)),
    }


def rate(
    year: dict[tuple[str, str], int],
    is_from: Callable[[str], bool],
    is_to: Callable[[str, str], bool],
) -> Figure:
    """Return people who went from … to …, over the people who were in …"""
    start = {pair: n for pair, n in year.items() if is_from(pair[0])}
    return share(sum(n for (a, b), n in start.items() if is_to(a, b)), sum(start.values()))


def leaving_and_returning(year: dict[tuple[str, str], int]) -> Figure:
    """Return K18: from the ladder to dormant; its part `return` is from dormant back to the ladder."""
    left = rate(year, lambda a: a in LADDER, lambda a, b: b == "dormant")
    returned = rate(year, lambda a: a == "dormant", lambda a, b: b in LADDER)
    return Figure(left.value, left.numerator, left.denominator, {"return": returned})


def rate_by_stage(year: dict[tuple[str, str], int], stages: Iterable[str]) -> Figure:
    """Return K15: people who are higher than a year ago; the total is over the ladder, parts are by stage."""
    total = rate(year, lambda a: a in LADDER, is_higher)
    parts = {stage: rate(year, {stage}.__contains__, is_higher) for stage in stages}
    return Figure(total.value, total.numerator, total.denominator, parts)


def is_higher(before: str, after: str) -> bool:
    """Say whether a stage is higher than another in the regional order."""
    if after not in REGIONAL_ORDER:
        return False
    return REGIONAL_ORDER.index(after) < REGIONAL_ORDER.index(before)
