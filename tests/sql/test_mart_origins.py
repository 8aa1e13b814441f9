"""From where people come."""

from tests.conftest import cells
from tests.sql.days import about, ask

COLUMNS = "region_code, origin_code, stage, people, visits"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2022-01-01   | 2025-09-30
    20202             | 2022-01-01   | 2025-09-30
"""


def test_people_and_their_visits_of_the_year_are_counted_by_prefecture_of_home_and_stage(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | home_municipality_code
        1          | 20448             | 2025-05-10 | 2025-05-10  | 13101
        1          | 20448             | 2025-06-10 | 2025-06-10  | 13101
        2          | 20448             | 2025-06-10 | 2025-06-10  | 13
        3          | 20448             | 2025-06-10 | 2025-06-10  |
        4          | 20448             | 2024-06-10 | 2024-06-10  | 27100
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("mart_origins", columns=COLUMNS), "20448") == cells("""
        13      | loyal   | 1 | 2
        13      | tourist | 1 | 1
        27      | dormant | 1 | 0
        unknown | tourist | 1 | 1
    """)


def test_a_home_that_moved_is_the_one_of_the_latest_visit(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | home_municipality_code
        1          | 20448             | 2025-05-10 | 2025-05-10  | 13101
        1          | 20202             | 2025-06-10 | 2025-06-10  | 27100
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    origins = build("mart_origins", columns=COLUMNS)
    assert about(origins, "20448") == cells("13 | tourist | 1 | 1")
    assert about(origins, "20") == cells("27 | tourist | 1 | 2")


def test_somebody_who_never_came_is_from_where_the_register_says(given, build):
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-05-10 | donation
        """,
    )
    given("raw_people", "person_key | home_municipality_code | home_from\n1 | 27100 | 2020-01-01")
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("mart_origins", columns=COLUMNS), "20448") == cells("27 | interest | 1 | 0")


def test_visits_are_those_of_the_365_days_whatever_year_they_fall_in(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | home_municipality_code
        1          | 20448             | 2024-09-30 | 2024-09-30  | 13101
        1          | 20448             | 2024-10-01 | 2024-10-03  | 13101
        1          | 20448             | 2024-11-10 | 2024-11-10  | 13101
        1          | 20448             | 2025-06-10 | 2025-06-10  | 13101
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    [[origin, _stage, people, visits]] = about(build("mart_origins", columns=COLUMNS), "20448")
    assert (origin, people, visits) == ("13", "1", "2")
