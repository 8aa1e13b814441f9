"""In any order: what happened within the window from each moment."""

from tests.sql.funnels import Entered, counts, days, plan


def test_step_n_counts_who_did_n_of_the_steps_whichever_they_are(house):
    drawn = """
        1 | c@1 a@2 b@3
        2 | b@1 c@2
        3 | c@1
        4 | z@1
    """
    assert counts(house.engine, plan("a b c", 10, "unordered"), "a b c", drawn) == [3, 2, 1]


def test_the_window_runs_from_the_first_of_them_its_last_day_included(house):
    drawn = """
        1 | b@1 a@6
        2 | b@1 a@7
    """
    assert counts(house.engine, plan("a b", 5, "unordered"), "a b", drawn) == [2, 1]


def test_by_the_first_entry_alone_a_later_span_does_not_convert(house):
    drawn = "1 | b@1 a@20 b@21"
    assert counts(house.engine, plan("a b", 5, "unordered"), "a b", drawn) == [1, 1]
    assert counts(house.engine, plan("a b", 5, "unordered", "first"), "a b", drawn) == [1, 0]


def test_a_span_starts_in_the_period(house):
    drawn = "1 | a@1 b@4"
    period = Entered(days(2), days(9))
    assert counts(house.engine, plan("a b", 5, "unordered"), "a b", drawn, period) == [1, 0]
