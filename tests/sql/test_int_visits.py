"""Which records are one visit, what it carries, and whether it counts."""

import pytest

from tests.conftest import cells

SPAN = "person_key, municipality_code, arrived_on, departed_on, nights, records"


def test_a_record_that_arrives_by_the_day_after_the_last_departure_belongs_to_the_visit(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-01-10 | 2024-01-12
        1          | 20448             | 2024-01-13 | 2024-01-13
        1          | 20448             | 2024-01-15 | 2024-01-15
    """,
    )
    assert build("int_visits", columns=SPAN) == cells("""
        1 | 20448 | 2024-01-10 | 2024-01-13 | 2 | 2
        1 | 20448 | 2024-01-15 | 2024-01-15 | 0 | 1
    """)


def test_a_short_record_inside_a_long_one_does_not_end_the_visit(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-01-10 | 2024-01-20
        1          | 20448             | 2024-01-12 | 2024-01-13
        1          | 20448             | 2024-01-21 | 2024-01-22
    """,
    )
    assert build("int_visits", columns=SPAN) == cells("1 | 20448 | 2024-01-10 | 2024-01-22 | 11 | 3")


def test_overlapping_sources_never_count_a_night_twice_and_a_night_between_records_is_not_one(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | source
        1          | 20448             | 2024-01-10 | 2024-01-12  | 宿泊
        1          | 20448             | 2024-01-10 | 2024-01-12  | アプリ
        1          | 20448             | 2024-01-11 | 2024-01-14  | 航空
        1          | 20448             | 2024-01-15 | 2024-01-16  | 宿泊
    """,
    )
    assert build("int_visits", columns=SPAN) == cells("1 | 20448 | 2024-01-10 | 2024-01-16 | 5 | 4")


def test_another_person_and_another_place_are_other_visits(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-01-10 | 2024-01-10
        2          | 20448             | 2024-01-11 | 2024-01-11
        1          | 20451             | 2024-01-11 | 2024-01-11
        1          | 20448             | 2024-01-12 | 2024-01-12
    """,
    )
    assert build("int_visits", columns=SPAN) == cells("""
        1 | 20448 | 2024-01-10 | 2024-01-10 | 0 | 1
        1 | 20448 | 2024-01-12 | 2024-01-12 | 0 | 1
        1 | 20451 | 2024-01-11 | 2024-01-11 | 0 | 1
        2 | 20448 | 2024-01-11 | 2024-01-11 | 0 | 1
    """)


def test_what_a_visit_was_for_is_of_the_earliest_record_that_says_it(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose | program_id | organization_id
        1          | 20448             | 2024-01-12 | 2024-01-12  | leisure | p2         | o2
        1          | 20448             | 2024-01-11 | 2024-01-11  | work    | p1         |
        1          | 20448             | 2024-01-10 | 2024-01-10  |         |            |
    """,
    )
    assert build("int_visits", columns="arrived_on, purpose, program_id, organization_id, line") == cells("""
        2024-01-10 | work | p1 | o2 | 3
    """)


def test_the_home_is_that_of_the_earliest_record_that_says_it_before_what_is_known_of_the_person(
    given, build
):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | home_municipality_code
        1          | 20448             | 2024-01-10 | 2024-01-10  |
        1          | 20448             | 2024-01-11 | 2024-01-11  | 27100
        1          | 20448             | 2024-01-12 | 2024-01-12  | 14100
    """,
    )
    given("raw_people", "person_key | home_municipality_code\n1 | 13104")
    assert build("int_visits", columns="home_municipality_code") == cells("27100")


def test_records_that_arrive_on_one_day_are_taken_in_the_order_of_the_input(given, build):
    given(
        "raw_visits",
        """
        input_order | person_key | municipality_code | arrived_on | departed_on | purpose
        12          | 1          | 20448             | 2024-01-10 | 2024-01-15  | work
        11          | 1          | 20448             | 2024-01-10 | 2024-01-10  | leisure
        13          | 1          | 20448             | 2024-01-10 | 2024-01-10  | business
    """,
    )
    assert build("int_visits", columns="purpose, departed_on, nights, line") == cells("""
        leisure | 2024-01-15 | 5 | 2
    """)


def test_spend_is_summed_and_an_open_band_leaves_the_upper_bound_open(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2024-01-10 | 2024-01-10  | 3000      | 3000      | 3000
        1          | 20448             | 2024-01-11 | 2024-01-11  |           | 5000      | 10000
        1          | 20448             | 2024-01-12 | 2024-01-12  |           |           |
        2          | 20448             | 2024-01-10 | 2024-01-10  |           | 100000    |
        2          | 20448             | 2024-01-11 | 2024-01-11  | 500       | 500       | 500
        3          | 20448             | 2024-01-10 | 2024-01-10  |           |           |
    """,
    )
    assert build("int_visits", columns="person_key, spend_yen, spend_low, spend_high") == cells("""
        1 | 3000 | 8000   | 13000
        2 | 500  | 100500 |
        3 |      |        |
    """)


def test_a_visit_without_a_home_takes_the_home_the_person_had_on_arrival(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | home_municipality_code
        1          | 20448             | 2024-03-31 | 2024-04-02  |
        1          | 20448             | 2024-05-01 | 2024-05-01  |
        1          | 20448             | 2024-06-01 | 2024-06-01  | 14
        2          | 20448             | 2024-05-01 | 2024-05-01  |
    """,
    )
    given(
        "raw_people",
        """
        person_key | home_municipality_code | home_from
        1          | 13104                  |
        1          | 27100                  | 2024-04-01
        2          | 13104                  | 2024-05-02
    """,
    )
    assert build("int_visits", columns="person_key, arrived_on, home_municipality_code") == cells("""
        1 | 2024-03-31 | 13104
        1 | 2024-05-01 | 27100
        1 | 2024-06-01 | 14
        2 | 2024-05-01 |
    """)


def test_residents_and_visits_to_relatives_are_kept_but_do_not_count(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose   | home_municipality_code
        1          | 20448             | 2024-01-10 | 2024-01-10  | leisure   | 20448
        2          | 20448             | 2024-01-10 | 2024-01-10  | relatives | 13104
        3          | 20448             | 2024-01-10 | 2024-01-10  | relatives | 20448
        4          | 20448             | 2024-01-10 | 2024-01-10  | leisure   | 20
        5          | 20448             | 2024-01-10 | 2024-01-10  |           | 20451
    """,
    )
    assert build("int_visits", columns="person_key, counted, left_out_because") == cells("""
        1 | false | resident
        2 | false | purpose
        3 | false | resident
        4 | true  |
        5 | true  |
    """)


def test_a_person_who_moves_away_is_a_visitor_from_that_day(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-03-30 | 2024-03-30
        1          | 20448             | 2024-04-01 | 2024-04-01
    """,
    )
    given(
        "raw_people",
        """
        person_key | home_municipality_code | home_from
        1          | 20448                  |
        1          | 13104                  | 2024-04-01
    """,
    )
    assert build("int_visits", columns="arrived_on, left_out_because") == cells("""
        2024-03-30 | resident
        2024-04-01 |
    """)


@pytest.mark.parametrize("slots", [{"excluded_purposes": "'business', 'work'"}])
def test_a_ruleset_says_which_purposes_are_left_out(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose
        1          | 20448             | 2024-01-10 | 2024-01-10  | relatives
        2          | 20448             | 2024-01-10 | 2024-01-10  | work
    """,
    )
    assert build("int_visits", columns="person_key, left_out_because") == cells("""
        1 |
        2 | purpose
    """)
