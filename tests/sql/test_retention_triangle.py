"""The triangle of those who came again."""

from tests.conftest import cells


def test_shares_are_of_the_people_who_first_came_in_the_month(given, read):
    given(
        "mart_retention",
        """
        region_level | region_code | as_of      | month_on   | months | people | early | came | came_or_later
        municipality | 20448       | 2025-09-30 | 2025-08-01 | 1      | 4      | 0     | 1    | 2
        municipality | 20448       | 2025-09-30 | 2025-08-01 | 0      | 4      | 0     | 4    | 4
        municipality | 20448       | 2024-09-30 | 2024-08-01 | 0      | 8      | 0     | 8    | 8
        municipality | 20202       | 2025-09-30 | 2025-08-01 | 0      | 9      | 0     | 9    | 9
    """,
    )
    assert read("retention_triangle", region_level="municipality", region_code="20448") == cells("""
        2025-09-30 | 2025-08-01 | 0 | 4 | 0 | 4 | 4 | 1    | 1   |
        2025-09-30 | 2025-08-01 | 1 | 4 | 0 | 1 | 2 | 0.25 | 0.5 |
    """)
