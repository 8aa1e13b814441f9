"""The mix of stages of every municipality."""

from datetime import date

MEMBERS = """
    region_level | region_code | municipality_code
    nation       | JP          | 20448
    nation       | JP          | 30401
    prefecture   | 30          | 30401
"""
STOCK = """
    region_level | region_code | as_of      | reach_on   | segment_kind | segment_value | stage   | people
    municipality | 20448       | 2025-09-30 | 2025-09-30 | all          | all           | tourist | 8
    municipality | 20448       | 2025-09-30 | 2025-09-30 | all          | all           | dual    | 2
    municipality | 20448       | 2025-09-30 | 2025-09-30 | all          | all           | dormant | 50
    municipality | 20448       | 2025-09-30 | 2026-09-30 | all          | all           | tourist | 99
    municipality | 30401       | 2025-09-30 | 2025-09-30 | all          | all           | loyal   | 3
    municipality | 30401       | 2025-09-30 | 2025-09-30 | gender       | female        | loyal   | 1
"""


def asked(region_level, region_code):
    return {
        "region_level": region_level,
        "region_code": region_code,
        "as_of": date(2025, 9, 30),
        "segment_kind": "all",
        "segment_value": "all",
    }


def test_the_ladder_of_each_municipality_without_those_beside_it(given, read):
    given("dim_members", MEMBERS)
    given("mart_stock", STOCK)
    assert read("map_stages", **asked("nation", "JP")) == [
        ["20448", "8", "0", "0", "2", "10"],
        ["30401", "0", "3", "0", "0", "3"],
    ]
    assert [row[0] for row in read("map_stages", **asked("prefecture", "30"))] == ["30401"]
