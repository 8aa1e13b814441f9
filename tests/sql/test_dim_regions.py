"""Every region by name, and whether there is data about it."""

from tests.conftest import cells
from tests.sql.days import about

COLUMNS = "region_code, region_level, name_ja, name_en, members_total, has_data, first_on, last_on"


def test_a_region_spans_from_its_first_to_its_last_covered_day(given, build):
    given(
        "raw_coverage",
        """
        municipality_code | covered_from | covered_through
        20448             | 2023-01-01   | 2025-08-31
        20202             | 2024-01-01   | 2025-09-30
        """,
    )
    regions = build("dim_regions", columns=COLUMNS)
    assert about(regions, "20") == cells("prefecture | 長野県 | Nagano | 77 | true | 2023-01-01 | 2025-09-30")
    assert about(regions, "JP") == cells("nation | 全国 | Japan | 1741 | true | 2023-01-01 | 2025-09-30")


def test_a_municipality_without_data_is_listed_and_says_so(given, build):
    given(
        "raw_coverage", "municipality_code | covered_from | covered_through\n20448 | 2023-01-01 | 2025-08-31"
    )
    regions = build("dim_regions", columns="region_code, name_ja, has_data, first_on, last_on")
    assert about(regions, "20448") == cells("生坂村 | true | 2023-01-01 | 2025-08-31")
    assert about(regions, "20202") == cells("松本市 | false | |")
