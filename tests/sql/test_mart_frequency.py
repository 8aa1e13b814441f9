"""People by how often they came."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COLUMNS = "region_code, period, segment_kind, segment_value, visits_band, people"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
DAYS = (
    "2025-01-02 2025-01-12 2025-01-22 2025-02-02 2025-02-12 2025-02-22 "
    "2025-03-02 2025-03-12 2025-03-22 2025-04-02 2025-04-12 2025-04-22"
)


def first(days: int) -> str:
    return " ".join(DAYS.split()[:days])


def test_bands_change_after_one_two_three_five_and_eleven_visits(given, build):
    given(
        "raw_visits",
        trips("\n".join(f"{visits} | 20448 | {first(visits)}" for visits in (1, 2, 3, 4, 5, 6, 11, 12))),
    )
    given("raw_enrollments", "\n".join(["person_key | municipality_code | scheme | started_on", ENROLLED]))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("mart_frequency", columns=COLUMNS), "20448", "w365", "all", "all") == cells("""
        1    | 1
        12+  | 1
        2    | 1
        3    | 1
        4-5  | 2
        6-11 | 2
    """)


ENROLLED = "12 | 20448 | fan_club | 2025-01-01"  # a person who is enrolled is never in routine


def test_each_period_counts_its_own_visits(given, build):
    given("raw_visits", trips("1 | 20448 | 2024-11-10 2025-02-10 2025-04-10 2025-09-10"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert [
        row for row in build("mart_frequency", columns=COLUMNS) if row[0] == "20448" and row[2] == "all"
    ] == (
        cells("""
            20448 | cy    | all | all | 3   | 1
            20448 | fy    | all | all | 2   | 1
            20448 | month | all | all | 1   | 1
            20448 | w365  | all | all | 4-5 | 1
        """)
    )


def test_people_of_the_segments_of_a_kind_add_up_to_all(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-01-10
            2 | 20448 | 2025-01-10
            3 | 20448 | 2025-01-10
        """),
    )
    given("raw_people", "person_key | birth_year | gender\n1 | 1990 | female\n2 | 1960 | male")
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    rows = about(build("mart_frequency", columns=COLUMNS), "20448", "w365")
    assert [row for row in rows if row[0] in ("all", "gender", "age_band")] == cells("""
        age_band | 30-39   | 1 | 1
        age_band | 60-69   | 1 | 1
        age_band | unknown | 1 | 1
        all      | all     | 1 | 3
        gender   | female  | 1 | 1
        gender   | male    | 1 | 1
        gender   | unknown | 1 | 1
    """)
