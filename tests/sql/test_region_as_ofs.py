"""The days a region says something about."""
# ruff: noqa: E501 - tables are drawn one row a line

from tests.conftest import cells


def test_days_are_newest_first_and_only_those_somebody_reports(given, read):
    given(
        "mart_coverage",
        """
        region_level | region_code | as_of      | reach_on   | members_reporting | members_with_data | members_total | first_on
        prefecture   | 20          | 2025-08-31 | 2025-08-31 | 2                 | 2                 | 77            | 2024-04-01
        prefecture   | 20          | 2025-09-30 | 2025-09-30 | 1                 | 2                 | 77            | 2024-04-01
        prefecture   | 20          | 2025-10-31 | 2025-10-31 | 0                 | 2                 | 77            |
        prefecture   | 20          | 2025-08-31 | 2025-09-30 | 1                 | 2                 | 77            | 2024-04-01
        prefecture   | 30          | 2025-11-30 | 2025-11-30 | 1                 | 1                 | 30            | 2024-04-01
        """,
    )
    assert read("region_as_ofs", region_level="prefecture", region_code="20") == cells("""
        2025-09-30 | 1 | 77
        2025-08-31 | 2 | 77
    """)
