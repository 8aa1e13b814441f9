"""Which rows of supports hold."""

from tests.conftest import cells


def test_a_row_may_be_dated_on_a_declared_horizon_but_not_after_it(given, build):
    given(
        "raw_supports",
        """
        person_key | municipality_code | supported_on | kind
        1          | 20448             | 2024-03-31   | miles
        2          | 20448             | 2024-04-01   | miles
    """,
    )
    given("raw_coverage", "municipality_code | covered_through\n20448 | 2024-03-31")
    assert build("stg_supports", columns="person_key, supported_on, kind") == cells("1 | 2024-03-31 | miles")


def test_where_nobody_declares_a_horizon_every_row_holds(given, build):
    given(
        "raw_supports",
        """
        person_key | municipality_code | supported_on | kind
        1          | 20448             | 2024-03-31   | miles
        1          | 20448             | 2030-01-01   | miles
    """,
    )
    given("raw_coverage", "municipality_code | covered_through\n30421 | 2024-03-31")
    assert build("stg_supports", columns="line, supported_on") == cells("""
        1 | 2024-03-31
        2 | 2030-01-01
    """)
