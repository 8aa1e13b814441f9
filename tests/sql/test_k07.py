"""K07 再来訪率: who came back within 365 days of the first visit."""

from tests.conftest import cells
from tests.sql.days import WEEKLY, about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, value, numerator, denominator, n, status"


def test_the_second_visit_counts_up_to_the_365th_day_after_the_first(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2023-02-01 2024-02-01
            2 | 20448 | 2023-02-01 2024-02-02
            3 | 20448 | 2023-02-01
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k07", columns=FIGURE)
    assert about(figures, "20448", "") == cells("0.3333333333 | 1 | 3 | 3 | final")


def test_only_people_whose_365_days_are_over_are_in_it(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-09-30 2024-10-10
            2 | 20448 | 2024-10-01 2024-10-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k07", columns=FIGURE), "20448", "") == cells("1 | 1 | 1 | 1 | final")


def test_a_trip_to_two_towns_is_no_return_but_a_second_visit_to_one_of_them_is(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2023-02-01
            1 | 20202 | 2023-02-03
            2 | 20448 | 2023-02-01
            2 | 20202 | 2023-03-01 2023-04-01
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k07", columns=FIGURE)
    assert about(figures, "20", "") == cells("0.5 | 1 | 2 | 2 | final")
    assert about(figures, "20448", "") == cells("0 | 0 | 2 | 2 | final")


def test_the_latest_complete_year_is_shown_beside_all_and_is_provisional_in_a_short_log(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2023-10-01 2023-11-01
            2 | 20448 | 2023-10-02
        """),
    )
    given("raw_coverage", COVERED.replace("2023-01-01", "2023-10-02"))
    ask(given, "2025-09-29", "2025-09-30")
    rows = build("k07", columns="region_code, part, as_of, value, denominator, status")
    assert about(rows, "20448", "recent") == cells("""
        2025-09-29 | 0.5 | 2 | provisional
        2025-09-30 | 0   | 1 | final
    """)


def test_a_tie_that_is_everyday_life_on_the_day_is_left_out(given, build):
    given("raw_visits", trips(f"1 | 20448 | 2023-02-01 {WEEKLY}\n2 | 20448 | 2023-02-01"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k07", columns=FIGURE), "20448", "") == cells("0 | 0 | 1 | 1 | final")
