"""Programmes that run on a day, and groups, with their municipalities."""

from datetime import date

PROGRAMS = """
    program_id | name_ja | name_en | starts_on  | ends_on    | municipality_codes
    now        | 実施中  |         | 2025-04-01 | 2026-03-31 | 20448;30401
    over       | 終了    | Over    | 2020-04-01 | 2021-03-31 | 20448
    open       |         |         |            |            | 30401
    nowhere    | 全国    |         | 2025-04-01 |            |
"""
REGIONS = """
    region_level | region_code | name_ja | name_en
    group        | kii         | 南紀    | Kii
    prefecture   | 30          | 和歌山県 | Wakayama
"""
MEMBERS = """
    region_level | region_code | municipality_code
    group        | kii         | 30406
    group        | kii         | 30401
    prefecture   | 30          | 30401
"""


def test_programmes_of_the_day_and_groups_by_name_with_their_members(given, read):
    given("dim_programs", PROGRAMS)
    given("dim_regions", REGIONS)
    given("dim_members", MEMBERS)
    assert read("map_programs", as_of=date(2025, 9, 30)) == [
        ["group", "kii", "南紀", "Kii", "30401;30406"],
        ["program", "now", "実施中", "実施中", "20448;30401"],
        ["program", "open", "open", "open", "30401"],
    ]
