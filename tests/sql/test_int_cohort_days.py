"""On which days cohorts are looked at."""

from tests.conftest import cells

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2024-01-01   | 2025-05-31
    20202             | 2024-01-01   | 2025-02-28
"""
MONTHS = (
    *("2024-02-29", "2024-05-31", "2024-09-30", "2024-12-31"),
    *("2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"),
)
COLUMNS = "region_code, as_of, speaks_from, is_last, is_detailed"


def asked(*days: str) -> str:
    return "as_of | reach_on\n" + "\n".join(f"{day} | {day}" for day in days)


def compared(*days: str) -> str:
    return "as_of | previous_on | previous_reach_on\n" + "\n".join(f"{day} | {day} | {day}" for day in days)


def test_march_september_the_last_month_end_of_each_region_and_its_month_before(given, build):
    given("raw_coverage", COVERED)
    given("ask_days", asked(*MONTHS))
    given("ask_previous", compared(*MONTHS))
    found = build("int_cohort_days", columns=COLUMNS)
    assert [row for row in found if row[0] in ("20", "20202")] == cells("""
        20    | 2024-05-31 | 2025-02-28 | false | false
        20    | 2024-09-30 | 2025-02-28 | false | false
        20    | 2025-03-31 | 2025-05-31 | false | true
        20    | 2025-05-31 | 2025-05-31 | true  | true
        20202 | 2024-02-29 | 2025-02-28 | false | false
        20202 | 2024-09-30 | 2025-02-28 | false | false
        20202 | 2025-02-28 | 2025-02-28 | true  | true
    """)


def test_a_single_day_asked_about_is_always_looked_at(given, build):
    given("raw_coverage", COVERED)
    given("ask_days", asked("2025-01-31"))
    given("ask_previous", compared("2025-01-31"))
    found = build("int_cohort_days", columns=COLUMNS)
    assert [row for row in found if row[0] == "20448"] == cells(
        "20448 | 2025-01-31 | 2025-05-31 | true | true"
    )


def test_each_region_and_day_has_a_number_of_its_own(given, build):
    given("raw_coverage", COVERED)
    given("ask_days", asked(*MONTHS))
    numbers = [row[0] for row in build("int_cohort_days", columns="place_no")]
    assert len(numbers) == len(set(numbers))
