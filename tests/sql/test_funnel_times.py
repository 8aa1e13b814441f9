"""Days from the first step: nearest ranks, so days somebody really took."""

from tests.conftest import cells

DAY = 86_400_000_000


def test_half_of_the_people_took_so_many_days_or_fewer(given, read):
    took = [1, 2, 3, 10]
    rows = [f"{person} | 2 | {day * DAY}" for person, day in enumerate(took, 1)]
    given("funnel_reached", "\n".join(["person | step | fastest_us", "9 | 1 | 0", *rows]))
    assert read("funnel_times") == cells("2 | 4 | 1 | 2 | 3 | 10 | 10")


def test_where_times_were_not_asked_there_are_none(given, read):
    given("funnel_reached", "person | step | fastest_us\n1 | 2 |")
    assert read("funnel_times") == []
