"""Funnels of random events against one that tries every way, and what must hold of any funnel."""

from dataclasses import replace

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kayoi.behaviour.definition import DAY_US, Plan
from kayoi.behaviour.reach import Entered, prepare, put_rows, reach
from kayoi.engine import Engine
from tests.oracle.funnels import Asked, Happened
from tests.oracle.funnels import reached as tried
from tests.sql.funnels import EVENTS, TRACKS

Track = list[tuple[int, frozenset[int]]]  # day, letters of the event: numbers of steps, 0 for none
COMMON = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# A few days and many ties; an event may be able to serve several steps or none.
events = st.tuples(st.integers(0, 9), st.frozensets(st.integers(0, 4), max_size=3))
tracks = st.lists(st.lists(events, max_size=6), min_size=1, max_size=12)
required = st.integers(1, 4).map(lambda steps: ("required",) * steps)
windows = st.integers(0, 9)
orders = st.sampled_from(["ordered", "strict", "unordered"])


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw any funnel that may be asked for, of at most four steps."""
    order = draw(orders)
    roles = ["required"] * draw(st.integers(1, 4))
    if order == "ordered":
        roles[1:] = [draw(st.sampled_from(["required", "optional", "excluded"])) for _ in roles[1:]]
        while roles[-1] == "excluded" or ("excluded" in roles and _is_last(roles)):
            roles = roles[: len(roles) - roles[::-1].index("excluded") - 1]
    within = tuple(draw(st.none() | st.integers(0, 5)) for _ in roles) if order != "unordered" else ()
    return Plan(tuple(roles), draw(windows), order, draw(st.sampled_from(["every", "first"])), within)  # type: ignore[arg-type]


def _is_last(roles: list[str]) -> bool:
    return "required" not in roles[len(roles) - roles[::-1].index("excluded") :]


def happened(asked: Plan, track: Track) -> list[Happened]:
    numbers = range(1, len(asked.roles) + 1)
    return [
        Happened(
            day,
            frozenset(n for n in numbers if n in letters and asked.bit(n)),
            frozenset(asked.depth_before(n) for n in numbers if n in letters and not asked.bit(n)),
        )
        for day, letters in track
    ]


def run(engine: Engine, asked: Plan, drawn: list[Track], entered: Entered, *, with_times: bool) -> dict:
    """Return track → step → days from the first step, as the queries have it."""
    rows = [
        (number, one.at * DAY_US, sum(map(asked.bit, one.serves)), sum(1 << depth for depth in one.breaks))
        for number, track in enumerate(drawn)
        for one in happened(asked, track)
    ]
    put_rows(engine, "funnel_events", rows, EVENTS)
    put_rows(engine, "funnel_tracks", [(number, number) for number in range(len(drawn))], TRACKS)
    prepare(engine, asked)
    reach(engine, asked, entered, with_times=with_times)
    found: dict[int, dict[int, int | None]] = {}
    for person, step, fastest in engine.table("funnel_reached").itertuples(index=False):
        found.setdefault(int(person), {})[int(step)] = None if pd.isna(fastest) else int(fastest) // DAY_US
    return found


def people(asked: Plan, drawn: list[Track]) -> list[int]:
    """Return how many tracks reached each step."""
    engine = Engine.in_memory()
    try:
        found = run(engine, asked, drawn, Entered(), with_times=False)
    finally:
        engine.close()
    return [sum(step in one for one in found.values()) for step in range(1, len(asked.roles) + 1)]


@COMMON
@given(plans(), tracks, st.tuples(st.integers(0, 9), st.integers(0, 9)), st.booleans())
def test_the_queries_find_what_trying_every_way_finds(asked, drawn, period, with_times):
    first, last = min(period), max(period)
    names = Asked(asked.roles, asked.window_days, asked.order, asked.entry, asked.within_days)
    wanted = {
        number: steps
        for number, track in enumerate(drawn)
        if (steps := tried(names, happened(asked, track), first, last))
    }
    entered = Entered(first * DAY_US, (last + 1) * DAY_US)
    engine = Engine.in_memory()
    try:
        found = run(engine, asked, drawn, entered, with_times=with_times)
    finally:
        engine.close()
    if asked.order == "unordered" and not with_times:
        wanted = {number: dict.fromkeys(steps) for number, steps in wanted.items()}
    assert found == wanted


@COMMON
@given(required, windows, orders, tracks)
def test_counts_never_rise_along_a_funnel(roles, window, order, drawn):
    counted = people(Plan(roles, window, order), drawn)
    assert counted == sorted(counted, reverse=True)


@COMMON
@given(required, windows, tracks)
def test_strict_counts_no_more_than_in_order_and_that_no_more_than_in_any_order(roles, window, drawn):
    strict, ordered, unordered = (
        people(Plan(roles, window, order), drawn) for order in ("strict", "ordered", "unordered")
    )
    assert all(a <= b <= c for a, b, c in zip(strict, ordered, unordered, strict=True))


@COMMON
@given(plans(), st.integers(0, 5), tracks)
def test_a_wider_window_never_lowers_a_count(asked, more, drawn):
    wider = replace(asked, window_days=asked.window_days + more)
    assert all(a <= b for a, b in zip(people(asked, drawn), people(wider, drawn), strict=True))


@COMMON
@given(plans(), tracks, st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_an_event_that_serves_no_step_changes_nothing_but_in_a_strict_funnel(asked, drawn, days):
    more = [[*track, *((day, frozenset({0})) for day in days)] for track in drawn]
    before, after = people(asked, drawn), people(asked, more)
    if (
        asked.order == "strict"
    ):  # there, only what comes before the first event and after the last one is unrelated
        assert all(a >= b for a, b in zip(before, after, strict=True))
        outside = [
            [(0, frozenset({0})), *((day + 1, letters) for day, letters in t), (99, frozenset({0}))]
            for t in drawn
        ]
        after = people(asked, outside)
    assert after == before
