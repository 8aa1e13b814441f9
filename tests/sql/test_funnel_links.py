"""Which steps can be taken at one moment, one event for each."""

from tests.sql.funnels import ask, plan, put_events


def links(house, steps: str, drawn: str) -> set[tuple[int, int]]:
    """Return (step, steps done before) of the one moment drawn."""
    asked = plan(steps, 10)
    ask(house.engine, asked)
    put_events(house.engine, asked, steps, drawn)
    house.engine.create("funnel_classes")
    house.engine.create("funnel_moments", {"is_strict": False})
    house.engine.create("funnel_links")
    found = house.engine.table("funnel_links")
    return set(zip(found["step"], found["from_depth"], strict=True))


def test_one_event_takes_one_step_from_the_step_before(house):
    assert links(house, "a b c", "1 | b@1") == {(2, 1)}


def test_events_of_one_moment_take_several_steps_in_whatever_order_serves(house):
    assert links(house, "a b c", "1 | c@1 b@1") == {(2, 1), (3, 1), (3, 2)}


def test_an_event_that_could_serve_two_steps_serves_one(house):
    assert links(house, "a b", "1 | ab@1") == {(1, 0), (2, 1)}
    assert links(house, "a b", "1 | ab@1 ab@1") == {(1, 0), (2, 0), (2, 1)}


def test_two_events_that_both_serve_only_one_of_three_steps_do_not_serve_all(house):
    # a and c can both only be served by the first event: Hall's condition fails for {a, c}
    assert (3, 0) not in links(house, "a b c", "1 | ac@1 b@1 b@1")
    assert (3, 0) in links(house, "a b c", "1 | ac@1 b@1 bc@1")


def test_an_optional_step_follows_the_required_ones_before_it(house):
    assert links(house, "a b? c", "1 | b@1") == {(2, 1)}
    assert links(house, "a b? c", "1 | c@1") == {(3, 1)}
