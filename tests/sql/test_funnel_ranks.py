"""How many steps the events of a span can serve, one each."""

import pytest

from tests.sql.funnels import counts, plan


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ("ab@1", [1, 0, 0]),  # one event, one step
        ("ab@1 ab@2", [1, 1, 0]),
        ("ab@1 ab@2 ab@3", [1, 1, 0]),  # nothing serves c
        ("ab@1 a@2 c@3", [1, 1, 1]),
        ("abc@1 a@2 a@3", [1, 1, 0]),
        ("abc@1 abc@2 abc@3 abc@4", [1, 1, 1]),
    ],
)
def test_an_event_serves_one_step_and_the_events_are_shared_out_as_well_as_can_be(house, happened, expected):
    assert counts(house.engine, plan("a b c", 9, "unordered"), "a b c", f"1 | {happened}") == expected
