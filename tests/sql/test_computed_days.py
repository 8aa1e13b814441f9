"""The days whose figures were computed by the build."""

from tests.conftest import cells


def test_the_days_are_listed_from_the_first_to_the_last(given, read):
    given(
        "ask_previous",
        """
        as_of      | previous_on | previous_reach_on
        2025-09-30 | 2024-09-30  | 2025-09-30
        2025-07-31 | 2024-07-31  | 2024-07-31
        2025-08-31 | 2024-08-31  | 2024-08-31
        """,
    )
    assert read("computed_days") == cells("""
        2025-07-31
        2025-08-31
        2025-09-30
    """)
