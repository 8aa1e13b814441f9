"""K27 移動費支援: what was paid, for whom and for which journeys."""

from tests.conftest import cells
from tests.sql.days import about, ask

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

FIGURE = "region_code, segment_value, part, value, numerator, denominator, n, status"
SUPPORTS = """
    person_key | municipality_code | supported_on | kind  | quantity | yen  | program_id
    1          | 20448             | 2024-05-03   | miles | 6000     | 9000 | miles
    1          | 20448             | 2024-06-20   | miles | 6000     | 9000 | miles
    2          | 20448             | 2024-05-01   | fare  | 1        | 2000 | miles
    3          | 20202             | 2024-05-01   | fare  |          |      | open
    3          | 20202             | 2024-05-02   | other | 2        | 500  |
"""


def test_yen_people_and_quantities_of_every_programme_and_of_all(given, build):
    given("raw_supports", SUPPORTS)
    given("raw_programs", PROGRAMS)
    given("raw_coverage", COVERED)
    ask(given, "2024-07-31")
    figures = build("k27", columns=FIGURE)
    assert about(figures, "20448", "miles", "") == cells("20000 | 20000 | | 2 | final")
    assert about(figures, "20448", "miles", "per_person") == cells("10000 | 20000 | 2 | 2 | final")
    assert about(figures, "20448", "miles", "miles") == cells("12000 | 12000 | | 1 | final")
    assert about(figures, "20", "all", "") == cells("20500 | 20500 | | 3 | provisional")
    assert about(figures, "20202", "open", "fare") == cells("0 | 0 | | 1 | provisional")
    assert about(figures, "20448", "open", "") == []


def test_a_support_belongs_to_the_visit_under_way_else_the_one_before_else_the_next(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2024-05-01 | 2024-05-04
        1          | 20448             | 2024-06-10 | 2024-06-11
        2          | 20448             | 2024-05-10 | 2024-05-12
        """,
    )
    given("raw_supports", SUPPORTS)
    given("raw_programs", PROGRAMS)
    given("raw_coverage", COVERED)
    ask(given, "2024-05-09", "2024-07-31")
    figures = build("k27", columns="region_code, segment_value, part, as_of, value, numerator, denominator")
    assert about(figures, "20448", "miles", "nights") == cells("""
        2024-05-09 | 3 | 3 | 1
        2024-07-31 | 2 | 6 | 3
    """)


def test_it_is_provisional_until_the_programme_is_over(given, build):
    given("raw_supports", SUPPORTS)
    given("raw_programs", PROGRAMS)
    given("raw_coverage", COVERED)
    ask(given, "2024-06-29", "2024-06-30")
    figures = build("k27", columns="region_code, segment_value, part, as_of, status")
    assert about(figures, "20448", "miles", "") == cells("""
        2024-06-29 | provisional
        2024-06-30 | final
    """)
