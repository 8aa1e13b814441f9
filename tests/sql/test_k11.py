"""K11 個人消費額/人: spend per person of whom spend is known."""

from tests.conftest import cells
from tests.sql.days import about, ask

FIGURE = "region_code, part, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def parts(figures, region):
    return [about(figures, region, part, "all")[0] for part in ("low", "", "high")]


def test_who_said_nothing_about_spending_is_not_in_the_denominator(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2025-01-10 | 2025-01-10  | 3000      | 3000      | 3000
        1          | 20448             | 2025-02-10 | 2025-02-10  | 1000      | 1000      | 1000
        2          | 20448             | 2025-01-10 | 2025-01-10  |           |           |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert parts(build("k11", columns=FIGURE), "20448") == cells("""
        4000 | 4000 | 1 | 1 | final
        4000 | 4000 | 1 | 1 | final
        4000 | 4000 | 1 | 1 | final
    """)


def test_a_band_counts_as_its_middle_and_shows_its_bounds(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2025-01-10 | 2025-01-10  |           | 5000      | 10000
        2          | 20448             | 2025-01-10 | 2025-01-10  | 2500      | 2500      | 2500
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert parts(build("k11", columns=FIGURE), "20448") == cells("""
        3750 | 7500  | 2 | 2 | final
        5000 | 10000 | 2 | 2 | final
        6250 | 12500 | 2 | 2 | final
    """)


def test_a_band_without_an_upper_bound_counts_as_its_lower_one(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2025-01-10 | 2025-01-10  |           | 100000    |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert [row[0] for row in parts(build("k11", columns=FIGURE), "20448")] == ["100000"] * 3


def test_spending_in_two_towns_is_added_for_the_person(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2025-01-10 | 2025-01-10  | 3000      | 3000      | 3000
        1          | 20202             | 2025-02-10 | 2025-02-10  | 1000      | 1000      | 1000
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k11", columns=FIGURE), "20", "", "all") == cells("4000 | 4000 | 1 | 1 | final")


def test_where_nobody_said_what_was_spent_there_is_no_value(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k11", columns=FIGURE), "20448", "", "all") == cells("| 0 | 0 | 0 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k11", columns="region_code, part, as_of, status"), "20448", "low") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
