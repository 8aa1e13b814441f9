"""KPIs beside a year before and the target."""
# ruff: noqa: E501 - tables are drawn one row a line

from datetime import date

import pytest

from kayoi import queries
from tests.conftest import cells
from tests.sql.days import ask

MARTS = """
    kpi_id | part    | region_level | region_code | as_of      | segment_kind | segment_value | value | numerator | denominator | n  | status      | previous
    K01    |         | municipality | 20448       | 2025-09-30 | all          | all           | 8     | 8         |             | 8  | final       | 5
    K02    |         | municipality | 20448       | 2025-09-30 | all          | all           | 0.3   | 3         | 10          | 3  | provisional |
    K03    |         | municipality | 20448       | 2025-09-30 | all          | all           | 40    | 40        |             | 40 | final       | 44
    K03    |         | municipality | 20448       | 2025-09-30 | origin_block | kanto         | 9     | 9         |             | 9  | final       |
    K03    |         | municipality | 20448       | 2025-08-31 | all          | all           | 99    | 99        |             | 99 | final       |
    K14    | related | municipality | 20448       | 2025-09-30 | all          | all           | 4     | 4         |             | 4  | final       | 4
"""
TARGETS = """
    scope | kpi_id | fiscal_year | value
    20448 | K01    | 2025        | 10
    20448 | K03    | 2025        | 50
    20448 | K03    | 2024        | 1
"""


@pytest.fixture
def kpis(house, given, read):
    given("mart_kpis", MARTS)
    drawn = house.engine.table("mart_kpis").astype(
        object
    )  # an empty cell is null, but the mart has an empty text
    house.engine.put("mart_kpis", drawn.fillna({"part": ""}), queries.load("mart_kpis").columns)
    given("dim_targets", TARGETS)
    ask(given, "2025-09-30")

    def run(segment_kind: str = "all", segment_value: str = "all"):
        return read(
            "region_kpis",
            region_level="municipality",
            region_code="20448",
            as_of=date(2025, 9, 30),
            segment_kind=segment_kind,
            segment_value=segment_value,
        )

    return run


def test_a_change_is_the_value_less_that_of_a_year_before(kpis):
    changes = {(row[0], row[1]): row[8] for row in kpis()}
    assert changes == {("K01", None): "3", ("K02", None): None, ("K03", None): "-4", ("K14", "related"): "0"}


def test_what_is_reached_of_the_target_of_k01_is_k02_which_counts_the_fiscal_year(kpis):
    reached = {row[0]: row[9:11] for row in kpis()}
    assert reached["K01"] == ["10", "0.3"]
    assert reached["K03"] == ["50", "0.8"]


def test_a_segment_has_no_target(kpis):
    assert kpis("origin_block", "kanto") == cells("K03 | | 9 | 9 | | 9 | final | | | |")
