"""The ladder stages over time."""

from datetime import date

from tests.conftest import cells


def test_months_before_the_data_begin_are_left_out_and_a_stage_nobody_is_in_is_zero(given, read):
    given(
        "dim_regions",
        """
        region_level | region_code | name_ja | first_on
        municipality | 20448       | 生坂村  | 2025-08-01
        """,
    )
    given(
        "mart_coverage",
        """
        region_level | region_code | as_of      | reach_on   | members_reporting
        municipality | 20448       | 2025-07-31 | 2025-07-31 | 1
        municipality | 20448       | 2025-08-31 | 2025-08-31 | 1
        municipality | 20448       | 2025-08-31 | 2025-09-30 | 1
        municipality | 20448       | 2025-09-30 | 2025-09-30 | 1
        """,
    )
    given(
        "mart_stock",
        """
        region_level | region_code | as_of      | reach_on   | segment_kind | segment_value | stage   | people
        municipality | 20448       | 2025-08-31 | 2025-08-31 | all          | all           | tourist | 5
        municipality | 20448       | 2025-08-31 | 2025-09-30 | all          | all           | tourist | 4
        """,
    )
    assert read(
        "stage_trend",
        region_level="municipality",
        region_code="20448",
        as_of=date(2025, 8, 31),
        segment_kind="all",
        segment_value="all",
    ) == cells("""
        2025-08-31 | tourist | 5 | 1
        2025-08-31 | loyal   | 0 | 1
        2025-08-31 | related | 0 | 1
        2025-08-31 | dual    | 0 | 1
    """)
