"""K23 ふるさと住民登録: registrations that hold on the day."""

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, value, n, status"
REGISTERED = """
    person_key | municipality_code | scheme           | started_on | ended_on
    1          | 20448             | furusato_basic   | 2025-04-01 |
    1          | 20448             | furusato_premium | 2025-05-01 |
    1          | 20202             | furusato_basic   | 2025-05-01 | 2025-09-30
    2          | 20448             | furusato_basic   | 2025-04-01 | 2025-09-29
    3          | 20448             | fan_club         | 2025-04-01 |
"""


def test_people_and_registrations_are_counted_apart(given, build):
    given("raw_enrollments", REGISTERED)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k23", columns=FIGURE)
    assert about(figures, "20", "") == cells("1 | 1 | final")
    assert about(figures, "20", "registrations") == cells("2 | 1 | final")
    assert about(figures, "20", "basic") == cells("2 | 1 | final")
    assert about(figures, "20", "premium") == cells("1 | 1 | final")


def test_a_place_that_has_begun_and_has_nobody_left_says_zero_and_one_that_has_not_says_nothing(given, build):
    given("raw_enrollments", REGISTERED.replace("1          | 20448", "1          | 20202"))
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31", "2025-09-30")
    assert about(build("k23", columns="region_code, part, as_of, value"), "20448", "") == cells("""
        2025-09-30 | 0
    """)
