"""Returns by months since the arrival before."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = "municipality_code | covered_from | covered_through\n20448 | 2015-01-01 | 2025-09-30"


def test_a_month_is_a_twelfth_of_365_days_and_three_years_or_more_are_one(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-05-01 2025-05-31
            2 | 20448 | 2025-05-01 2025-06-01
            3 | 20448 | 2024-08-01 2025-08-01
            4 | 20448 | 2019-08-01 2025-08-01
            5 | 20448 | 2024-08-01 2024-09-30
            6 | 20448 | 2025-08-01
        """),
    )
    rows = build("mart_return_cycle", columns="region_code, months, returns")
    assert about(rows, "20448") == cells("""
        0  | 1
        1  | 1
        12 | 1
        36 | 1
    """)
