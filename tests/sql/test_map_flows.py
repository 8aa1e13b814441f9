"""From which prefecture people come to which municipality."""

from datetime import date

import pytest

REGIONS = """
    region_level | region_code | name_ja  | name_en   | prefecture_code | longitude | latitude
    prefecture   | 13          | 東京都   | Tokyo     | 13              | 139.7     | 35.7
    prefecture   | 27          | 大阪府   | Osaka     | 27              | 135.5     | 34.7
    municipality | 30401       | 白浜町   | Shirahama | 30              | 135.3     | 33.7
    municipality | 30406       | すさみ町 | Susami    | 30              | 135.5     | 33.5
    municipality | 20448       | 生坂村   | Ikusaka   | 20              | 137.9     | 36.4
"""
MEMBERS = """
    region_level | region_code | municipality_code
    prefecture   | 30          | 30401
    prefecture   | 30          | 30406
    municipality | 30406       | 30406
"""
DAYS = """
    as_of      | previous_on | previous_reach_on
    2025-09-30 | 2024-09-30  | 2025-09-30
"""
# すさみ町 has no log a year before; one day of 白浜町 was measured over other members, too.
ORIGINS = """
    region_level | region_code | as_of      | reach_on   | origin_code | stage   | people | visits
    municipality | 30401       | 2025-09-30 | 2025-09-30 | 13          | dual    | 5      | 9
    municipality | 30401       | 2025-09-30 | 2025-09-30 | 13          | tourist | 70     | 90
    municipality | 30401       | 2025-09-30 | 2025-09-30 | 13          | dormant | 900    | 0
    municipality | 30401       | 2025-09-30 | 2025-09-30 | 27          | dual    | 2      | 2
    municipality | 30401       | 2025-09-30 | 2025-09-30 | unknown     | dual    | 9      | 9
    municipality | 30401       | 2024-09-30 | 2025-09-30 | 27          | dual    | 3      | 3
    municipality | 30401       | 2024-09-30 | 2024-09-30 | 13          | dual    | 88     | 88
    municipality | 30406       | 2025-09-30 | 2025-09-30 | 13          | dual    | 1      | 1
    municipality | 20448       | 2025-09-30 | 2025-09-30 | 13          | dual    | 7      | 7
    prefecture   | 30          | 2025-09-30 | 2025-09-30 | 13          | dual    | 6      | 10
"""


@pytest.fixture
def flows(given, read):
    given("dim_regions", REGIONS)
    given("dim_members", MEMBERS)
    given("dim_as_ofs", DAYS)
    given("mart_origins", ORIGINS)

    def run(stage: str, region_level: str = "prefecture", region_code: str = "30"):
        rows = read(
            "map_flows",
            region_level=region_level,
            region_code=region_code,
            as_of=date(2025, 9, 30),
            stage=stage,
        )
        return [(row[0], row[5], row[10], row[11], row[12], row[13]) for row in rows]

    return run


def test_flows_come_by_people_with_their_change_and_those_of_unknown_origin_have_no_rank(flows):
    assert flows("dual") == [
        ("30401", "unknown", "9", "9", None, None),
        ("30401", "13", "5", "5", "1", "1"),
        ("30401", "27", "2", "-1", "2", "2"),
        ("30406", "13", "1", None, "3", None),
    ]


def test_all_stages_of_the_ladder_are_people_and_those_beside_it_are_not(flows):
    assert ("30401", "13", "75", "75", "1", "1") in flows("ladder")


def test_a_municipality_shows_its_own_flows(flows):
    assert flows("dual", "municipality", "30406") == [("30406", "13", "1", None, "1", None)]


def test_every_row_tells_what_its_municipality_has_from_everywhere(flows, read):
    rows = read(
        "map_flows", region_level="prefecture", region_code="30", as_of=date(2025, 9, 30), stage="dual"
    )
    assert {(row[0], row[14], row[15]) for row in rows} == {("30401", "16", "13"), ("30406", "1", None)}
