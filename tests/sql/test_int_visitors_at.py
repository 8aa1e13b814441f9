"""Visitors alike in every segment and frequency band, added up."""

import pytest

from tests.conftest import cells

STANDING = """
    region_level|region_code|as_of     |reach_on  |person_key|origin_block|age_band|gender|purpose|program
    nation      |JP         |2025-09-30|2025-09-30|1         |kanto       |20-29   |female|leisure|self
    nation      |JP         |2025-09-30|2025-09-30|2         |kanto       |20-29   |female|leisure|self
    nation      |JP         |2025-09-30|2025-09-30|3         |kanto       |20-29   |male  |leisure|self
"""


def test_people_alike_are_added_up_and_others_kept_apart(given, build):
    given("int_people_at", STANDING)
    given(
        "int_people_visits_at",
        """
        region_level|region_code|as_of|reach_on|period|person_key|visits|best_visits|ties|nights|stay_days
        nation|JP|2025-09-30|2025-09-30|w365|1|2|2|1|3|5
        nation|JP|2025-09-30|2025-09-30|w365|2|3|2|2|4|7
        nation|JP|2025-09-30|2025-09-30|w365|3|2|2|1|5|7
        nation|JP|2025-09-30|2025-09-30|month|1|2|2|1|1|3
    """,
    )
    sums = "period, gender, visits_band, people, visits, ties, nights, stay_days"
    assert build("int_visitors_at", columns=sums) == cells("""
        month | female | 2 | 1 | 2 | 1 | 1 | 3
        w365  | female | 2 | 2 | 5 | 3 | 7 | 12
        w365  | male   | 2 | 1 | 2 | 1 | 5 | 7
    """)


@pytest.mark.parametrize(
    ("best", "band"),
    [(1, "1"), (2, "2"), (3, "3"), (4, "4-5"), (5, "4-5"), (6, "6-11"), (11, "6-11"), (12, "12+")],
)
def test_the_band_is_by_visits_to_the_municipality_visited_most(given, build, best, band):
    given(
        "int_people_visits_at",
        f"""
        region_level | region_code | as_of      | reach_on   | period | person_key | visits | best_visits
        nation       | JP          | 2025-09-30 | 2025-09-30 | w365   | 1          | 40     | {best}
    """,
    )
    assert build("int_visitors_at", columns="visits_band, visits") == [[band, "40"]]


def test_people_with_spend_are_counted_apart_from_people_without(given, build):
    given("int_people_at", STANDING)
    people = "region_level | region_code | as_of | reach_on | period | person_key | best_visits"
    day = "nation | JP | 2025-09-30 | 2025-09-30 | w365"
    given(
        "int_people_visits_at",
        f"""
        {people} | spend_visits | spend_yen | spend_low | spend_high
        {day}    | 1            | 1         | 1         | 7500       | 5000 | 10000
        {day}    | 2            | 1         | 0         |            |      |
        {day}    | 3            | 1         | 0         |            |      |
    """,
    )
    spend = "gender, people, spend_people, spend_visits, spend_yen, spend_low, spend_high"
    assert build("int_visitors_at", columns=spend) == cells("""
        female | 2 | 1 | 1 | 7500 | 5000 | 10000
        male   | 1 | 0 | 0 | 0    | 0    | 0
    """)


def test_a_visitor_of_whom_nothing_is_known_falls_into_unknown(given, build):
    given(
        "int_people_visits_at",
        """
        region_level | region_code | as_of      | reach_on   | period | person_key | best_visits
        nation       | JP          | 2025-09-30 | 2025-09-30 | w365   | 9          | 1
    """,
    )
    segments = "origin_block, age_band, gender, purpose, program, people"
    assert build("int_visitors_at", columns=segments) == cells("""
        unknown | unknown | unknown | unknown | unknown | 1
    """)
