"""K01 年4回以上来訪者数: people who come four times a year or more."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, part, segment_kind, value, numerator, denominator, n, status"
STATUS = "region_code, part, segment_kind, as_of, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_four_visits_in_the_365_days_count_and_three_do_not(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10 2025-02-10 2025-03-10 2025-04-10
            2 | 20448 | 2025-01-10 2025-02-10 2025-03-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k01", columns=FIGURE), "20448", "", "all") == cells("1 | 1 | | 1 | final")


def test_the_365_days_begin_364_days_before_the_day(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-10-01 2025-02-10 2025-03-10 2025-04-10
            2 | 20448 | 2024-09-30 2025-02-10 2025-03-10 2025-04-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k01", columns=FIGURE), "20448", "", "all") == cells("1 | 1 | | 1 | final")


def test_two_visits_to_each_of_two_towns_are_not_four_visits_to_the_prefecture(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10 2025-02-10
            1 | 20202 | 2025-03-10 2025-04-10
            2 | 20448 | 2025-01-10 2025-02-10 2025-03-10 2025-04-10
            2 | 20202 | 2025-01-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k01", columns=FIGURE), "20", "", "all") == cells("1 | 1 | | 1 | final")
    assert about(build("k01", columns=FIGURE), "JP", "", "all") == cells("1 | 1 | | 1 | final")


def test_the_fiscal_year_to_date_counts_from_the_first_of_april(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-04-01 2025-05-10 2025-06-10 2025-07-10
            2 | 20448 | 2025-03-31 2025-05-10 2025-06-10 2025-07-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k01", columns=FIGURE)
    assert about(figures, "20448", "", "all") == cells("2 | 2 | | 2 | final")
    assert about(figures, "20448", "fy", "all") == cells("1 | 1 | | 1 | provisional")


def test_a_municipality_nobody_visited_counts_zero_people(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k01", columns=FIGURE), "20448", "", "all") == cells("0 | 0 | | 0 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k01", columns=STATUS), "20448", "", "all") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)


def test_the_fiscal_year_is_final_on_its_last_day_where_the_log_covers_it(given, build):
    given(
        "raw_coverage",
        """
        municipality_code | covered_from | covered_through
        20448             | 2024-04-01   | 2025-03-31
        20202             | 2024-04-02   | 2025-03-31
        """,
    )
    ask(given, "2025-03-30", "2025-03-31")
    figures = build("k01", columns=STATUS)
    assert about(figures, "20448", "fy", "all") == cells("""
        2025-03-30 | provisional
        2025-03-31 | final
    """)
    assert about(figures, "20202", "fy", "all") == cells("""
        2025-03-30 | provisional
        2025-03-31 | provisional
    """)
