"""What happened in a region, as steps may name it."""

from tests.conftest import cells

VISITS = """
    person_key | municipality_code | arrived_on | departed_on | nights | purpose | program_id | counted
    1          | 20448             | 2025-01-10 | 2025-01-11  | 1      | leisure |            | true
    1          | 20448             | 2025-02-10 | 2025-02-10  | 0      |         | P1         | true
    1          | 20202             | 2025-03-10 | 2025-03-10  | 0      | leisure |            | true
    2          | 20448             | 2025-03-10 | 2025-03-10  | 0      | leisure |            | false
"""


def test_visits_are_numbered_within_the_municipality_and_those_that_do_not_count_are_none(given, build):
    given("int_visits", VISITS)
    columns = "person_key, municipality_code, on_day, source, kind, program, nights, nth"
    assert build("funnel_region_occurrences", columns=columns) == cells("""
        1 | 20202 | 2025-03-10 | visit | leisure | self | 0 | 1
        1 | 20448 | 2025-01-10 | visit | leisure | self | 1 | 1
        1 | 20448 | 2025-02-10 | visit | unknown | P1   | 0 | 2
    """)


def test_a_visit_on_a_routine_day_is_no_step_but_keeps_its_number(given, build):
    given("int_visits", VISITS)
    given(
        "brought_spells",
        """
        region_level | region_code | person_key | stage   | valid_from | valid_to
        municipality | 20448       | 1          | routine | 2025-01-10 | 2025-02-10
    """,
    )
    made = build("funnel_region_occurrences", columns="municipality_code, on_day, nth")
    assert made == cells("""
        20202 | 2025-03-10 | 1
        20448 | 2025-02-10 | 2
    """)


def test_engagements_enrollments_and_supports_stand_on_the_day_they_happen_or_start(given, build):
    given(
        "stg_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-01-01 | donation
    """,
    )
    given(
        "stg_enrollments",
        """
        person_key | municipality_code | scheme   | started_on | ended_on
        1          | 20448             | fan_club | 2025-01-02 | 2025-12-31
    """,
    )
    given(
        "stg_supports",
        """
        person_key | municipality_code | supported_on | kind | program_id
        1          | 20448             | 2025-01-03   | fare | P1
    """,
    )
    assert build("funnel_region_occurrences", columns="on_day, source, kind, program") == cells("""
        2025-01-01 | engagement | donation | self
        2025-01-02 | enrollment | fan_club | self
        2025-01-03 | support    | fare     | P1
    """)
