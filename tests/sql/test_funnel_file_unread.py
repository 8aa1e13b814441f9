"""Times of a file that the engine does not read by itself."""

import pytest


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("2025-07-01", True),
        ("2025/7/1", True),
        ("2025-07-01 10:00", True),
        ("2025-07-01T10:00:00.5+09:00", True),
        ("20250701", False),
        ("令和7年7月1日", False),
        ("2025-13-01", False),
        ("infinity", False),
        ("25-07-01", False),
        ("soon", False),
    ],
)
def test_iso_and_slashes_are_read_and_nothing_that_only_looks_alike(given, read, text, is_read):
    given("ask_file_rows", f"row_no | person | time_text | event\n4 | x | {text} | a\n7 | y | {text} | a")
    assert read("funnel_file_unread") == ([] if is_read else [[text, "4"]])


def test_a_typed_time_is_never_asked(given, read):
    given("ask_file_rows", "row_no | person | time_text | happened_at | event\n1 | x | | 2025-07-01 | a")
    assert read("funnel_file_unread") == []
