"""Visits, nights and spend of the periods that end on a day."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COLUMNS = "region_code, period, segment_kind, segment_value, people, visits, ties, nights, stay_days"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2022-01-01   | 2025-09-30
    20202             | 2022-01-01   | 2025-09-30
"""


def test_each_period_begins_on_its_own_first_day_and_takes_visits_by_arrival(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-09-30 | 2024-10-02
        2          | 20448             | 2024-10-01 | 2024-10-01
        3          | 20448             | 2025-01-01 | 2025-01-01
        4          | 20448             | 2025-04-01 | 2025-04-01
        5          | 20448             | 2025-08-31 | 2025-09-02
        6          | 20448             | 2025-09-01 | 2025-09-02
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    visits = build("mart_visits", columns=COLUMNS)
    assert about(visits, "20448", "w365", "all", "all") == cells("5 | 5 | 5 | 3 | 8")
    assert about(visits, "20448", "cy", "all", "all") == cells("4 | 4 | 4 | 3 | 7")
    assert about(visits, "20448", "fy", "all", "all") == cells("3 | 3 | 3 | 3 | 6")
    assert about(visits, "20448", "month", "all", "all") == cells("1 | 1 | 1 | 1 | 2")


def test_before_april_the_fiscal_year_began_the_calendar_year_before(given, build):
    given("raw_visits", trips("1 | 20448 | 2024-04-01 2025-01-10"))
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    visits = build("mart_visits", columns="region_code, period, segment_kind, visits")
    assert about(visits, "20448", "fy", "all") == cells("2")
    assert about(visits, "20448", "cy", "all") == cells("1")


def test_above_the_municipality_people_are_distinct_and_visits_and_ties_add_up(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-05-10 2025-06-10
            1 | 20202 | 2025-05-20
            2 | 20202 | 2025-05-20
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("mart_visits", columns=COLUMNS), "20", "w365", "all", "all") == cells(
        "2 | 4 | 3 | 0 | 4"
    )


def test_twice_and_four_times_are_counted_at_the_place_visited_most(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10 2025-02-10 2025-03-10
            1 | 20202 | 2025-01-20 2025-02-20 2025-03-20
            2 | 20448 | 2025-01-10
            2 | 20202 | 2025-01-20
            3 | 20448 | 2025-01-10 2025-02-10 2025-03-10 2025-04-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    visits = build(
        "mart_visits", columns="region_code, period, segment_kind, people, people_2plus, people_4plus"
    )
    assert about(visits, "20448", "w365", "all") == cells("3 | 2 | 1")
    assert about(visits, "20", "w365", "all") == cells("3 | 2 | 1")


def test_a_period_nobody_came_in_is_a_row_of_zeros(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    visits = about(build("mart_visits", columns=COLUMNS), "20448")
    assert visits == [[period, "all", "all", *["0"] * 5] for period in ("cy", "fy", "month", "w365")]


def test_visits_that_do_not_count_are_in_no_figure(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose   | home_municipality_code
        1          | 20448             | 2025-05-10 | 2025-05-12  | relatives | 13101
        2          | 20448             | 2025-05-10 | 2025-05-12  | leisure   | 20448
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    visits = build("mart_visits", columns="region_code, period, segment_kind, people, visits, nights")
    assert about(visits, "20448", "w365", "all") == cells("0 | 0 | 0")


def test_spend_is_summed_with_its_bounds_over_visits_that_have_it(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2025-05-10 | 2025-05-10  | 3000      | 3000      | 3000
        1          | 20448             | 2025-06-10 | 2025-06-10  |           | 1000      | 2000
        2          | 20448             | 2025-06-10 | 2025-06-10  |           | 50000     |
        3          | 20448             | 2025-06-10 | 2025-06-10  |           |           |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    spend = "spend_people, spend_visits, spend_yen, spend_low, spend_high"
    visits = build("mart_visits", columns=f"region_code, period, segment_kind, {spend}")
    assert about(visits, "20448", "w365", "all") == cells("2 | 3 | 54500 | 54000 | 55000")


def test_the_segments_of_a_kind_add_up_to_all(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | home_municipality_code
        1          | 20448             | 2025-05-10 | 2025-05-12  | 13101
        1          | 20448             | 2025-06-10 | 2025-06-10  | 13101
        2          | 20448             | 2025-06-10 | 2025-06-10  | 27100
        3          | 20448             | 2025-06-10 | 2025-06-10  |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    visits = build("mart_visits", columns=COLUMNS)
    assert about(visits, "20448", "w365", "all", "all") == cells("3 | 4 | 3 | 2 | 6")
    assert about(visits, "20448", "w365", "origin_block") == cells("""
        kanto   | 1 | 2 | 1 | 2 | 4
        kinki   | 1 | 1 | 1 | 0 | 1
        unknown | 1 | 1 | 1 | 0 | 1
    """)
