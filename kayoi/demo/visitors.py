"""People who come on their own: most once, few again, very few often; and those who never come."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kayoi.demo.cast import Cast
from kayoi.demo.figures import LAST_DAY, day
from kayoi.demo.places import CODES, PLACES
from kayoi.demo.seasons import draw_days, returns, snap

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

_SHARES: Final = np.array([place.visitors for place in PLACES]) / sum(place.visitors for place in PLACES)
_DAY_TRIPS: Final = np.array([place.day_trips for place in PLACES])
_WAKAYAMA: Final = tuple(CODES.index(code) for code in ("30206", "30401", "30406"))
_IKUSAKA: Final = CODES.index("20448")

# Visits a year after the first, gamma-Poisson: (shape, scale a year).
# Fitted to figures.SHARE_TWICE, SHARE_FOUR_TIMES and RETURN_GAP_QUARTILE_DAYS.
_FAR: Final = (0.088, 0.95)
_NEAR: Final = (0.16, 2.6)
_TIE_DAYS: Final = 850.0  # mean time before a tie fades
_SHARE_SECOND_TOWN: Final = 0.25  # of a trip to one of the three towns of 和歌山
_SHARE_OTHER_PLACE: Final = 0.03
_SHARE_RESIDENT: Final = 0.012
_SHARE_RELATIVES: Final = 0.045

_PURPOSES: Final = np.array(
    ["leisure", "business", "workation", "participation", "work", "other"], dtype=object
)
_PURPOSE_SHARES: Final = (0.86, 0.07, 0.012, 0.018, 0.01, 0.03)


def draw_nights(rng: np.random.Generator, places: IntArray) -> IntArray:
    """Return nights of a trip, 0 for a day trip: the place says how many of those there are."""
    stays = rng.choice(np.array([1, 2, 3, 4, 5, 7]), len(places), p=[0.58, 0.25, 0.1, 0.04, 0.02, 0.01])
    return np.where(rng.random(len(places)) < _DAY_TRIPS[places], 0, stays)


def _first_visits(cast: Cast) -> tuple[IntArray, IntArray, IntArray]:
    """Return person, place and day of the first visit of each tie."""
    rng = cast.rng
    places = rng.choice(len(PLACES), cast.left, p=_SHARES)
    persons = cast.take(places, "all")
    days = draw_days(rng, places)
    # a trip along the coast of 和歌山: a second of the three towns on the day after
    coast = np.flatnonzero(np.isin(places, _WAKAYAMA) & (rng.random(len(places)) < _SHARE_SECOND_TOWN))
    step = rng.integers(1, 3, len(coast))
    towns = np.array(_WAKAYAMA)
    second = towns[(np.searchsorted(towns, places[coast]) + step) % 3]
    other = np.flatnonzero(rng.random(len(places)) < _SHARE_OTHER_PLACE)
    elsewhere = (places[other] + rng.integers(1, len(PLACES), len(other))) % len(PLACES)
    return (
        np.concatenate([persons, persons[coast], persons[other]]),
        np.concatenate([places, second, elsewhere]),
        np.concatenate([days, np.minimum(days[coast] + 1, LAST_DAY), draw_days(rng, elsewhere)]),
    )


def _rates(rng: np.random.Generator, is_near: NDArray[np.bool_]) -> FloatArray:
    """Return visits a year after the first one, per tie."""
    shape, scale = np.where(is_near, _NEAR[0], _FAR[0]), np.where(is_near, _NEAR[1], _FAR[1])
    return np.maximum(rng.gamma(shape, scale), 1e-3)


def _spare_ikusaka(persons: IntArray, places: IntArray, days: IntArray) -> NDArray[np.bool_]:
    """Keep at most three visits a person to 生坂村: its challenge is told by the challengers alone."""
    order = np.lexsort((days, persons, places))
    tie = persons[order] * len(PLACES) + places[order]
    starts = np.flatnonzero(np.r_[True, tie[1:] != tie[:-1]])
    rank = np.arange(len(tie)) - np.repeat(starts, np.diff(np.r_[starts, len(tie)]))
    keep = np.ones(len(tie), dtype=bool)
    keep[order] = (places[order] != _IKUSAKA) | (rank < 3)
    return keep


def add_visitors(cast: Cast) -> None:
    """Let everybody whom no other group has taken come by themselves."""
    rng = cast.rng
    persons, places, days = _first_visits(cast)
    local = rng.random(len(persons)) < _SHARE_RESIDENT
    cast.settle_in_place(persons[local], places[local])
    homes = cast.homes(persons, days).astype("U2")
    is_near = homes == np.array([code[:2] for code in CODES])[places]
    until = np.minimum(days + rng.exponential(_TIE_DAYS, len(days)).astype(np.int64), LAST_DAY)
    owner, later = returns(rng, days, until, 365 / _rates(rng, is_near), 1.0)
    later = snap(rng, places[owner], later, 6)
    all_persons = np.concatenate([persons, persons[owner]])
    all_places = np.concatenate([places, places[owner]])
    all_days = np.concatenate([days, later])
    keep = _spare_ikusaka(all_persons, all_places, all_days)
    all_persons, all_places, all_days = all_persons[keep], all_places[keep], all_days[keep]
    purpose = rng.choice(_PURPOSES, len(all_days), p=_PURPOSE_SHARES)
    # whoever comes to see relatives does so every time
    family = rng.random(cast.people) < _SHARE_RELATIVES
    purpose[family[all_persons]] = "relatives"
    cast.add(
        "trips",
        person=all_persons,
        place=all_places,
        arrived=all_days,
        nights=draw_nights(rng, all_places),
        purpose=purpose,
        plain=True,
    )


def add_interest(cast: Cast) -> None:
    """Add people who give, buy, follow and register without coming, some of whom come later."""
    rng = cast.rng
    places = rng.choice(len(PLACES), cast.count(420, 48), p=_SHARES)
    persons = cast.take(places, "far")
    size = len(persons)
    started = rng.integers(day("2022-06-01"), day("2026-06-30"), size)
    contacts = rng.integers(1, 5, size)
    owner = np.repeat(np.arange(size), contacts)
    engaged = started[owner] + np.ceil(rng.exponential(170, len(owner))).astype(np.int64)
    first = np.r_[True, owner[1:] != owner[:-1]]
    engaged = np.where(first, started[owner], engaged)
    kind = rng.choice(
        np.array(["donation", "purchase", "online"], dtype=object), len(owner), p=[0.5, 0.3, 0.2]
    )
    amount = np.where(
        kind == "donation",
        rng.choice([5_000, 10_000, 20_000, 30_000], len(owner)),
        rng.choice([3_000, 4_500, 8_000], len(owner)),
    )
    cast.add(
        "engagements",
        person=persons[owner],
        place=places[owner],
        engaged=engaged,
        kind=kind,
        amount_yen=np.where(kind == "online", -1, amount),
        hours=np.where(kind == "online", 1.5, np.nan),
        source="ふるさと納税・通販（架空）",
    )
    for scheme, share, ends in (("digital_resident", 0.28, False), ("fan_club", 0.24, True)):
        member = np.flatnonzero(rng.random(size) < share)
        joined = started[member] + rng.integers(0, 90, len(member))
        lapses = ends & (rng.random(len(member)) < 0.3)
        cast.add(
            "enrollments",
            person=persons[member],
            place=places[member],
            scheme=scheme,
            started=joined,
            ended=np.where(lapses, joined + 364, -1),
        )
    comes = np.flatnonzero(rng.random(size) < 0.22)
    arrived = snap(rng, places[comes], started[comes] + rng.integers(40, 420, len(comes)), 6)
    cast.add(
        "trips",
        person=persons[comes],
        place=places[comes],
        arrived=arrived,
        nights=draw_nights(rng, places[comes]),
        purpose="leisure",
    )


def add_returners(cast: Cast) -> None:
    """Add people who came, stayed away for two years and more while buying from the town, and came back."""
    rng = cast.rng
    places = rng.choice([place for place in range(len(PLACES)) if place != _IKUSAKA], cast.count(120, 15))
    persons = cast.take(places, "all")
    first = rng.integers(day("2022-04-02"), day("2022-11-30"), len(places))
    back = first + rng.integers(850, 1_150, len(first))
    for start, gap in ((first, 90.0), (back, 110.0)):
        owner, later = returns(rng, start, start + 300, np.full(len(start), gap), 4.0)
        arrived = np.concatenate([start, later])
        owner = np.concatenate([np.arange(len(start)), owner])
        cast.add(
            "trips",
            person=persons[owner],
            place=places[owner],
            arrived=snap(rng, places[owner], arrived, 4),
            nights=draw_nights(rng, places[owner]),
            purpose="leisure",
        )
    cast.add(
        "engagements",
        person=persons,
        place=places,
        engaged=first + rng.integers(400, 700, len(first)),
        kind=rng.choice(np.array(["purchase", "online", "hobby"], dtype=object), len(first)),
        amount_yen=-1,
        source="通販（架空）",
    )
