"""Which municipalities speak for a region on a day."""

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_a_member_speaks_up_to_its_horizon_and_for_a_comparison_up_to_the_later_day(given, build):
    given(
        "raw_coverage",
        COVERED.replace("20202             | 2023-01-01   | 2025-09-30", "20202 | 2023-01-01 | 2025-06-30"),
    )
    ask(given, "2025-06-30", "2025-06-30 for 2025-09-30", "2025-09-30")
    rows = build("int_members_at", columns="region_level, region_code, as_of, reach_on, municipality_code")
    assert about(rows, "prefecture", "20") == cells("""
        2025-06-30 | 2025-06-30 | 20202
        2025-06-30 | 2025-06-30 | 20448
        2025-06-30 | 2025-09-30 | 20448
        2025-09-30 | 2025-09-30 | 20448
    """)
    assert about(rows, "municipality", "20202") == cells("2025-06-30 | 2025-06-30 | 20202")
