"""The ladder on one day."""
# ruff: noqa: E501 - tables are drawn one row a line

from datetime import date

import pytest

from tests.conftest import cells

DAY = date(2025, 9, 30)
COVERAGE = """
    region_level | region_code | as_of      | reach_on   | members_reporting | members_with_data | members_total | first_on
    prefecture   | 20          | 2025-09-30 | 2025-09-30 | 1                 | 1                 | 77            | 2024-04-01
"""
STOCK = """
    region_level | region_code | as_of      | reach_on   | segment_kind | segment_value | stage   | people
    prefecture   | 20          | 2025-09-30 | 2025-09-30 | all          | all           | tourist | 75
    prefecture   | 20          | 2025-09-30 | 2025-09-30 | all          | all           | loyal   | 15
    prefecture   | 20          | 2025-09-30 | 2025-09-30 | all          | all           | related | 10
    prefecture   | 20          | 2025-09-30 | 2025-09-30 | all          | all           | dormant | 7
    prefecture   | 20          | 2025-09-30 | 2025-10-31 | all          | all           | tourist | 1
"""


@pytest.fixture
def stock(given, read):
    given("mart_coverage", COVERAGE)
    given("mart_stock", STOCK)

    def run(reach_on: date = DAY, region_code: str = "20"):
        return read(
            "stage_stock",
            region_level="prefecture",
            region_code=region_code,
            as_of=DAY,
            reach_on=reach_on,
            segment_kind="all",
            segment_value="all",
        )

    return run


def test_a_step_counts_everyone_in_it_or_above_and_its_rates_say_of_what(stock):
    assert stock()[:4] == cells("""
        tourist | true | 75 | 100 |     | 1
        loyal   | true | 15 | 25  | 0.25 | 0.25
        related | true | 10 | 10  | 0.4  | 0.1
        dual    | true | 0  | 0   | 0    | 0
    """)


def test_who_stands_beside_the_ladder_is_in_no_step(stock):
    assert stock()[4:] == cells("""
        settled  | false | 0 | | |
        routine  | false | 0 | | |
        interest | false | 0 | | |
        dormant  | false | 7 | | |
    """)


def test_a_region_nobody_reports_for_has_no_figures_rather_than_zeros(stock):
    assert [row[2] for row in stock(region_code="30")] == [None] * 8
