"""Which cohorts the people of a quarter belong to."""

from tests.conftest import cells
from tests.sql.days import ask
from tests.sql.entrants import COVERED, entrants

COLUMNS = "cohort_kind, cohort, cohort_to, entry, quarter_from, is_early"


def test_a_fiscal_year_begins_in_april_and_a_quarter_is_its_own(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2026-03-31")
    given("int_entries", entrants("2025-03-31 | | | | | 1", "2025-04-01 | | | | | 1"))
    assert build("int_cohort_members", columns=COLUMNS) == cells("""
        all     | all     | 2026-03-31 | all | 2025-01-01 | false
        all     | all     | 2026-03-31 | all | 2025-04-01 | false
        fy      | 2024    | 2025-03-31 | all | 2025-01-01 | false
        fy      | 2025    | 2026-03-31 | all | 2025-04-01 | false
        quarter | 2025-01 | 2025-03-31 | all | 2025-01-01 | false
        quarter | 2025-04 | 2025-06-30 | all | 2025-04-01 | false
    """)


def test_a_cohort_with_people_of_the_first_days_stands_once_more_without_them(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2026-03-31")
    early, later = entrants("2025-05-01 | | | | | 1"), entrants("2025-08-01 | | | | | 1")
    given("int_entries", early.replace("| false |", "| true |") + "\n" + later.splitlines()[1])
    found = [row for row in build("int_cohort_members", columns=COLUMNS) if row[0] != "all"]
    assert found == cells("""
        fy      | 2025    | 2026-03-31 | all   | 2025-04-01 | true
        fy      | 2025    | 2026-03-31 | all   | 2025-07-01 | false
        fy      | 2025    | 2026-03-31 | later | 2025-07-01 | false
        quarter | 2025-04 | 2025-06-30 | all   | 2025-04-01 | true
        quarter | 2025-07 | 2025-09-30 | all   | 2025-07-01 | false
    """)
