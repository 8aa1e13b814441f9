"""K20 関係人口 類型別: what the relationship population does."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, value, numerator, denominator, n, status"
TWICE = "2025-05-10 2025-06-10"


def test_people_of_the_relationship_population_are_counted_in_every_kind_they_do(given, build):
    given("raw_visits", trips(f"1 | 20448 | {TWICE}\n2 | 20448 | {TWICE}\n3 | 20448 | 2025-06-10"))
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-05-10 | hobby
        1          | 20448             | 2025-06-10 | hobby
        1          | 20448             | 2025-06-10 | participation
        2          | 20448             | 2024-09-30 | participation
        3          | 20448             | 2025-06-10 | hobby
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k20", columns=FIGURE)
    # person 3 came once, which is a tourist; what person 2 did is a day too long ago
    assert about(figures, "20448", "hobby") == cells("1 | 1 | 2 | 1 | final")
    assert about(figures, "20448", "participation") == cells("1 | 1 | 2 | 1 | final")
    assert about(figures, "20448", "work_remote") == cells("0 | 0 | 2 | 0 | final")


def test_a_person_who_does_it_in_two_towns_is_one_person_of_the_region(given, build):
    given("raw_visits", trips(f"1 | 20448 | {TWICE}\n1 | 20202 | {TWICE}"))
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-05-10 | hobby
        1          | 20202             | 2025-05-10 | hobby
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k20", columns=FIGURE), "20", "hobby") == cells("1 | 1 | 1 | 1 | final")


def test_where_no_engagement_was_ever_delivered_nothing_is_said(given, build):
    given("raw_visits", trips(f"1 | 20448 | {TWICE}"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert build("k20", columns=FIGURE) == []
