"""Events on time charts."""

from datetime import date

from tests.conftest import cells


def test_a_region_sees_its_own_events_and_those_of_everywhere_until_the_day(given, read):
    given(
        "dim_events",
        """
        event_no | municipality_code | starts_on  | label_ja | label_en
        1        | 20448             | 2025-09-01 | 助成開始 | Support begins
        2        |                   | 2025-07-01 | 台風     |
        3        | 30401             | 2025-08-01 | 花火     | Fireworks
        4        | 20448             | 2025-12-01 | 後の事   | Later
        """,
    )
    assert read("chart_events", region_code="20448", as_of=date(2025, 9, 30)) == cells("""
        2025-07-01 | 台風     | 台風
        2025-09-01 | 助成開始 | Support begins
    """)
