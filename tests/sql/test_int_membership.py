"""Which municipalities make up each region."""

from tests.conftest import cells


def test_a_region_is_as_recent_as_the_last_of_its_members(given, build):
    given(
        "int_horizons",
        """
        municipality_code | first_on   | horizon_on
        20448             | 2023-01-01 | 2025-03-31
        20451             | 2023-02-01 | 2025-06-30
        30421             | 2023-03-01 | 2025-09-30
    """,
    )
    given(
        "ref_groups",
        """
        group_id | municipality_code
        valley   | 20448
        valley   | 30421
        valley   | 01101
    """,
    )
    assert build("int_membership") == cells("""
        group        | valley | 20448 | 2023-01-01 | 2025-03-31 | 2025-09-30
        group        | valley | 30421 | 2023-03-01 | 2025-09-30 | 2025-09-30
        municipality | 20448  | 20448 | 2023-01-01 | 2025-03-31 | 2025-03-31
        municipality | 20451  | 20451 | 2023-02-01 | 2025-06-30 | 2025-06-30
        municipality | 30421  | 30421 | 2023-03-01 | 2025-09-30 | 2025-09-30
        nation       | JP     | 20448 | 2023-01-01 | 2025-03-31 | 2025-09-30
        nation       | JP     | 20451 | 2023-02-01 | 2025-06-30 | 2025-09-30
        nation       | JP     | 30421 | 2023-03-01 | 2025-09-30 | 2025-09-30
        prefecture   | 20     | 20448 | 2023-01-01 | 2025-03-31 | 2025-06-30
        prefecture   | 20     | 20451 | 2023-02-01 | 2025-06-30 | 2025-06-30
        prefecture   | 30     | 30421 | 2023-03-01 | 2025-09-30 | 2025-09-30
    """)
