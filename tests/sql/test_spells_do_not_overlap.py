"""The check finds a person in two stages on one day, and is silent otherwise."""

from tests.conftest import cells


def test_it_reports_a_spell_that_starts_before_the_last_one_ended(given, read):
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from | valid_to
        1          | 20448             | tourist | 2024-01-10 | 2024-05-04
        1          | 20448             | loyal   | 2024-05-03 |
    """,
    )
    given("int_regional_spells", "region_level | region_code | person_key | valid_from | valid_to")
    assert read("spells_do_not_overlap") == cells("municipality | 20448 | 1 | 2024-05-03")


def test_it_reports_a_spell_after_one_that_never_ended_and_one_that_ends_as_it_starts(given, read):
    given("int_municipality_spells", "person_key | municipality_code | valid_from")
    given(
        "int_regional_spells",
        """
        region_level | region_code | person_key | valid_from | valid_to
        prefecture   | 20          | 1          | 2024-01-10 |
        prefecture   | 20          | 1          | 2024-05-03 |
        nation       | JP          | 2          | 2024-01-10 | 2024-01-10
    """,
    )
    assert sorted(read("spells_do_not_overlap")) == cells("""
        nation     | JP | 2 | 2024-01-10
        prefecture | 20 | 1 | 2024-05-03
    """)


def test_it_is_silent_on_spells_built_from_visits_with_gaps_and_touching_ends(given, read):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on
        1          | 20448             | 2022-01-10 | 2022-01-10
        1          | 20448             | 2022-05-03 | 2022-05-03
        1          | 20451             | 2022-05-03 | 2022-05-03
        1          | 20448             | 2024-05-03 | 2024-05-03
    """,
    )
    assert read("spells_do_not_overlap") == []
