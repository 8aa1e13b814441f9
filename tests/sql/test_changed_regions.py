"""The regions in which anything changed."""

from tests.conftest import cells


def test_days_and_figures_are_counted_by_region(given, read):
    given(
        "mart_changes",
        """
        kpi_id | region_level | region_code | as_of      | value_before | value_after
        K01    | municipality | 20448       | 2025-05-31 | 1            | 2
        K03    | municipality | 20448       | 2025-05-31 | 1            | 2
        K01    | municipality | 20448       | 2025-06-30 | 1            | 2
        K01    | nation       | JP          | 2025-06-30 | 1            | 2
    """,
    )
    assert read("changed_regions") == cells("""
        municipality | 20448 | 2 | 3 | 2025-05-31 | 2025-06-30
        nation       | JP    | 1 | 1 | 2025-06-30 | 2025-06-30
    """)
