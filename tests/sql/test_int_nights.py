"""The nights of visits as runs of nights in a row."""

from tests.conftest import cells

COLUMNS = "person_key, municipality_code, slept_from, slept_to"


def test_most_visits_are_one_run_and_a_day_trip_is_none(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-05-01 | 2025-05-03
        2          | 20448             | 2025-05-01 | 2025-05-01
        3          | 20448             | 2025-05-01 | 2025-05-03
        3          | 20448             | 2025-05-02 | 2025-05-05
        """,
    )
    assert build("int_nights", columns=COLUMNS) == cells("""
        1 | 20448 | 2025-05-01 | 2025-05-03
        3 | 20448 | 2025-05-01 | 2025-05-05
    """)


def test_a_visit_with_a_night_between_its_records_has_two_runs(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-05-01 | 2025-05-03
        1          | 20448             | 2025-05-02 | 2025-05-02
        1          | 20448             | 2025-05-04 | 2025-05-06
        1          | 20448             | 2025-05-06 | 2025-05-07
        1          | 20448             | 2025-05-20 | 2025-05-22
        """,
    )
    assert build("int_nights", columns=COLUMNS) == cells("""
        1 | 20448 | 2025-05-01 | 2025-05-03
        1 | 20448 | 2025-05-04 | 2025-05-07
        1 | 20448 | 2025-05-20 | 2025-05-22
    """)
    assert [row[0] for row in build("int_visits", columns="nights")] == ["2", "5"]


def test_visits_that_do_not_count_have_no_nights(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose   | home_municipality_code
        1          | 20448             | 2025-05-01 | 2025-05-03  | relatives |
        2          | 20448             | 2025-05-01 | 2025-05-03  |           | 20448
        """,
    )
    assert build("int_nights", columns=COLUMNS) == []
