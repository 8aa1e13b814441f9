"""How many members of one region speak on one day."""

from datetime import date

from tests.conftest import cells

COVERAGE = """
    region_level | region_code | as_of | reach_on | members_reporting | members_with_data | members_total
    prefecture   | 20          | 2025-08-31 | 2025-08-31 | 3 | 4 | 77
    prefecture   | 20          | 2025-08-31 | 2026-08-31 | 2 | 4 | 77
    prefecture   | 20          | 2025-09-30 | 2025-09-30 | 1 | 4 | 77
    nation       | JP          | 2025-08-31 | 2025-08-31 | 9 | 9 | 1741
"""


def test_it_counts_the_members_that_reach_the_day_itself(given, read):
    given("mart_coverage", COVERAGE)
    there = {"region_level": "prefecture", "region_code": "20"}
    assert read("members_reporting", **there, as_of=date(2025, 8, 31)) == cells("3 | 4 | 77")
    assert read("members_reporting", **there, as_of=date(2025, 9, 30)) == cells("1 | 4 | 77")


def test_where_nobody_speaks_there_is_no_row(given, read):
    given("mart_coverage", COVERAGE)
    assert read("members_reporting", region_level="nation", region_code="JP", as_of=date(2025, 9, 30)) == []
