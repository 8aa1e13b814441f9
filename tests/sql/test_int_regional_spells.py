"""The highest stage over the members of a region, and who may speak until when."""

from tests.conftest import cells

RUN = "person_key, valid_from, stage, valid_to"


def test_the_stage_of_a_region_is_the_highest_over_its_members(given, build):
    given(
        "int_membership",
        """
        region_level | region_code | municipality_code | horizon_on | region_horizon_on
        prefecture   | 20          | 20448             | 2024-12-31 | 2024-12-31
        prefecture   | 20          | 20451             | 2024-12-31 | 2024-12-31
        municipality | 20448       | 20448             | 2024-12-31 | 2024-12-31
        municipality | 20451       | 20451             | 2024-12-31 | 2024-12-31
    """,
    )
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from | valid_to
        1          | 20448             | tourist | 2023-01-10 | 2023-05-03
        1          | 20448             | loyal   | 2023-05-03 | 2023-09-01
        1          | 20448             | dormant | 2023-09-01 |
        1          | 20451             | related | 2023-03-01 | 2023-06-01
        1          | 20451             | tourist | 2023-06-01 |
    """,
    )
    assert build("int_regional_spells") == cells("""
        prefecture | 20 | 1 | loyal   | 2023-06-01 | 2023-09-01
        prefecture | 20 | 1 | related | 2023-03-01 | 2023-06-01
        prefecture | 20 | 1 | tourist | 2023-01-10 | 2023-03-01
        prefecture | 20 | 1 | tourist | 2023-09-01 |
    """)


def test_the_order_is_that_of_the_contract_daily_life_below_a_tourist(given, build):
    given(
        "int_membership",
        """
        region_level | region_code | municipality_code | horizon_on | region_horizon_on
        group        | valley      | 20448             | 2024-12-31 | 2024-12-31
        group        | valley      | 20451             | 2024-12-31 | 2024-12-31
    """,
    )
    ladder = ["dormant", "interest", "routine", "tourist", "loyal", "related", "dual", "settled"]
    header = "person_key | municipality_code | stage | valid_from"
    lower = [f"{number} | 20448 | {stage} | 2023-01-10" for number, stage in enumerate(ladder[:-1], 1)]
    higher = [f"{number} | 20451 | {stage} | 2023-02-10" for number, stage in enumerate(ladder[1:], 1)]
    given("int_municipality_spells", "\n".join([header, *lower, *higher]))
    found = build("int_regional_spells", columns="person_key, stage, valid_to")
    assert [row for row in found if row[2] is None] == [
        [str(number), stage, None] for number, stage in enumerate(ladder[1:], 1)
    ]
    assert [row for row in found if row[2]] == [
        [str(number), stage, "2023-02-10"] for number, stage in enumerate(ladder[:-1], 1)
    ]


def test_a_change_of_the_member_in_the_lead_alone_does_not_split_a_spell(given, build):
    given(
        "int_membership",
        """
        region_level | region_code | municipality_code | horizon_on | region_horizon_on
        nation       | JP          | 20448             | 2024-12-31 | 2024-12-31
        nation       | JP          | 30421             | 2024-12-31 | 2024-12-31
    """,
    )
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from | valid_to
        1          | 20448             | tourist | 2023-01-10 | 2024-01-10
        1          | 20448             | dormant | 2024-01-10 |
        1          | 30421             | tourist | 2024-01-10 |
    """,
    )
    assert build("int_regional_spells", columns=RUN) == cells("1 | 2023-01-10 | tourist |")


def test_a_member_says_nothing_after_its_own_horizon(given, build):
    given(
        "int_membership",
        """
        region_level | region_code | municipality_code | horizon_on | region_horizon_on
        prefecture   | 20          | 20448             | 2024-03-31 | 2024-12-31
        prefecture   | 20          | 20451             | 2024-12-31 | 2024-12-31
    """,
    )
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from | valid_to
        1          | 20448             | related | 2023-06-01 |
        1          | 20451             | tourist | 2024-01-10 |
        2          | 20448             | related | 2023-06-01 |
        3          | 20451             | tourist | 2024-01-10 |
    """,
    )
    assert build("int_regional_spells", columns=RUN) == cells("""
        1 | 2023-06-01 | related | 2024-04-01
        1 | 2024-04-01 | tourist |
        2 | 2023-06-01 | related | 2024-04-01
        3 | 2024-01-10 | tourist |
    """)


def test_between_two_members_that_speak_there_may_be_days_without_a_stage(given, build):
    given(
        "int_membership",
        """
        region_level | region_code | municipality_code | horizon_on | region_horizon_on
        prefecture   | 20          | 20448             | 2024-03-31 | 2024-12-31
        prefecture   | 20          | 20451             | 2024-12-31 | 2024-12-31
    """,
    )
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from
        1          | 20448             | tourist | 2023-06-01
        1          | 20451             | tourist | 2024-07-01
    """,
    )
    assert build("int_regional_spells", columns=RUN) == cells("""
        1 | 2023-06-01 | tourist | 2024-04-01
        1 | 2024-07-01 | tourist |
    """)


def test_a_spell_may_begin_on_the_last_day_and_is_open_then(given, build):
    given(
        "int_membership",
        """
        region_level | region_code | municipality_code | horizon_on | region_horizon_on
        prefecture   | 20          | 20448             | 2024-12-31 | 2024-12-31
        prefecture   | 20          | 20451             | 2024-12-31 | 2024-12-31
    """,
    )
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from
        1          | 20448             | tourist | 2024-12-31
        1          | 20451             | loyal   | 2024-12-31
    """,
    )
    assert build("int_regional_spells", columns=RUN) == cells("1 | 2024-12-31 | loyal |")
