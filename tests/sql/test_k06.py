"""K06 リピーター率: the share of visitors who came again."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_it_is_people_with_two_visits_over_people_with_one(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10 2025-02-10
            2 | 20448 | 2025-01-10
            3 | 20448 | 2025-01-10
            4 | 20448 | 2025-01-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k06", columns=FIGURE), "20448", "all") == cells("0.25 | 1 | 4 | 4 | final")


def test_one_trip_through_two_towns_is_not_coming_back_to_the_prefecture(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10
            1 | 20202 | 2025-01-11
            2 | 20448 | 2025-01-10 2025-02-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k06", columns=FIGURE), "20", "all") == cells("0.5 | 1 | 2 | 2 | final")


def test_without_a_visitor_there_is_no_rate(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k06", columns=FIGURE), "20448", "all") == cells("| 0 | 0 | 0 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k06", columns="region_code, as_of, status"), "20448") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
