"""The days each day asked about is compared with."""

import pytest

from tests.conftest import cells


def test_a_year_ago_is_365_days_and_the_window_has_365_with_the_day_itself(given, build):
    given("ask_days", "as_of | reach_on\n2025-03-31 | 2025-04-30")
    assert build("int_as_ofs", columns="as_of, reach_on, year_ago, w365_from") == cells("""
        2025-03-31 | 2025-04-30 | 2024-03-31 | 2024-04-01
    """)
    given("ask_days", "as_of | reach_on\n2024-12-31 | 2024-12-31")
    assert build("int_as_ofs", columns="year_ago, w365_from") == cells("2024-01-01 | 2024-01-02")


@pytest.mark.parametrize(
    ("as_of", "fiscal", "calendar"),
    [
        ("2025-03-31", "2024-04-01", "2025-01-01"),
        ("2025-04-01", "2025-04-01", "2025-01-01"),
        ("2025-12-31", "2025-04-01", "2025-01-01"),
        ("2026-01-01", "2025-04-01", "2026-01-01"),
    ],
)
def test_a_fiscal_year_begins_on_1_april_and_a_calendar_year_on_1_january(
    given, build, as_of, fiscal, calendar
):
    given("ask_days", f"as_of | reach_on\n{as_of} | {as_of}")
    assert build("int_as_ofs", columns="fy_from, cy_from") == [[fiscal, calendar]]


def test_a_month_ago_is_the_month_end_before_whatever_the_day(given, build):
    given(
        "ask_days",
        """
        as_of      | reach_on
        2024-03-01 | 2024-03-01
        2024-03-31 | 2024-03-31
        2025-01-15 | 2025-01-15
    """,
    )
    assert build("int_as_ofs", columns="as_of, month_from, month_ago") == cells("""
        2024-03-01 | 2024-03-01 | 2024-02-29
        2024-03-31 | 2024-03-01 | 2024-02-29
        2025-01-15 | 2025-01-01 | 2024-12-31
    """)
