"""K31 企業の関係人口化: companies that come again, and their people."""

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, value, n, status"
VISITS = """
    person_key | municipality_code | arrived_on | departed_on | organization_id
    1          | 20448             | 2025-05-01 | 2025-05-01  | acme
    2          | 20448             | 2025-05-01 | 2025-05-01  | acme
    1          | 20448             | 2025-08-01 | 2025-08-01  |
    3          | 20448             | 2025-05-01 | 2025-05-01  | once
    3          | 20202             | 2025-06-01 | 2025-06-01  | once
    3          | 20202             | 2025-08-01 | 2025-08-01  |
    4          | 20448             | 2024-09-30 | 2024-09-30  | late
    4          | 20448             | 2025-05-01 | 2025-05-01  | late
    5          | 20448             | 2025-05-01 | 2025-05-01  |
"""


def test_two_visits_of_its_people_tie_a_company_to_a_place(given, build):
    given("raw_visits", VISITS)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k31", columns=FIGURE)
    assert about(figures, "20448", "") == cells("1 | 2 | final")
    assert about(figures, "20448", "people") == cells("2 | 2 | final")
    assert about(figures, "20448", "private") == cells("1 | 1 | final")


def test_one_visit_each_to_two_towns_of_a_region_is_no_return(given, build):
    given("raw_visits", VISITS)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k31", columns=FIGURE), "20", "") == cells("1 | 2 | final")


def test_where_no_visit_ever_named_a_company_nothing_is_said(given, build):
    given("raw_visits", VISITS.replace("acme", "    ").replace("once", "    ").replace("late", "    "))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert build("k31", columns=FIGURE) == []
