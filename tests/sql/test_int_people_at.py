"""Where each person stood in each region, and in which segments they fall."""

import pytest

from tests.conftest import cells

VALLEY = """
    region_level | region_code | municipality_code | horizon_on
    group        | valley      | 20448             | 2025-12-31
    group        | valley      | 20451             | 2025-12-31
"""
SEGMENTS = "person_key, origin_code, origin_block, purpose, program"


@pytest.fixture
def valley(build):
    """People of the group `valley`: some columns, as text."""

    def built(columns):
        rows = build("int_people_at", columns=f"region_code, {columns}")
        return [row[1:] for row in rows if row[0] == "valley"]

    return built


def test_each_of_the_three_days_takes_its_own_highest_stage_over_the_members(given, valley):
    given("int_membership", VALLEY)
    given(
        "int_pairs_at",
        """
        as_of      | reach_on   | municipality_code | person_key | stage   | stage_year_ago | stage_month_ago
        2025-09-30 | 2025-09-30 | 20448             | 1          | dormant | dual           | tourist
        2025-09-30 | 2025-09-30 | 20451             | 1          | loyal   |                | routine
        2025-09-30 | 2025-09-30 | 20448             | 2          | tourist |                |
    """,
    )
    assert valley(columns="person_key, stage, stage_year_ago, stage_month_ago") == cells("""
        1 | loyal   | dual | tourist
        2 | tourist | none | none
    """)


def test_a_municipality_keeps_the_stage_a_prefecture_raises(given, build):
    given(
        "int_membership",
        """
        region_level | region_code | municipality_code | horizon_on
        municipality | 20448       | 20448             | 2025-12-31
        municipality | 20451       | 20451             | 2025-12-31
        prefecture   | 20          | 20448             | 2025-12-31
        prefecture   | 20          | 20451             | 2025-12-31
    """,
    )
    given(
        "int_pairs_at",
        """
        as_of      | reach_on   | municipality_code | person_key | stage
        2025-09-30 | 2025-09-30 | 20448             | 1          | tourist
        2025-09-30 | 2025-09-30 | 20451             | 1          | related
    """,
    )
    assert build("int_people_at", columns="region_level, region_code, stage") == cells("""
        municipality | 20448 | tourist
        municipality | 20451 | related
        prefecture   | 20    | related
    """)


def test_the_segments_are_those_of_the_latest_counted_visit_by_that_day(given, valley):
    given("int_membership", VALLEY)
    given(
        "int_pairs_at",
        """
        as_of      | reach_on   | municipality_code | person_key | stage
        2025-09-30 | 2025-09-30 | 20448             | 1          | loyal
        2025-09-30 | 2025-09-30 | 20451             | 1          | tourist
    """,
    )
    given(
        "int_visits",
        """
        person_key|municipality_code|arrived_on|purpose  |program_id|home_municipality_code|counted
        1         |20448            |2025-03-10|work     |          |40130                 |true
        1         |20448            |2025-08-10|leisure  |          |27100                 |true
        1         |20451            |2025-09-30|workation|p1        |01                    |true
        1         |20448            |2025-10-01|business |          |40130                 |true
    """,
    )
    ((person, origin, _, purpose, program),) = valley(columns=SEGMENTS)
    assert [person, origin, purpose, program] == ["1", "01", "workation", "p1"]


def test_on_the_day_of_a_visit_only_that_one_speaks(given, build):
    given("int_membership", "region_level|region_code|municipality_code\nmunicipality|20448|20448")
    given(
        "int_pairs_at",
        "as_of | reach_on | municipality_code | person_key | stage\n2025-09-30|2025-09-30|20448|1|loyal",
    )
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | purpose | counted
        1          | 20448             | 2025-03-10 | work    | true
        1          | 20448             | 2025-09-30 | leisure | true
    """,
    )
    assert build("int_people_at", columns="person_key, purpose") == cells("1 | leisure")


def test_of_two_first_days_on_one_day_every_build_takes_the_same(given, valley):
    given("int_membership", VALLEY)
    given(
        "int_pairs_at",
        """
        as_of      | reach_on   | municipality_code | person_key | stage
        2025-09-30 | 2025-09-30 | 20451             | 1          | tourist
        2025-09-30 | 2025-09-30 | 20448             | 1          | tourist
        2025-09-30 | 2025-09-30 | 20448             | 2          | tourist
        2025-09-30 | 2025-09-30 | 20451             | 2          | tourist
    """,
    )
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | purpose | counted
        1          | 20448             | 2025-08-10 | work    | true
        1          | 20451             | 2025-08-10 | leisure | true
        2          | 20451             | 2025-08-10 | leisure | true
        2          | 20448             | 2025-08-10 | work    | true
    """,
    )
    assert valley(columns="person_key, purpose") == cells("""
        1 | leisure
        2 | leisure
    """)


def test_without_a_visit_or_where_it_does_not_say_the_home_is_the_persons(given, valley):
    given("int_membership", VALLEY)
    given(
        "int_pairs_at",
        """
        as_of      | reach_on   | municipality_code | person_key | stage
        2025-09-30 | 2025-09-30 | 20448             | 1          | interest
        2025-09-30 | 2025-09-30 | 20448             | 2          | tourist
        2025-09-30 | 2025-09-30 | 20448             | 3          | interest
    """,
    )
    given(
        "raw_people",
        """
        person_key | home_municipality_code | home_from
        1          | 01100                  |
        1          | 13104                  | 2025-09-30
        1          | 27100                  | 2025-10-01
        2          | 27100                  | 2025-09-01
    """,
    )
    given("int_visits", "person_key|municipality_code|arrived_on|counted\n2|20448|2025-08-10|true")
    assert valley(columns="person_key, origin_code, purpose, program") == cells("""
        1 | 13      | unknown | unknown
        2 | 27      | unknown | self
        3 | unknown | unknown | unknown
    """)


def test_the_block_is_that_of_the_prefecture(given, valley):
    given("int_membership", VALLEY)
    given("ref_prefectures", "prefecture_code | block\n13 | kanto")
    given(
        "int_pairs_at",
        """
        as_of      | reach_on   | municipality_code | person_key | stage
        2025-09-30 | 2025-09-30 | 20448             | 1          | interest
        2025-09-30 | 2025-09-30 | 20448             | 2          | interest
    """,
    )
    given("raw_people", "person_key | home_municipality_code\n1 | 13104\n2 | 99")
    assert valley(columns="person_key, origin_code, origin_block") == cells("""
        1 | 13      | kanto
        2 | unknown | unknown
    """)


@pytest.mark.parametrize(
    ("birth_year", "band"),
    [
        ("2006", "-19"),
        ("2005", "20-29"),
        ("1996", "20-29"),
        ("1995", "30-39"),
        ("1985", "40-49"),
        ("1975", "50-59"),
        ("1965", "60-69"),
        ("1956", "60-69"),
        ("1955", "70-"),
        ("", "unknown"),
    ],
)
def test_age_is_counted_in_calendar_years(given, valley, birth_year, band):
    given("int_membership", VALLEY)
    given(
        "int_pairs_at",
        "as_of | reach_on | municipality_code | person_key | stage\n2025-01-01|2025-01-01|20448|1|tourist",
    )
    given("raw_people", f"person_key | birth_year | gender\n1 | {birth_year} | female")
    assert valley(columns="age_band, gender") == [[band, "female"]]
