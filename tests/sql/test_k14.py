"""K14 ステージ別人数: people per stage on the day."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, segment_kind, part, value, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_every_stage_has_a_row_and_nobody_in_it_is_zero(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10
            2 | 20448 | 2025-01-10 2025-02-10
            3 | 20448 | 2025-01-10 2025-02-10 2025-03-10 2025-04-10
            4 | 20448 | 2024-01-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k14", columns=FIGURE), "20448", "all") == cells("""
        dormant  | 1 | | 1 | final
        dual     | 0 | | 0 | final
        interest | 0 | | 0 | final
        loyal    | 1 | | 1 | final
        related  | 1 | | 1 | final
        routine  | 0 | | 0 | final
        settled  | 0 | | 0 | final
        tourist  | 1 | | 1 | final
    """)


def test_above_the_municipality_a_person_stands_in_the_highest_stage_and_only_there(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10
            1 | 20202 | 2025-01-10 2025-02-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    in_prefecture = about(build("k14", columns=FIGURE), "20", "all")
    assert [row[:2] for row in in_prefecture if row[1] != "0"] == cells("loyal | 1")


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k14", columns="region_code, part, as_of, status"), "20448", "dual") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
