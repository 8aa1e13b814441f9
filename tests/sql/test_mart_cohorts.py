"""Sizes of cohorts, and after how many days half had reached a stage."""

import pytest

from tests.oracle.survival import CENSORED, REACHED
from tests.sql.days import about, ask
from tests.sql.entrants import COVERED, entrants, watch

COLUMNS = "cohort_kind, cohort, entry, target, people, early, reached, competed, median_days"


def test_half_is_reached_on_the_day_the_estimate_is_a_half_and_not_before(house):
    watch(house, [(10, REACHED), (20, REACHED), (30, REACHED), (1000, CENSORED)])
    found = about(house.build("mart_cohorts", columns=COLUMNS), "all", "all", "all", "related")
    assert found == [["4", "0", "3", "0", "20"]]


@pytest.mark.parametrize("reached", [0, 1, 4])
def test_where_half_have_not_reached_it_there_is_no_median(house, reached):
    people = [(10 + day, REACHED) for day in range(reached)] + [(1000, CENSORED)] * 5
    watch(house, people)
    found = about(house.build("mart_cohorts", columns=COLUMNS), "all", "all", "all", "related")
    assert found == [[str(reached + 5), "0", str(reached), "0", None]]


def test_people_of_the_logs_first_days_are_counted_and_can_be_left_out(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2026-03-31")
    early = entrants("2025-05-01 | | | | | 3").replace("| false |", "| true |")
    given("int_entries", early + "\n" + entrants("2025-08-01 | | | | | 4").splitlines()[1])
    rows = build("mart_cohorts", columns=COLUMNS)
    assert about(rows, "fy", "2025", "all", "loyal") == [["7", "3", "0", "0", None]]
    assert about(rows, "fy", "2025", "later", "loyal") == [["4", "0", "0", "0", None]]
    assert about(rows, "quarter", "2025-07", "later") == []
