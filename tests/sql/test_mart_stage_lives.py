"""Half-lives of stages."""

from tests.conftest import cells
from tests.sql.days import ask

COVERED = "municipality_code | covered_from | covered_through\n20448 | 2022-01-01 | 2025-09-30"


def test_half_have_left_when_the_estimate_says_so_and_none_where_they_have_not(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    given("int_cohort_days", "place_no | region_level | region_code | as_of\n1 | nation | JP | 2025-09-30")
    # tourist: 4 at risk on day 10, 3 left; on day 30 two are at risk: 3/4 × 1/2 = 3/8.
    given(
        "int_stage_stays",
        """
        place_no | stage   | days | ended | watched
        1        | tourist | 10   | 1     | 0
        1        | tourist | 20   | 0     | 1
        1        | tourist | 30   | 1     | 1
        1        | dual    | 10   | 1     | 0
        1        | dual    | 99   | 0     | 2
    """,
    )
    assert build("mart_stage_lives", columns="region_code, stage, stays, ended, half_life") == cells("""
        JP | dual    | 3 | 1 |
        JP | tourist | 4 | 2 | 30
    """)
