"""Ties that are everyday life on a day."""

from tests.conftest import cells
from tests.sql.days import WEEKLY, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_it_is_the_tie_that_is_routine_not_the_person(given, build):
    given("raw_visits", trips(f"1 | 20448 | {WEEKLY}\n1 | 20202 | 2025-09-10\n2 | 20448 | 2025-09-10"))
    given("raw_coverage", COVERED)
    ask(given, "2025-08-31", "2025-09-30")
    assert build("int_routine_at", columns="as_of, municipality_code, person_key") == cells(
        "2025-09-30 | 20448 | 1"
    )
