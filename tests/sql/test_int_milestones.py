"""When each pair first came and first stood on each rung."""

from tests.conftest import cells
from tests.sql.days import trips

COVERED = "municipality_code | covered_from | covered_through\n20448 | 2023-01-01 | 2026-03-31"
COLUMNS = "person_key, came_on, is_early, loyal_on, related_on, dual_on, settled_on"


def test_a_rung_is_reached_on_the_first_day_on_it_or_above(given, build):
    given("raw_coverage", COVERED)
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-05-01 2024-06-01 2024-07-01 2024-08-01
            2 | 20448 | 2023-12-31
            3 | 20448 | 2024-01-01
        """),
    )
    assert build("int_milestones", columns=COLUMNS) == cells("""
        1 | 2024-05-01 | false | 2024-06-01 | 2024-08-01 | |
        2 | 2023-12-31 | true  |            |            | |
        3 | 2024-01-01 | false |            |            | |
    """)


def test_who_settles_climbs_no_rung_by_it_and_who_never_came_is_not_there(given, build):
    given("raw_coverage", COVERED)
    given("raw_visits", trips("1 | 20448 | 2024-05-01"))
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme     | started_on
        1          | 20448             | relocation | 2024-09-01
        2          | 20448             | relocation | 2024-09-01
    """,
    )
    assert build("int_milestones", columns=COLUMNS) == cells("1 | 2024-05-01 | false | | | | 2024-09-01")
