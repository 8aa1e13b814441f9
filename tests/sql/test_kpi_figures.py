"""The KPIs of one region on one day, with their targets."""

from datetime import date

import pytest

from kayoi import queries
from tests.conftest import cells
from tests.sql.days import ask

HEAD = (
    "kpi_id | part | region_level | region_code | as_of | segment_kind | segment_value"
    " | value | status | previous | previous_status"
)
NAGANO = {"region_level": "prefecture", "region_code": "20"}


def test_it_gives_the_figures_of_everybody_in_that_region_on_that_day(given, read):
    given(
        "mart_kpis",
        f"""
        {HEAD}
        K14 | tourist | prefecture | 20 | 2025-09-30 | all    | all    | 1 | provisional | 2 | provisional
        K14 | dual    | prefecture   | 20    | 2025-09-30 | all    | all    | 3 | final       | 4 | final
        K03 |         | prefecture   | 20    | 2025-09-30 | all    | all    | 5 | final       | |
        K03 |         | prefecture   | 20    | 2025-09-30 | gender | female | 6 | final       | |
        K03 |         | prefecture   | 20    | 2025-08-31 | all    | all    | 7 | final       | |
        K03 |         | municipality | 20448 | 2025-09-30 | all    | all    | 8 | final       | |
        K03 |         | group        | 20    | 2025-09-30 | all    | all    | 9 | final       | |
        """,
    )
    assert read("kpi_figures", **NAGANO, as_of=date(2025, 9, 30)) == cells("""
        K03 |         | 5 | | | | final       |   |             |
        K14 | dual    | 3 | | | | final       | 4 | final       |
        K14 | tourist | 1 | | | | provisional | 2 | provisional |
    """)


@pytest.mark.parametrize(("as_of", "target"), [("2025-03-31", "8"), ("2025-04-30", "10")])
def test_the_target_is_that_of_the_fiscal_year_of_the_day(house, given, read, as_of, target):
    given("mart_kpis", f"{HEAD}\nK01 | | prefecture | 20 | {as_of} | all | all | 3 | final | |")
    given(
        "raw_targets",
        """
        scope | kpi_id | fiscal_year | value
        20    | K01    | 2024        | 8
        20    | K01    | 2025        | 10
        20    | K03    | 2025        | 999
        JP    | K01    | 2025        | 999
        """,
    )
    drawn = house.engine.table("mart_kpis").astype(
        object
    )  # an empty cell is null, but a part is an empty text
    house.engine.put("mart_kpis", drawn.fillna({"part": ""}), queries.load("mart_kpis").columns)
    ask(given, as_of)
    [row] = read("kpi_figures", **NAGANO, as_of=date.fromisoformat(as_of))
    assert row[-1] == target
