"""K16 コホート到達率."""

import pytest

from tests.oracle.survival import interval
from tests.sql.days import about, ask
from tests.sql.entrants import COVERED, entrants

COLUMNS = "part, as_of, value, numerator, denominator, n, status"


def test_it_is_the_newest_year_everybody_of_which_is_watched_for_so_long(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    given(
        "int_entries",
        entrants(
            "2022-05-01 | | | | | 9",
            "2023-05-01 | 2023-06-01 | 2023-07-01 | | | 1",
            "2023-05-01 | | | | | 3",
            "2024-05-01 | 2024-05-02 | 2024-05-02 | | | 5",
        ),
    )
    rows = build("k16", columns=COLUMNS)
    assert about(rows, "", "2025-03-31") == [["0.25", "1", "4", "4", "final"]]
    assert about(rows, "loyal_12") == [["2025-03-31", "0.25", "1", "4", "4", "final"]]
    assert about(rows, "loyal_24") == [["2025-03-31", "0", "0", "9", "9", "final"]]


def test_where_no_year_is_complete_the_newest_estimate_is_provisional(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    given("int_entries", entrants("2024-04-01 | | | | | 2", "2024-03-31 | | | | | 3"))
    rows = build("k16", columns="part, value, n, status")
    assert about(rows, "related_12") == [["0", "3", "final"]]
    assert about(rows, "related_24") == []


def test_a_year_with_people_of_the_logs_first_days_stays_provisional(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    given("int_entries", entrants("2023-05-01 | | | | | 2").replace("| false |", "| true |"))
    assert about(build("k16", columns="part, status"), "related_12") == [["provisional"]]


def test_its_interval_lies_around_it(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    given(
        "int_entries",
        entrants("2023-05-01 | 2023-06-01 | 2023-06-01 | | | 10", "2023-05-01 | | | | | 90"),
    )
    found = {row[0]: float(row[1]) for row in build("k16", columns="part, value")}
    assert found["related_12_low"] < found["related_12"] < found["related_12_high"]
    assert found["related_12"] == pytest.approx(0.1)
    low, high = interval(0.1, 0.1 * 0.9 / 100)
    assert found["related_12_low"] == pytest.approx(low)
    assert found["related_12_high"] == pytest.approx(high)
