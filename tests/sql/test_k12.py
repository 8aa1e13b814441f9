"""K12 消費単価/来訪: spend per visit of which spend is known."""

from tests.conftest import cells
from tests.sql.days import about, ask

FIGURE = "region_code, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
"""


def test_a_visit_without_spend_data_is_not_in_the_denominator(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2025-01-10 | 2025-01-10  | 3000      | 3000      | 3000
        1          | 20448             | 2025-02-10 | 2025-02-10  |           | 1000      | 2000
        1          | 20448             | 2025-03-10 | 2025-03-10  |           |           |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k12", columns=FIGURE), "20448", "all") == cells("2250 | 4500 | 2 | 1 | final")


def test_spending_nothing_is_a_figure_too(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2025-01-10 | 2025-01-10  | 0         | 0         | 0
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k12", columns=FIGURE), "20448", "all") == cells("0 | 0 | 1 | 1 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k12", columns="region_code, as_of, status"), "20448") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
