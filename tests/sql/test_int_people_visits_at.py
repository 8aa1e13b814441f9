"""What each person did in each region in the periods that end on a day."""

from tests.conftest import cells

DID = "region_code, period, person_key, visits, best_visits, ties, nights, stay_days"


def test_a_period_holds_the_visits_that_arrived_in_it(given, build):
    given("ask_days", "as_of | reach_on\n2025-04-30 | 2025-04-30")
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2025-12-31")
    given("int_membership", "region_level|region_code|municipality_code\nmunicipality|20448|20448")
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | nights | counted
        1          | 20448             | 2024-04-30 | 2024-05-03  | 3      | true
        1          | 20448             | 2024-05-01 | 2024-05-01  | 0      | true
        1          | 20448             | 2025-01-01 | 2025-01-03  | 2      | true
        1          | 20448             | 2025-04-01 | 2025-04-02  | 1      | true
        1          | 20448             | 2025-04-30 | 2025-05-10  | 10     | true
        1          | 20448             | 2025-05-01 | 2025-05-01  | 0      | true
    """,
    )
    assert build("int_people_visits_at", columns=DID) == cells("""
        20448 | cy    | 1 | 3 | 3 | 1 | 13 | 16
        20448 | fy    | 1 | 2 | 2 | 1 | 11 | 13
        20448 | month | 1 | 2 | 2 | 1 | 11 | 13
        20448 | w365  | 1 | 4 | 4 | 1 | 13 | 17
    """)


def test_a_person_who_came_to_three_towns_once_has_not_come_back_to_any(given, build):
    given("ask_days", "as_of | reach_on\n2025-12-31 | 2025-12-31")
    given(
        "int_horizons",
        """
        municipality_code | horizon_on
        20448             | 2025-12-31
        20451             | 2025-12-31
        30421             | 2025-12-31
    """,
    )
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2025-12-01 | 0      | true
        1          | 20451             | 2025-12-02 | 0      | true
        1          | 30421             | 2025-12-03 | 2      | true
        2          | 20448             | 2025-12-01 | 0      | true
        2          | 20448             | 2025-12-10 | 0      | true
        2          | 20451             | 2025-12-12 | 0      | true
    """,
    )
    found = [
        row
        for row in build("int_people_visits_at", columns=DID)
        if row[:2] in (["JP", "month"], ["20", "month"])
    ]
    assert found == cells("""
        20 | month | 1 | 2 | 1 | 2 | 0 | 2
        20 | month | 2 | 3 | 2 | 2 | 0 | 3
        JP | month | 1 | 3 | 1 | 3 | 2 | 5
        JP | month | 2 | 3 | 2 | 2 | 0 | 3
    """)


def test_visits_that_do_not_count_and_ties_of_daily_life_on_that_day_are_left_out(given, build):
    given("ask_days", "as_of | reach_on\n2025-12-31 | 2025-12-31")
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2025-12-31\n20451 | 2025-12-31")
    given(
        "int_pairs_at",
        """
        as_of      | reach_on   | municipality_code | person_key | stage
        2025-12-31 | 2025-12-31 | 20448             | 1          | routine
        2025-12-31 | 2025-12-31 | 20451             | 1          | tourist
        2025-12-31 | 2025-12-31 | 20448             | 2          | tourist
    """,
    )
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2025-12-01 | 0      | true
        1          | 20451             | 2025-12-02 | 0      | true
        2          | 20448             | 2025-12-01 | 0      | true
        3          | 20448             | 2025-12-01 | 0      | false
    """,
    )
    found = build("int_people_visits_at", columns="period, region_code, person_key, visits")
    assert [row[1:] for row in found if row[0] == "w365"] == cells("""
        20    | 1 | 1
        20    | 2 | 1
        20448 | 2 | 1
        20451 | 1 | 1
        JP    | 1 | 1
        JP    | 2 | 1
    """)


def test_a_band_counts_with_its_middle_an_open_one_with_its_bound_and_no_spend_is_no_zero(given, build):
    given("ask_days", "as_of | reach_on\n2025-12-31 | 2025-12-31")
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2025-12-31")
    given("int_membership", "region_level|region_code|municipality_code\nmunicipality|20448|20448")
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | spend_yen | spend_low | spend_high | counted
        1          | 20448             | 2025-12-01 | 0      | 3000      | 3000      | 3000       | true
        1          | 20448             | 2025-12-05 | 0      |           | 5000      | 10001      | true
        1          | 20448             | 2025-12-10 | 0      |           | 100000    |            | true
        1          | 20448             | 2025-12-15 | 0      |           |           |            | true
        2          | 20448             | 2025-12-15 | 0      |           |           |            | true
    """,
    )
    found = build(
        "int_people_visits_at",
        columns="period, person_key, visits, spend_visits, spend_yen, spend_low, spend_high",
    )
    assert [row[1:] for row in found if row[0] == "w365"] == cells("""
        1 | 4 | 3 | 110500.5 | 108000 | 113001
        2 | 1 | 0 |          |        |
    """)


def test_a_member_whose_horizon_ends_before_reach_on_is_not_used(given, build):
    given(
        "ask_days",
        """
        as_of      | reach_on
        2025-08-31 | 2025-08-31
        2025-08-31 | 2025-09-30
    """,
    )
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2025-09-29\n20451 | 2025-09-30")
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2025-08-10 | 0      | true
        1          | 20451             | 2025-08-20 | 0      | true
    """,
    )
    found = build("int_people_visits_at", columns="region_code, period, reach_on, ties")
    assert [row[2:] for row in found if row[:2] == ["20", "w365"]] == cells("""
        2025-08-31 | 2
        2025-09-30 | 1
    """)
