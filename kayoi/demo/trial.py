"""つながる、二地域暮らし: round trips, miles, and who keeps coming. All participants are invented."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kayoi.demo.cast import Cast
from kayoi.demo.figures import LAST_DAY, TRIAL_FIRST_DAY, TRIAL_LAST_DAY, TRIAL_PLACES, day
from kayoi.demo.places import CODES
from kayoi.demo.seasons import returns, snap

IntArray = NDArray[np.int64]

TRIAL_ID: Final = "tsunagaru-2025"

# Miles that one way takes to each place of the trial, and yen a mile is worth: invented.
_MILES: Final = dict(zip(TRIAL_PLACES, (7_500, 6_000, 6_000, 6_000, 7_000, 8_500), strict=True))
_YEN_A_MILE: Final = 1.5


def add_trial(cast: Cast) -> None:
    """Add つながる、二地域暮らし: four round trips as a rule, miles for each, farm help and gifts."""
    rng = cast.rng
    first_day, last_day = day(TRIAL_FIRST_DAY), day(TRIAL_LAST_DAY)
    places = np.array([CODES.index(code) for code in TRIAL_PLACES])[
        np.arange(cast.count(120, 18)) % len(TRIAL_PLACES)
    ]
    persons = cast.take(places, "metropolitan")
    size = len(persons)
    trips = rng.choice(np.arange(6), size, p=[0.02, 0.04, 0.08, 0.14, 0.66, 0.06])
    trips[: len(TRIAL_PLACES)] = 4
    owner = np.repeat(np.arange(size), trips)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(trips) - trips, trips)
    slot = (last_day - first_day) / trips[owner]
    arrived = first_day + ((step + rng.uniform(0.1, 0.6, len(owner))) * slot).astype(np.int64)
    nights = rng.integers(2, 6, len(owner))
    purposes = np.array(["leisure", "workation", "contribution"], dtype=object)
    cast.add(
        "trips",
        person=persons[owner],
        place=places[owner],
        arrived=arrived,
        nights=nights,
        purpose=rng.choice(purposes, len(owner), p=[0.5, 0.3, 0.2]),
        program_id=TRIAL_ID,
        source="航空",
    )
    miles = np.array([_MILES.get(code, 0) for code in CODES])[places[owner]]
    cast.add(
        "supports",
        person=persons[owner],
        place=places[owner],
        supported=arrived + nights,
        kind="miles",
        quantity=miles.astype(np.float64),
        yen=(miles * _YEN_A_MILE).astype(np.int64),
        program_id=TRIAL_ID,
    )
    cast.add(
        "enrollments",
        person=persons,
        place=places,
        scheme="dual_trial",
        started=first_day,
        ended=last_day,
        program_id=TRIAL_ID,
    )
    farm = np.flatnonzero(rng.random(len(owner)) < 0.25)
    gives = np.flatnonzero(rng.random(size) < 0.4)
    cast.add(
        "engagements",
        person=persons[owner[farm]],
        place=places[owner[farm]],
        engaged=arrived[farm] + 1,
        kind="contribution",
        hours=rng.choice([4.0, 6.0, 8.0], len(farm)),
        program_id=TRIAL_ID,
        source="農作業の手伝い（架空）",
    )
    cast.add(
        "engagements",
        person=persons[gives],
        place=places[gives],
        engaged=rng.integers(first_day - 40, day("2026-08-31"), len(gives)),
        kind="donation",
        amount_yen=rng.choice([3_000, 5_000, 10_000, 20_000], len(gives)),
        source="マイル寄附・ふるさと納税（架空）",
    )
    _add_before_and_after(cast, persons, places)


def _add_before_and_after(cast: Cast, persons: IntArray, places: IntArray) -> None:
    """Let a third of the trial's participants have been there before, and a third keep coming."""
    rng = cast.rng
    knew = np.flatnonzero(rng.random(len(persons)) < 0.35)
    cast.add(
        "trips",
        person=persons[knew],
        place=places[knew],
        arrived=snap(rng, places[knew], rng.integers(day("2022-06-01"), day("2025-07-31"), len(knew)), 6),
        nights=rng.integers(1, 4, len(knew)),
        purpose="leisure",
    )
    goes_on = np.flatnonzero(rng.random(len(persons)) < 0.36)
    second_home = np.arange(len(goes_on)) % 3 == 0
    start = rng.integers(day("2026-01-15"), day("2026-04-15"), len(goes_on))
    owner, later = returns(
        rng, start, np.full(len(start), LAST_DAY - 6), np.where(second_home, 28.0, 80.0), 6.0
    )
    owner, days = np.concatenate([np.arange(len(start)), owner]), np.concatenate([start, later])
    cast.add(
        "trips",
        person=persons[goes_on[owner]],
        place=places[goes_on[owner]],
        arrived=days,
        nights=np.where(second_home[owner], rng.integers(4, 7, len(days)), rng.integers(1, 4, len(days))),
        purpose=np.where(second_home[owner], "residence", "leisure").astype(object),
    )
    cast.add(
        "enrollments",
        person=persons[goes_on[second_home]],
        place=places[goes_on[second_home]],
        scheme="dual_residence",
        started=start[second_home] + 14,
        source="特定居住の届出（架空）",
    )
