"""After how many days people climbed, settled, or were last watched."""

from tests.conftest import cells
from tests.sql.days import ask
from tests.sql.entrants import COVERED, entrants


def test_everybody_is_watched_to_the_day_and_who_climbed_left_early(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2026-03-31")
    given(
        "int_entries",
        entrants(
            "2025-04-01 | 2025-05-01 |            | | | 2",
            "2025-04-01 |            |            | | | 5",
            "2025-06-30 | 2025-04-01 | 2025-04-01 | | | 1",
        ),
    )
    columns = "quarter_from, days, watched, reached_loyal, left_loyal, reached_related, left_related"
    assert build("int_quarter_times", columns=columns) == cells("""
        2025-04-01 | 0   | 0 | 1 | 0 | 1 | 0
        2025-04-01 | 274 | 1 | 0 | 1 | 0 | 1
        2025-04-01 | 30  | 0 | 2 | 0 | 0 | 0
        2025-04-01 | 364 | 7 | 0 | 2 | 0 | 0
    """)


def test_who_settles_before_reaching_it_competes_and_on_one_day_settled_is_the_stage(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2026-03-31")
    given(
        "int_entries",
        entrants(
            "2025-04-01 | 2025-05-01 | | 2025-06-01 | 2025-06-01 | 1", "2025-04-01 | | | | 2025-06-01 | 1"
        ),
    )
    columns = "days, reached_loyal, competed_loyal, reached_dual, competed_dual, reached_settled"
    assert build("int_quarter_times", columns=columns) == cells("""
        30  | 1 | 0 | 0 | 0 | 0
        364 | 0 | 0 | 0 | 0 | 0
        61  | 0 | 1 | 0 | 2 | 2
    """)


def test_what_comes_after_the_day_is_not_known_on_it(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-04-30")
    given("int_entries", entrants("2025-04-01 | 2025-05-01 | | | | 1", "2025-05-01 | | | | | 1"))
    assert build("int_quarter_times", columns="days, watched, reached_loyal, left_loyal") == cells(
        "29 | 1 | 0 | 0"
    )
