"""The check finds visitors who are in no frequency band, or in two; silent otherwise."""

from tests.conftest import cells

VISITORS = """
    region_level | region_code | as_of      | reach_on   | period | segment_kind | segment_value | people
    nation       | JP          | 2025-09-30 | 2025-09-30 | w365   | all          | all           | 12
    nation       | JP          | 2025-09-30 | 2025-09-30 | w365   | gender       | female        | 5
    nation       | JP          | 2025-09-30 | 2025-09-30 | month  | all          | all           | 0
"""
BANDS = """
    visits_band|people|region_level|region_code|as_of|reach_on|period|segment_kind|segment_value
    1|{once}|nation|JP|2025-09-30|2025-09-30|w365|all|all
    12+|4|nation|JP|2025-09-30|2025-09-30|w365|all|all
"""
WOMEN = "    2 | 5 | nation | JP | 2025-09-30 | 2025-09-30 | w365 | gender | female"


def test_it_reports_where_the_bands_hold_more_or_fewer_people_than_came(given, read):
    given("mart_visits", VISITORS)
    given("mart_frequency", BANDS.format(once=9))
    assert sorted(read("bands_add_up_to_the_visitors")) == cells("""
        nation | JP | 2025-09-30 | 2025-09-30 | w365 | all    | all    | 12 | 13
        nation | JP | 2025-09-30 | 2025-09-30 | w365 | gender | female | 5  | 0
    """)


def test_it_is_silent_where_they_add_up(given, read):
    given("mart_visits", VISITORS)
    given("mart_frequency", BANDS.format(once=8) + WOMEN)
    assert read("bands_add_up_to_the_visitors") == []
