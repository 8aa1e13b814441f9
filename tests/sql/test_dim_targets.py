"""What a region or programme wants to reach."""

from tests.conftest import cells


def test_a_target_given_again_replaces_the_earlier_one_of_the_same_year(given, build):
    given(
        "raw_targets",
        """
        scope | kpi_id | fiscal_year | value
        20448 | K01    | 2024        | 8
        20448 | K01    | 2025        | 10
        20448 | K01    | 2025        | 12
        trial | K28    | 2025        | 0.5
        """,
    )
    assert build("dim_targets") == cells("""
        20448 | K01 | 2024 | 8
        20448 | K01 | 2025 | 12
        trial | K28 | 2025 | 0.5
    """)
