"""K34 月別平準化率: visits spread over the year."""

from tests.conftest import cells
from tests.sql.days import WEEKLY, about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, as_of, value, n, status"
EVERY_MONTH = " ".join(
    f"{year}-{month:02d}-10"
    for year, months in ((2024, range(4, 13)), (2025, range(1, 4)))
    for month in months
)


def test_the_same_number_in_every_month_is_one_and_all_in_one_month_is_zero(given, build):
    given("raw_visits", trips(f"1 | 20448 | {EVERY_MONTH}\n2 | 20202 | 2024-08-01 2024-08-11 2024-08-21"))
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    figures = build("k34", columns=FIGURE)
    assert about(figures, "20448") == cells("2025-03-31 | 1 | 12 | final")
    assert about(figures, "20202") == cells("2025-03-31 | 0 | 3 | final")
    # 15 visits: August has 4, the others 1: 1 - (4/15 - 1/12 + 11 * (1/12 - 1/15)) / (22/12)
    assert about(figures, "20") == cells("2025-03-31 | 0.8 | 15 | final")


def test_the_months_to_come_count_as_empty_so_the_year_under_way_is_provisional(given, build):
    given("raw_visits", trips(f"1 | 20448 | {EVERY_MONTH}"))
    given("raw_coverage", COVERED)
    ask(given, "2024-04-30", "2024-09-30")
    assert about(build("k34", columns=FIGURE), "20448") == cells("""
        2024-04-30 | 0            | 1 | provisional
        2024-09-30 | 0.4545454545 | 6 | provisional
    """)


def test_everyday_ties_are_taken_off_and_no_visits_are_no_value(given, build):
    given("raw_visits", trips(f"1 | 20448 | {WEEKLY}"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k34", columns=FIGURE), "20448") == cells("2025-09-30 | | 0 | provisional")
