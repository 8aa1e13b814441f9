"""What is to be reached by each day."""

from kayoi.reference_tables import COLUMNS as REFERENCE_TABLES
from tests.conftest import cells
from tests.sql.days import ask

COLUMNS = "scope, kpi_id, part, as_of, target"
PACE = """
    scope | kpi_id | part   | starts_on  | ends_on    | value
    JP    | K36    | bodies | 2024-10-31 | 2029-10-31 | 600
"""


def test_a_target_of_its_own_holds_for_every_day_of_the_fiscal_year(given, build):
    given("ref_paces", "scope | kpi_id | part | starts_on | ends_on | value")
    given(
        "dim_targets",
        "scope | kpi_id | fiscal_year | value\n20448 | K01 | 2024 | 8\n20448 | K01 | 2025 | 10",
    )
    ask(given, "2025-03-31", "2025-04-01")
    assert build("mart_targets", columns=COLUMNS) == cells("""
        20448 | K01 | | 2025-03-31 | 8
        20448 | K01 | | 2025-04-01 | 10
    """)


def test_a_national_target_grows_with_the_days_and_stays_when_they_are_over(given, build):
    given("ref_paces", PACE)
    ask(given, "2024-10-31", "2025-10-31", "2029-10-31", "2030-03-31")
    # 365 of the 1,826 days
    assert build("mart_targets", columns="part, as_of, target") == cells("""
        bodies | 2025-10-31 | 119.9342826
        bodies | 2029-10-31 | 600
        bodies | 2030-03-31 | 600
    """)


def test_a_target_of_the_nation_s_own_stands_before_the_national_one(house, given, build):
    given("ref_paces", PACE.replace("bodies", "      "))
    drawn = house.engine.table("ref_paces").astype(
        object
    )  # an empty cell is null, but a part is an empty text
    house.engine.put("ref_paces", drawn.fillna({"part": ""}), REFERENCE_TABLES["ref_paces"])
    given("dim_targets", "scope | kpi_id | fiscal_year | value\nJP | K36 | 2025 | 50")
    ask(given, "2025-03-31", "2025-10-31")
    assert build("mart_targets", columns="scope, as_of, target") == cells("""
        JP | 2025-03-31 | 49.61664841
        JP | 2025-10-31 | 50
    """)
