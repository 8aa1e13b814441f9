"""Steps in order, whatever happens between: the best of all ways, not the nearest."""

import pytest

from tests.sql.funnels import plan, reached


def steps_reached(house, steps: str, window: int, happened: str, **more: object) -> int:
    return max(reached(house.engine, plan(steps, window, **more), steps, f"1 | {happened}")[1])


@pytest.mark.parametrize(("window", "expected"), [(9, 1), (10, 2), (11, 2)])
def test_the_last_day_of_the_window_is_included(house, window, expected):
    assert steps_reached(house, "a b", window, "a@5 b@15") == expected


def test_a_window_of_no_days_is_the_same_day(house):
    assert steps_reached(house, "a b", 0, "a@1 b@1") == 2
    assert steps_reached(house, "a b", 0, "a@1 b@2") == 1


def test_events_of_one_day_count_as_in_order_however_they_are_written(house):
    assert steps_reached(house, "a b c", 5, "c@1 b@1 a@1") == 3


def test_with_a_time_of_day_the_order_is_that_of_the_times(house):
    assert steps_reached(house, "a b", 5, "b@1.25 a@1.5") == 1


def test_an_event_never_serves_two_steps(house):
    assert steps_reached(house, "a b", 5, "ab@1") == 1
    assert steps_reached(house, "a b c", 5, "ab@1 c@1") == 1
    assert steps_reached(house, "a b", 5, "ab@1 ab@1") == 2


def test_the_same_step_twice_needs_two_events(house):
    steps = "a a a"
    asked = plan(steps, 30)
    assert max(reached(house.engine, asked, steps, "1 | a@1 a@4")[1]) == 2
    assert max(reached(house.engine, asked, steps, "1 | a@1 a@1 a@1")[1]) == 3


def test_the_window_runs_from_the_entry_that_serves_best(house):
    # from the first entry c is too late; from the second it is not, though b was there before it
    assert steps_reached(house, "a b c", 5, "a@1 b@2 a@4 b@5 c@9") == 3


def test_taking_the_nearest_step_would_lose_this_person(house):
    # b may follow a by 2 days, c follows b by 1: only the later b goes on to c
    within = (None, 2, 1)
    assert steps_reached(house, "a b c", 10, "a@1 b@2 b@3 c@4", within=within) == 3


def test_a_depth_may_be_reached_by_one_entry_and_the_next_by_another(house):
    found = reached(house.engine, plan("a b c", 5), "a b c", "1 | a@1 b@2 a@3 b@7 c@8")
    assert found[1] == {1: 0, 2: 1, 3: 5}


def test_days_of_a_step_run_from_the_required_step_before(house):
    within = (None, 3, None)
    assert steps_reached(house, "a b c", 30, "a@1 b@4 c@20", within=within) == 3
    assert steps_reached(house, "a b c", 30, "a@1 b@5 c@20", within=within) == 1


def test_steps_taken_together_keep_to_the_days_of_the_first_of_them(house):
    within = (None, None, 0)
    assert steps_reached(house, "a b c", 30, "a@1 b@9 c@9", within=within) == 3


def test_an_optional_step_may_be_left_out_and_takes_nothing_from_the_next(house):
    drawn = """
        1 | a@1 b@2 c@3
        2 | a@1 c@3
        3 | a@1 c@2 b@3
        4 | a@1
    """
    found = reached(house.engine, plan("a b? c", 30), "a b? c", drawn)
    assert found == {1: {1: 0, 2: 1, 3: 2}, 2: {1: 0, 3: 2}, 3: {1: 0, 2: 2, 3: 1}, 4: {1: 0}}
