"""K04 平均来訪回数: visits per tie."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_above_the_municipality_visits_are_divided_by_ties_and_not_by_people(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10 2025-02-10 2025-03-10
            1 | 20202 | 2025-04-10
            2 | 20202 | 2025-04-10 2025-05-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k04", columns=FIGURE)
    assert about(figures, "20448", "all") == cells("3   | 3 | 1 | 1 | final")
    assert about(figures, "20202", "all") == cells("1.5 | 3 | 2 | 2 | final")
    assert about(figures, "20", "all") == cells("2 | 6 | 3 | 2 | final")


def test_without_a_visit_there_is_no_average(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k04", columns=FIGURE), "20448", "all") == cells("| 0 | 0 | 0 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k04", columns="region_code, as_of, status"), "20448") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
