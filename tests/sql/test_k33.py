"""K33 登録者の来訪率: fans who have been there."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, value, numerator, denominator, n, status"


def test_of_those_registered_on_the_day_who_was_ever_there(given, build):
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme           | started_on | ended_on
        1          | 20448             | fan_club         | 2025-04-01 |
        2          | 20448             | digital_resident | 2025-04-01 | 2025-09-30
        3          | 20448             | fan_club         | 2025-04-01 | 2025-09-29
        4          | 20448             | furusato_basic   | 2025-04-01 |
        1          | 20448             | digital_resident | 2025-04-01 |
        """,
    )
    given("raw_visits", trips("1 | 20448 | 2023-01-10\n2 | 20202 | 2025-01-10\n3 | 20448 | 2025-01-10"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k33", columns=FIGURE)
    assert about(figures, "20448") == cells("0.5 | 1 | 2 | 2 | final")
    assert about(figures, "20") == cells("0.5 | 1 | 2 | 2 | final")
    assert about(figures, "20202") == []
