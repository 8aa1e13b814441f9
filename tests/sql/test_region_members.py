"""The municipalities that make up one region."""

from tests.conftest import cells

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-08-31
    20202             | 2024-01-01   | 2025-09-30
    13101             | 2024-01-01   | 2025-12-31
"""


def test_a_prefecture_has_its_municipalities_with_data_in_the_order_of_their_codes(given, read):
    given("raw_coverage", COVERED)
    assert read("region_members", region_level="prefecture", region_code="20") == cells("""
        prefecture | 20 | 20202 | 2024-01-01 | 2025-09-30 | 2025-09-30
        prefecture | 20 | 20448 | 2023-01-01 | 2025-08-31 | 2025-09-30
    """)


def test_a_region_without_data_has_no_member(given, read):
    given("raw_coverage", COVERED)
    assert read("region_members", region_level="prefecture", region_code="01") == []
