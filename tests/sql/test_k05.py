"""K05 来訪頻度分布: visitors by how often they came."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, segment_kind, segment_value, part, value, denominator, n, status"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
MONTHS = "2024-10-05 2024-11-05 2024-12-05 2025-01-05 2025-02-05 2025-03-05 2025-04-05 2025-05-05"


def first(months: int) -> str:
    return " ".join(MONTHS.split()[:months])


def test_every_band_has_a_row_and_together_they_are_the_visitors(given, build):
    given(
        "raw_visits",
        trips(f"""
            1 | 20448 | {first(1)}
            2 | 20448 | {first(1)}
            3 | 20448 | {first(3)}
            4 | 20448 | {first(4)}
            5 | 20448 | {first(5)}
            6 | 20448 | {first(6)}
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k05", columns=FIGURE), "20448", "all", "all") == cells("""
        1    | 2 | 6 | 2 | final
        12+  | 0 | 6 | 0 | final
        2    | 0 | 6 | 0 | final
        3    | 1 | 6 | 1 | final
        4-5  | 2 | 6 | 2 | final
        6-11 | 1 | 6 | 1 | final
    """)


def test_above_the_municipality_a_person_falls_in_the_band_of_the_place_visited_most(given, build):
    given(
        "raw_visits",
        trips(f"""
            1 | 20448 | {first(3)}
            1 | 20202 | {first(2)}
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    in_prefecture = about(build("k05", columns=FIGURE), "20", "all", "all")
    assert [row[:2] for row in in_prefecture if row[1] != "0"] == cells("3 | 1")


def test_a_segment_with_visitors_has_every_band_too(given, build):
    given("raw_visits", trips(f"1 | 20448 | {first(3)}"))
    given("raw_people", "person_key | gender\n1 | female")
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    bands = about(build("k05", columns=FIGURE), "20448", "gender", "female")
    assert [row[:2] for row in bands] == cells("""
        1    | 0
        12+  | 0
        2    | 0
        3    | 1
        4-5  | 0
        6-11 | 0
    """)


def test_it_is_provisional_until_the_log_covers_all_365_days(given, build):
    given("raw_coverage", COVERED.replace("2023-01-01", "2024-10-01"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k05", columns="region_code, part, as_of, status"), "20448", "1") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
