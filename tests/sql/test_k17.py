"""K17 移行所要日数."""

from tests.sql.days import about, ask
from tests.sql.entrants import COVERED, entrants


def test_it_is_the_median_over_everybody_and_empty_where_half_have_not_reached_it(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    given(
        "int_entries",
        entrants(
            "2022-05-01 | 2022-05-11 | 2022-05-31 | | | 2",
            "2023-05-01 | 2023-05-21 |            | | | 1",
            "2024-05-01 |            |            | | | 1",
        ),
    )
    rows = build("k17", columns="part, value, numerator, n, status")
    assert about(rows, "loyal") == [["10", "3", "4", "final"]]
    assert about(rows, "related") == [["30", "2", "4", "final"]]
    assert about(rows, "") == about(rows, "related")
    assert about(rows, "dual") == [[None, "0", "4", "final"]]


def test_it_is_provisional_in_the_first_year_of_a_log(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2015-12-30")
    given("int_entries", entrants("2015-05-01 | 2015-05-11 | | | | 1"))
    assert about(build("k17", columns="part, status"), "loyal") == [["provisional"]]
