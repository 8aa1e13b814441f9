"""From records to visits: contract, section 2."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.rows import Home, Record, Spend

ONE_DAY = timedelta(days=1)
DEFAULT_EXCLUDE_PURPOSES = ("relatives",)


@dataclass(frozen=True)
class Visit:
    """One trip of a person to a municipality."""

    person: str
    municipality: str
    arrived_on: date
    departed_on: date
    nights: int
    spend: Spend | None
    purpose: str | None
    program_id: str | None
    organization_id: str | None
    home: str | None


def merge_visits(records: Iterable[Record], homes: Iterable[Home]) -> list[Visit]:
    """Merge records into visits, by person, municipality and arrival."""
    homes = list(homes)
    trips: list[list[Record]] = []
    in_order = sorted(records, key=lambda r: (r.person, r.municipality, r.arrived_on, r.order))
    for record in in_order:
        if trips and belongs(record, trips[-1]):
            trips[-1].append(record)
        else:
            trips.append([record])
    return [visit_of(trip, homes) for trip in trips]


def belongs(record: Record, trip: list[Record]) -> bool:
    """Say whether a record continues a trip: same pair, and it starts by the day after the last departure."""
    same_pair = (record.person, record.municipality) == (trip[0].person, trip[0].municipality)
    return same_pair and record.arrived_on <= max(r.departed_on for r in trip) + ONE_DAY


def visit_of(trip: list[Record], homes: list[Home]) -> Visit:
    """Return the visit that the records of one trip make (in order of arrival, then of input)."""
    arrived_on = min(r.arrived_on for r in trip)
    home = first_given(trip, lambda r: r.home)
    return Visit(
        person=trip[0].person,
        municipality=trip[0].municipality,
        arrived_on=arrived_on,
        departed_on=max(r.departed_on for r in trip),
        nights=len(nights_of(trip)),
        spend=spend_of(trip),
        purpose=first_given(trip, lambda r: r.purpose),
        program_id=first_given(trip, lambda r: r.program_id),
        organization_id=first_given(trip, lambda r: r.organization_id),
        home=home if home is not None else home_on(trip[0].person, arrived_on, homes),
    )


def nights_of(trip: list[Record]) -> set[date]:
    """Return the distinct nights covered: the union of [arrived_on, departed_on)."""
    nights: set[date] = set()
    for record in trip:
        night = record.arrived_on
        while night < record.departed_on:
            nights.add(night)
            night += ONE_DAY
    return nights


def spend_of(trip: list[Record]) -> Spend | None:
    """Return the sums over the records that have an amount; of `exact` over those that have an exact one."""
    spends = [r.spend for r in trip if r.spend is not None]
    if not spends:
        return None
    low = sum(s.low for s in spends)
    high = None if any(s.high is None for s in spends) else sum(s.high or 0 for s in spends)
    exact = [s.exact for s in spends if s.exact is not None]
    return Spend(sum(exact) if exact else None, low, high)


def first_given(trip: list[Record], value: Callable[[Record], str | None]) -> str | None:
    """Return the value of the earliest record that has one."""
    return next((value(r) for r in trip if value(r) is not None), None)


def home_on(person: str, day: date, homes: list[Home]) -> str | None:
    """Return the person's latest home with home_from <= day; the later row where two start together."""
    known = [h for h in homes if h.person == person and (h.home_from is None or h.home_from <= day)]
    latest = max(known, key=lambda h: (h.home_from or date.min, h.order), default=None)
    return latest.home if latest else None


def left_out(visit: Visit, exclude_purposes: Collection[str] = DEFAULT_EXCLUDE_PURPOSES) -> str | None:
    """Return why a visit does not count (`resident` before `purpose`), None where it counts."""
    if visit.home == visit.municipality:
        return "resident"
    if visit.purpose in exclude_purposes:
        return "purpose"
    return None
