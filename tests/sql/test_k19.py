"""K19 関係人口（広義・訪問系): people who are loyal, related or live in two places."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, segment_kind, value, numerator, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_it_is_loyal_related_and_dual_and_no_other_stage(given, build):
    here = "municipality | 20448 | 2025-09-30 | 2025-09-30"
    given("mart_coverage", f"region_level | region_code | as_of | reach_on | first_on\n{here} | 2023-01-01")
    given(
        "mart_stock",
        f"""
        region_level | region_code | as_of | reach_on | segment_kind | segment_value | stage | people
        {here} | all | all | dormant  | 1000000
        {here} | all | all | interest | 100000
        {here} | all | all | routine  | 10000
        {here} | all | all | tourist  | 1000
        {here} | all | all | loyal    | 100
        {here} | all | all | related  | 20
        {here} | all | all | dual     | 3
        {here} | all | all | settled  | 5000
        """,
    )
    assert about(build("k19", columns=FIGURE), "20448", "all") == cells("123 | 123 | | 123 | final")


def test_a_person_loyal_to_two_towns_is_one_person_of_the_prefecture(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10 2025-02-10
            1 | 20202 | 2025-01-10 2025-02-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k19", columns=FIGURE), "20", "all") == cells("1 | 1 | | 1 | final")


def test_it_is_provisional_until_the_log_covers_all_365_days_and_zero_is_a_figure(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k19", columns="region_code, as_of, value, status"), "20448") == cells("""
        2025-09-29 | 0 | provisional
        2025-09-30 | 0 | final
    """)
