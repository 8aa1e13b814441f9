"""K09 年間滞在日数/人: days present per visitor."""

from tests.conftest import cells
from tests.sql.days import about, ask

FIGURE = "region_code, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_a_visit_is_present_on_one_day_more_than_it_has_nights(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-01-10 | 2025-01-13
        1          | 20448             | 2025-02-10 | 2025-02-10
        2          | 20448             | 2025-02-10 | 2025-02-10
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k09", columns=FIGURE), "20448", "all") == cells("3 | 6 | 2 | 2 | final")


def test_days_in_two_towns_are_added_and_the_person_is_counted_once(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-01-10 | 2025-01-13
        1          | 20202             | 2025-02-10 | 2025-02-10
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k09", columns=FIGURE), "20", "all") == cells("5 | 5 | 1 | 1 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k09", columns="region_code, as_of, status"), "20448") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
