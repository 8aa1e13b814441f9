"""K29 体験→継続率: who came again after the programme was over."""

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

FIGURE = "region_code, segment_value, part, as_of, value, numerator, denominator, status"
ENROLLED = """
    person_key | municipality_code | scheme     | started_on | program_id
    1          | 20448             | dual_trial | 2024-04-01 | miles
    2          | 20448             | dual_trial | 2024-04-01 | miles
    3          | 20448             | dual_trial | 2024-04-01 | miles
    4          | 20448             | program    | 2024-04-01 | open
"""


def test_a_visit_90_to_365_days_after_the_end_counts_once_the_365_days_are_over(given, build):
    # the programme ends on 30 June 2024: day 90 is 28 September, day 365 is 30 June 2025
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-09-27 2025-07-01
            2 | 20448 | 2024-09-28
            3 | 20448 | 2025-06-30
        """),
    )
    given("raw_enrollments", ENROLLED)
    given("raw_programs", PROGRAMS)
    given("raw_coverage", COVERED)
    ask(given, "2024-09-27", "2024-09-28", "2025-06-29", "2025-06-30")
    figures = build("k29", columns=FIGURE)
    assert about(figures, "20448", "miles", "") == cells("2025-06-30 | 0.6666666667 | 2 | 3 | final")
    assert about(figures, "20448", "miles", "so_far") == cells("""
        2024-09-28 | 0.3333333333 | 1 | 3 | provisional
        2025-06-29 | 0.3333333333 | 1 | 3 | provisional
    """)
    assert about(figures, "20448", "open", "") == []
