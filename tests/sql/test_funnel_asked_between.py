"""What broke the gaps between required steps: what happens at the moment of a step is not between."""

from tests.sql.funnels import plan, reached

STEPS = "a !x b c"


def steps_reached(house, happened: str, steps: str = STEPS) -> int:
    return max(reached(house.engine, plan(steps, 30), steps, f"1 | {happened}")[1])


def test_an_excluded_event_between_two_steps_ends_the_chain(house):
    assert steps_reached(house, "a@1 x@2 b@3") == 1
    assert steps_reached(house, "a@1 b@3 c@4") == 4


def test_an_excluded_event_elsewhere_does_not(house):
    assert steps_reached(house, "x@0 a@1 b@3 x@4 c@5") == 4


def test_an_excluded_event_on_the_day_of_a_step_is_not_between(house):
    assert steps_reached(house, "a@1 x@1 b@3 c@4") == 4
    assert steps_reached(house, "a@1 x@3 b@3 c@4") == 4


def test_another_entry_after_the_excluded_event_converts(house):
    assert steps_reached(house, "a@1 x@2 a@3 b@4 c@5") == 4


def test_a_chain_broken_for_the_latest_entry_goes_on_from_none_before_it(house):
    assert steps_reached(house, "a@1 a@3 x@4 b@5") == 1


def test_two_excluded_steps_break_their_own_gaps(house):
    steps = "a !x b !y c"
    assert steps_reached(house, "a@1 y@2 b@3 x@4 c@5", steps) == 5
    assert steps_reached(house, "a@1 b@3 y@4 c@5", steps) == 3
