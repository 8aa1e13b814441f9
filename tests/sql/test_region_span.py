"""What a region is called and how far its data reach."""

from tests.conftest import cells

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-08-31
    20202             | 2024-01-01   | 2025-09-30
"""


def test_it_reaches_from_the_first_day_of_a_member_to_the_last_of_their_horizons(given, read):
    given("raw_coverage", COVERED)
    assert read("region_span", region_level="prefecture", region_code="20") == cells(
        "prefecture | 20 | 長野県 | Nagano | 2023-01-01 | 2025-09-30"
    )


def test_a_region_without_data_has_a_name_and_no_days(given, read):
    given("raw_coverage", COVERED)
    assert read("region_span", region_level="municipality", region_code="20201") == cells(
        "municipality | 20201 | 長野市 | Nagano City | |"
    )


def test_a_code_that_names_no_region_gives_no_row(given, read):
    given("raw_coverage", COVERED)
    assert read("region_span", region_level="municipality", region_code="99999") == []
