"""Where rows came or went in the members of a region."""

import pytest

from tests.conftest import cells

CHANGES = """
    load_id | table_name | municipality_code | month_on   | rows_before | rows_after
    2       | visits     | 20448             | 2025-06-01 | 0           | 3
    2       | visits     | 20202             | 2025-06-01 | 0           | 1
    1       | visits     | 18201             | 2025-05-01 | 4           | 0
"""
MEMBERS = """
    region_level | region_code | municipality_code
    municipality | 20448       | 20448
    prefecture   | 20          | 20448
    prefecture   | 20          | 20202
    group        | nishi       | 20448
"""


@pytest.mark.parametrize(
    ("level", "code", "places"),
    [
        ("municipality", "20448", ["20448"]),
        ("prefecture", "20", ["20202", "20448"]),
        ("group", "nishi", ["20448"]),
        ("nation", "JP", ["18201", "20202", "20448"]),
        ("municipality", "18201", ["18201"]),
        ("prefecture", "18", ["18201"]),
    ],
)
def test_a_region_shows_its_members_also_those_whose_rows_are_all_gone(given, read, level, code, places):
    given("dim_row_changes", CHANGES)
    given("dim_members", MEMBERS)
    found = read("row_changes", region_level=level, region_code=code)
    assert [row[2] for row in found] == places


def test_it_says_how_many_rows_there_were_and_are(given, read):
    given("dim_row_changes", CHANGES)
    given("dim_members", MEMBERS)
    found = read("row_changes", region_level="municipality", region_code="18201")
    assert found == cells("1 | visits | 18201 | 2025-05-01 | 4 | 0")
