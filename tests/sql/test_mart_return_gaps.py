"""How many days lie between two visits."""

from datetime import date, timedelta

import pytest

from tests.conftest import cells
from tests.sql.days import WEEKLY, about, ask, trips

COLUMNS = "region_code, gap_band, returns"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2020-01-01   | 2025-09-30
    20202             | 2020-01-01   | 2025-09-30
"""
CAME = date(2025, 9, 15)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (2, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, "181-270"),
        (270, "181-270"),
        (271, "271-365"),
        (365, "271-365"),
        (366, "366-730"),
        (730, "366-730"),
        (731, "731+"),
    ],
)
def test_a_band_holds_its_last_day(given, build, days, band):
    given("raw_visits", trips(f"1 | 20448 | {CAME - timedelta(days)} {CAME}"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    returns = about(build("mart_return_gaps", columns=COLUMNS), "20448")
    assert [band, "1"] in returns


def test_only_the_later_visit_has_to_lie_in_the_365_days(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-07-01 2024-09-30
            2 | 20448 | 2024-09-21 2024-10-01
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("mart_return_gaps", columns=COLUMNS), "20448") == cells("1-30 | 1")


def test_going_on_to_the_next_town_is_no_return(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-05-10 2025-07-09
            1 | 20202 | 2025-05-12
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("mart_return_gaps", columns=COLUMNS), "20") == cells("31-60 | 1")


def test_the_weekly_round_of_routine_is_left_out(given, build):
    given(
        "raw_visits",
        trips(f"1 | 20448 | {WEEKLY}"),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-24", "2025-09-30")
    returns = build("mart_return_gaps", columns="region_code, as_of, gap_band, returns")
    assert about(returns, "20448") == cells("2025-09-24 | 1-30 | 6")
