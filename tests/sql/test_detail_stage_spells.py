"""What a reader of one region gets of its spells."""

from tests.conftest import cells


def test_a_municipality_gets_its_own_spells_and_a_region_above_it_the_regional_ones(given, read):
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from | valid_to
        2          | 20448             | tourist | 2024-01-10 |
        1          | 20448             | loyal   | 2024-05-03 |
        1          | 20448             | tourist | 2024-01-10 | 2024-05-03
        1          | 20451             | tourist | 2024-02-10 |
    """,
    )
    given(
        "int_regional_spells",
        """
        region_level | region_code | person_key | stage   | valid_from | valid_to
        prefecture   | 20          | 1          | related | 2024-01-10 |
        group        | 20          | 9          | loyal   | 2024-01-10 |
        nation       | JP          | 1          | related | 2024-01-10 |
    """,
    )
    assert read("detail_stage_spells", region_level="municipality", region_code="20448") == cells("""
        municipality | 20448 | 1 | tourist | 2024-01-10 | 2024-05-03
        municipality | 20448 | 1 | loyal   | 2024-05-03 |
        municipality | 20448 | 2 | tourist | 2024-01-10 |
    """)
    assert read("detail_stage_spells", region_level="prefecture", region_code="20") == cells("""
        prefecture | 20 | 1 | related | 2024-01-10 |
    """)
