"""The figures of one region that changed."""
# ruff: noqa: E501 - tables are drawn one row a line

from tests.conftest import cells

CHANGES = """
    kpi_id | region_level | region_code | as_of      | value_before | value_after | status_before | status_after
    K03    | municipality | 20448       | 2025-05-31 | 1            | 2           | final         | final
    K01    | municipality | 20448       | 2025-06-30 | 5            | 6           | final         | final
    K01    | prefecture   | 20          | 2025-06-30 | 5            | 6           | final         | final
"""


def test_the_latest_day_comes_first_and_other_regions_not_at_all(given, read):
    given("mart_changes", CHANGES)
    assert read("kpi_changes", region_level="municipality", region_code="20448") == cells("""
        K01 | 2025-06-30 | 5 | 6 | final | final
        K03 | 2025-05-31 | 1 | 2 | final | final
    """)
