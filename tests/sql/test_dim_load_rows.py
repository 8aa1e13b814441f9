"""How many rows each load brought, by place and month."""

from tests.conftest import cells

VISITS = """
    person_key | municipality_code | arrived_on | departed_on | load_id
    1          | 20448             | 2025-06-01 | 2025-06-01  | 1
    2          | 20448             | 2025-06-30 | 2025-06-30  | 1
    3          | 20448             | 2025-07-01 | 2025-07-01  | 1
    4          | 20448             | 2025-06-15 | 2025-06-15  | 2
    5          | 20202             | 2025-06-15 | 2025-06-15  | 2
"""
SUPPORTS = """
    person_key | municipality_code | supported_on | kind | load_id
    1          | 20448             | 2025-06-03   | fare | 2
"""


def test_rows_are_counted_by_load_table_place_and_month(given, build):
    given("raw_visits", VISITS)
    given("raw_supports", SUPPORTS)
    assert build(
        "dim_load_rows", columns="load_id, table_name, municipality_code, month_on, row_count"
    ) == cells(
        """
        1 | visits   | 20448 | 2025-06-01 | 2
        1 | visits   | 20448 | 2025-07-01 | 1
        2 | supports | 20448 | 2025-06-01 | 1
        2 | visits   | 20202 | 2025-06-01 | 1
        2 | visits   | 20448 | 2025-06-01 | 1
        """
    )


def test_rows_after_a_declared_horizon_do_not_hold_and_are_not_counted(given, build):
    given("raw_visits", VISITS)
    given("raw_coverage", "municipality_code | covered_through\n20448 | 2025-06-30")
    built = build("dim_load_rows", columns="load_id, municipality_code, month_on")
    assert ["1", "20448", "2025-07-01"] not in built
