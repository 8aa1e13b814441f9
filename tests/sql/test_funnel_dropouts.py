"""Who did not go on."""

from tests.conftest import cells
from tests.sql.funnels import ask, plan


def test_they_reached_the_required_step_before_and_not_this_one(house, given, read):
    ask(house.engine, plan("a b? c", 9))
    given(
        "funnel_reached", "person | step | fastest_us\n1 | 1 | 0\n1 | 2 | 3\n2 | 1 | 0\n3 | 1 | 0\n3 | 3 | 4"
    )
    assert read("funnel_dropouts", step=3) == cells("1\n2")
    assert read("funnel_dropouts", step=2) == cells("2\n3")
    assert read("funnel_dropouts", step=1) == []
