"""What is known of each person whatever the place."""

from tests.conftest import cells


def test_the_latest_value_given_stands_and_a_row_without_one_takes_nothing_away(given, build):
    given(
        "raw_people",
        """
        person_key | birth_year | gender
        1          | 1980       | female
        1          | 1981       |
        1          |            | unknown
        2          |            | unknown
    """,
    )
    assert build("stg_people") == cells("""
        1 | 1981 | female
        2 |      |
    """)
