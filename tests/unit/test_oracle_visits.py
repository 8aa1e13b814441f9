"""The oracle loads, merges records into visits and takes signals as the contract says, on the edge days."""

from datetime import date, timedelta

import pytest

from tests.oracle.drawn import THROUGH_2027, days_apart, draw, signal, spells, trips, world
from tests.oracle.rows import Spend, as_spend, person_key, read_tables
from tests.oracle.visits import left_out

# Section 2: from records to visits


def test_a_record_on_the_day_after_the_last_departure_belongs_to_the_same_visit():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | departed_on
        p1        | 20448             | 2024-05-01 | 2024-05-03
        p1        | 20448             | 2024-05-04 | 2024-05-05
        p1        | 20448             | 2024-05-07 |
    """
    )
    # the night of 3 May is covered by no record
    assert trips(w) == ["2024-05-01 2024-05-05 3", "2024-05-07 2024-05-07 0"]


def test_a_short_record_inside_a_long_one_does_not_end_the_visit():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | departed_on
        p1        | 20448             | 2024-05-01 | 2024-05-20
        p1        | 20448             | 2024-05-02 | 2024-05-03
        p1        | 20448             | 2024-05-21 |
    """
    )
    assert trips(w) == ["2024-05-01 2024-05-21 19"]


def test_day_trips_on_consecutive_days_are_one_visit_without_a_night():
    assert trips(world(visits=days_apart("2024-12-30", [1, 1, 1]))) == ["2024-12-30 2025-01-02 0"]


def test_a_night_told_by_two_sources_is_counted_once():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | departed_on | source
        p1        | 20448             | 2024-05-01 | 2024-05-04  | 宿泊
        p1        | 20448             | 2024-05-01 | 2024-05-04  | アプリ
        p1        | 20448             | 2024-05-03 | 2024-05-06  | 航空
    """
    )
    assert trips(w) == ["2024-05-01 2024-05-06 5"]


def test_nights_may_stand_in_place_of_departed_on():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | nights
        p1        | 20448             | 2024-02-28 | 2
        p1        | 20448             | 2024-05-01 | 0
        p1        | 20448             | 2024-07-01 |
    """
    )
    assert trips(w) == ["2024-02-28 2024-03-01 2", "2024-05-01 2024-05-01 0", "2024-07-01 2024-07-01 0"]


def test_other_people_and_other_municipalities_make_visits_of_their_own():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on
        p1        | 20448             | 2024-05-01
        p2        | 20448             | 2024-05-01
        p1        | 20202             | 2024-05-01
    """
    )
    assert len(w.visits) == 3


def test_spend_of_a_visit_is_the_sum_over_its_records():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | spend_yen
        p1        | 20448             | 2024-05-01 | 1,000
        p1        | 20448             | 2024-05-02 |
        p1        | 20448             | 2024-05-03 | 500
        p1        | 20448             | 2024-06-01 | 5,000円以上 10,000円未満
        p1        | 20448             | 2024-06-02 | 1000
        p1        | 20448             | 2024-07-01 | 100,000円以上
        p1        | 20448             | 2024-08-01 |
        p1        | 20448             | 2024-09-01 | 0
    """
    )
    assert [v.spend for v in w.visits] == [
        Spend(1500, 1500, 1500),
        Spend(1000, 6000, 11000),
        Spend(None, 100000, None),
        None,
        Spend(0, 0, 0),
    ]
    assert as_spend("5,000円未満") == Spend(None, 0, 5000)


def test_purpose_programme_organisation_and_home_come_from_the_earliest_record_that_has_one():
    (visit,) = world(
        visits="""
        person_id | municipality_code | arrived_on | departed_on | purpose  | program_id | organization_id
        p1        | 20448             | 2024-05-02 |             | business | prog-b     |
        p1        | 20448             | 2024-05-01 | 2024-05-01  |          | prog-a     |
        p1        | 20448             | 2024-05-02 | 2024-05-03  | leisure  |            | org-a
    """
    ).visits
    assert (visit.purpose, visit.program_id, visit.organization_id) == ("business", "prog-a", "org-a")


def test_a_visit_without_a_home_takes_the_latest_home_by_its_arrival():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | departed_on | home_municipality_code
        p1        | 20448             | 2024-03-31 | 2024-04-05  |
        p1        | 20448             | 2024-05-01 |             |
        p1        | 20448             | 2024-06-01 |             | 13
        p2        | 20448             | 2024-06-01 |             |
        p3        | 20448             | 2024-04-01 |             |
    """,
        people="""
        person_id | home_municipality_code | home_from
        p3        | 20448                  | 2024-04-01
        p1        | 20448                  | 2024-04-01
        p1        | 13101                  |
    """,
    )
    assert [v.home for v in w.visits] == ["13101", "20448", "13", None, "20448"]
    assert [left_out(v) for v in w.visits] == [None, "resident", None, None, "resident"]


def test_relatives_are_left_out_unless_the_ruleset_says_otherwise():
    (visit,) = world(
        visits="""
        person_id | municipality_code | arrived_on | purpose
        p1        | 20448             | 2024-05-01 | relatives
    """
    ).visits
    assert left_out(visit) == "purpose"
    assert left_out(visit, ()) is None
    assert left_out(visit, ("business",)) is None


def test_what_is_left_out_gives_no_stage():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | purpose   | home_municipality_code
        p1        | 20448             | 2024-05-01 | relatives |
        p2        | 20448             | 2024-05-01 | leisure   | 20448
        p3        | 20448             | 2024-05-01 | leisure   | 20
    """
    )
    assert spells(w) == ["p3 tourist 2024-05-01"]


# Section 1: what a load leaves


def test_an_exact_duplicate_is_merged_and_a_later_row_of_the_same_visit_id_replaces():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | visit_id | source | spend_yen
        p1        | 20448             | 2024-05-01 |          | 宿泊   | 100
        p1        | 20448             | 2024-05-01 |          | 宿泊   | 100
        p1        | 20448             | 2024-06-01 | v1       | 宿泊   | 200
        p1        | 20448             | 2024-07-01 | v1       | 宿泊   | 300
        p1        | 20448             | 2024-08-01 | v1       | アプリ | 400
    """
    )
    assert [(v.arrived_on.month, v.spend.exact) for v in w.visits if v.spend] == [
        (5, 100),
        (7, 300),
        (8, 400),
    ]


def test_a_horizon_is_declared_or_the_last_date_of_any_row_but_not_a_departure_or_an_end():
    data = read_tables(
        {
            "visits": draw("""
                person_id | municipality_code | arrived_on | departed_on
                p1        | 20448             | 2024-05-01 | 2024-09-01
                p1        | 20202             | 2024-05-01 |
                p1        | 20202             | 2024-07-01 |
            """),
            "enrollments": draw("""
                person_id | municipality_code | scheme   | started_on | ended_on
                p1        | 20448             | fan_club | 2024-05-10 | 2024-12-31
            """),
            "supports": draw("""
                person_id | municipality_code | supported_on | kind
                p1        | 20448             | 2024-06-02   | miles
            """),
            "coverage": draw("""
                municipality_code | covered_through
                20202             | 2024-06-30
                30206             | 2024-06-30
            """),
        }
    )
    assert data.horizons == {"20448": date(2024, 6, 2), "20202": date(2024, 6, 30)}
    # the row dated after a declared horizon is rejected
    assert [r.arrived_on for r in data.records] == [date(2024, 5, 1), date(2024, 5, 1)]


def test_a_person_key_is_the_same_for_the_same_id_in_full_width():
    assert person_key("secret", " ｐ１ ") == person_key("secret", "p1")
    assert -(2**63) <= person_key("secret", "p1") < 2**63


# Section 3: signals


@pytest.mark.parametrize("window", [365, 730, 180, 56])
def test_the_arrival_day_is_the_first_of_exactly_so_many_days_in_the_window(window: int):
    w = world(visits=days_apart("2024-01-01", []), coverage=THROUGH_2027)
    last = date(2024, 1, 1) + timedelta(days=window - 1)
    assert signal(w, f"visits_{window}", "2023-12-31") == 0
    assert signal(w, f"visits_{window}", "2024-01-01") == 1
    assert signal(w, f"visits_{window}", str(last)) == 1
    assert signal(w, f"visits_{window}", str(last + timedelta(days=1))) == 0


def test_nights_count_from_the_departure_on_and_whole():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | departed_on
        p1        | 20448             | 2023-12-31 | 2024-01-03
    """,
        coverage=THROUGH_2027,
    )
    assert signal(w, "nights_365", "2024-01-02") == 0
    assert signal(w, "nights_365", "2024-01-03") == 3
    # 365 days after the arrival the visit itself is out of the window, its nights are still in
    assert signal(w, "visits_365", "2024-12-31") == 0
    assert signal(w, "nights_365", "2025-01-01") == 3
    assert signal(w, "nights_365", "2025-01-02") == 0
    assert signal(w, "nights_56", "2024-02-27") == 3
    assert signal(w, "nights_56", "2024-02-28") == 0


def test_a_month_counts_by_its_first_arrival_only():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on | departed_on | purpose
        p1        | 20448             | 2023-01-05 |             | relatives
        p1        | 20448             | 2023-01-10 |             |
        p1        | 20448             | 2023-01-20 |             |
        p1        | 20448             | 2023-02-28 | 2023-03-02  |
    """,
        coverage=THROUGH_2027,
    )
    assert signal(w, "stay_months_365", "2023-03-31") == 2
    assert signal(w, "stay_months_365", "2024-01-09") == 2
    assert signal(w, "stay_months_365", "2024-01-10") == 1  # 20 January is no first arrival


def test_engagements_supporters_and_contacts_are_different_kinds():
    w = world(
        engagements="""
        person_id | municipality_code | engaged_on | kind
        p1        | 20448             | 2024-01-01 | contribution
        p1        | 20448             | 2024-01-01 | work_onsite
        p1        | 20448             | 2024-01-01 | work_remote
        p1        | 20448             | 2024-01-01 | participation
        p1        | 20448             | 2024-01-01 | hobby
        p1        | 20448             | 2024-01-01 | donation
        p1        | 20448             | 2024-01-01 | purchase
        p1        | 20448             | 2024-01-01 | online
    """,
        coverage=THROUGH_2027,
    )
    names = ("engagements_365", "supporter_365", "contacts_730")
    assert [signal(w, n, "2024-12-30") for n in names] == [4, 2, 3]
    assert [signal(w, n, "2024-12-31") for n in names] == [0, 0, 3]
    assert [signal(w, n, "2025-12-30") for n in names] == [0, 0, 3]
    assert [signal(w, n, "2025-12-31") for n in names] == [0, 0, 0]


def test_an_enrollment_holds_from_its_first_to_its_last_day():
    w = world(
        enrollments="""
        person_id | municipality_code | scheme     | started_on | ended_on
        p1        | 20448             | relocation | 2024-01-01 | 2024-01-31
        p1        | 20448             | fan_club   | 2024-02-01 |
    """,
        coverage=THROUGH_2027,
    )
    shown = ("2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01", "2027-12-31")
    assert [signal(w, "relocated", day) for day in shown] == [False, True, True, False, False]
    assert [signal(w, "enrolled", day) for day in shown] == [False, False, False, True, True]
