"""Which municipalities make up a region."""

from tests.conftest import cells


def test_a_municipality_is_a_member_of_itself_its_prefecture_the_nation_and_its_groups(given, build):
    given(
        "raw_coverage",
        """
        municipality_code | covered_from | covered_through
        20448             | 2023-01-01   | 2025-08-31
        20202             | 2024-01-01   | 2025-09-30
        """,
    )
    given("ref_groups", "group_id | municipality_code\nvillages | 20448\nvillages | 01633")
    assert build("dim_members") == cells("""
        group        | villages | 20448 | 2023-01-01 | 2025-08-31 | 2025-08-31
        municipality | 20202    | 20202 | 2024-01-01 | 2025-09-30 | 2025-09-30
        municipality | 20448    | 20448 | 2023-01-01 | 2025-08-31 | 2025-08-31
        nation       | JP       | 20202 | 2024-01-01 | 2025-09-30 | 2025-09-30
        nation       | JP       | 20448 | 2023-01-01 | 2025-08-31 | 2025-09-30
        prefecture   | 20       | 20202 | 2024-01-01 | 2025-09-30 | 2025-09-30
        prefecture   | 20       | 20448 | 2023-01-01 | 2025-08-31 | 2025-09-30
    """)
