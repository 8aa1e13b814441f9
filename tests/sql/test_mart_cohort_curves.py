"""The points of a cohort's curve: complete or not, how many are watched; and what never changes again."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import cells
from tests.sql.days import about, ask
from tests.sql.entrants import COVERED, entrants

COLUMNS = "as_of, cohort_kind, cohort, target, days, is_complete, at_risk, followed, reached, incidence"
CAME = st.dates(date(2022, 4, 1), date(2024, 3, 31))
CLIMBED = st.one_of(st.none(), st.dates(date(2022, 4, 1), date(2026, 3, 31)))
PEOPLE = st.lists(st.tuples(CAME, CLIMBED, CLIMBED), min_size=1, max_size=25)


def test_a_cohort_is_complete_when_its_last_possible_comer_is_watched_for_so_long(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-30", "2025-03-31")
    given("int_entries", entrants("2023-05-01 | | | | | 1"))
    rows = build("mart_cohort_curves", columns="as_of, cohort_kind, target, days, is_complete")
    assert about(rows, "2025-03-30", "fy", "loyal", "365") == [["false"]]
    assert about(rows, "2025-03-31", "fy", "loyal", "365") == [["true"]]
    assert about(rows, "2025-03-31", "fy", "loyal", "730") == [["false"]]


def test_beyond_the_longest_watch_there_is_no_estimate(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    given("int_entries", entrants("2024-10-01 | 2024-10-02 | | | | 1", "2024-10-01 | | | | | 1"))
    rows = build("mart_cohort_curves", columns=COLUMNS)
    assert about(rows, "2025-03-31", "fy", "2024", "loyal", "91") == cells("false | 1 | 2 | 1 | 0.5")
    assert about(rows, "2025-03-31", "fy", "2024", "loyal", "182") == cells("false | 0 | 1 | 1 |")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE)
def test_a_later_day_never_changes_a_complete_cell(house, people):
    lines = [
        f"{came} | {loyal or ''} | | | {settled or ''} | 1"
        for came, loyal, settled in people
        if loyal is None or loyal != settled
    ]
    if not lines:
        return
    house.given("raw_coverage", COVERED)
    ask(house.given, "2025-03-31", "2026-03-31")
    house.given("int_entries", merged(lines))
    rows = house.build("mart_cohort_curves", columns=COLUMNS)
    before, after = (
        {tuple(row[1:5]): row[5:] for row in rows if row[0] == day and row[1] != "all"}
        for day in ("2025-03-31", "2026-03-31")
    )
    complete = [cell for cell, values in before.items() if values[0] == "true"]
    assert complete
    assert [before[cell] for cell in complete] == [after[cell] for cell in complete]


def merged(lines: list[str]) -> str:
    """Return entrants() with people alike in one row, as int_entries has them."""
    return entrants(*(f"{line.rsplit('|', 1)[0]}| {lines.count(line)}" for line in sorted(set(lines))))
