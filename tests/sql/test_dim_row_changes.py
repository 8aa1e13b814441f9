"""Where rows came or went since the snapshot before."""

from tests.conftest import cells

HEADINGS = "load_id | table_name | municipality_code | month_on | row_count"
COLUMNS = "load_id, municipality_code, month_on, rows_before, rows_after"


def drawn(*rows: str) -> str:
    return "\n".join([HEADINGS, *rows])


def test_what_came_went_or_differs_is_listed_and_what_stayed_is_not(given, build):
    before = ("1 | visits | 20448 | 2025-06-01 | 5", "2 | visits | 20448 | 2025-06-01 | 3")
    now = ("1 | visits | 20448 | 2025-06-01 | 5", "3 | visits | 20448 | 2025-04-01 | 2")
    given("ask_rows_before", drawn(*before, "4 | visits | 20202 | 2025-06-01 | 1"))
    given("dim_load_rows", drawn(*now, "4 | visits | 20202 | 2025-06-01 | 2"))
    assert build("dim_row_changes", columns=COLUMNS) == cells("""
        2 | 20448 | 2025-06-01 | 3 | 0
        3 | 20448 | 2025-04-01 | 0 | 2
        4 | 20202 | 2025-06-01 | 1 | 2
    """)


def test_in_a_first_snapshot_nothing_is_a_change(given, build):
    given("dim_load_rows", drawn("1 | visits | 20448 | 2025-06-01 | 5"))
    assert build("dim_row_changes", columns=COLUMNS) == []
