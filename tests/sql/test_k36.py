"""K36 特定居住 促進計画・支援法人: plans and bodies so far."""

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, as_of, value, n, status"


def test_each_member_s_latest_figure_is_added_up(given, build):
    given(
        "raw_area_stats",
        """
        municipality_code | month   | metric           | value
        20448             | 2025-07 | 特定居住促進計画 | 1
        20448             | 2025-09 | 特定居住促進計画 | 2
        20202             | 2025-08 | 特定居住促進計画 | 1
        20202             | 2025-08 | 特定居住支援法人 | 4
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-06-30", "2025-08-31", "2025-09-30")
    figures = build("k36", columns=FIGURE)
    assert about(figures, "JP", "") == cells("""
        2025-08-31 | 2 | 2 | final
        2025-09-30 | 3 | 2 | final
    """)
    assert about(figures, "20448", "bodies") == []
    assert about(figures, "20202", "bodies") == cells(
        "2025-08-31 | 4 | 1 | final\n2025-09-30 | 4 | 1 | final"
    )
