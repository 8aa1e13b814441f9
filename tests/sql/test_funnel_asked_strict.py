"""Moments counted along each track: strict steps lie at one moment or at the next one."""

from tests.conftest import cells
from tests.sql.funnels import ask, plan, put_events


def test_moments_without_a_step_are_counted_as_well(house):
    asked = plan("a b", 10, "strict")
    ask(house.engine, asked)
    put_events(house.engine, asked, "a b", "1 | a@0 z@1 b@2 z@2")
    house.engine.create("funnel_classes")
    house.engine.create("funnel_moments", {"is_strict": True})
    house.engine.create("funnel_links")
    house.engine.create("funnel_asked_strict")
    rows = house.engine.table("funnel_asked_strict")[["step", "moment_no", "is_full"]]
    assert [list(map(str, row)) for row in rows.itertuples(index=False)] == cells("""
        1 | 1 | True
        2 | 3 | False
    """)
