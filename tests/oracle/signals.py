"""The signals of one person × municipality on one day: contract, section 3."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.rows import Engagement, Enrollment
from tests.oracle.visits import Visit

ENGAGED = ("contribution", "work_onsite", "work_remote", "participation")
SUPPORTING = ("contribution", "work_onsite")
CONTACTS = ("donation", "purchase", "online")


@dataclass(frozen=True)
class Pair:
    """All that is known of one person × municipality; `visits` are the visits that count."""

    visits: tuple[Visit, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    enrollments: tuple[Enrollment, ...] = ()

    def first_day(self) -> date | None:
        """Return the first day on which any of it happened, None where there is nothing."""
        days = [v.arrived_on for v in self.visits]
        days += [e.engaged_on for e in self.engagements]
        days += [e.started_on for e in self.enrollments]
        return min(days, default=None)


@dataclass(frozen=True)
class Signals:
    """The table of section 3 for one day."""

    visits_365: int
    visits_730: int
    visits_180: int
    visits_56: int
    nights_365: int
    nights_56: int
    stay_months_365: int
    engagements_365: int
    supporter_365: int
    contacts_730: int
    premium: bool
    basic: bool
    trial: bool
    residence: bool
    relocated: bool
    enrolled: bool
    ever_visited: bool


def within(day: date, t: date, days: int) -> bool:
    """Say whether day lies in the window of so many days that ends on t: [t - (days - 1), t]."""
    return t - timedelta(days=days - 1) <= day <= t


def signals_on(t: date, pair: Pair) -> Signals:
    """Return every signal on day t."""
    visits, engagements = pair.visits, pair.engagements
    schemes = {e.scheme for e in pair.enrollments if holds_on(t, e)}
    return Signals(
        visits_365=sum(within(v.arrived_on, t, 365) for v in visits),
        visits_730=sum(within(v.arrived_on, t, 730) for v in visits),
        visits_180=sum(within(v.arrived_on, t, 180) for v in visits),
        visits_56=sum(within(v.arrived_on, t, 56) for v in visits),
        nights_365=sum(v.nights for v in visits if within(v.departed_on, t, 365)),
        nights_56=sum(v.nights for v in visits if within(v.departed_on, t, 56)),
        stay_months_365=sum(within(day, t, 365) for day in first_arrivals(visits)),
        engagements_365=sum(e.kind in ENGAGED and within(e.engaged_on, t, 365) for e in engagements),
        supporter_365=sum(e.kind in SUPPORTING and within(e.engaged_on, t, 365) for e in engagements),
        contacts_730=sum(e.kind in CONTACTS and within(e.engaged_on, t, 730) for e in engagements),
        premium="furusato_premium" in schemes,
        basic="furusato_basic" in schemes,
        trial="dual_trial" in schemes,
        residence="dual_residence" in schemes,
        relocated="relocation" in schemes,
        enrolled=bool(schemes - {"relocation"}),
        ever_visited=any(v.arrived_on <= t for v in visits),
    )


def holds_on(t: date, enrollment: Enrollment) -> bool:
    """Say whether an enrollment holds on t: started_on <= t <= ended_on."""
    return enrollment.started_on <= t and (enrollment.ended_on is None or t <= enrollment.ended_on)


def first_arrivals(visits: Iterable[Visit]) -> list[date]:
    """Return the first arrival of each calendar month that has one."""
    first: dict[tuple[int, int], date] = {}
    for visit in visits:
        month = (visit.arrived_on.year, visit.arrived_on.month)
        first[month] = min(visit.arrived_on, first.get(month, visit.arrived_on))
    return list(first.values())
