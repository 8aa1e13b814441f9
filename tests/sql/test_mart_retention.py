"""Retention by month of the first visit, on and on-or-after."""

from tests.sql.days import about, ask, trips

COVERED = "municipality_code | covered_from | covered_through\n20448 | 2015-01-01 | {horizon}"
COLUMNS = "region_code, month_on, months, people, came, came_or_later, is_complete"


def row_of(rows, month_on: str, column: int) -> list[int]:
    """Return one column of a cohort, months in order."""
    cohort = sorted(about(rows, "20448", month_on), key=lambda row: int(row[0]))
    return [int(row[column]) for row in cohort]


def test_it_counts_as_posthogs_by_month(given, build):
    # test_month_interval of posthog/hogql_queries/insights/test/test_retention_query_runner.py: both come
    # first in January 2020, so the first line of its triangle is this cohort.
    given("raw_coverage", COVERED.format(horizon="2020-11-30"))
    ask(given, "2020-11-30")
    months = {"1": (1, 2, 3, 5, 6, 9), "2": (1, 2, 3, 6, 7, 11)}
    drawn = "\n".join(
        f"{person} | 20448 | {' '.join(f'2020-{month:02}-10' for month in came)}"
        for person, came in months.items()
    )
    given("raw_visits", trips(drawn))
    rows = build("mart_retention", columns=COLUMNS)
    assert row_of(rows, "2020-01-01", 2) == [2, 2, 2, 0, 1, 2, 1, 0, 1, 0, 1]
    assert row_of(rows, "2020-01-01", 3) == [2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1]


def test_a_month_under_way_is_not_complete_and_none_comes_after_it(given, build):
    given("raw_coverage", COVERED.format(horizon="2025-09-20"))
    ask(given, "2025-09-20")
    given("raw_visits", trips("1 | 20448 | 2025-07-20 2025-09-01\n2 | 20448 | 2025-09-05"))
    rows = build("mart_retention", columns=COLUMNS)
    assert about(rows, "20448", "2025-07-01") == [
        ["0", "1", "1", "1", "true"],
        ["1", "1", "0", "1", "true"],
        ["2", "1", "1", "1", "false"],
    ]
    assert about(rows, "20448", "2025-09-01") == [["0", "1", "1", "1", "false"]]


def test_a_year_end_is_no_gap_and_a_person_is_in_one_cohort(given, build):
    given("raw_coverage", COVERED.format(horizon="2025-02-28"))
    ask(given, "2025-02-28")
    given("raw_visits", trips("1 | 20448 | 2024-12-31 2025-01-02 2025-02-01\n2 | 20448 | 2024-12-01"))
    rows = build("mart_retention", columns=COLUMNS)
    assert row_of(rows, "2024-12-01", 2) == [2, 1, 1]
    assert len(about(rows, "20448")) == 3
