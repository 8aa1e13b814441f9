"""K25 二地域居住者数: people who live in two places, and how many that is per 1,000 residents."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, part, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
EVERY_MONTH = "2025-04-10 2025-05-10 2025-06-10 2025-07-10 2025-08-10 2025-09-10"
LIVES_THERE = """
    person_key | municipality_code | scheme         | started_on
    1          | 20448             | dual_residence | 2025-04-01
"""


def test_a_residence_and_six_months_of_visits_make_one_resident_of_two_places(given, build):
    given(
        "raw_visits",
        trips(f"""
            1 | 20448 | {EVERY_MONTH}
            2 | 20448 | {EVERY_MONTH}
        """),
    )
    given("raw_enrollments", LIVES_THERE)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k25", columns=FIGURE), "20448", "", "all") == cells("1 | 1 | | 1 | final")


def test_residents_are_the_latest_figure_at_or_before_the_day(given, build):
    given("raw_visits", trips(f"1 | 20448 | {EVERY_MONTH}"))
    given("raw_enrollments", LIVES_THERE)
    given("raw_coverage", COVERED)
    given(
        "raw_area_stats",
        """
        municipality_code | month   | metric       | value
        20448             | 2024-10 | 住基人口     | 1700
        20448             | 2025-09 | 住基人口     | 1600
        20448             | 2025-10 | 住基人口     | 1500
        20448             | 2025-09 | 延べ宿泊者数 | 10
        """,
    )
    ask(given, "2025-09-30")
    figures = build("k25", columns=FIGURE)
    assert about(figures, "20448", "per_1000", "all") == cells("0.625 | 1 | 1600 | 1 | final")


def test_a_region_has_no_residents_while_those_of_one_member_are_unknown(given, build):
    given("raw_visits", trips(f"1 | 20448 | {EVERY_MONTH}"))
    given("raw_enrollments", LIVES_THERE)
    given("raw_coverage", COVERED)
    given("raw_area_stats", "municipality_code | month | metric | value\n20448 | 2025-09 | 住基人口 | 1600")
    ask(given, "2025-09-30")
    figures = build("k25", columns=FIGURE)
    assert about(figures, "20448", "per_1000", "all") == cells("0.625 | 1 | 1600 | 1 | final")
    assert about(figures, "20", "per_1000", "all") == cells("| 1 | | 1 | final")


def test_a_region_divides_by_the_residents_of_all_members_that_speak(given, build):
    given("raw_visits", trips(f"1 | 20448 | {EVERY_MONTH}"))
    given("raw_enrollments", LIVES_THERE)
    given("raw_coverage", COVERED + "    20201 | 2023-01-01 | 2025-08-31\n")
    given(
        "raw_area_stats",
        """
        municipality_code | month   | metric   | value
        20448             | 2025-09 | 住基人口 | 1600
        20202             | 2025-09 | 住基人口 | 2400
        """,
    )
    ask(given, "2025-09-30")
    assert about(build("k25", columns=FIGURE), "20", "per_1000", "all") == cells(
        "0.25 | 1 | 4000 | 1 | final"
    )


def test_it_is_provisional_until_the_log_covers_all_365_days_and_zero_is_a_figure(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k25", columns="region_code, part, as_of, value, status"), "20448", "") == cells("""
        2025-09-29 | 0 | provisional
        2025-09-30 | 0 | final
    """)
