"""Spells in a municipality, from the records as they were loaded."""

import pytest

from tests.conftest import cells

RUN = "person_key, stage, valid_from, valid_to"
HORIZON = "municipality_code | covered_through\n20448 | 2023-12-31"


def test_a_spell_ends_where_the_next_begins_and_stays_open_at_the_horizon(given, build):
    given("raw_coverage", HORIZON)
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2022-06-01 | 2022-06-01
        1          | 20448             | 2023-05-03 | 2023-05-03
        2          | 20448             | 2022-06-01 | 2022-06-01
    """,
    )
    assert build("int_municipality_spells", columns="person_key, valid_from, valid_to, stage") == cells("""
        1 | 2022-06-01 | 2023-05-03 | tourist
        1 | 2023-05-03 | 2023-06-01 | loyal
        1 | 2023-06-01 |            | tourist
        2 | 2022-06-01 | 2023-06-01 | tourist
        2 | 2023-06-01 |            | dormant
    """)


def test_each_municipality_is_counted_on_its_own(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2023-01-10 | 2023-01-10
        1          | 20451             | 2023-02-10 | 2023-02-10
    """,
    )
    assert build("int_municipality_spells") == cells("""
        1 | 20448 | tourist | 2023-01-10 |
        1 | 20451 | tourist | 2023-02-10 |
    """)


def test_consecutive_days_from_two_sources_are_one_visit_and_make_nobody_loyal(given, build):
    given("raw_coverage", HORIZON)
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | source
        1          | 20448             | 2023-05-03 | 2023-05-04  | 宿泊
        1          | 20448             | 2023-05-05 | 2023-05-05  | アプリ
        2          | 20448             | 2023-05-03 | 2023-05-03  | アプリ
        2          | 20448             | 2023-05-05 | 2023-05-05  | アプリ
    """,
    )
    assert build("int_municipality_spells", columns=RUN) == cells("""
        1 | tourist | 2023-05-03 |
        2 | loyal   | 2023-05-05 |
        2 | tourist | 2023-05-03 | 2023-05-05
    """)


def test_residents_and_those_who_visit_relatives_have_no_spell(given, build):
    given("raw_coverage", HORIZON)
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose   | home_municipality_code
        1          | 20448             | 2023-05-03 | 2023-05-04  | leisure   | 20448
        2          | 20448             | 2023-05-03 | 2023-05-03  | relatives | 13104
        3          | 20448             | 2023-05-03 | 2023-05-03  | leisure   | 13104
    """,
    )
    assert build("int_municipality_spells", columns="person_key") == cells("3")


def test_an_undeclared_horizon_is_the_last_date_of_anybodys_row(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2022-01-10 | 2022-01-10
    """,
    )
    given("raw_supports", "person_key|municipality_code|supported_on|kind\n2|20448|2023-01-10|miles")
    assert build("int_municipality_spells", columns=RUN) == cells("""
        1 | dormant | 2023-01-10 |
        1 | tourist | 2022-01-10 | 2023-01-10
    """)


@pytest.mark.parametrize(
    ("ruleset", "stage"),
    [
        ("jta-mlit-2026", "related"),
        ("mlit-broad", "related"),
        ("engagement-only", "loyal"),
        ("strict-4", "loyal"),
        ("visits-only", "related"),
    ],
)
def test_what_four_visits_a_year_make_of_a_person_depends_on_the_ruleset(given, build, stage):
    given("raw_coverage", HORIZON)
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2023-02-01 | 2023-02-01
        1          | 20448             | 2023-04-01 | 2023-04-01
        1          | 20448             | 2023-06-01 | 2023-06-01
        1          | 20448             | 2023-08-01 | 2023-08-01
    """,
    )
    last = max(build("int_municipality_spells", columns=RUN), key=lambda row: row[2])
    assert (last[1], last[3]) == (stage, None)
