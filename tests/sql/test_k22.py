"""K22 担い手: who lends a hand in the fiscal year."""

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, value, n, status"
HELP = """
    person_key | municipality_code | engaged_on | kind         | hours
    1          | 20448             | 2025-04-01 | contribution | 2
    1          | 20448             | 2025-04-02 | work_onsite  | 1.5
    1          | 20202             | 2025-04-03 | contribution |
    2          | 20448             | 2025-03-31 | contribution | 8
    3          | 20448             | 2025-05-01 | work_remote  | 8
"""


def test_people_with_one_and_with_three_supporter_activities_and_their_hours(given, build):
    given("raw_engagements", HELP)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k22", columns=FIGURE)
    assert about(figures, "20448", "") == cells("1 | 1 | provisional")
    assert about(figures, "20448", "three") == cells("0 | 0 | provisional")
    assert about(figures, "20448", "hours") == cells("3.5 | 1 | provisional")
    assert about(figures, "20", "three") == cells("1 | 1 | provisional")


def test_it_is_final_on_31_march(given, build):
    given("raw_engagements", HELP)
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    assert about(build("k22", columns=FIGURE), "20448", "") == cells("1 | 1 | final")


def test_who_lived_there_on_that_day_is_no_hand_from_outside(given, build):
    given("raw_engagements", HELP)
    given("raw_people", "person_key | home_municipality_code | home_from\n1 | 20448 | 2025-04-02")
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k22", columns=FIGURE), "20448", "hours") == cells("2 | 1 | provisional")
