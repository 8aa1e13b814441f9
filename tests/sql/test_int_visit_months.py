"""Months in which people came to a region."""

from tests.conftest import cells
from tests.sql.days import ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2024-01-01   | 2025-09-30
    20202             | 2024-01-01   | 2025-09-30
"""


def test_a_month_counts_once_however_often_and_wherever_in_the_region(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    given("int_cohort_days", "place_no | region_level | region_code | as_of | speaks_from | is_last\n"
          "1 | prefecture | 20 | 2025-09-30 | 2025-09-30 | true")  # fmt: skip
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-02-03 2025-02-10 2025-05-01
            1 | 20202 | 2025-02-20 2025-04-01
            2 | 20448 | 2024-12-30 2024-12-31
        """),
    )
    columns = "person_key, month_on, first_on, last_on, is_early"
    assert build("int_visit_months", columns=columns) == cells("""
        1 | 2025-02-01 | 2025-02-01 | 2025-05-01 | false
        1 | 2025-04-01 | 2025-02-01 | 2025-05-01 | false
        1 | 2025-05-01 | 2025-02-01 | 2025-05-01 | false
        2 | 2024-12-01 | 2024-12-01 | 2024-12-01 | true
    """)
