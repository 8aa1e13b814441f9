"""K02 年4回以上 達成率: how much of the year's target is reached."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, as_of, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
"""
TARGETS = """
    scope | kpi_id | fiscal_year | value
    20448 | K01    | 2024        | 4
    20448 | K01    | 2025        | 10
    20448 | K03    | 2025        | 500
"""
FOUR_TIMES = trips("""
    1 | 20448 | 2025-01-10 2025-02-10 2025-03-10 2025-03-20
    2 | 20448 | 2025-04-10 2025-05-10 2025-06-10 2025-07-10
""")


def test_it_is_the_people_of_the_fiscal_year_to_date_over_the_target_of_that_year(given, build):
    given("raw_visits", FOUR_TIMES)
    given("raw_coverage", COVERED)
    given("raw_targets", TARGETS)
    ask(given, "2025-03-31", "2025-04-30", "2025-09-30")
    assert about(build("k02", columns=FIGURE), "20448") == cells("""
        2025-03-31 | 0.25 | 1 | 4  | 1 | final
        2025-04-30 | 0    | 0 | 10 | 0 | provisional
        2025-09-30 | 0.1  | 1 | 10 | 1 | provisional
    """)


def test_a_region_without_a_target_has_no_achievement(given, build):
    given("raw_visits", FOUR_TIMES)
    given("raw_coverage", COVERED)
    given("raw_targets", TARGETS)
    ask(given, "2025-09-30")
    assert about(build("k02", columns=FIGURE), "20") == []


def test_a_target_of_zero_gives_no_rate(given, build):
    given("raw_visits", FOUR_TIMES)
    given("raw_coverage", COVERED)
    given("raw_targets", TARGETS.replace("10\n", "0\n"))
    ask(given, "2025-09-30")
    assert about(build("k02", columns=FIGURE), "20448") == cells("2025-09-30 | | 1 | 0 | 1 | provisional")


def test_it_stays_provisional_where_the_log_began_within_the_fiscal_year(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-04-02"))
    given("raw_targets", TARGETS)
    ask(given, "2025-03-31")
    assert about(build("k02", columns=FIGURE), "20448") == cells("2025-03-31 | 0 | 0 | 4 | 0 | provisional")
