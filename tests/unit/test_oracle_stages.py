"""The oracle gives stages and spells as the contract says, on the edge days."""

import pytest

from tests.oracle.drawn import THROUGH_2027, days_apart, spells, world
from tests.oracle.spells import municipal_spells

# Section 4: stages and spells


def test_a_tourist_is_dormant_365_days_after_the_only_visit():
    w = world(visits=days_apart("2024-01-01", []), coverage=THROUGH_2027)
    assert spells(w) == ["p1 tourist 2024-01-01 2024-12-31", "p1 dormant 2024-12-31"]


def test_the_spell_that_ends_on_the_day_after_the_horizon_has_no_end_yet():
    through = "municipality_code | covered_through\n20448 | {}"
    last_day = world(visits=days_apart("2024-01-01", []), coverage=through.format("2024-12-30"))
    assert spells(last_day) == ["p1 tourist 2024-01-01"]
    next_day = world(visits=days_apart("2024-01-01", []), coverage=through.format("2024-12-31"))
    assert spells(next_day) == ["p1 tourist 2024-01-01 2024-12-31", "p1 dormant 2024-12-31"]


def test_a_second_visit_makes_loyal_while_both_are_within_a_year():
    w = world(visits=days_apart("2024-01-01", [364]), coverage=THROUGH_2027)
    assert spells(w) == [
        "p1 tourist 2024-01-01 2024-12-30",
        "p1 loyal 2024-12-30 2024-12-31",
        "p1 tourist 2024-12-31 2025-12-30",
        "p1 dormant 2025-12-30",
    ]


def test_three_visits_in_730_days_make_loyal_with_one_in_the_last_year():
    w = world(visits=days_apart("2024-01-01", [364, 365]), coverage=THROUGH_2027)
    assert spells(w)[2:] == [
        "p1 tourist 2024-12-31 2025-12-30",  # the third visit is on the last day of 730
        "p1 loyal 2025-12-30 2025-12-31",
        "p1 tourist 2025-12-31 2026-12-30",
        "p1 dormant 2026-12-30",
    ]


def test_the_fourth_visit_within_a_year_makes_related():
    w = world(visits=days_apart("2024-01-01", [100, 100, 164]), coverage=THROUGH_2027)
    assert "p1 related 2024-12-30 2024-12-31" in spells(w)
    w = world(visits=days_apart("2024-01-01", [100, 100, 165]), coverage=THROUGH_2027)
    assert not [s for s in spells(w) if "related" in s]


def test_a_trial_makes_related_even_before_the_first_visit():
    w = world(
        enrollments="""
        person_id | municipality_code | scheme     | started_on | ended_on
        p1        | 20448             | dual_trial | 2024-01-01 | 2024-01-29
    """,
        coverage=THROUGH_2027,
    )
    assert spells(w) == ["p1 related 2024-01-01 2024-01-30", "p1 dormant 2024-01-30"]


def test_premium_makes_related_with_a_visit_and_interest_without_one():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on
        p1        | 20448             | 2024-03-01
    """,
        enrollments="""
        person_id | municipality_code | scheme           | started_on | ended_on
        p1        | 20448             | furusato_premium | 2024-01-01 | 2024-05-31
    """,
        coverage=THROUGH_2027,
    )
    assert spells(w) == [
        "p1 interest 2024-01-01 2024-03-01",
        "p1 related 2024-03-01 2024-06-01",
        "p1 tourist 2024-06-01 2025-03-01",
        "p1 dormant 2025-03-01",
    ]


def test_three_supporter_activities_make_related_with_one_visit():
    w = world(
        visits=days_apart("2024-01-01", []),
        engagements="""
        person_id | municipality_code | engaged_on | kind
        p1        | 20448             | 2024-01-01 | contribution
        p1        | 20448             | 2024-02-01 | contribution
        p1        | 20448             | 2024-02-15 | participation
        p1        | 20448             | 2024-03-01 | work_onsite
    """,
        coverage=THROUGH_2027,
    )
    assert spells(w)[:2] == ["p1 tourist 2024-01-01 2024-03-01", "p1 related 2024-03-01 2024-12-31"]


def test_two_visits_and_an_engagement_make_related():
    w = world(
        visits=days_apart("2024-01-01", [10]),
        engagements="""
        person_id | municipality_code | engaged_on | kind
        p1        | 20448             | 2023-06-01 | work_remote
    """,
        coverage=THROUGH_2027,
    )
    assert spells(w)[:3] == [
        "p1 tourist 2024-01-01 2024-01-11",
        "p1 related 2024-01-11 2024-05-31",
        "p1 loyal 2024-05-31 2024-12-31",
    ]


def test_the_eighth_day_trip_in_56_days_makes_routine_until_one_falls_out():
    w = world(visits=days_apart("2024-01-01", [7] * 7), coverage=THROUGH_2027)
    # eight Mondays: 1 January to 19 February; 26 February is the 57th day
    assert spells(w)[3:5] == ["p1 routine 2024-02-19 2024-02-26", "p1 related 2024-02-26 2025-01-28"]


def test_a_night_or_an_enrollment_keeps_a_frequent_visitor_out_of_routine():
    nights = days_apart("2024-01-01", [7] * 7).replace("arrived_on", "arrived_on | nights")
    nights = "\n".join(
        line if "nights" in line else f"{line} | {int('2024-01-29' in line)}" for line in nights.splitlines()
    )
    assert not [s for s in spells(world(visits=nights, coverage=THROUGH_2027)) if "routine" in s]
    enrolled = world(
        visits=days_apart("2024-01-01", [7] * 7),
        enrollments="""
        person_id | municipality_code | scheme   | started_on | ended_on
        p1        | 20448             | fan_club | 2024-02-20 | 2024-02-21
    """,
        coverage=THROUGH_2027,
    )
    assert [s for s in spells(enrolled) if "routine" in s] == [
        "p1 routine 2024-02-19 2024-02-20",
        "p1 routine 2024-02-22 2024-02-26",
    ]


def test_a_residence_with_thirty_nights_makes_dual_while_a_visit_is_within_180_days():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | departed_on
        p1        | 20448             | 2024-01-01 | 2024-01-31
    """,
        enrollments="""
        person_id | municipality_code | scheme         | started_on | ended_on
        p1        | 20448             | dual_residence | 2024-01-15 |
    """,
        coverage=THROUGH_2027,
    )
    assert spells(w) == [
        "p1 tourist 2024-01-01 2024-01-31",
        "p1 dual 2024-01-31 2024-06-29",  # 1 January is the 180th day before 28 June
        "p1 tourist 2024-06-29 2024-12-31",
        "p1 dormant 2024-12-31",
    ]


def test_a_residence_with_six_months_of_the_year_makes_dual():
    w = world(
        visits=days_apart("2024-01-01", [31, 29, 31, 30, 31]),
        enrollments="""
        person_id | municipality_code | scheme         | started_on | ended_on
        p1        | 20448             | dual_residence | 2024-01-01 |
    """,
        coverage=THROUGH_2027,
    )
    assert "p1 dual 2024-06-01 2024-11-28" in spells(w)


def test_settled_goes_before_everything_while_the_relocation_holds():
    w = world(
        visits=days_apart("2024-01-01", []),
        enrollments="""
        person_id | municipality_code | scheme     | started_on | ended_on
        p1        | 20448             | relocation | 2024-02-01 | 2024-02-29
    """,
        coverage=THROUGH_2027,
    )
    assert spells(w)[:3] == [
        "p1 tourist 2024-01-01 2024-02-01",
        "p1 settled 2024-02-01 2024-03-01",
        "p1 tourist 2024-03-01 2024-12-31",
    ]


def test_interest_lasts_730_days_after_a_donation_and_ends_for_good_with_a_visit():
    donation = """
        person_id | municipality_code | engaged_on | kind
        p1        | 20448             | 2024-01-01 | donation
    """
    assert spells(world(engagements=donation, coverage=THROUGH_2027)) == [
        "p1 interest 2024-01-01 2025-12-31",
        "p1 dormant 2025-12-31",
    ]
    visited = world(engagements=donation, visits=days_apart("2024-03-01", []), coverage=THROUGH_2027)
    assert spells(visited) == [
        "p1 interest 2024-01-01 2024-03-01",
        "p1 tourist 2024-03-01 2025-03-01",
        "p1 dormant 2025-03-01",
    ]


def test_nobody_starts_out_dormant():
    w = world(
        engagements="""
        person_id | municipality_code | engaged_on | kind
        p1        | 20448             | 2024-01-01 | hobby
        p2        | 20448             | 2024-01-01 | contribution
        p2        | 20448             | 2024-03-01 | online
    """,
        coverage=THROUGH_2027,
    )
    assert spells(w) == ["p2 interest 2024-03-01 2026-03-01", "p2 dormant 2026-03-01"]


@pytest.mark.parametrize(
    ("ruleset_id", "stage"),
    [
        ("jta-mlit-2026", "loyal"),
        ("mlit-broad", "related"),
        ("engagement-only", "loyal"),
        ("strict-4", "tourist"),
        ("visits-only", "loyal"),
    ],
)
def test_two_visits_by_ruleset(ruleset_id: str, stage: str):
    w = world(ruleset_id, visits=days_apart("2024-01-01", [30]))
    assert municipal_spells(w)[-1].stage == stage


@pytest.mark.parametrize(
    ("ruleset_id", "without", "with_engagement"),
    [
        ("jta-mlit-2026", "related", "related"),
        ("mlit-broad", "related", "related"),
        ("engagement-only", "loyal", "related"),
        ("strict-4", "loyal", "related"),
        ("visits-only", "related", "related"),
    ],
)
def test_four_visits_by_ruleset(ruleset_id: str, without: str, with_engagement: str):
    four = days_apart("2024-01-01", [30, 30, 30])
    engagement = """
        person_id | municipality_code | engaged_on | kind
        p1        | 20448             | 2024-01-01 | participation
    """
    last = [world(ruleset_id, visits=four), world(ruleset_id, visits=four, engagements=engagement)]
    assert [municipal_spells(w)[-1].stage for w in last] == [without, with_engagement]


def test_visits_only_knows_neither_enrollments_nor_engagements():
    w = world(
        "visits-only",
        visits="""
        person_id | municipality_code | arrived_on | departed_on
        p1        | 20448             | 2024-01-01 | 2024-01-31
    """,
        enrollments="""
        person_id | municipality_code | scheme     | started_on | ended_on
        p1        | 20448             | relocation | 2024-02-01 |
        p2        | 20448             | fan_club   | 2024-02-01 |
    """,
        coverage=THROUGH_2027,
    )
    assert spells(w) == [
        "p1 tourist 2024-01-01 2024-01-31",
        "p1 dual 2024-01-31 2025-01-30",  # the nights stay in the window longer than the arrival
        "p1 dormant 2025-01-30",
    ]
