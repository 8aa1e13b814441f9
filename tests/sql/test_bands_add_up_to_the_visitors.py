"""The check finds visitors who are in no frequency band, or in two; silent otherwise."""

from tests.conftest import cells

VISITORS = """
    region_level | region_code | as_of      | reach_on   | period | segment_kind | segment_value | people
    municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | all          | all           | 12
    municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | gender       | female        | 5
    municipality | 20448       | 2025-09-30 | 2025-09-30 | month  | all          | all           | 0
"""


def test_it_reports_where_the_bands_hold_more_or_fewer_people_than_came(given, read):
    given("mart_visits", VISITORS)
    given(
        "mart_frequency",
        """
        region_level | region_code | as_of      | reach_on   | period | segment_kind | segment_value | visits_band | people
        municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | all          | all           | 1           | 7
        municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | all          | all           | 12+         | 4
    """,
    )
    assert sorted(read("bands_add_up_to_the_visitors")) == cells("""
        municipality | 20448 | 2025-09-30 | 2025-09-30 | w365 | all    | all    | 12 | 11
        municipality | 20448 | 2025-09-30 | 2025-09-30 | w365 | gender | female | 5  | 0
    """)


def test_it_is_silent_where_they_add_up(given, read):
    given("mart_visits", VISITORS)
    given(
        "mart_frequency",
        """
        region_level | region_code | as_of      | reach_on   | period | segment_kind | segment_value | visits_band | people
        municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | all          | all           | 1           | 8
        municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | all          | all           | 12+         | 4
        municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | gender       | female        | 2           | 5
    """,
    )
    assert read("bands_add_up_to_the_visitors") == []
