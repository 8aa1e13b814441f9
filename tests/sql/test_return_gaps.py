"""How long people stayed away."""

from datetime import date


def test_bands_come_shortest_first_with_their_own_and_the_running_share(given, read):
    given(
        "mart_return_gaps",
        """
        region_level | region_code | as_of      | reach_on   | gap_band | returns
        municipality | 20448       | 2025-09-30 | 2025-09-30 | 366-730  | 1
        municipality | 20448       | 2025-09-30 | 2025-09-30 | 31-60    | 3
        """,
    )
    rows = read("return_gaps", region_level="municipality", region_code="20448", as_of=date(2025, 9, 30))
    assert [row[0] for row in rows] == [
        "1-30", "31-60", "61-90", "91-180", "181-270", "271-365", "366-730", "731+",
    ]  # fmt: skip
    assert rows[1] == ["31-60", "3", "0.75", "0.75"]
    assert rows[6] == ["366-730", "1", "0.25", "1"]
