"""The moments at which a funnel is entered."""

from tests.sql.funnels import Entered, days, plan, reached


def test_only_a_period_s_entries_count_but_what_follows_may_lie_after_it(house):
    period = Entered(days(2), days(5))
    drawn = """
        1 | a@1 b@3
        2 | a@2 b@3
        3 | a@4 b@9
        4 | a@5 b@6
    """
    assert reached(house.engine, plan("a b", 10), "a b", drawn, period) == {2: {1: 0, 2: 1}, 3: {1: 0, 2: 5}}


def test_by_the_first_entry_alone_a_later_one_does_not_convert(house):
    drawn = "1 | a@1 a@20 b@21"
    assert reached(house.engine, plan("a b", 10), "a b", drawn)[1] == {1: 0, 2: 1}
    assert reached(house.engine, plan("a b", 10, entry="first"), "a b", drawn)[1] == {1: 0}


def test_the_first_entry_is_the_first_one_of_the_period(house):
    first = plan("a b", 10, entry="first")
    assert reached(house.engine, first, "a b", "1 | a@1 a@20 b@21", Entered(days(2), days(99)))[1] == {
        1: 0,
        2: 1,
    }
