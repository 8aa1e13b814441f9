"""K21 非訪問系: ties kept up from afar."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, value, n, status"


def test_two_contacts_in_730_days_by_somebody_who_never_came(given, build):
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2023-10-02 | donation
        1          | 20448             | 2025-05-10 | online
        2          | 20448             | 2023-10-01 | donation
        2          | 20448             | 2025-05-10 | purchase
        3          | 20448             | 2025-05-10 | purchase
        3          | 20448             | 2025-05-11 | hobby
        4          | 20448             | 2025-05-10 | donation
        4          | 20448             | 2025-05-11 | donation
        """,
    )
    given("raw_visits", trips("4 | 20448 | 2023-01-10"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    # 2: the first contact is 731 days back; 3: a hobby is no contact; 4 was there once
    assert about(build("k21", columns=FIGURE), "20448") == cells("1 | 1 | final")


def test_in_a_region_contacts_with_two_towns_are_two_and_a_visit_to_any_is_a_visit(given, build):
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-05-10 | donation
        1          | 20202             | 2025-05-11 | donation
        2          | 20448             | 2025-05-10 | donation
        2          | 20448             | 2025-05-11 | donation
        """,
    )
    given("raw_visits", trips("2 | 20202 | 2023-01-10"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k21", columns=FIGURE)
    assert about(figures, "20") == cells("1 | 1 | final")
    assert about(figures, "20448") == cells("1 | 1 | final")


def test_people_who_live_there_are_left_out(given, build):
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-05-10 | donation
        1          | 20448             | 2025-05-11 | donation
        """,
    )
    given("raw_people", "person_key | home_municipality_code | home_from\n1 | 20448 | 2025-09-30")
    given("raw_coverage", COVERED)
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k21", columns="region_code, as_of, value"), "20448") == cells("""
        2025-09-29 | 1
        2025-09-30 | 0
    """)


def test_where_no_engagement_was_ever_delivered_nothing_is_said(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert build("k21", columns=FIGURE) == []
