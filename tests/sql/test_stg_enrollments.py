"""Which registrations hold."""

from tests.conftest import cells


def test_a_registration_may_start_on_a_declared_horizon_and_run_past_it_but_not_start_after_it(given, build):
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme   | started_on | ended_on
        1          | 20448             | fan_club | 2024-03-31 | 2025-03-30
        2          | 20448             | fan_club | 2024-04-01 |
        3          | 30421             | fan_club | 2024-04-01 |
    """,
    )
    given("raw_coverage", "municipality_code | covered_through\n20448 | 2024-03-31")
    assert build("stg_enrollments", columns="person_key, started_on, ended_on") == cells("""
        1 | 2024-03-31 | 2025-03-30
        3 | 2024-04-01 |
    """)


def test_a_registration_may_end_on_the_day_it_starts_but_not_before_it(given, build):
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme     | started_on | ended_on
        1          | 20448             | dual_trial | 2024-03-10 | 2024-03-10
        2          | 20448             | dual_trial | 2024-03-10 | 2024-03-09
    """,
    )
    assert build("stg_enrollments", columns="person_key") == cells("1")
