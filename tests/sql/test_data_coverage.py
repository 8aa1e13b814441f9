"""What the data cover."""
# ruff: noqa: E501 - tables are drawn one row a line

from tests.conftest import cells


def test_a_municipality_shows_up_to_which_day_it_is_covered_and_who_says_so(given, read):
    given(
        "dim_regions",
        """
        region_level | region_code | name_ja | name_en
        prefecture   | 20          | 長野県  | Nagano
        """,
    )
    given(
        "dim_municipalities",
        """
        municipality_code | name_ja | name_en | prefecture_code | first_on   | horizon_on | is_declared | rows_accepted | sources
        20448             | 生坂村  | Ikusaka | 20              | 2024-04-01 | 2025-09-30 | true        | 12            | アプリ, 宿泊
        20202             | 松本市  |         | 20              |            |            | false       | 0             |
        """,
    )
    assert read("data_coverage") == cells(
        "20448 | 生坂村 | Ikusaka | 長野県 | Nagano | 2024-04-01 | 2025-09-30 | true | 12 | アプリ, 宿泊"
    )
