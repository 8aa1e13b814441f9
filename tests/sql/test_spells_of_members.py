"""Spells brought from municipalities' files are the spells the build knows."""

from tests.conftest import cells


def test_the_code_of_the_region_is_the_municipality(given, read):
    given(
        "brought_spells",
        """
        region_level | region_code | person_key | stage   | valid_from | valid_to
        municipality | 20448       | 1          | tourist | 2024-01-10 | 2024-05-03
        municipality | 20451       | 1          | loyal   | 2024-05-03 |
    """,
    )
    assert sorted(read("spells_of_members")) == cells("""
        1 | 20448 | tourist | 2024-01-10 | 2024-05-03
        1 | 20451 | loyal   | 2024-05-03 |
    """)
