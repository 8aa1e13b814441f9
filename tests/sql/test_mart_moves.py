"""Who went from which stage to which."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COLUMNS = "region_code, span, segment_kind, segment_value, stage_from, stage_to, people"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2022-01-01   | 2025-09-30
    20202             | 2022-01-01   | 2025-09-30
"""


def test_a_year_ago_is_365_days_ago_and_a_month_ago_is_the_month_end_before(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-09-30 2025-08-31
            2 | 20448 | 2024-10-01
            3 | 20448 | 2025-09-01
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    moves = build("mart_moves", columns=COLUMNS)
    assert about(moves, "20448", "year", "all", "all") == cells("""
        none    | tourist | 2
        tourist | tourist | 1
    """)
    assert about(moves, "20448", "month", "all", "all") == cells("""
        loyal   | tourist | 1
        none    | tourist | 1
        tourist | tourist | 1
    """)


def test_a_region_moves_between_the_highest_stages_over_its_members(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-05-10
            1 | 20202 | 2025-05-10 2025-06-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("mart_moves", columns=COLUMNS), "20", "year", "all", "all") == cells(
        "tourist | loyal | 1"
    )


def test_the_segments_of_a_kind_add_up_to_all(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | home_municipality_code | program_id
        1          | 20448             | 2025-05-10 | 2025-05-10  | 13101                  | trial
        2          | 20448             | 2025-05-10 | 2025-05-10  | 27                     |
        3          | 20448             | 2025-05-10 | 2025-05-10  |                        |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    moves = about(build("mart_moves", columns=COLUMNS), "20448", "month")
    assert moves == cells("""
        age_band     | unknown | tourist | tourist | 3
        all          | all     | tourist | tourist | 3
        gender       | unknown | tourist | tourist | 3
        origin_block | kanto   | tourist | tourist | 1
        origin_block | kinki   | tourist | tourist | 1
        origin_block | unknown | tourist | tourist | 1
        program      | self    | tourist | tourist | 2
        program      | trial   | tourist | tourist | 1
        purpose      | unknown | tourist | tourist | 3
    """)


def test_the_segment_is_that_of_the_latest_counted_visit(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose
        1          | 20448             | 2025-05-10 | 2025-05-10  | leisure
        1          | 20448             | 2025-06-10 | 2025-06-10  | workation
        1          | 20448             | 2025-07-10 | 2025-07-10  | relatives
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("mart_moves", columns=COLUMNS), "20448", "year", "purpose") == cells(
        "workation | none | loyal | 1"
    )
