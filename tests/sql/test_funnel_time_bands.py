"""People by the days they took."""

import pytest

from tests.sql.funnels import ask, plan

DAY = 86_400_000_000


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "0"), (0.9, "0"), (1, "1-7"), (7, "1-7"), (8, "8-30"), (365, "271-365"), (731, "731+")],
)
def test_a_band_holds_its_first_and_its_last_day(house, given, read, days, band):
    ask(house.engine, plan("a b", 999))
    given("funnel_reached", f"person | step | fastest_us\n1 | 2 | {round(days * DAY)}")
    rows = read("funnel_time_bands")
    assert [row[1] for row in rows if row[2] != "0"] == [band]
    assert len(rows) == 10
