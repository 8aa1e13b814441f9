"""Marks on time charts."""

from tests.conftest import cells


def test_an_event_loaded_twice_is_one_mark_numbered_in_the_order_of_reading(given, build):
    given(
        "raw_events",
        """
        municipality_code | starts_on  | ends_on    | label_ja | label_en
                          | 2025-04-13 | 2025-10-13 | 万博     | Expo
        20448             | 2025-06-01 |            | 体験開始 | Trial begins
        20448             | 2025-06-01 |            | 体験開始 | Trial begins
        """,
    )
    assert build("dim_events") == cells("""
        1 |       | 2025-04-13 | 2025-10-13 | 万博     | Expo
        2 | 20448 | 2025-06-01 |            | 体験開始 | Trial begins
    """)
