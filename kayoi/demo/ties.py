"""People with a tie that shows: supporters, registered residents, residents of two places, settlers."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kayoi.demo.cast import Cast
from kayoi.demo.figures import LAST_DAY, day
from kayoi.demo.places import CODES
from kayoi.demo.seasons import returns, snap
from kayoi.demo.visitors import draw_nights

IntArray = NDArray[np.int64]

PILOT_PLACES: Final = ("07210", "15226", "30401", "37208", "42210")  # of the invented ふるさと住民 trial
PILOT_ID: Final = "furusato-jumin-2026"
_PILOT_SOURCE: Final = "ふるさと住民登録 試行（架空）"
_DUAL_PLACES: Final = ("01633", "03211", "07210", "15226", "30206", "30401", "37208", "42210")
_ROUTINE: Final = (
    ("30391", "30206"),
    ("30404", "30206"),
    ("30404", "30401"),
    ("30391", "30401"),
)  # home → place


def _spread(cast: Cast, codes: tuple[str, ...], base: int, least: int) -> IntArray:
    """Return a position in PLACES per person of a group, the places of *codes* in turn."""
    size = max(cast.count(base, least), len(codes))
    return np.array([CODES.index(code) for code in codes])[np.arange(size) % len(codes)]


def add_supporters(cast: Cast) -> None:
    """Add people who come two to five times a year and take part, help or work."""
    rng = cast.rng
    places = _spread(cast, tuple(code for code in CODES if code != "20448"), 210, 33)
    persons = cast.take(places, "all")
    first = rng.integers(day("2022-04-15"), day("2026-03-31"), len(persons))
    until = np.minimum(first + rng.integers(200, 1_000, len(persons)), LAST_DAY)
    owner, later = returns(rng, first, until, rng.uniform(70, 220, len(persons)), 3.0)
    owner = np.concatenate([np.arange(len(persons)), owner])
    arrived = snap(rng, places[owner], np.concatenate([first, later]), 5)
    nights = draw_nights(rng, places[owner])
    purposes = np.array(["leisure", "participation", "contribution", "work", "workation"], dtype=object)
    cast.add(
        "trips",
        person=persons[owner],
        place=places[owner],
        arrived=arrived,
        nights=nights,
        purpose=rng.choice(purposes, len(owner), p=[0.4, 0.28, 0.16, 0.06, 0.1]),
    )
    active = np.flatnonzero(rng.random(len(owner)) < 0.6)
    kinds = np.array(["participation", "contribution", "hobby", "work_remote", "work_onsite"], dtype=object)
    cast.add(
        "engagements",
        person=persons[owner[active]],
        place=places[owner[active]],
        engaged=arrived[active],
        kind=rng.choice(kinds, len(active), p=[0.31, 0.25, 0.27, 0.1, 0.07]),
        hours=rng.choice([1.0, 2.0, 3.0, 4.0, 6.0, 8.0], len(active)),
        source="地域団体の記録（架空）",
    )


def add_furusato_residents(cast: Cast) -> None:
    """Add the trial of ふるさと住民登録 from 2026-04: basic, and premium with supporter activities."""
    rng = cast.rng
    places = _spread(cast, PILOT_PLACES, 240, 25)
    persons = cast.take(places, "far")
    registered = rng.integers(day("2026-04-01"), day("2026-08-31"), len(persons))
    left = rng.random(len(persons)) < 0.06
    cast.add(
        "enrollments",
        person=persons,
        place=places,
        scheme="furusato_basic",
        started=registered,
        ended=np.where(left, registered + 20, -1),
        program_id=PILOT_ID,
        source=_PILOT_SOURCE,
    )
    comes = np.flatnonzero(rng.random(len(persons)) < 0.55)
    cast.add(
        "trips",
        person=persons[comes],
        place=places[comes],
        arrived=snap(rng, places[comes], registered[comes] - rng.integers(-25, 400, len(comes)), 5),
        nights=draw_nights(rng, places[comes]),
        purpose="leisure",
    )

    places = _spread(cast, PILOT_PLACES, 60, 15)
    persons = cast.take(places, "all")
    first = rng.integers(day("2025-04-01"), day("2025-09-30"), len(persons))
    owner, later = returns(rng, first, np.full(len(first), LAST_DAY), np.full(len(first), 95.0), 4.0)
    owner = np.concatenate([np.arange(len(persons)), owner])
    arrived = snap(rng, places[owner], np.concatenate([first, later]), 5)
    cast.add(
        "trips",
        person=persons[owner],
        place=places[owner],
        arrived=arrived,
        nights=draw_nights(rng, places[owner]),
        purpose=rng.choice(np.array(["contribution", "participation", "leisure"], dtype=object), len(owner)),
    )
    helping = np.repeat(np.arange(len(persons)), 4)
    cast.add(
        "engagements",
        person=persons[helping],
        place=places[helping],
        engaged=rng.integers(day("2025-10-01"), day("2026-09-20"), len(helping)),
        kind=rng.choice(np.array(["contribution", "work_onsite"], dtype=object), len(helping), p=[0.8, 0.2]),
        hours=rng.choice([2.0, 3.0, 4.0, 6.0], len(helping)),
        source="地域団体の記録（架空）",
    )
    renewed = np.flatnonzero(rng.random(len(persons)) < 0.75)
    for who, started, ended in (
        (np.arange(len(persons)), "2026-04-01", "2026-06-30"),
        (renewed, "2026-07-01", "2027-03-31"),
    ):
        cast.add(
            "enrollments",
            person=persons[who],
            place=places[who],
            scheme="furusato_premium",
            started=day(started),
            ended=day(ended),
            program_id=PILOT_ID,
            source=_PILOT_SOURCE,
        )


def add_residents_of_two_places(cast: Cast) -> None:
    """Add people who came more often, took a second home, and in part gave it up or moved for good."""
    rng = cast.rng
    places = _spread(cast, _DUAL_PLACES, 72, 16)
    persons = cast.take(places, "metropolitan")
    size = len(persons)
    first = rng.integers(day("2022-04-10"), day("2024-03-31"), size)
    settled_in = first + rng.integers(280, 800, size)
    rank = np.arange(size) // len(_DUAL_PLACES)
    gives_up = rank % 6 == 4
    moves = rank % 6 == 1
    ended = np.where(gives_up | moves, settled_in + rng.integers(380, 420, size), LAST_DAY + 1)
    gap = np.full(size, 110.0)
    before, early = returns(rng, first, settled_in - 10, gap, 3.0)
    within, late = returns(rng, settled_in - 20, np.minimum(ended - 10, LAST_DAY), np.full(size, 30.0), 8.0)
    early_owner = np.concatenate([np.arange(size), before])
    early_days = snap(rng, places[early_owner], np.concatenate([first, early]), 4)
    for owner, arrived, low, high, purposes in (
        (early_owner, early_days, 1, 4, ("leisure", "participation")),
        (within, late, 3, 7, ("residence", "residence", "work", "leisure")),
    ):
        cast.add(
            "trips",
            person=persons[owner],
            place=places[owner],
            arrived=arrived,
            nights=rng.integers(low, high, len(owner)),
            purpose=rng.choice(np.array(purposes, dtype=object), len(owner)),
        )
    cast.add(
        "enrollments",
        person=persons,
        place=places,
        scheme="dual_residence",
        started=settled_in,
        ended=np.where(ended <= LAST_DAY, ended, -1),
        source="特定居住の届出（架空）",
    )
    movers = np.flatnonzero(moves & (ended <= LAST_DAY - 1))
    relocate(cast, persons[movers], places[movers], ended[movers] + 1)

    # two homes in practice, nothing on paper: the estimate beside the registered figure
    places = _spread(cast, _DUAL_PLACES, 18, 8)
    persons = cast.take(places, "metropolitan")
    first = rng.integers(day("2024-01-10"), day("2025-03-31"), len(persons))
    owner, later = returns(rng, first, np.full(len(first), LAST_DAY), np.full(len(first), 33.0), 8.0)
    owner = np.concatenate([np.arange(len(persons)), owner])
    cast.add(
        "trips",
        person=persons[owner],
        place=places[owner],
        arrived=np.concatenate([first, later]),
        nights=rng.integers(3, 6, len(owner)),
        purpose=rng.choice(np.array(["residence", "leisure"], dtype=object), len(owner)),
    )
    cast.add("engagements", person=persons, place=places, engaged=first, kind="hobby", source="調査（架空）")


def relocate(cast: Cast, persons: IntArray, places: IntArray, days: IntArray) -> None:
    """Let *persons* move to the place they kept coming to."""
    cast.move(persons, places, days)
    cast.add(
        "enrollments",
        person=persons,
        place=places,
        scheme="relocation",
        started=days,
        source="住民異動（架空）",
    )


def add_routine(cast: Cast) -> None:
    """Add neighbours for whom the next town is everyday life: day trips more than once a week."""
    rng = cast.rng
    size = max(cast.count(90, 16), len(_ROUTINE))
    pair = np.arange(size) % len(_ROUTINE)
    places = np.array([CODES.index(place) for _, place in _ROUTINE])[pair]
    persons = cast.take(places, "near")
    for number, (home, _) in enumerate(_ROUTINE):
        cast.settle(persons[pair == number], home)
    first = rng.integers(day("2022-04-04"), day("2026-03-31"), size)
    until = np.minimum(first + rng.integers(150, 600, size), LAST_DAY)
    stays_on = rng.random(size) < 0.4
    first = np.where(stays_on, rng.integers(day("2025-07-01"), day("2026-06-30"), size), first)
    until = np.where(stays_on, LAST_DAY, until)
    owner, later = returns(rng, first, until, np.full(size, 5.2), 8.0)
    owner = np.concatenate([np.arange(size), owner])
    habit = rng.choice(np.array(["leisure", "business", "work"], dtype=object), size)
    cast.add(
        "trips",
        person=persons[owner],
        place=places[owner],
        arrived=np.concatenate([first, later]),
        nights=0,
        purpose=habit[owner],
    )
