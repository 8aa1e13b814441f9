"""Days on which something happens in a cohort, and days on which its curve has a point."""

from tests.sql.days import ask
from tests.sql.entrants import COVERED, entrants


def test_quarters_of_a_year_are_added_up_and_every_window_has_a_row(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2026-03-31")
    given("int_entries", entrants("2025-04-01 | | | | | 2", "2025-07-01 | 2025-07-31 | | | | 3"))
    rows = build("int_cohort_times", columns="cohort_no, days, is_marked, watched, reached_loyal, left_loyal")
    by_cohort = {row[0]: [one[1:] for one in rows if one[0] == row[0]] for row in rows}
    (year,) = [
        found for found in by_cohort.values() if len(found) == 26 and sum(int(row[2]) for row in found) == 5
    ]
    assert ["273", "true", "3", "0", "3"] in year
    assert ["364", "false", "2", "0", "0"] in year
    assert ["30", "true", "0", "3", "0"] in year
    assert {"91", "182", "365", "730", "1095"} <= {row[0] for row in year if row[1] == "true"}
