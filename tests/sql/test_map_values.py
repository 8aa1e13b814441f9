"""One figure for every municipality or prefecture."""
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
    region_level | region_code | municipality_code | horizon_on
    nation       | JP          | 20448             | 2025-09-30
    nation       | JP          | 30401             | 2025-09-30
    nation       | JP          | 30406             | 2025-09-30
    prefecture   | 20          | 20448             | 2025-09-30
    group        | kii         | 30401             | 2025-09-30
"""
DAYS = """
    as_of      | previous_on | previous_reach_on
    2025-08-31 | 2024-08-31  | 2025-08-31
    2025-09-30 | 2024-09-30  | 2025-09-30
"""
KPIS = """
    kpi_id | part    | region_level | region_code | as_of      | segment_kind | segment_value | value | n  | status  | previous
    K14    | related | municipality | 20448       | 2025-08-31 | all          | all           | 80    | 80 | final   | 30
    K14    | related | municipality | 20448       | 2025-09-30 | all          | all           | 10    | 10 | final   | 30
    K14    | related | municipality | 30401       | 2025-09-30 | all          | all           | 40    | 40 | final   | 35
    K14    | related | municipality | 30406       | 2025-09-30 | all          | all           |       | 0  | no_data |
    K14    | dual    | municipality | 20448       | 2025-09-30 | all          | all           | 99    | 99 | final   |
    K14    | related | prefecture   | 30          | 2025-09-30 | all          | all           | 38    | 38 | final   | 0
"""
RESIDENTS = """
    municipality_code | month   | metric   | value | source
    20448             | 2024-01 | 住基人口 | 1000  | x
    20448             | 2025-01 | 住基人口 | 2000  | x
    20448             | 2025-10 | 住基人口 | 9999  | x
    30401             | 2025-01 | 住基人口 | 8000  | x
    30401             | 2025-01 | 観光客   | 1     | x
"""


@pytest.fixture
def places(given, read):
    given("dim_regions", REGIONS)
    given("dim_members", MEMBERS)
    given("dim_as_ofs", DAYS)
    given("mart_kpis", KPIS)
    given("dim_area_stats", RESIDENTS)

    def run(region_level: str = "nation", region_code: str = "JP", **asked: object):
        return read(
            "map_values",
            **{
                "kpi_id": "K14",
                "part": "related",
                "show": "value",
                "place_level": "municipality",
                "first_on": date(2025, 9, 30),
                "as_of": date(2025, 9, 30),
                "segment_kind": "all",
                "segment_value": "all",
                "region_level": region_level,
                "region_code": region_code,
            }
            | asked,
        )

    return run


def test_municipalities_with_data_come_by_rank_and_one_without_a_figure_last(places):
    assert [(row[0], row[8], row[13], row[15]) for row in places()] == [
        ("30401", "40", "final", "1"),
        ("20448", "10", "final", "2"),
        ("30406", None, "no_data", None),
    ]


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("value", {"30401": "40", "20448": "10", "30406": None}),
        ("change", {"30401": "5", "20448": "-20", "30406": None}),
        ("per_thousand", {"30401": "5", "20448": "5", "30406": None}),  # of the latest month up to the day
    ],
)
def test_what_is_drawn_is_what_was_asked_for(places, show, shown):
    assert {row[0]: row[14] for row in places(show=show)} == shown


def test_a_rate_of_change_from_nobody_is_none(places):
    rates = {row[0]: row[14] for row in places(show="change_rate")}
    assert float(rates["20448"]) == pytest.approx(-2 / 3)
    assert places(show="change_rate", place_level="prefecture")[0][14] is None


def test_a_mark_is_sized_by_the_largest_of_all_days_so_that_it_means_the_same_while_time_goes_on(places):
    rows = places(first_on=date(2025, 8, 31))
    assert {(row[0], row[1]): row[16] for row in rows if row[16]} == {
        ("20448", "2025-08-31"): "1",
        ("20448", "2025-09-30"): "0.125",
        ("30401", "2025-09-30"): "0.5",
    }
    assert [row[15] for row in rows if row[1] == "2025-09-30"] == ["1", "2", None]


def test_a_prefecture_has_its_own_figure_and_not_the_sum_of_its_municipalities(places):
    rows = places(place_level="prefecture")
    assert [(row[0], row[2], row[8]) for row in rows] == [("30", "和歌山県", "38"), ("20", "長野県", None)]


def test_a_prefecture_with_a_municipality_of_unknown_residents_has_none_per_thousand(places):
    assert places(place_level="prefecture")[0][11] is None


def test_a_prefecture_or_a_group_shows_its_own_municipalities(places):
    assert [(row[0], row[4]) for row in places("prefecture", "20")] == [("20448", "長野県")]
    assert [row[0] for row in places("group", "kii")] == ["30401"]
