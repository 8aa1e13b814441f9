"""The regions of the search box."""
# ruff: noqa: E501 - tables are drawn one row a line

from tests.conftest import cells


def test_wide_regions_come_first_and_places_with_data_before_those_without(given, read):
    given(
        "dim_regions",
        """
        region_level | region_code | name_ja  | name_en   | kana     | prefecture_code | members_total | has_data
        municipality | 20202       | 松本市   | Matsumoto | マツモト | 20              | 1             | false
        municipality | 20448       | 生坂村   | Ikusaka   | イクサカ | 20              | 1             | true
        prefecture   | 20          | 長野県   | Nagano    | ナガノ   | 20              | 77            | true
        group        | kii         | 南紀     | Kii       |          |                 | 3             | true
        nation       | JP          | 全国     | Japan     |          |                 | 1741          | true
        """,
    )
    assert read("region_list") == cells("""
        nation       | JP    | 全国   | Japan     |          |    |        |        | 1741 | true
        group        | kii   | 南紀   | Kii       |          |    |        |        | 3    | true
        prefecture   | 20    | 長野県 | Nagano    | ナガノ   | 20 |        |        | 77   | true
        municipality | 20448 | 生坂村 | Ikusaka   | イクサカ | 20 | 長野県 | Nagano | 1    | true
        municipality | 20202 | 松本市 | Matsumoto | マツモト | 20 | 長野県 | Nagano | 1    | false
    """)
