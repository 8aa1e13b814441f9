"""Where each person lived, day by day."""

from tests.conftest import cells


def test_a_home_lasts_until_the_next_one_begins_and_the_last_one_goes_on(given, build):
    given(
        "raw_people",
        """
        person_key | home_municipality_code | home_from
        1          | 27100                  | 2024-04-01
        1          | 13104                  | 2020-04-01
        2          | 13                     |
    """,
    )
    assert build("stg_homes") == cells("""
        1 | 13104 | 2020-04-01 | 2024-04-01
        1 | 27100 | 2024-04-01 |
        2 | 13    | 0001-01-01 |
    """)


def test_of_two_homes_from_one_day_the_later_row_is_right(given, build):
    given(
        "raw_people",
        """
        person_key | home_municipality_code | home_from
        1          | 27100                  | 2024-04-01
        1          | 13104                  | 2024-04-01
    """,
    )
    assert build("stg_homes", columns="home_municipality_code, home_to") == cells("13104 | ")


def test_a_row_that_names_no_home_does_not_end_one(given, build):
    given(
        "raw_people",
        """
        person_key | home_municipality_code | home_from  | birth_year
        1          | 13104                  | 2020-04-01 |
        1          |                        | 2024-04-01 | 1980
    """,
    )
    assert build("stg_homes") == cells("1 | 13104 | 2020-04-01 | ")
