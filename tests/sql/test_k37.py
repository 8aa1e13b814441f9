"""K37 支援1人当たり費用対効果: yen of support per person who came to live in two places."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
PROGRAMS = """
    program_id | starts_on  | ends_on    | required_round_trips
    miles      | 2024-04-01 | 2024-06-30 | 2
    open       | 2024-04-01 |            |
"""

FIGURE = "region_code, segment_value, as_of, value, numerator, denominator, n, status"
EVERY_MONTH = "2024-01-10 2024-02-10 2024-03-10 2024-04-10 2024-05-10 2024-06-10"


def test_who_reached_it_the_day_after_counts_and_who_was_there_before_does_not(given, build):
    given("raw_visits", trips(f"1 | 20448 | {EVERY_MONTH}\n2 | 20448 | {EVERY_MONTH}"))
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme         | started_on
        1          | 20448             | dual_residence | 2024-04-01
        2          | 20448             | dual_residence | 2024-04-01
        """,
    )
    # both are residents of two places from 10 June 2024, their sixth month
    given(
        "raw_supports",
        """
        person_key | municipality_code | supported_on | kind  | yen  | program_id
        1          | 20448             | 2024-06-09   | miles | 9000 | miles
        1          | 20448             | 2024-06-20   | miles | 9000 | miles
        2          | 20448             | 2024-06-10   | miles | 2000 | miles
        3          | 20448             | 2024-06-10   | miles |      | miles
        """,
    )
    given("raw_programs", PROGRAMS)
    given("raw_coverage", COVERED)
    ask(given, "2024-06-09", "2024-06-30")
    figures = build("k37", columns=FIGURE)
    assert about(figures, "20448", "miles") == cells("""
        2024-06-09 |       | 9000  | 0 | 1 | provisional
        2024-06-30 | 20000 | 20000 | 1 | 3 | final
    """)
    assert about(figures, "JP", "all")[-1] == cells("2024-06-30 | 20000 | 20000 | 1 | 3 | final")[0]
