"""Every step that could be taken at every moment, in funnels in which nothing may break a gap."""

from tests.conftest import as_text, cells
from tests.sql.funnels import ask, plan, put_events


def test_a_moment_is_asked_once_for_each_step_it_could_take(house):
    asked = plan("a b", 10, within=(None, 3))
    ask(house.engine, asked)
    put_events(house.engine, asked, "a b", "1 | a@0 ab@1")
    house.engine.create("funnel_classes")
    house.engine.create("funnel_moments", {"is_strict": False})
    house.engine.create("funnel_links")
    house.engine.create("funnel_asked_ordered")
    rows = house.engine.table("funnel_asked_ordered")[["at_us", "step", "depth", "from_depth", "gap_us"]]
    assert as_text(rows) == cells("""
        0           | 1 | 1 | 0 | 864000000000
        86400000000 | 1 | 1 | 0 | 864000000000
        86400000000 | 2 | 2 | 1 | 259200000000
    """)
