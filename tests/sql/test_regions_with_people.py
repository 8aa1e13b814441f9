"""The regions of which a file of people's detail is published."""

from tests.conftest import cells


def test_every_region_a_municipality_with_data_belongs_to_has_one(given, read):
    given(
        "raw_coverage",
        """
        municipality_code | covered_from | covered_through
        20448             | 2023-01-01   | 2025-08-31
        20202             | 2024-01-01   | 2025-09-30
        """,
    )
    given("ref_groups", "group_id | municipality_code\nvillages | 20448\nislands | 42210")
    assert read("regions_with_people") == cells("""
        group        | villages
        municipality | 20202
        municipality | 20448
        nation       | JP
        prefecture   | 20
    """)
