"""Which days are measured, which day each is compared with, and over whom."""

from datetime import date

import pytest

from kayoi.engine import Engine
from kayoi.measure import Asked, ask, month_ends, year_before
from tests.conftest import as_text, cells


@pytest.fixture
def engine():
    engine = Engine.in_memory()
    yield engine
    engine.close()


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


# --- days ---


def test_a_day_for_every_month_that_ends_within_the_span_its_first_and_last_day_included():
    assert month_ends(*days("2023-11-30", "2024-02-29")) == tuple(
        days("2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29")
    )


def test_a_month_that_has_not_ended_is_not_measured():
    assert month_ends(*days("2023-12-01", "2024-02-28")) == tuple(days("2023-12-31", "2024-01-31"))


def test_where_no_month_ends_the_last_day_is_all_there_is_to_ask_about():
    assert month_ends(*days("2024-02-10", "2024-02-28")) == tuple(days("2024-02-28"))


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2025-09-30", "2024-09-30"),
        ("2025-09-15", "2024-09-15"),
        ("2025-02-28", "2024-02-29"),
        ("2024-02-29", "2023-02-28"),
        ("2024-02-28", "2023-02-28"),
        ("2025-02-27", "2024-02-27"),
        ("2025-12-31", "2024-12-31"),
    ],
)
def test_a_year_before_is_the_same_day_and_of_a_month_end_the_month_end(day, before):
    assert year_before(date.fromisoformat(day)) == date.fromisoformat(before)


# --- who is compared ---


def test_a_day_is_measured_over_those_it_reaches_and_compared_over_the_same(engine):
    # The member whose horizon is 31 March 2025 speaks in September 2024 but no more in September 2025.
    asked = ask(engine, days("2025-09-30"), days("2025-03-31", "2025-12-31"), date(2020, 1, 1))
    assert asked == (
        Asked(date(2024, 9, 30), reach_on=date(2025, 9, 30)),
        Asked(date(2025, 9, 30), reach_on=date(2025, 9, 30)),
    )
    assert as_text(engine.table("ask_previous")) == cells("2025-09-30 | 2024-09-30 | 2025-09-30")


@pytest.mark.parametrize(
    ("horizon", "reach_on"),
    [
        ("2024-09-29", "2024-09-30"),  # speaks on neither day
        ("2024-09-30", "2025-09-30"),  # speaks on the earlier day only
        ("2025-09-29", "2025-09-30"),  # speaks on the earlier day only
        ("2025-09-30", "2024-09-30"),  # speaks on both
    ],
)
def test_the_earlier_day_is_measured_again_only_where_a_member_falls_silent_between_them(
    engine, horizon, reach_on
):
    asked = ask(engine, days("2025-09-30"), days(horizon, "2026-03-31"), date(2020, 1, 1))
    assert asked[0] == Asked(date(2024, 9, 30), date.fromisoformat(reach_on))


def test_a_day_asked_about_and_compared_with_is_measured_once_where_the_members_are_the_same(engine):
    asked = ask(engine, days("2024-09-30", "2025-09-30"), days("2025-12-31"), date(2024, 1, 1))
    assert asked == (
        Asked(date(2024, 9, 30), date(2024, 9, 30)),
        Asked(date(2025, 9, 30), date(2025, 9, 30)),
    )


def test_nothing_is_measured_before_the_first_day_covered_but_the_comparison_is_still_named(engine):
    asked = ask(engine, days("2025-09-30"), days("2025-12-31"), date(2024, 10, 1))
    assert asked == (Asked(date(2025, 9, 30), date(2025, 9, 30)),)
    assert as_text(engine.table("ask_previous")) == cells("2025-09-30 | 2024-09-30 | 2024-09-30")
