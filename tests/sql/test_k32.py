"""K32 寄附→来訪 転換率: donors who came to see."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, value, numerator, denominator, n, status"
GAVE = """
    person_key | municipality_code | engaged_on | kind
    1          | 20448             | 2024-01-10 | donation
    1          | 20448             | 2024-03-10 | donation
    2          | 20448             | 2024-01-10 | donation
    3          | 20448             | 2024-01-10 | donation
    4          | 20448             | 2024-01-10 | donation
    5          | 20448             | 2024-10-01 | donation
    6          | 20448             | 2024-01-10 | purchase
"""


def test_the_first_visit_comes_after_the_first_donation_and_within_365_days(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-09
            2 | 20448 | 2025-01-10
            3 | 20448 | 2023-05-10 2024-02-10
            4 | 20448 | 2024-01-10 2024-02-10
            5 | 20448 | 2024-11-10
        """),
    )
    given("raw_engagements", GAVE)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k32", columns=FIGURE)
    # 3 had been there, 4 gave while there, the year of 5 is not over: one of four, one of two who were new
    assert about(figures, "20448", "") == cells("0.25 | 1 | 4 | 4 | final")
    assert about(figures, "20448", "new") == cells("0.5 | 1 | 2 | 2 | final")


def test_a_visit_to_another_town_of_the_region_is_not_what_the_donation_was_for(given, build):
    given("raw_visits", trips("1 | 20202 | 2024-05-10"))
    given("raw_engagements", GAVE)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k32", columns=FIGURE), "20", "") == cells("0 | 0 | 4 | 4 | final")


def test_a_resident_s_donation_is_not_watched(given, build):
    given("raw_engagements", GAVE)
    given("raw_people", "person_key | home_municipality_code\n1 | 20448\n2 | 20202")
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k32", columns=FIGURE), "20448", "") == cells("0 | 0 | 3 | 3 | final")
