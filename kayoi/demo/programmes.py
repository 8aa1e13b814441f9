"""第2のふるさとづくり and its corporate edition, with the people in them, all invented."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kayoi.demo.cast import Cast
from kayoi.demo.figures import (
    CHALLENGE_LAPSES,
    CHALLENGE_STARTS,
    LAST_DAY,
    day,
)
from kayoi.demo.places import CODES
from kayoi.demo.seasons import returns, snap
from kayoi.demo.ties import relocate

IntArray = NDArray[np.int64]

CORPORATE_ID: Final = "kigyo-03211"
CORPORATE_CODE: Final = "03211"


@dataclass(frozen=True)
class SecondHome:
    """One programme of 第2のふるさとづくり: `helps` is the share of participants who lend a hand."""

    program_id: str
    code: str
    kind: str
    starts_on: str
    ends_on: str
    helps: float
    activities: tuple[str, ...]  # kinds of engagement a helping hand is recorded as
    lodging_for_help: bool = False


SECOND_HOMES: Final = (
    SecondHome("furusato2-37403", "37403", "startup", "2023-07-01", "2025-02-28", 0.1, ("contribution",)),
    SecondHome(
        "furusato2-26213",
        "26213",
        "pioneer",
        "2023-09-01",
        "2025-02-28",
        0.2,
        ("contribution", "work_remote"),
    ),
    SecondHome(
        "furusato2-15226",
        "15226",
        "pioneer",
        "2022-10-01",
        "2026-02-28",
        0.5,
        ("contribution", "work_onsite"),
        True,
    ),
    SecondHome("furusato2-07210", "07210", "startup", "2024-06-01", "2026-02-28", 0.4, ("contribution",)),
    SecondHome(
        "furusato2-20448",
        "20448",
        "startup",
        "2025-05-01",
        "2027-02-28",
        0.2,
        ("contribution", "participation"),
    ),
)

# Employees per company (in turn), and the months in which the companies travel.
_COMPANIES: Final = 12
_COMPANY_TRIPS: Final = ("2025-06-17", "2025-09-09", "2025-11-18", "2026-02-03", "2026-05-19", "2026-08-25")


def _check_digit(base: str) -> str:
    """Return *base* (12 digits) as a 法人番号: in front, 9 - (digits, every second doubled, mod 9)."""
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(base)))
    return f"{9 - total % 9}{base}"


# 9999 is no registry office, so that no real company has these numbers.
ORGANIZATION_IDS: Final = tuple(
    _check_digit(f"9999010000{number:02d}") for number in range(1, _COMPANIES + 1)
)


def _where(chosen: NDArray[np.bool_], text: str) -> NDArray[np.object_]:
    """Return *text* where chosen, nothing elsewhere."""
    column = np.full(len(chosen), None, dtype=object)
    column[chosen] = text
    return column


def _trips_of_participants(
    cast: Cast, home: SecondHome, persons: IntArray, place: int
) -> tuple[IntArray, IntArray]:
    """Add the programme's own trips; return (position in *persons*, day) of each."""
    rng = cast.rng
    first_day, last_day = day(home.starts_on), min(day(home.ends_on), LAST_DAY)
    trips = rng.choice([1, 2, 3], len(persons), p=[0.5, 0.35, 0.15])
    owner = np.repeat(np.arange(len(persons)), trips)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(trips) - trips, trips)
    start = rng.integers(first_day + 5, last_day - 200, len(persons))
    arrived = snap(rng, np.full(len(owner), place), start[owner] + step * 85, 12)
    long = home.lodging_for_help & (rng.random(len(owner)) < 0.5)
    nights = np.where(long, rng.integers(5, 13, len(owner)), rng.integers(1, 3, len(owner)))
    cast.add(
        "trips",
        person=persons[owner],
        place=place,
        arrived=arrived,
        nights=nights,
        purpose=np.where(long, "contribution", "participation").astype(object),
        program_id=home.program_id,
    )
    if home.lodging_for_help:
        cast.add(
            "supports",
            person=persons[owner[long]],
            place=place,
            supported=arrived[long],
            kind="lodging",
            quantity=nights[long].astype(np.float64),
            yen=nights[long] * 4_000,
            program_id=home.program_id,
        )
    # the others have part of the journey paid, 生坂村's guests a hired car or bicycle
    paid = np.flatnonzero(~long & (rng.random(len(owner)) < 0.3))
    cast.add(
        "supports",
        person=persons[owner[paid]],
        place=place,
        supported=arrived[paid],
        kind="other" if home.code == "20448" else "fare",
        quantity=1.0,
        yen=rng.choice([3_000, 5_000, 8_000], len(paid)),
        program_id=home.program_id,
    )
    return owner, arrived


def _add_second_home(cast: Cast, home: SecondHome) -> None:
    """Add one programme: its trips, what participants do there, and how some keep coming by themselves."""
    rng = cast.rng
    place = CODES.index(home.code)
    persons = cast.take(np.full(cast.count(60, 12), place), "far")
    owner, arrived = _trips_of_participants(cast, home, persons, place)
    first = np.full(len(persons), LAST_DAY)
    np.minimum.at(first, owner, arrived)
    cast.add(
        "enrollments",
        person=persons,
        place=place,
        scheme="program",
        started=first - 14,
        ended=day(home.ends_on),
        program_id=home.program_id,
    )
    takes_part = np.flatnonzero(rng.random(len(owner)) < 0.8)
    helpers = np.flatnonzero(rng.random(len(persons)) < home.helps)
    acts = np.repeat(helpers, rng.integers(1, 6, len(helpers)))
    act_days = np.minimum(first[acts] + rng.integers(0, 330, len(acts)), LAST_DAY)
    for who, when, kinds in (
        (owner[takes_part], arrived[takes_part], ("participation",)),
        (acts, act_days, home.activities),
    ):
        cast.add(
            "engagements",
            person=persons[who],
            place=place,
            engaged=when,
            kind=rng.choice(np.array(kinds, dtype=object), len(who)),
            hours=rng.choice([1.5, 2.0, 3.0, 4.0, 6.0], len(who)),
            program_id=home.program_id,
            source="事業の記録（架空）",
        )
    if home.code == "20448":
        return  # who comes there again and again is told by the challengers
    keeps = np.flatnonzero(rng.random(len(persons)) < 0.42)
    # the guest and the student of `_add_single_story` keep coming too
    keeps = np.union1d(keeps, [0])
    again, days = returns(
        rng,
        first[keeps] + 60,
        np.minimum(first[keeps] + rng.integers(250, 900, len(keeps)), LAST_DAY),
        rng.uniform(60, 190, len(keeps)),
        3.0,
    )
    cast.add(
        "trips",
        person=persons[keeps[again]],
        place=place,
        arrived=snap(rng, np.full(len(days), place), days, 5),
        nights=rng.integers(1, 4, len(days)),
        purpose="leisure",
    )
    _add_single_story(cast, home.code, persons[:1], first[:1])


def _add_single_story(cast: Cast, code: str, person: IntArray, first: IntArray) -> None:
    """Add the one guest of 琴平町 who moved there and the one student whom the DMO of 美山 employed."""
    place = np.array([CODES.index(code)])
    if code == "37403":
        relocate(cast, person, place, first + 240)
    if code == "26213":
        cast.born(person, 2002)
    if code in ("26213", "15226"):
        cast.add(
            "enrollments",
            person=person,
            place=place,
            scheme="local_employment",
            started=np.minimum(first + 300, day("2025-10-01")),
        )


def add_second_homes(cast: Cast) -> None:
    """Add the participants of every programme of 第2のふるさとづくり."""
    for home in SECOND_HOMES:
        _add_second_home(cast, home)


def add_challengers(cast: Cast) -> None:
    """Add those who come to 生坂村 every eight weeks or so, one of them until 2025-08."""
    rng = cast.rng
    home = SECOND_HOMES[-1]
    place = CODES.index(home.code)
    starts = np.array([day(start) for start in CHALLENGE_STARTS])
    until = np.full(len(starts), LAST_DAY)
    for position, last in CHALLENGE_LAPSES.items():
        until[position] = day(last)
    persons = cast.take(np.full(len(starts), place), "far")
    steps = [np.arange(start, last + 1, 56) for start, last in zip(starts, until, strict=True)]
    owner = np.repeat(np.arange(len(starts)), [len(step) for step in steps])
    arrived = snap(rng, np.full(len(owner), place), np.concatenate(steps), 5)
    in_programme = arrived >= day(home.starts_on)
    cast.add(
        "trips",
        person=persons[owner],
        place=place,
        arrived=arrived,
        nights=rng.integers(0, 3, len(owner)),
        purpose=np.where(in_programme, "participation", "leisure").astype(object),
        program_id=_where(in_programme & (rng.random(len(owner)) < 0.5), home.program_id),
    )
    cast.add(
        "enrollments",
        person=persons,
        place=place,
        scheme="program",
        started=np.maximum(starts, day(home.starts_on)),
        ended=day(home.ends_on),
        program_id=home.program_id,
    )
    helping = np.flatnonzero(rng.random(len(owner)) < 0.35)
    cast.add(
        "engagements",
        person=persons[owner[helping]],
        place=place,
        engaged=arrived[helping],
        kind=rng.choice(np.array(["contribution", "participation"], dtype=object), len(helping)),
        hours=rng.choice([2.0, 3.0, 5.0], len(helping)),
        source="事業の記録（架空）",
    )


def add_companies(cast: Cast) -> None:
    """Add the companies' workations in 釜石市, what came of them, and employees who return alone."""
    rng = cast.rng
    place = CODES.index(CORPORATE_CODE)
    size = cast.count(84, 2 * _COMPANIES)
    persons = cast.take(np.full(size, place), "metropolitan")
    company = np.arange(size) % _COMPANIES
    organizations = np.array(ORGANIZATION_IDS, dtype=object)
    travels: NDArray[np.bool_] = np.asarray(rng.random((_COMPANIES, len(_COMPANY_TRIPS))) < 0.5)
    travels[:, 0] |= ~travels.any(axis=1)  # every company came at least once
    joins = travels[company] & (rng.random((size, len(_COMPANY_TRIPS))) < 0.75)
    joins[:_COMPANIES] = travels  # its first employee always goes along
    who, trip = np.nonzero(joins)
    lag = rng.integers(0, 15, travels.shape)
    arrived = np.array([day(date) for date in _COMPANY_TRIPS])[trip] + lag[company[who], trip]
    funded = arrived <= day("2026-03-31")
    cast.add(
        "trips",
        person=persons[who],
        place=place,
        arrived=arrived,
        nights=np.array([2, 3, 2, 2, 3, 4])[trip],
        purpose="workation",
        organization_id=organizations[company[who]],
        program_id=_where(funded, CORPORATE_ID),
    )
    for kind, share, hours in (
        ("participation", 0.6, 3.0),
        ("contribution", 0.3, 6.0),
        ("work_remote", 0.35, 8.0),
    ):
        did = np.flatnonzero(rng.random(len(who)) < share)
        cast.add(
            "engagements",
            person=persons[who[did]],
            place=place,
            engaged=arrived[did] + 1,
            kind=kind,
            hours=hours,
            organization_id=organizations[company[who[did]]],
            program_id=_where(funded[did], CORPORATE_ID),
            source="企業版 事業の記録（架空）",
        )
    private = np.flatnonzero(rng.random(len(who)) < 0.16)
    later = arrived[private] + rng.integers(30, 200, len(private))
    private, later = private[later <= LAST_DAY - 10], later[later <= LAST_DAY - 10]
    cast.add(
        "trips",
        person=persons[who[private]],
        place=place,
        arrived=snap(rng, np.full(len(later), place), later, 5),
        nights=rng.integers(1, 3, len(later)),
        purpose="leisure",
    )
