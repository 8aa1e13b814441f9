"""Visits per day on the newest day worked out."""

from datetime import date

from tests.conftest import cells


def test_it_is_per_day_of_that_kind_and_of_the_newest_day_not_after_the_one_shown(given, read):
    given(
        "mart_visit_days",
        """
        region_level | region_code | as_of      | season | day_kind | days | visits
        municipality | 20448       | 2025-03-31 | winter | weekend  | 20   | 30
        municipality | 20448       | 2025-03-31 | winter | holiday  | 0    | 0
        municipality | 20448       | 2025-03-31 | spring | weekday  | 50   | 10
        municipality | 20448       | 2024-12-31 | winter | weekend  | 20   | 99
        municipality | 20448       | 2025-06-30 | winter | weekend  | 20   | 98
        municipality | 20202       | 2025-03-31 | winter | weekend  | 20   | 97
    """,
    )
    here = {"region_level": "municipality", "region_code": "20448", "as_of": date(2025, 5, 31)}
    assert read("visit_days", **here) == cells("""
        2025-03-31 | spring | weekday | 50 | 10 | 0.2
        2025-03-31 | winter | weekend | 20 | 30 | 1.5
        2025-03-31 | winter | holiday | 0  | 0  |
    """)
