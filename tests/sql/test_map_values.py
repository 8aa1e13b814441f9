"""One figure for every municipality."""
# ruff: noqa: E501 - tables are drawn one row a line

from datetime import date

import pytest

REGIONS = """
    region_level | region_code | name_ja | name_en   | prefecture_code | longitude | latitude | has_data
    prefecture   | 20          | 長野県  | Nagano    | 20              | 138.2     | 36.7     | true
    prefecture   | 30          | 和歌山県 | Wakayama | 30              | 135.2     | 34.2     | true
    municipality | 20448       | 生坂村  | Ikusaka   | 20              | 137.9     | 36.4     | true
    municipality | 20202       | 松本市  | Matsumoto | 20              | 138.0     | 36.2     | false
    municipality | 30401       | 白浜町  | Shirahama | 30              | 135.3     | 33.7     | true
    municipality | 30406       | すさみ町 | Susami   | 30              | 135.5     | 33.5     | true
"""
MEMBERS = """
    region_level | region_code | municipality_code
    nation       | JP          | 20448
    nation       | JP          | 30401
    nation       | JP          | 30406
    prefecture   | 20          | 20448
    group        | kii         | 30401
"""
KPIS = """
    kpi_id | part    | region_level | region_code | as_of      | segment_kind | segment_value | value | n  | status  | previous
    K14    | related | municipality | 20448       | 2025-09-30 | all          | all           | 10    | 10 | final   | 30
    K14    | related | municipality | 30401       | 2025-09-30 | all          | all           | 40    | 40 | final   | 35
    K14    | related | municipality | 30406       | 2025-09-30 | all          | all           |       | 0  | no_data |
    K14    | dual    | municipality | 20448       | 2025-09-30 | all          | all           | 99    | 99 | final   |
"""


@pytest.fixture
def places(given, read):
    given("dim_regions", REGIONS)
    given("dim_members", MEMBERS)
    given("mart_kpis", KPIS)

    def run(region_level: str = "nation", region_code: str = "JP"):
        return read(
            "map_values",
            kpi_id="K14",
            part="related",
            as_of=date(2025, 9, 30),
            segment_kind="all",
            segment_value="all",
            region_level=region_level,
            region_code=region_code,
        )

    return run


def test_municipalities_with_data_come_by_rank_and_one_without_a_figure_last(places):
    assert [(row[0], row[7], row[10], row[11]) for row in places()] == [
        ("30401", "40", "final", "1"),
        ("20448", "10", "final", "2"),
        ("30406", None, "no_data", None),
    ]


def test_a_mark_is_sized_by_the_largest_value_or_the_largest_change_either_way(places):
    assert [(row[8], row[12], row[13], row[14]) for row in places()] == [
        ("5", "1", "1", "0.25"),
        ("-20", "2", "0.25", "1"),
        (None, None, None, None),
    ]


def test_a_prefecture_or_a_group_shows_its_own_municipalities(places):
    assert [(row[0], row[3]) for row in places("prefecture", "20")] == [("20448", "長野県")]
    assert [row[0] for row in places("group", "kii")] == ["30401"]
