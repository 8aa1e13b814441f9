"""K08 平均滞在泊数: nights per visit."""

from tests.conftest import cells
from tests.sql.days import about, ask

FIGURE = "region_code, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_a_day_trip_is_a_visit_of_no_nights(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-01-10 | 2025-01-13
        1          | 20448             | 2025-02-10 | 2025-02-10
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k08", columns=FIGURE), "20448", "all") == cells("1.5 | 3 | 2 | 1 | final")


def test_a_night_two_sources_know_of_is_one_night_of_one_visit(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-01-10 | 2025-01-12
        1          | 20448             | 2025-01-11 | 2025-01-13
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k08", columns=FIGURE), "20448", "all") == cells("3 | 3 | 1 | 1 | final")


def test_a_region_divides_all_nights_by_all_visits(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-01-10 | 2025-01-13
        1          | 20202             | 2025-02-10 | 2025-02-10
        2          | 20202             | 2025-02-10 | 2025-02-10
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k08", columns=FIGURE), "20", "all") == cells("1 | 3 | 3 | 2 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k08", columns="region_code, as_of, status"), "20448") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
