"""Which pairs may meet a condition that visits alone do not decide."""

import pytest

from tests.conftest import cells


def test_visits_alone_need_no_other_signals_until_they_may_be_daily_life(given, build):
    given(
        "int_visits",
        "person_key | municipality_code | arrived_on | nights | counted\n"
        + "\n".join(f"1 | 20448 | 2024-01-{day:02} | 0 | true" for day in range(1, 15, 2))
        + "\n"
        + "\n".join(f"2 | 20448 | 2024-01-{day:02} | 0 | true" for day in range(1, 17, 2)),
    )
    assert build("int_signal_pairs") == cells("2 | 20448")


def test_a_visit_that_does_not_count_does_not_make_the_eighth(given, build):
    given(
        "int_visits",
        "person_key | municipality_code | arrived_on | nights | counted\n"
        + "\n".join(f"1 | 20448 | 2024-01-{day:02} | 0 | {day > 1}" for day in range(1, 17, 2)),
    )
    assert build("int_signal_pairs") == []


def test_one_tie_that_a_condition_asks_for_is_enough_with_or_without_a_visit(given, build):
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2024-01-10 | 0      | true
        1          | 20448             | 2024-03-10 | 0      | true
        2          | 20448             | 2024-01-10 | 0      | true
    """,
    )
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2024-01-10 | participation
        2          | 20448             | 2024-01-10 | participation
        3          | 20448             | 2024-01-10 | donation
        4          | 20448             | 2024-01-10 | hobby
    """,
    )
    given("raw_enrollments", "person_key|municipality_code|scheme|started_on\n5|20448|relocation|2024-01-01")
    assert build("int_signal_pairs") == cells("""
        1 | 20448
        3 | 20448
        5 | 20448
    """)


@pytest.mark.parametrize("ruleset", ["visits-only"])
def test_thirty_nights_need_them_where_nights_alone_make_a_second_home(given, build):
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2024-01-10 | 29     | true
        2          | 20448             | 2024-01-10 | 14     | true
        2          | 20448             | 2024-03-10 | 16     | true
    """,
    )
    assert build("int_signal_pairs") == cells("2 | 20448")
