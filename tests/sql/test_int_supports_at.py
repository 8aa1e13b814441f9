"""Supports up to a day, each with the visit it belongs to."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_a_support_stands_under_its_programme_and_under_all_with_its_visit(given, build):
    given("raw_visits", trips("1 | 20448 | 2025-05-01 2025-06-01\n2 | 20448 | 2025-07-10"))
    given(
        "raw_supports",
        """
        person_key | municipality_code | supported_on | kind  | yen  | program_id
        1          | 20448             | 2025-05-31   | miles | 9000 | miles
        1          | 20448             | 2025-06-01   | miles | 9000 |
        2          | 20448             | 2025-05-01   | fare  | 500  | miles
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-06-30", "2025-07-31")
    rows = build(
        "int_supports_at", columns="region_code, as_of, program_id, input_order, own_program, trip_on"
    )
    assert about(rows, "20448", "2025-06-30") == cells("""
        all   | 1 | miles | 2025-05-01
        all   | 2 |       | 2025-06-01
        all   | 3 | miles |
        miles | 1 | miles | 2025-05-01
        miles | 3 | miles |
    """)
    assert about(rows, "20448", "2025-07-31", "miles", "3") == cells("miles | 2025-07-10")
