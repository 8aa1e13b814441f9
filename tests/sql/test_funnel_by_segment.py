"""People of each segment by step: the segments add up to everybody."""

from tests.conftest import cells
from tests.sql.funnels import ask, plan


def test_segments_stand_with_zeros_and_somebody_without_one_is_unknown(house, given, read):
    ask(house.engine, plan("a b", 9))
    given("funnel_reached", "person | step | fastest_us\n1 | 1 | 0\n1 | 2 | 3\n2 | 1 | 0\n3 | 1 | 0")
    given("funnel_segments", "person | segment_value\n1 | kanto\n2 | kanto")
    assert read("funnel_by_segment") == cells("""
        kanto   | 1 | 2 |   |     | 1
        kanto   | 2 | 1 | 1 | 0.5 | 0.5
        unknown | 1 | 1 |   |     | 1
        unknown | 2 | 0 | 1 | 0   | 0
    """)
