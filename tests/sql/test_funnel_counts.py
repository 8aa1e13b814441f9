"""People of each step, and what they are a share of."""

from tests.conftest import cells
from tests.sql.funnels import ask, plan

REACHED = """
    person | step | fastest_us
    1      | 1    | 0
    2      | 1    | 0
    3      | 1    | 0
    4      | 1    | 0
    1      | 2    | 5
    1      | 3    | 6
    2      | 3    | 7
"""


def test_a_rate_is_one_of_the_required_step_before_and_of_the_first(house, given, read):
    ask(house.engine, plan("a b? c d", 9))
    given("funnel_reached", REACHED)
    assert read("funnel_counts") == cells("""
        1 | required | 4 |   |      | 1
        2 | optional | 1 | 3 | 0.25 | 0.25
        3 | required | 2 | 2 | 0.5  | 0.5
        4 | required | 0 | 2 | 0    | 0
    """)


def test_a_rate_of_nobody_is_no_rate_and_an_excluded_step_no_line(house, given, read):
    ask(house.engine, plan("a !x b", 9))
    given("funnel_reached", "person | step | fastest_us")
    assert read("funnel_counts") == cells("""
        1 | required | 0 |   | |
        3 | required | 0 | 0 | |
    """)
