"""Which records of presence hold."""

from tests.conftest import cells


def test_the_later_row_of_one_source_and_visit_id_replaces_the_earlier(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | visit_id | source
        1          | 20448             | 2024-01-10 | 2024-01-10  | v1       | 宿泊
        1          | 20448             | 2024-01-12 | 2024-01-13  | v1       | 宿泊
        1          | 20448             | 2024-03-01 | 2024-03-01  | v1       | アプリ
    """,
    )
    assert build("stg_visits", columns="arrived_on, departed_on, source, line") == cells("""
        2024-01-12 | 2024-01-13 | 宿泊   | 2
        2024-03-01 | 2024-03-01 | アプリ | 3
    """)


def test_an_id_without_a_source_is_one_source_of_its_own(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | visit_id | source
        1          | 20448             | 2024-01-10 | 2024-01-10  | v1       |
        1          | 20448             | 2024-02-10 | 2024-02-10  | v1       |
        1          | 20448             | 2024-03-10 | 2024-03-10  | v1       | 宿泊
    """,
    )
    assert build("stg_visits", columns="arrived_on") == cells("""
        2024-02-10
        2024-03-10
    """)


def test_rows_without_an_id_all_stay(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | source
        1          | 20448             | 2024-01-10 | 2024-01-10  | 宿泊
        1          | 20448             | 2024-01-10 | 2024-01-10  | 宿泊
    """,
    )
    assert build("stg_visits", columns="line") == cells("""
        1
        2
    """)


def test_a_row_may_arrive_on_a_declared_horizon_but_not_after_it(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-03-31 | 2024-04-02
        2          | 20448             | 2024-04-01 | 2024-04-01
        3          | 30421             | 2024-04-01 | 2024-04-01
    """,
    )
    given("raw_coverage", "municipality_code | covered_through\n20448 | 2024-03-31")
    assert build("stg_visits", columns="person_key, departed_on") == cells("""
        1 | 2024-04-02
        3 | 2024-04-01
    """)


def test_a_row_after_the_horizon_replaces_nothing(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | visit_id | source
        1          | 20448             | 2024-03-30 | 2024-03-30  | v1       | 宿泊
        1          | 20448             | 2024-04-01 | 2024-04-01  | v1       | 宿泊
    """,
    )
    given("raw_coverage", "municipality_code | covered_through\n20448 | 2024-03-31")
    assert build("stg_visits", columns="arrived_on") == cells("2024-03-30")
