"""What the next snapshot is compared with: rows."""

from tests.conftest import cells


def test_the_rows_of_every_load(given, read):
    given(
        "dim_load_rows",
        """
        load_id | table_name | municipality_code | month_on   | row_count
        1       | visits     | 20448             | 2025-06-01 | 5
    """,
    )
    assert read("rows_to_compare") == cells("1 | visits | 20448 | 2025-06-01 | 5")
