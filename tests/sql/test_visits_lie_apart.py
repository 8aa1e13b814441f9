"""The check finds visits that should have been one, and nights that cannot be; silent otherwise."""

from tests.conftest import cells


def test_it_reports_a_visit_that_begins_the_day_after_the_last(given, read):
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | nights
        1          | 20448             | 2024-01-10 | 2024-01-12  | 2
        1          | 20448             | 2024-01-13 | 2024-01-13  | 0
        1          | 20451             | 2024-01-13 | 2024-01-13  | 0
        2          | 20448             | 2024-01-14 | 2024-01-14  | 0
    """,
    )
    assert read("visits_lie_apart") == cells("20448 | 1 | 2024-01-13")


def test_it_reports_more_nights_than_the_visit_is_long_and_fewer_than_none(given, read):
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | nights
        1          | 20448             | 2024-01-10 | 2024-01-12  | 3
        2          | 20448             | 2024-01-10 | 2024-01-12  | -1
        3          | 20448             | 2024-01-10 | 2024-01-12  | 2
    """,
    )
    assert sorted(read("visits_lie_apart")) == cells("""
        20448 | 1 | 2024-01-10
        20448 | 2 | 2024-01-10
    """)


def test_it_is_silent_on_visits_made_of_overlapping_records(given, read):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-01-10 | 2024-01-20
        1          | 20448             | 2024-01-12 | 2024-01-13
        1          | 20448             | 2024-01-21 | 2024-01-21
        1          | 20448             | 2024-01-23 | 2024-01-24
    """,
    )
    assert read("visits_lie_apart") == []
