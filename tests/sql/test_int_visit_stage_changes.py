"""On which days the stage changes of those whose visits alone decide it."""

import pytest

from tests.conftest import cells

DAYS = "stage, valid_from"
HORIZON = "municipality_code | horizon_on\n20448 | 2025-12-31"


def changes(rows):
    return sorted(rows, key=lambda row: row[1])


def test_a_visit_counts_on_its_364th_day_after_and_no_longer_on_the_365th(given, build):
    given("int_horizons", HORIZON)
    given("int_visits", "person_key|municipality_code|arrived_on|nights|counted\n1|20448|2023-01-10|0|true")
    assert changes(build("int_visit_stage_changes", columns=DAYS)) == cells("""
        tourist | 2023-01-10
        dormant | 2024-01-10
    """)


def test_nothing_runs_out_after_the_horizon_but_it_may_on_it(given, build):
    given(
        "int_horizons",
        """
        municipality_code | horizon_on
        20448             | 2024-01-09
        20451             | 2024-01-10
    """,
    )
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2023-01-10 | 0      | true
        1          | 20451             | 2023-01-10 | 0      | true
    """,
    )
    assert build("int_visit_stage_changes", columns="municipality_code, stage, valid_from") == cells("""
        20448 | tourist | 2023-01-10
        20451 | dormant | 2024-01-10
        20451 | tourist | 2023-01-10
    """)


def test_stages_climb_with_each_visit_and_fall_as_the_oldest_leave_the_year(given, build):
    given("int_horizons", HORIZON)
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2023-01-10 | 0      | true
        1          | 20448             | 2023-02-10 | 0      | true
        1          | 20448             | 2023-03-10 | 0      | true
        1          | 20448             | 2023-04-10 | 0      | true
    """,
    )
    # With one visit of the year left, four within two years keep the person loyal.
    assert changes(build("int_visit_stage_changes", columns=DAYS)) == cells("""
        tourist | 2023-01-10
        loyal   | 2023-02-10
        related | 2023-04-10
        loyal   | 2024-01-10
        dormant | 2024-04-09
    """)


def test_one_visit_this_year_and_three_in_two_years_are_loyal_until_the_730th_day(given, build):
    given("int_horizons", HORIZON)
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2022-01-10 | 0      | true
        1          | 20448             | 2022-03-10 | 0      | true
        1          | 20448             | 2023-06-01 | 0      | true
    """,
    )
    assert changes(build("int_visit_stage_changes", columns=DAYS)) == cells("""
        tourist | 2022-01-10
        loyal   | 2022-03-10
        tourist | 2023-01-10
        dormant | 2023-03-10
        loyal   | 2023-06-01
        tourist | 2024-01-10
        dormant | 2024-05-31
    """)


def test_a_visit_on_the_very_day_the_last_one_runs_out_leaves_no_gap(given, build):
    given("int_horizons", HORIZON)
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2023-01-10 | 0      | true
        1          | 20448             | 2024-01-10 | 0      | true
        2          | 20448             | 2023-01-10 | 0      | true
        2          | 20448             | 2024-01-11 | 0      | true
    """,
    )
    assert build("int_visit_stage_changes", columns="person_key, valid_from, stage") == cells("""
        1 | 2023-01-10 | tourist
        1 | 2025-01-09 | dormant
        2 | 2023-01-10 | tourist
        2 | 2024-01-10 | dormant
        2 | 2024-01-11 | tourist
        2 | 2025-01-10 | dormant
    """)


def test_pairs_with_other_signals_and_visits_that_do_not_count_are_left_to_others(given, build):
    given("int_horizons", HORIZON)
    given("int_signal_pairs", "person_key | municipality_code\n1 | 20448")
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2025-01-10 | 0      | true
        2          | 20448             | 2025-01-10 | 0      | false
        3          | 20448             | 2025-01-10 | 0      | true
    """,
    )
    assert build("int_visit_stage_changes", columns="person_key, stage") == cells("3 | tourist")


@pytest.mark.parametrize(
    ("ruleset", "expected"),
    [
        ("mlit-broad", "tourist | 2025-01-10 \n related | 2025-02-10"),
        ("engagement-only", "tourist | 2025-01-10 \n loyal | 2025-02-10"),
        ("strict-4", "tourist | 2025-01-10 \n loyal | 2025-04-10"),
        ("visits-only", "tourist | 2025-01-10 \n loyal | 2025-02-10 \n related | 2025-04-10"),
    ],
)
def test_four_visits_a_year_mean_what_the_ruleset_says(given, build, expected):
    given("int_horizons", HORIZON)
    given(
        "int_visits",
        """
        person_key | municipality_code | arrived_on | nights | counted
        1          | 20448             | 2025-01-10 | 0      | true
        1          | 20448             | 2025-02-10 | 0      | true
        1          | 20448             | 2025-03-10 | 0      | true
        1          | 20448             | 2025-04-10 | 0      | true
    """,
    )
    assert changes(build("int_visit_stage_changes", columns=DAYS)) == cells(expected)
