"""Progress to the target of four visits a year."""
# ruff: noqa: E501 - tables are drawn one row a line

from datetime import date

import pytest

from tests.conftest import cells

VISITS = """
    region_level | region_code | as_of      | reach_on   | period | segment_kind | segment_value | people | people_2plus | people_4plus
    municipality | 20448       | 2025-09-30 | 2025-09-30 | fy     | all          | all           | 29     | 12           | 7
    municipality | 20448       | 2025-09-30 | 2025-09-30 | fy     | gender       | female        | 9      | 2            | 1
    municipality | 20448       | 2025-09-30 | 2025-09-30 | cy     | all          | all           | 35     | 15           | 11
"""
FREQUENCY = """
    region_level | region_code | as_of      | reach_on   | period | segment_kind | segment_value | visits_band | people
    municipality | 20448       | 2025-09-30 | 2025-09-30 | fy     | all          | all           | 3           | 5
    municipality | 20448       | 2025-09-30 | 2025-09-30 | fy     | all          | all           | 2           | 8
"""
TARGETS = """
    scope | kpi_id | fiscal_year | value
    20448 | K01    | 2025        | 10
    20448 | K01    | 2024        | 99
"""


@pytest.fixture
def target(given, read):
    given("mart_visits", VISITS)
    given("mart_frequency", FREQUENCY)
    given("dim_targets", TARGETS)

    def run(period: str = "fy", segment_kind: str = "all", segment_value: str = "all"):
        return read(
            "visit_target",
            region_level="municipality",
            region_code="20448",
            as_of=date(2025, 9, 30),
            period=period,
            segment_kind=segment_kind,
            segment_value=segment_value,
        )

    return run


def test_who_came_three_times_is_one_visit_short_and_the_rest_is_missing_to_the_target(target):
    assert target() == cells("29 | 7 | 5 | 10 | 0.7 | 3")


def test_the_target_is_one_of_the_fiscal_year_and_of_everybody(target):
    assert target("cy") == cells("35 | 11 | 0 | | |")
    assert target("fy", "gender", "female") == cells("9 | 1 | 0 | | |")
