"""The days for which figures were computed."""

from tests.conftest import cells


def test_each_day_is_listed_with_the_day_it_is_compared_with(given, build):
    given(
        "ask_previous",
        """
        as_of      | previous_on | previous_reach_on
        2025-08-31 | 2024-08-31  | 2024-08-31
        2025-09-30 | 2024-09-30  | 2025-09-30
        """,
    )
    assert build("dim_as_ofs") == cells("""
        2025-08-31 | 2024-08-31 | 2024-08-31
        2025-09-30 | 2024-09-30 | 2025-09-30
    """)
