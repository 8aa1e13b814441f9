"""Weekdays, weekends, public holidays and seasons."""

from tests.sql.days import about, ask, trips

COVERED = "municipality_code | covered_from | covered_through\n20448 | 2024-01-01 | 2025-09-30"


def test_a_public_holiday_is_one_on_whatever_day_and_its_substitute_too(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-05-03 2025-05-06 2025-05-10 2025-05-12
            2 | 20448 | 2025-05-12 2024-09-30
            3 | 20448 | 2024-12-07 2025-01-13
        """),
    )
    rows = build("mart_visit_days", columns="region_code, season, day_kind, days, visits")
    # 憲法記念日 was a Saturday; 6 May 2025 the substitute of みどりの日, a Sunday.
    assert about(rows, "20448", "spring", "holiday") == [["6", "2"]]
    assert about(rows, "20448", "spring", "weekend")[0][1] == "1"
    assert about(rows, "20448", "spring", "weekday")[0][1] == "2"
    assert about(rows, "20448", "winter", "weekend")[0][1] == "1"
    assert about(rows, "20448", "winter", "holiday")[0][1] == "1"
    assert sum(int(row[3]) for row in rows if row[0] == "20448") == 365
    assert sum(int(row[4]) for row in rows if row[0] == "20448") == 7


def test_days_without_visits_count_as_days(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    rows = build("mart_visit_days", columns="region_code, season, day_kind, days, visits")
    assert len(about(rows, "20448")) == 12
    assert {row[4] for row in rows} == {"0"}
