"""The days cohorts of a region were looked at."""

from tests.conftest import cells
from tests.sql.days import ask
from tests.sql.entrants import COVERED, HERE, entrants


def test_the_latest_comes_first_and_none_after_the_day_asked_about(given, read):
    given("raw_coverage", COVERED)
    ask(given, "2024-12-31", "2025-03-31", "2025-06-30")
    given("int_entries", entrants("2024-05-01 | | | | | 1"))
    assert read("cohort_days", **HERE, as_of="2025-05-31") == cells("""
        2025-03-31
        2024-12-31
    """)
