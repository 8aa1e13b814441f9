"""Since when a place delivers a kind of record."""

from tests.conftest import cells


def test_the_first_record_of_a_kind_is_the_day_from_which_none_is_zero(given, build):
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-05-02 | donation
        1          | 20448             | 2025-05-01 | hobby
        """,
    )
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme           | started_on
        1          | 20448             | furusato_premium | 2025-05-03
        1          | 20448             | furusato_basic   | 2025-05-02
        1          | 20448             | fan_club         | 2025-05-04
        1          | 20448             | relocation       | 2025-05-05
        1          | 20448             | local_employment | 2025-05-06
        1          | 20448             | dual_trial       | 2025-05-06
        """,
    )
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | organization_id | purpose
        1          | 20448             | 2025-05-08 | 2025-05-08  |                 |
        1          | 20448             | 2025-05-18 | 2025-05-18  | acme            | relatives
        1          | 20448             | 2025-05-28 | 2025-05-28  | acme            |
        """,
    )
    assert build("int_deliveries") == cells("""
        20448 | companies   | 2025-05-28
        20448 | employment  | 2025-05-06
        20448 | engagements | 2025-05-01
        20448 | furusato    | 2025-05-02
        20448 | relocation  | 2025-05-05
    """)
