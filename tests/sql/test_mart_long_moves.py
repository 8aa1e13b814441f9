"""Moves over three months, half a year and two years."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2022-01-01   | 2025-09-30
    20202             | 2022-01-01   | 2025-09-30
    21201             | 2022-01-01   | 2025-06-30
"""
COLUMNS = "region_code, span, stage_from, stage_to, people"


def test_each_span_looks_back_to_its_own_day(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-06-30
            2 | 20448 | 2025-07-01
            3 | 20448 | 2025-03-31 2025-06-30
            4 | 20448 | 2023-10-01 2025-09-01
        """),
    )
    moves = build("mart_long_moves", columns=COLUMNS)
    assert about(moves, "20448", "quarter") == cells("""
        dormant | tourist | 1
        loyal   | loyal   | 1
        none    | tourist | 1
        tourist | tourist | 1
    """)
    assert about(moves, "20448", "half") == cells("""
        dormant | tourist | 1
        none    | tourist | 2
        tourist | loyal   | 1
    """)
    assert about(moves, "20448", "two_years") == cells("""
        none    | loyal   | 1
        none    | tourist | 2
        tourist | tourist | 1
    """)


def test_a_region_takes_the_highest_stage_of_the_members_that_reach_the_day(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-06-01
            1 | 20202 | 2025-06-01 2025-08-01
            1 | 21201 | 2025-06-01 2025-06-05 2025-06-10 2025-06-15
        """),
    )
    moves = build("mart_long_moves", columns=COLUMNS)
    assert about(moves, "JP", "quarter") == cells("tourist | loyal | 1")
    assert about(moves, "21201") == []
