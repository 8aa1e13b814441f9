"""The share of a cohort that reached a stage within a time, as pages and the command line read it."""

import pytest

from tests.oracle.survival import interval
from tests.sql.days import ask
from tests.sql.entrants import COVERED, HERE, entrants

ASKED = HERE | {"as_of": "2025-03-31", "cohort_kind": "fy", "entry": "all"}


def rates(rows, within: int, stage: str):
    (row,) = [row for row in rows if row[1] == stage and row[2] == str(within)]
    return row


@pytest.fixture
def seen(given):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    return given


def test_a_rate_comes_with_its_interval_and_beside_it_the_plain_ratio_of_a_complete_cohort(seen, read):
    seen("int_entries", entrants("2023-05-01 | 2023-06-01 | | | | 10", "2023-05-01 | | | | | 30"))
    rows = read("cohort_reach", **ASKED)
    row = rates(rows, 365, "loyal")
    assert row[:11] == ["2023", "loyal", "365", "true", "40", "0", "true", "30", "40", "10", "0"]
    variance = 0.25 * 0.75 / 40
    assert [float(cell) for cell in row[11:14]] == pytest.approx([0.25, *interval(0.25, variance)])
    assert row[15:17] == ["0.25", "true"]
    assert rates(rows, 730, "loyal")[15] is None


def test_a_rate_is_not_given_where_nobody_is_watched_for_so_long(seen, read):
    seen("int_entries", entrants("2024-05-01 | | | | | 20"))
    row = rates(read("cohort_reach", **ASKED), 365, "loyal")
    assert row[11] is None and row[16] == "false"


def test_a_curve_ends_where_fewer_than_ten_are_left_unless_the_cohort_is_complete(seen, read):
    seen("int_entries", entrants("2024-05-01 | | | | | 9", "2023-05-01 | | | | | 9"))
    rows = read("cohort_reach", **ASKED)
    shown = {row[0]: row[16] for row in rows if row[1] == "loyal" and row[2] == "91"}
    assert shown == {"2023": "true", "2024": "false"}


def test_a_rung_is_reached_by_any_higher_one_but_not_by_settling(seen, read):
    seen("int_entries", entrants("2022-04-01 | 2022-05-01 | 2022-05-01 | 2022-05-01 | | 1"))
    assert rates(read("cohort_reach", **ASKED), 365, "related")[11] == "1"
    seen("int_entries", entrants("2022-04-01 | | | | 2022-05-01 | 1"))
    rows = read("cohort_reach", **ASKED)
    assert rates(rows, 365, "related")[11] == "0"
    assert rates(rows, 365, "related")[14] == "1"
    assert rates(rows, 365, "settled")[11] == "1"


def test_leaving_out_the_first_days_drops_a_cohort_that_is_nothing_else(seen, read):
    early = entrants("2022-05-01 | | | | | 3").replace("| false |", "| true |")
    seen("int_entries", early + "\n" + entrants("2023-05-01 | | | | | 4").splitlines()[1])
    everybody, later = (
        {(row[0], row[4], row[5]) for row in read("cohort_reach", **ASKED | {"entry": entry})}
        for entry in ("all", "later")
    )
    assert everybody == {("2022", "3", "3"), ("2023", "4", "0")}
    assert later == {("2023", "4", "0")}


def test_the_cohort_is_that_of_the_first_visit_not_of_the_first_interest(seen, read):
    seen(
        "raw_visits",
        "person_key | municipality_code | arrived_on | departed_on\n1 | 20448 | 2023-04-01 | 2023-04-01",
    )
    seen(
        "raw_enrollments",
        "person_key | municipality_code | scheme | started_on\n1 | 20448 | fan_club | 2022-05-01",
    )
    assert {row[0] for row in read("cohort_reach", **ASKED)} == {"2023"}
