"""K10 平均日在圏人数: how many people spend a night there."""

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, value, numerator, denominator, n, status"


def test_only_the_nights_of_the_month_count_and_a_stay_across_its_end_is_cut(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-08-30 | 2025-09-03
        2          | 20448             | 2025-09-28 | 2025-10-03
        3          | 20448             | 2025-09-10 | 2025-09-10
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    # nights of 1 and 2 September, and of 28, 29 and 30 September
    assert about(build("k10", columns=FIGURE), "20448") == cells("0.1666666667 | 5 | 30 | 2 | final")


def test_nobody_sleeps_in_two_towns_of_a_region_in_one_night(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-09-10 | 2025-09-12
        1          | 20202             | 2025-09-11 | 2025-09-13
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k10", columns=FIGURE)
    assert about(figures, "20") == cells("0.1 | 3 | 30 | 1 | final")
    assert about(figures, "20448") == cells("0.06666666667 | 2 | 30 | 1 | final")


def test_within_the_month_it_is_over_the_days_so_far_and_provisional(given, build):
    given(
        "raw_visits",
        "person_key | municipality_code | arrived_on | departed_on\n1 | 20448 | 2025-09-08 | 2025-09-20",
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-10")
    assert about(build("k10", columns=FIGURE), "20448") == cells("0.3 | 3 | 10 | 1 | provisional")


def test_a_month_without_a_night_is_zero(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k10", columns=FIGURE), "20448") == cells("0 | 0 | 30 | 0 | final")
