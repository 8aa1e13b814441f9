"""In any order, with how soon the steps were done."""

from tests.sql.funnels import plan, reached


def test_the_shortest_span_with_so_many_steps_counts(house):
    found = reached(house.engine, plan("a b c", 20, "unordered"), "a b c", "1 | a@1 b@4 c@9 a@11 b@12")
    assert found == {1: {1: 0, 2: 1, 3: 3}}


def test_a_span_longer_than_the_window_does_not(house):
    assert reached(house.engine, plan("a b", 2, "unordered"), "a b", "1 | a@1 b@4") == {1: {1: 0}}
