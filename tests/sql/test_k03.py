"""K03 来訪者実人数: distinct people with a counted visit."""

from tests.conftest import cells
from tests.sql.days import WEEKLY, about, ask, trips

FIGURE = "region_code, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_a_person_who_visits_two_towns_is_one_visitor_of_the_prefecture(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10 2025-02-10
            1 | 20202 | 2025-03-10
            2 | 20202 | 2025-03-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k03", columns=FIGURE)
    assert about(figures, "20448", "all") == cells("1 | 1 | | 1 | final")
    assert about(figures, "20202", "all") == cells("2 | 2 | | 2 | final")
    assert about(figures, "20", "all") == cells("2 | 2 | | 2 | final")


def test_residents_and_visits_to_relatives_are_left_out(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose   | home_municipality_code
        1          | 20448             | 2025-01-10 | 2025-01-10  | leisure   | 13101
        2          | 20448             | 2025-01-10 | 2025-01-10  | leisure   | 20448
        3          | 20448             | 2025-01-10 | 2025-01-10  | relatives | 13101
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k03", columns=FIGURE), "20448", "all") == cells("1 | 1 | | 1 | final")


def test_who_is_in_the_town_as_a_matter_of_routine_is_no_visitor_of_it(given, build):
    given(
        "raw_visits",
        trips(f"""
            1 | 20448 | {WEEKLY}
            1 | 20202 | 2025-03-10
            2 | 20448 | 2025-03-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k03", columns=FIGURE)
    assert about(figures, "20448", "all") == cells("1 | 1 | | 1 | final")
    assert about(figures, "20202", "all") == cells("1 | 1 | | 1 | final")
    assert about(figures, "20", "all") == cells("2 | 2 | | 2 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k03", columns="region_code, as_of, value, status"), "20448") == cells("""
        2025-09-29 | 0 | provisional
        2025-09-30 | 0 | final
    """)
