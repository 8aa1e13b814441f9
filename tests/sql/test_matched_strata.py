"""People a programme supported beside people alike on the day before it began."""

from datetime import date

from tests.conftest import cells
from tests.sql.days import trips

PROGRAM = "program_id | starts_on | ends_on\nmiles | 2024-04-01 | 2024-06-30"
COVERED = "municipality_code | covered_from | covered_through\n20448 | 2023-01-01 | 2025-09-30"
HELPED = "person_key | municipality_code | supported_on | kind | yen | program_id\n"
MONTHS = "2024-04-10 2024-05-10 2024-06-10 2024-07-10 2024-08-10 2024-09-10"
PAPER = "person_key | municipality_code | scheme | started_on\n1 | 20448 | dual_residence | 2024-04-01"
ASKED = {"program_id": "miles", "as_of": date(2025, 9, 30)}


def test_what_is_known_of_a_person_is_that_of_the_day_before_the_programme(given, read):
    given(
        "raw_visits",
        trips(f"""
            1 | 20448 | 2023-04-02 2024-03-31 {MONTHS}
            2 | 20448 | 2023-04-01 2024-03-31 {MONTHS}
            3 | 20448 | 2023-03-31 2024-04-01
        """),
    )
    given("raw_supports", HELPED + "1 | 20448 | 2024-05-10 | miles | 9000 | miles")
    given("raw_enrollments", PAPER)
    given(
        "raw_people",
        "person_key | home_municipality_code | home_from | birth_year\n1 | 13101 | 2020-01-01 | 1984"
        "\n2 | 13101 | 2024-04-01 | 1985",
    )
    given("raw_programs", PROGRAM)
    given("raw_coverage", COVERED)
    # the 365 days begin on 2 April 2023, and a home from the first day of the programme on came too late
    assert read("matched_strata", **ASKED) == cells("""
        false | dormant | 0   | 0 | unknown | unknown | 1 | 0
        false | tourist | 1   | 0 | unknown | -39     | 1 | 0
        true  | loyal   | 2-3 | 0 | kanto   | 40-59   | 1 | 1
    """)


def test_people_helped_by_others_and_people_of_other_places_are_not_compared(given, read):
    given("raw_visits", trips("1 | 20448 | 2024-05-10\n2 | 20448 | 2024-05-10\n3 | 20202 | 2024-05-10"))
    given(
        "raw_supports",
        HELPED + "1 | 20448 | 2024-05-10 | miles | 9 | miles\n2 | 20448 | 2024-05-10 | fare | 9 |",
    )
    given("raw_programs", PROGRAM)
    given("raw_coverage", COVERED + "\n20202 | 2023-01-01 | 2025-09-30")
    assert read("matched_strata", **ASKED) == cells("true | none | 0 | 0 | unknown | unknown | 1 | 0")


def test_who_lived_in_two_places_before_has_nothing_to_reach(given, read):
    given(
        "raw_visits", trips("1 | 20448 | 2023-10-10 2023-11-10 2023-12-10 2024-01-10 2024-02-10 2024-03-10")
    )
    given("raw_supports", HELPED + "1 | 20448 | 2024-05-10 | miles | 9000 | miles")
    given("raw_enrollments", PAPER.replace("2024-04-01", "2023-04-01"))
    given("raw_programs", PROGRAM)
    given("raw_coverage", COVERED)
    assert read("matched_strata", **ASKED) == []
