"""The segments a region has people in."""
# ruff: noqa: E501 - tables are drawn one row a line

from datetime import date

from tests.conftest import cells


def test_a_segment_without_people_is_not_offered_and_a_programme_has_its_name(given, read):
    given(
        "mart_stock",
        """
        region_level | region_code | as_of      | reach_on   | segment_kind | segment_value | stage   | people
        nation       | JP          | 2025-09-30 | 2025-09-30 | all          | all           | tourist | 3
        nation       | JP          | 2025-09-30 | 2025-09-30 | program      | p1            | tourist | 1
        nation       | JP          | 2025-09-30 | 2025-09-30 | origin_block | unknown       | tourist | 1
        nation       | JP          | 2025-09-30 | 2025-09-30 | origin_block | kanto         | tourist | 1
        nation       | JP          | 2025-09-30 | 2025-09-30 | origin_block | kinki         | tourist | 0
        nation       | JP          | 2025-09-30 | 2025-09-30 | gender       | female        | loyal   | 2
        """,
    )
    given(
        "dim_programs",
        """
        program_id | name_ja | name_en
        p1         | 農泊    | Farm stay
        """,
    )
    assert read("segment_values", region_level="nation", region_code="JP", as_of=date(2025, 9, 30)) == cells("""
        origin_block | kanto   |      |
        origin_block | unknown |      |
        gender       | female  |      |
        program      | p1      | 農泊 | Farm stay
    """)
