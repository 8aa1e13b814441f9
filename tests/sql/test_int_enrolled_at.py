"""Who is enrolled in a programme, and how often they came in its period and after it."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_the_bounds_of_the_period_and_of_the_follow_up_belong_to_them(given, build):
    given(
        "raw_programs",
        "program_id | starts_on | ends_on | required_round_trips\nmiles | 2024-04-01 | 2024-06-30 | 4",
    )
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme     | started_on | program_id
        1          | 20448             | dual_trial | 2024-04-01 | miles
        1          | 20448             | program    | 2024-05-01 | miles
        2          | 20448             | dual_trial | 2024-05-01 | other
        """,
    )
    given(
        "raw_visits",
        trips("1 | 20448 | 2024-03-31 2024-04-02 2024-06-30 2024-09-27 2024-09-29 2025-06-30 2025-07-02"),
    )
    given("raw_coverage", COVERED)
    ask(given, "2024-03-31", "2024-05-31", "2025-09-30")
    rows = build(
        "int_enrolled_at", columns="region_code, as_of, program_id, person_key, visits_within, visits_after"
    )
    assert about(rows, "20448") == cells("""
        2024-05-31 | miles | 1 | 1 | 0
        2025-09-30 | miles | 1 | 2 | 2
    """)
