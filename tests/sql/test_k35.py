"""K35 捕捉率: how many of the official visitors are tracked."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, value, numerator, denominator, n, status"
OFFICIAL = """
    municipality_code | month   | metric       | value
    20448             | 2025-09 | 観光来訪者数 | 50
    20448             | 2025-08 | 観光来訪者数 | 999
    20448             | 2025-09 | 延べ宿泊者数 | 999
"""


def test_people_of_the_month_over_the_official_visitors_of_that_month(given, build):
    given("raw_visits", trips("1 | 20448 | 2025-09-01 2025-09-30\n2 | 20448 | 2025-08-31"))
    given("raw_area_stats", OFFICIAL)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k35", columns=FIGURE), "20448") == cells("0.02 | 1 | 50 | 1 | final")


def test_a_region_counts_where_the_official_figure_is_known_in_both_halves(given, build):
    given("raw_visits", trips("1 | 20448 | 2025-09-01\n2 | 20202 | 2025-09-01"))
    given("raw_area_stats", OFFICIAL)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k35", columns=FIGURE)
    assert about(figures, "20") == cells("0.02 | 1 | 50 | 1 | final")
    assert about(figures, "20202") == []


def test_within_the_month_it_is_provisional(given, build):
    given("raw_area_stats", OFFICIAL)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-29")
    assert about(build("k35", columns=FIGURE), "20448") == cells("0 | 0 | 50 | 0 | provisional")
