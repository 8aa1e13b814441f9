"""On which days the stage changes of those with other signals than visits."""

import pytest

from tests.conftest import cells

DAYS = "person_key, valid_from, stage"
ONE_VISIT = "person_key|municipality_code|arrived_on|departed_on\n1|20448|2023-01-10|2023-01-10"
HORIZON = "municipality_code | covered_through\n20448 | 2025-12-31"


def given_visits(given, *arrivals):
    """Draw day trips of one person to one place."""
    rows = [f"1 | 20448 | {day} | {day} | 0 | true" for day in arrivals]
    header = "person_key | municipality_code | arrived_on | departed_on | nights | counted"
    given("int_visits", "\n".join([header, *rows]))


# --- 二地域居住 ---


def test_thirty_nights_make_a_second_home_on_the_day_of_departure_for_180_days_after_arrival(given, build):
    given("raw_coverage", HORIZON)
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2023-01-10 | 2023-02-09
        2          | 20448             | 2023-01-10 | 2023-02-08
    """,
    )
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme         | started_on
        1          | 20448             | dual_residence | 2023-01-01
        2          | 20448             | dual_residence | 2023-01-01
    """,
    )
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-01-01 | interest
        1 | 2023-01-10 | tourist
        1 | 2023-02-09 | dual
        1 | 2023-07-09 | tourist
        1 | 2024-01-10 | dormant
        2 | 2023-01-01 | interest
        2 | 2023-01-10 | tourist
        2 | 2024-01-10 | dormant
    """)


def test_without_a_registered_residence_nights_make_nobody_a_resident_of_two_places(given, build):
    given("raw_coverage", HORIZON)
    given("raw_visits", "person_key|municipality_code|arrived_on|departed_on\n1|20448|2023-01-10|2023-04-10")
    given("raw_enrollments", "person_key|municipality_code|scheme|started_on\n1|20448|fan_club|2023-01-10")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-01-10 | tourist
        1 | 2024-01-10 | dormant
    """)


def test_six_calendar_months_make_a_second_home_and_a_month_counts_once(given, build):
    given("raw_coverage", "municipality_code | covered_through\n20448 | 2024-01-10")
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2023-01-10 | 2023-01-10
        1          | 20448             | 2023-01-20 | 2023-01-20
        1          | 20448             | 2023-02-10 | 2023-02-10
        1          | 20448             | 2023-03-10 | 2023-03-10
        1          | 20448             | 2023-04-30 | 2023-05-02
        1          | 20448             | 2023-06-10 | 2023-06-10
        1          | 20448             | 2023-07-30 | 2023-07-30
    """,
    )
    given(
        "raw_enrollments", "person_key|municipality_code|scheme|started_on\n1|20448|dual_residence|2023-01-10"
    )
    # May has a night but no arrival. The month of January leaves with its first arrival, not with its second.
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-01-10 | tourist
        1 | 2023-01-20 | loyal
        1 | 2023-03-10 | related
        1 | 2023-07-30 | dual
        1 | 2024-01-10 | related
    """)


@pytest.mark.parametrize("ruleset", ["visits-only"])
def test_visits_only_asks_for_no_registration(given, build):
    given("raw_coverage", "municipality_code | covered_through\n20448 | 2023-12-31")
    given("raw_visits", "person_key|municipality_code|arrived_on|departed_on\n1|20448|2023-01-10|2023-02-09")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-01-10 | tourist
        1 | 2023-02-09 | dual
    """)


# --- 日常圏 ---

WEEKLY = (
    *("2023-01-01", "2023-01-08", "2023-01-15", "2023-01-22"),
    *("2023-01-29", "2023-02-05", "2023-02-12", "2023-02-19"),
)


def test_eight_day_trips_in_56_days_are_daily_life_and_the_first_leaves_on_the_57th(given, build):
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2023-03-31")
    given_visits(given, *WEEKLY)
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-01-01 | tourist
        1 | 2023-01-08 | loyal
        1 | 2023-01-22 | related
        1 | 2023-02-19 | routine
        1 | 2023-02-26 | related
    """)


def test_a_night_keeps_visits_from_being_daily_life_for_56_days_from_the_departure(given, build):
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2023-03-01")
    rows = [f"1 | 20448 | {day} | {day} | 0 | true" for day in [*WEEKLY[1:], "2023-02-26"]]
    header = "person_key | municipality_code | arrived_on | departed_on | nights | counted"
    overnight = "1 | 20448 | 2023-01-01 | 2023-01-02 | 1 | true"
    given("int_visits", "\n".join([header, overnight, *rows]))
    # On 26 February eight visits are left, and the night of 1 January, which ended on the 2nd.
    assert build("int_signal_stage_changes", columns=DAYS)[-2:] == cells("""
        1 | 2023-01-22 | related
        1 | 2023-02-27 | routine
    """)


def test_whoever_is_registered_does_not_come_in_daily_life(given, build):
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2023-02-24")
    given_visits(given, *WEEKLY)
    given(
        "raw_enrollments",
        "person_key|municipality_code|scheme|started_on|ended_on\n1|20448|fan_club|2023-02-01|2023-02-21",
    )
    assert build("int_signal_stage_changes", columns=DAYS)[-2:] == cells("""
        1 | 2023-01-22 | related
        1 | 2023-02-22 | routine
    """)


# --- 関係人口 ---


@pytest.mark.parametrize("kind", ["contribution", "work_onsite", "work_remote", "participation"])
def test_two_visits_and_one_engagement_within_a_year_are_related(given, build, kind):
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2024-01-10")
    given_visits(given, "2023-03-10", "2023-05-10")
    given("raw_engagements", f"person_key|municipality_code|engaged_on|kind\n1|20448|2023-01-10|{kind}")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-03-10 | tourist
        1 | 2023-05-10 | related
        1 | 2024-01-10 | loyal
    """)


@pytest.mark.parametrize("kind", ["hobby", "donation", "purchase", "online"])
def test_other_ties_do_not_make_a_visitor_related(given, build, kind):
    given("int_horizons", HORIZON.replace("covered_through", "horizon_on"))
    given_visits(given, "2025-03-10", "2025-05-10")
    given("raw_engagements", f"person_key|municipality_code|engaged_on|kind\n1|20448|2025-03-10|{kind}")
    given("int_signal_pairs", "person_key | municipality_code\n1 | 20448")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2025-03-10 | tourist
        1 | 2025-05-10 | loyal
    """)


def test_three_supporting_activities_and_one_visit_are_related_but_other_engagements_do_not_support(
    given, build
):
    given("raw_coverage", HORIZON)
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2025-01-10 | 2025-01-10
        2          | 20448             | 2025-01-10 | 2025-01-10
    """,
    )
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-02-01 | contribution
        1          | 20448             | 2025-02-02 | work_onsite
        1          | 20448             | 2025-02-03 | contribution
        2          | 20448             | 2025-02-01 | contribution
        2          | 20448             | 2025-02-02 | participation
        2          | 20448             | 2025-02-03 | work_remote
        2          | 20448             | 2025-02-04 | work_onsite
    """,
    )
    given("int_signal_pairs", "person_key | municipality_code\n1 | 20448\n2 | 20448")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2025-01-10 | tourist
        1 | 2025-02-03 | related
        2 | 2025-01-10 | tourist
    """)


def test_a_premium_registration_makes_a_visitor_related_through_its_last_day(given, build):
    given("raw_coverage", HORIZON)
    given("raw_visits", ONE_VISIT)
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme           | started_on | ended_on
        1          | 20448             | furusato_premium | 2023-02-01 | 2023-03-31
        2          | 20448             | furusato_premium | 2023-02-01 | 2023-03-31
        3          | 20448             | furusato_basic   | 2023-02-01 | 2023-03-31
    """,
    )
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-01-10 | tourist
        1 | 2023-02-01 | related
        1 | 2023-04-01 | tourist
        1 | 2024-01-10 | dormant
        2 | 2023-02-01 | interest
        2 | 2023-04-01 | dormant
        3 | 2023-02-01 | interest
        3 | 2023-04-01 | dormant
    """)


def test_a_trial_stay_is_related_without_a_recorded_visit(given, build):
    given("raw_coverage", HORIZON)
    given(
        "raw_enrollments",
        "person_key|municipality_code|scheme|started_on|ended_on\n1|20448|dual_trial|2023-02-01|2023-02-10",
    )
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-02-01 | related
        1 | 2023-02-11 | dormant
    """)


def test_two_registrations_that_overlap_hold_until_the_last_of_them_ends(given, build):
    given("raw_coverage", HORIZON)
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme     | started_on | ended_on
        1          | 20448             | dual_trial | 2023-02-01 | 2023-02-10
        1          | 20448             | dual_trial | 2023-02-05 | 2023-02-20
        1          | 20448             | dual_trial | 2023-02-21 | 2023-02-25
    """,
    )
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-02-01 | related
        1 | 2023-02-26 | dormant
    """)


@pytest.mark.parametrize("ruleset", ["strict-4"])
def test_the_strict_ruleset_asks_the_related_for_four_visits_and_an_engagement(given, build):
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2023-12-31")
    given_visits(given, "2023-03-10", "2023-04-10", "2023-05-10", "2023-06-10")
    given("raw_engagements", "person_key|municipality_code|engaged_on|kind\n1|20448|2023-07-10|work_remote")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-03-10 | tourist
        1 | 2023-06-10 | loyal
        1 | 2023-07-10 | related
    """)


@pytest.mark.parametrize("ruleset", ["mlit-broad"])
def test_the_broad_ruleset_asks_the_related_for_two_visits_and_nothing_else(given, build):
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2023-12-31")
    given_visits(given, "2023-03-10")
    given("raw_enrollments", "person_key|municipality_code|scheme|started_on\n1|20448|dual_trial|2023-04-01")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("1 | 2023-03-10 | tourist")


# --- 移住, 関心, 休眠 ---


def test_relocation_settles_whatever_else_holds_and_leaves_no_interest_behind(given, build):
    given("raw_coverage", HORIZON)
    given("raw_visits", ONE_VISIT)
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme           | started_on | ended_on
        1          | 20448             | furusato_premium | 2023-01-10 |
        1          | 20448             | relocation       | 2023-04-01 |
        2          | 20448             | relocation       | 2023-04-01 | 2023-04-30
    """,
    )
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-01-10 | related
        1 | 2023-04-01 | settled
        2 | 2023-04-01 | settled
        2 | 2023-05-01 | dormant
    """)


@pytest.mark.parametrize("kind", ["donation", "purchase", "online"])
def test_a_contact_is_interest_for_730_days(given, build, kind):
    given("raw_coverage", HORIZON)
    given("raw_engagements", f"person_key|municipality_code|engaged_on|kind\n1|20448|2022-01-10|{kind}")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2022-01-10 | interest
        1 | 2024-01-10 | dormant
    """)


def test_whoever_has_been_there_once_is_dormant_and_never_again_only_interested(given, build):
    given("raw_coverage", HORIZON)
    given("raw_visits", ONE_VISIT)
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2022-12-01 | donation
        1          | 20448             | 2024-06-01 | donation
    """,
    )
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2022-12-01 | interest
        1 | 2023-01-10 | tourist
        1 | 2024-01-10 | dormant
    """)


def test_nobody_starts_out_dormant(given, build):
    given("raw_coverage", HORIZON)
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2023-01-10 | contribution
        1          | 20448             | 2023-06-10 | donation
        2          | 20448             | 2023-01-10 | contribution
    """,
    )
    given("int_signal_pairs", "person_key | municipality_code\n1 | 20448\n2 | 20448")
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-06-10 | interest
        1 | 2025-06-09 | dormant
    """)


# --- what is left out ---


def test_nothing_changes_after_the_horizon_of_the_place(given, build):
    given(
        "raw_coverage",
        """
        municipality_code | covered_through
        20448             | 2023-03-31
        20451             | 2023-04-01
    """,
    )
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme     | started_on | ended_on
        1          | 20448             | dual_trial | 2023-03-10 | 2023-03-31
        2          | 20451             | dual_trial | 2023-03-10 | 2023-03-31
    """,
    )
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2023-03-10 | related
        2 | 2023-03-10 | related
        2 | 2023-04-01 | dormant
    """)


def test_residents_and_visits_to_relatives_enter_no_signal(given, build):
    given("raw_coverage", HORIZON)
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose   | home_municipality_code
        1          | 20448             | 2025-01-10 | 2025-01-10  | relatives | 13104
        2          | 20448             | 2025-01-10 | 2025-01-10  | leisure   | 20448
        3          | 20448             | 2025-01-10 | 2025-01-10  | leisure   | 13104
    """,
    )
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme           | started_on
        1          | 20448             | furusato_premium | 2025-01-10
        2          | 20448             | furusato_premium | 2025-01-10
        3          | 20448             | furusato_premium | 2025-01-10
    """,
    )
    assert build("int_signal_stage_changes", columns=DAYS) == cells("""
        1 | 2025-01-10 | interest
        2 | 2025-01-10 | interest
        3 | 2025-01-10 | related
    """)
