"""How much of each tie other than presence a pair ever had."""

from tests.conftest import cells


def test_engagements_supporting_ones_and_contacts_are_told_apart_by_kind(given, build):
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2024-01-01 | contribution
        1          | 20448             | 2024-01-02 | work_onsite
        1          | 20448             | 2024-01-03 | work_remote
        1          | 20448             | 2024-01-04 | participation
        1          | 20448             | 2024-01-05 | donation
        1          | 20448             | 2024-01-06 | purchase
        1          | 20448             | 2024-01-07 | online
        1          | 20448             | 2024-01-08 | hobby
        1          | 30421             | 2024-01-01 | donation
    """,
    )
    assert build(
        "int_ties", columns="municipality_code, engagements, supporters, contacts, enrolled"
    ) == cells("""
        20448 | 4 | 2 | 3 | 0
        30421 | 0 | 0 | 1 | 0
    """)


def test_a_relocation_is_the_only_scheme_that_is_not_an_enrollment(given, build):
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme           | started_on
        1          | 20448             | furusato_basic   | 2024-01-01
        1          | 20448             | furusato_premium | 2024-01-01
        1          | 20448             | dual_residence   | 2024-01-01
        1          | 20448             | dual_trial       | 2024-01-01
        1          | 20448             | program          | 2024-01-01
        1          | 20448             | digital_resident | 2024-01-01
        1          | 20448             | fan_club         | 2024-01-01
        1          | 20448             | local_employment | 2024-01-01
        2          | 20448             | relocation       | 2024-01-01
    """,
    )
    flags = "person_key, premium, basic, trial, residence, relocated, enrolled"
    assert build("int_ties", columns=flags) == cells("""
        1 | 1 | 1 | 1 | 1 | 0 | 8
        2 | 0 | 0 | 0 | 0 | 1 | 0
    """)
