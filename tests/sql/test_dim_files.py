"""Where every row came from."""

from tests.conftest import cells


def test_a_file_is_known_by_its_load_and_its_number_in_it(given, build):
    given(
        "ask_files",
        """
        load_id | file_no | file       | table_name | rows_read | rows_accepted | rows_duplicate
        1       | 1       | a.csv      | visits     | 3         | 1             | 1
        2       | 1       | a.csv      | visits     | 3         | 0             | 2
    """,
    )
    assert build("dim_files", columns="load_id, file_no, file, rows_accepted") == cells("""
        1 | 1 | a.csv | 1
        2 | 1 | a.csv | 0
    """)
