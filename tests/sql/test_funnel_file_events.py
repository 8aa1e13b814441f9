"""The rows of a file, with the steps each could serve."""

import pytest

from tests.conftest import cells

NOON_UTC = 1_751_328_000_000_000  # 2025-07-01 00:00 as wall-clock time


def events(given, build, rows: str, *, is_strict: bool = False, days: str = ""):
    given("ask_file_rows", "row_no | person | time_text | event\n" + rows)
    given("ask_file_days", "time_text | on_day\n" + days)
    given("ask_names", "event | mask\na | 5\nb | 2")
    given("funnel_file_tracks", "track | person | person_text\n1 | 1 | x")
    return build("funnel_file_events", columns="at_us, mask", is_strict=is_strict)


def test_a_name_given_twice_serves_both_steps_and_other_events_matter_to_strict_steps_alone(given, build):
    rows = "1 | x | 2025-07-01 | a\n2 | x | 2025-07-01 | z"
    assert events(given, build, rows) == cells(f"{NOON_UTC} | 5")
    assert events(given, build, rows, is_strict=True) == cells(f"{NOON_UTC} | 0\n{NOON_UTC} | 5")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2025-07-01", 0),
        ("2025/7/1 9:30", 9.5),
        ("2025-07-01T10:00:00", 10),
        ("2025-07-01T10:00:00Z", 19),
        ("2025-07-01 10:00:00+09:00", 10),
        ("2025-07-01T10:00-0500", 24),
    ],
)
def test_a_time_with_an_offset_is_brought_to_japanese_time(given, build, text, hours):
    assert events(given, build, f"1 | x | {text} | b") == [
        [str(NOON_UTC + round(hours * 3_600_000_000)), "2"]
    ]


def test_a_day_read_outside_the_engine_starts_at_midnight(given, build):
    assert events(given, build, "1 | x | R7.7.1 | b", days="R7.7.1 | 2025-07-01") == cells(f"{NOON_UTC} | 2")
