"""Where each pair stood on a day, and before."""

from tests.conftest import cells

STOOD = "as_of, municipality_code, person_key, stage, stage_year_ago, stage_month_ago"


def test_a_spell_holds_from_its_first_day_to_the_day_before_the_next(given, build):
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2025-12-31")
    given(
        "ask_days",
        """
        as_of      | reach_on
        2025-05-02 | 2025-05-02
        2025-05-03 | 2025-05-03
    """,
    )
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from | valid_to
        1          | 20448             | tourist | 2025-01-10 | 2025-05-03
        1          | 20448             | loyal   | 2025-05-03 |
        2          | 20448             | tourist | 2025-05-03 |
    """,
    )
    assert build("int_pairs_at", columns=STOOD) == cells("""
        2025-05-02 | 20448 | 1 | tourist |  | tourist
        2025-05-03 | 20448 | 1 | loyal   |  | tourist
        2025-05-03 | 20448 | 2 | tourist |  |
    """)


def test_a_year_before_is_365_days_and_a_month_before_the_month_end(given, build):
    given("int_horizons", "municipality_code | horizon_on\n20448 | 2025-12-31")
    given("ask_days", "as_of | reach_on\n2025-03-31 | 2025-03-31")
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage    | valid_from | valid_to
        1          | 20448             | interest | 2024-03-31 | 2024-04-01
        1          | 20448             | tourist  | 2024-04-01 | 2025-02-28
        1          | 20448             | loyal    | 2025-02-28 | 2025-03-01
        1          | 20448             | related  | 2025-03-01 |
        2          | 20448             | interest | 2024-03-30 | 2024-03-31
        2          | 20448             | tourist  | 2024-03-31 |
        3          | 20448             | tourist  | 2024-04-01 |
    """,
    )
    assert build("int_pairs_at", columns=STOOD) == cells("""
        2025-03-31 | 20448 | 1 | related | interest | loyal
        2025-03-31 | 20448 | 2 | tourist | tourist  | tourist
        2025-03-31 | 20448 | 3 | tourist |          | tourist
    """)


def test_a_member_whose_horizon_ends_before_reach_on_is_not_used(given, build):
    given(
        "int_horizons",
        """
        municipality_code | horizon_on
        20448             | 2025-08-31
        20451             | 2025-09-29
        30421             | 2025-09-30
    """,
    )
    given(
        "ask_days",
        """
        as_of      | reach_on
        2025-08-31 | 2025-08-31
        2025-08-31 | 2025-09-30
    """,
    )
    given(
        "int_municipality_spells",
        """
        person_key | municipality_code | stage   | valid_from
        1          | 20448             | tourist | 2025-01-10
        1          | 20451             | tourist | 2025-01-10
        1          | 30421             | tourist | 2025-01-10
    """,
    )
    assert build("int_pairs_at", columns="reach_on, municipality_code") == cells("""
        2025-08-31 | 20448
        2025-08-31 | 20451
        2025-08-31 | 30421
        2025-09-30 | 30421
    """)
