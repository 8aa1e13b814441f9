"""The rhythm of coming back, every month with a row."""

from datetime import date

HERE = {"region_level": "municipality", "region_code": "20448", "as_of": date(2025, 5, 31)}


def test_months_without_returns_are_zero_and_shares_add_up(given, read):
    given(
        "mart_return_cycle",
        """
        region_level | region_code | as_of      | months | returns
        municipality | 20448       | 2025-03-31 | 0      | 3
        municipality | 20448       | 2025-03-31 | 12     | 1
        municipality | 20448       | 2025-06-30 | 5      | 9
    """,
    )
    rows = read("return_cycle", **HERE)
    assert [row[1] for row in rows] == [str(months) for months in range(37)]
    assert [row[2] for row in rows if row[2] != "0"] == ["3", "1"]
    assert [row[3:] for row in rows if row[1] in ("0", "11", "12")] == [
        *(["0.75", "0.75"], ["0", "0.75"], ["0.25", "1"]),
    ]


def test_without_any_there_is_nothing(read):
    assert read("return_cycle", **HERE) == []
