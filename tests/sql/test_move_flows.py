"""The flows a picture of changes shows."""

from tests.conftest import cells
from tests.sql.test_move_shares import moved
from tests.sql.test_moves import HERE


def test_who_stayed_is_left_out_and_shares_are_of_who_changed(given, read):
    given("mart_moves", moved("tourist | tourist | 900", "tourist | dormant | 75", "tourist | loyal | 25"))
    assert read("move_flows", **HERE, span="year") == cells("""
        tourist | dormant | 75 | 1 | 0.75
        tourist | loyal   | 25 | 1 | 0.25
    """)


def test_small_flows_go_together_but_who_rose_is_always_seen(given, read):
    given(
        "mart_moves",
        moved(
            "tourist | dormant  | 9600",
            "related | tourist  | 80",
            "related | dormant  | 90",
            "dual    | related  | 5",
            "dual    | loyal    | 4",
            "loyal   | related  | 1",
            "loyal   | tourist  | 99",
            "none    | interest | 121",
        ),
    )
    assert [row[:4] for row in read("move_flows", **HERE, span="year")] == cells("""
        tourist | dormant  | 9600 | 1
        related | other    | 170  | 2
        none    | interest | 121  | 1
        other   | other    | 108  | 3
        loyal   | related  | 1    | 1
    """)


def test_nobody_is_lost_in_merging(given, read):
    lines = [
        f"{earlier} | {later} | {number}"
        for number, (earlier, later) in enumerate(
            (earlier, later)
            for earlier in ("tourist", "loyal", "related", "dual", "dormant", "none", "interest")
            for later in ("tourist", "loyal", "related", "dual", "dormant", "settled", "interest")
            if earlier != later
        )
    ]
    given("mart_moves", moved(*lines))
    rows = read("move_flows", **HERE, span="year")
    assert sum(int(row[2]) for row in rows) == sum(range(len(lines)))
    assert sum(int(row[3]) for row in rows) == len(lines) - 1
