"""Visits month by month."""
# ruff: noqa: E501 - tables are drawn one row a line

from datetime import date

import pytest

from tests.conftest import cells

REGIONS = """
    region_level | region_code | name_ja | first_on
    municipality | 20448       | 生坂村  | 2025-03-01
"""
COVERAGE = """
    region_level | region_code | as_of      | reach_on   | members_reporting
    municipality | 20448       | 2025-02-28 | 2025-02-28 | 1
    municipality | 20448       | 2025-03-31 | 2025-03-31 | 1
    municipality | 20448       | 2025-04-30 | 2025-04-30 | 1
"""
VISITS = """
    region_level | region_code | as_of      | reach_on   | period | segment_kind | segment_value | people | visits
    municipality | 20448       | 2025-03-31 | 2025-03-31 | month  | all          | all           | 2      | 3
    municipality | 20448       | 2025-03-31 | 2025-03-31 | w365   | all          | all           | 9      | 9
"""


@pytest.mark.parametrize(
    ("first_month", "expected"),
    [
        (4, "2025-03-31 | 2024 | 3 | 11 | 3 | 2\n2025-04-30 | 2025 | 4 | 0 | 0 | 0"),
        (1, "2025-03-31 | 2025 | 3 | 2 | 3 | 2\n2025-04-30 | 2025 | 4 | 3 | 0 | 0"),
    ],
)
def test_a_month_lies_in_its_fiscal_or_calendar_year_and_is_zero_without_visits(
    given, read, first_month, expected
):
    given("dim_regions", REGIONS)
    given("mart_coverage", COVERAGE)
    given("mart_visits", VISITS)
    assert read(
        "visit_months",
        region_level="municipality",
        region_code="20448",
        as_of=date(2025, 4, 30),
        segment_kind="all",
        segment_value="all",
        first_month=first_month,
    ) == cells(expected)
