"""Where people live."""

from datetime import date

from tests.conftest import cells


def test_people_of_the_ladder_are_counted_by_prefecture_with_their_share(given, read):
    given(
        "dim_regions",
        """
        region_level | region_code | name_ja | name_en
        prefecture   | 13          | 東京都  | Tokyo
        """,
    )
    given(
        "mart_origins",
        """
        region_level | region_code | as_of      | reach_on   | origin_code | stage   | people | visits
        municipality | 20448       | 2025-09-30 | 2025-09-30 | 13          | tourist | 6      | 6
        municipality | 20448       | 2025-09-30 | 2025-09-30 | 13          | related | 2      | 10
        municipality | 20448       | 2025-09-30 | 2025-09-30 | unknown     | loyal   | 2      | 4
        municipality | 20448       | 2025-09-30 | 2025-09-30 | 27          | dormant | 9      | 0
        municipality | 20448       | 2025-09-30 | 2025-10-31 | 13          | tourist | 1      | 1
        """,
    )
    assert read(
        "map_origins", region_level="municipality", region_code="20448", as_of=date(2025, 9, 30)
    ) == cells("""
        13      | 東京都 | Tokyo | 6 | 0 | 2 | 0 | 8 | 0.8 | 16
        unknown |        |       | 0 | 2 | 0 | 0 | 2 | 0.2 | 4
    """)
