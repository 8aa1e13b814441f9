"""Steps with nothing between: at one moment, or at the next moment of the track."""

from tests.sql.funnels import plan, reached


def steps_reached(house, steps: str, happened: str, **more: object) -> int:
    return max(reached(house.engine, plan(steps, 30, "strict", **more), steps, f"1 | {happened}")[1])


def test_another_event_between_ends_the_chain(house):
    assert steps_reached(house, "a b c", "a@1 b@2 c@3") == 3
    assert steps_reached(house, "a b c", "a@1 z@2 b@3 c@4") == 1
    assert steps_reached(house, "a b c", "a@1 b@2 z@3 c@4") == 2


def test_another_event_before_and_after_does_not(house):
    assert steps_reached(house, "a b", "z@0 a@1 b@2 z@3") == 2


def test_a_step_done_again_stands_between_too(house):
    assert steps_reached(house, "a b c", "a@1 b@2 b@3 c@4") == 2


def test_the_last_of_several_first_steps_is_the_entry(house):
    assert steps_reached(house, "a b c", "a@1 a@2 b@3 c@4") == 3


def test_what_else_happened_on_the_day_of_the_first_step_came_before_it_and_of_the_last_after_it(house):
    assert steps_reached(house, "a b", "a@1 z@1 b@2 z@2") == 2


def test_on_a_day_in_the_middle_nothing_else_may_have_happened(house):
    assert steps_reached(house, "a b c", "a@1 b@2 z@2 c@3") == 2
    assert steps_reached(house, "a b c d", "a@1 b@2 c@2 d@3") == 4


def test_all_on_one_day_is_nothing_between_whatever_else_there_was(house):
    assert steps_reached(house, "a b c", "z@1 a@1 b@1 c@1 z@1") == 3


def test_days_of_a_step_hold_here_as_well(house):
    assert steps_reached(house, "a b", "a@1 b@5", within=(None, 3)) == 1
