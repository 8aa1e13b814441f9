"""The last day about which anything may be said of each municipality."""

from tests.conftest import cells


def test_a_declared_horizon_stands_even_before_and_after_the_rows(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-01-10 | 2024-01-10
        1          | 30421             | 2024-01-10 | 2024-01-10
        1          | 30421             | 2024-06-01 | 2024-06-01
    """,
    )
    given(
        "raw_coverage",
        """
        municipality_code | covered_from | covered_through
        20448             | 2023-04-01   | 2024-12-31
        30421             |              | 2024-03-31
    """,
    )
    assert build("int_horizons") == cells("""
        20448 | 2023-04-01 | 2024-12-31 | true | 1
        30421 | 2024-01-10 | 2024-03-31 | true | 1
    """)


def test_an_undeclared_one_spans_the_dates_of_all_four_tables(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-02-10 | 2024-12-31
    """,
    )
    given("raw_engagements", "person_key|municipality_code|engaged_on|kind\n1|20448|2024-01-10|donation")
    given("raw_supports", "person_key|municipality_code|supported_on|kind\n1|20448|2024-04-10|miles")
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme   | started_on | ended_on
        1          | 20448             | fan_club | 2024-05-10 | 2025-03-31
    """,
    )
    assert build("int_horizons") == cells("20448 | 2024-01-10 | 2024-05-10 | false | 4")


def test_a_municipality_that_is_vouched_for_but_sent_no_rows_has_one_too(given, build):
    given("raw_coverage", "municipality_code | covered_through\n20448 | 2024-03-31")
    assert build("int_horizons") == cells("20448 | 2024-03-31 | 2024-03-31 | true | 0")
