"""Which figures say something else than before."""
# ruff: noqa: E501 - tables are drawn one row a line

import pytest

from kayoi import queries
from tests.conftest import cells

BEFORE = """
    kpi_id | region_level | region_code | as_of      | value | status
    K01    | municipality | 20448       | 2025-06-30 | 5     | final
    K03    | municipality | 20448       | 2025-06-30 | 40    | provisional
    K08    | municipality | 20448       | 2025-06-30 | 0.25  | final
    K11    | municipality | 20448       | 2025-06-30 |       | no_data
    K14    | municipality | 20202       | 2025-06-30 | 7     | final
    K01    | municipality | 20448       | 2025-05-31 | 4     | final
"""
NOW = """
    kpi_id | part | region_level | region_code | as_of      | segment_kind | segment_value | value              | status
    K01    |      | municipality | 20448       | 2025-06-30 | all          | all           | 6                  | final
    K03    |      | municipality | 20448       | 2025-06-30 | all          | all           | 40                 | final
    K08    |      | municipality | 20448       | 2025-06-30 | all          | all           | 0.2500000000000001 | final
    K11    |      | municipality | 20448       | 2025-06-30 | all          | all           | 2                  | final
    K01    |      | municipality | 20448       | 2025-05-31 | all          | all           | 4                  | final
    K01    |      | municipality | 20448       | 2025-07-31 | all          | all           | 8                  | final
    K01    |      | municipality | 20448       | 2025-06-30 | gender       | female        | 1                  | final
    K01    | fy   | municipality | 20448       | 2025-06-30 | all          | all           | 99                 | final
    K38    |      | municipality | 20448       | 2025-06-30 | all          | all           | 12                 | final
"""


@pytest.fixture
def compared(house, given, build):
    def run(before: str):
        given("mart_kpis", NOW)
        drawn = house.engine.table("mart_kpis").astype(object)
        house.engine.put("mart_kpis", drawn.fillna({"part": ""}), queries.load("mart_kpis").columns)
        if before:
            given("ask_kpis_before", before)
        return build(
            "mart_changes",
            columns="kpi_id, region_code, as_of, value_before, value_after, status_before, status_after",
        )

    return run


def test_a_figure_a_status_a_new_day_and_one_that_is_gone_are_changes(compared):
    assert compared(BEFORE) == cells("""
        K01 | 20448 | 2025-06-30 | 5  | 6  | final       | final
        K01 | 20448 | 2025-07-31 |    | 8  |             | final
        K03 | 20448 | 2025-06-30 | 40 | 40 | provisional | final
        K11 | 20448 | 2025-06-30 |    | 2  | no_data     | final
        K14 | 20202 | 2025-06-30 | 7  |    | final       |
    """)


def test_in_a_first_snapshot_nothing_is_a_change(compared):
    assert compared("") == []
