"""K28 4往復達成率: who came as often as the programme asks."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
PROGRAMS = """
    program_id | starts_on  | ends_on    | required_round_trips
    miles      | 2024-04-01 | 2024-06-30 | 2
    open       | 2024-04-01 |            |
"""

FIGURE = "region_code, segment_value, value, numerator, denominator, n, status"
ENROLLED = """
    person_key | municipality_code | scheme     | started_on | program_id
    1          | 20448             | dual_trial | 2024-04-01 | miles
    2          | 20448             | dual_trial | 2024-04-01 | miles
    3          | 20448             | program    | 2024-04-01 | open
"""


def test_visits_count_in_the_programme_s_period_and_to_the_place_of_enrollment(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-04-01 2024-06-30
            2 | 20448 | 2024-03-31 2024-05-01 2024-07-01
            2 | 20202 | 2024-05-10 2024-06-10
        """),
    )
    given("raw_enrollments", ENROLLED)
    given("raw_programs", PROGRAMS)
    given("raw_coverage", COVERED)
    ask(given, "2024-09-30")
    figures = build("k28", columns=FIGURE)
    assert about(figures, "20448", "miles") == cells("0.5 | 1 | 2 | 2 | final")
    assert about(figures, "JP", "all") == cells("0.5 | 1 | 2 | 2 | final")
    # a programme that asks for no number has no rate
    assert about(figures, "20448", "open") == []


def test_before_its_end_it_is_provisional_and_counts_the_visits_so_far(given, build):
    given("raw_visits", trips("1 | 20448 | 2024-04-10 2024-05-10 2024-06-30"))
    given("raw_enrollments", ENROLLED)
    given("raw_programs", PROGRAMS)
    given("raw_coverage", COVERED)
    ask(given, "2024-03-31", "2024-04-30", "2024-06-29", "2024-06-30")
    figures = build("k28", columns="region_code, segment_value, as_of, value, status")
    assert about(figures, "20448", "miles") == cells("""
        2024-04-30 | 0   | provisional
        2024-06-29 | 0.5 | provisional
        2024-06-30 | 0.5 | final
    """)
