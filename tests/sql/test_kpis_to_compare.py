"""What the next snapshot is compared with: figures."""
# ruff: noqa: E501 - tables are drawn one row a line

from kayoi import queries
from tests.conftest import cells


def test_everybody_together_and_no_part_nor_the_days_since_the_build(house, given, read):
    given(
        "mart_kpis",
        """
        kpi_id | part | region_level | region_code | as_of      | segment_kind | segment_value | value | status
        K01    |      | nation       | JP          | 2025-06-30 | all          | all           | 6     | final
        K01    | fy   | nation       | JP          | 2025-06-30 | all          | all           | 4     | final
        K01    |      | nation       | JP          | 2025-06-30 | gender       | female        | 3     | final
        K38    |      | nation       | JP          | 2025-06-30 | all          | all           | 9     | final
    """,
    )
    drawn = house.engine.table("mart_kpis").astype(object)
    house.engine.put("mart_kpis", drawn.fillna({"part": ""}), queries.load("mart_kpis").columns)
    assert read("kpis_to_compare") == cells("K01 | nation | JP | 2025-06-30 | 6 | final")
