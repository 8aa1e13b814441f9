"""Who did how many of the steps: whoever did three did two and one."""

from tests.conftest import cells
from tests.sql.funnels import ask, plan


def test_each_person_is_listed_for_every_number_of_steps_up_to_their_best(house, given):
    ask(house.engine, plan("a b c", 9, "unordered"))
    given("funnel_tracks", "track | person | municipality_code\n1 | 7 | 20448\n2 | 7 | 20202")
    given("funnel_spans", "track | at_us | took_us | signature\n1 | 1 | 4 | 7\n2 | 1 | 2 | 3\n2 | 1 | 0 | 1")
    given("funnel_ranks", "signature | steps\n7 | 3\n3 | 2\n1 | 1")
    assert house.build("funnel_ranks", "funnel_reached_in_any_order") == cells("""
        7 | 1 | 0
        7 | 2 | 2
        7 | 3 | 4
    """)
