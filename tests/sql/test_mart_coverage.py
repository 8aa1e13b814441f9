"""How many members of a region speak on a day, of how many."""

from tests.conftest import cells
from tests.sql.days import about, ask

COLUMNS = "region_code, as_of, reach_on, members_reporting, members_with_data, members_total, first_on"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-08-31
    20202             | 2024-01-01   | 2025-09-30
"""


def test_a_member_speaks_up_to_its_own_horizon(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-08-31", "2025-09-01", "2025-09-30")
    assert about(build("mart_coverage", columns=COLUMNS), "20") == cells("""
        2025-08-31 | 2025-08-31 | 2 | 2 | 77 | 2023-01-01
        2025-09-01 | 2025-09-01 | 1 | 2 | 77 | 2024-01-01
        2025-09-30 | 2025-09-30 | 1 | 2 | 77 | 2024-01-01
    """)


def test_a_day_compared_with_a_later_one_uses_the_members_that_reach_the_later_day(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2024-09-30", "2024-09-30 for 2025-09-30")
    assert about(build("mart_coverage", columns=COLUMNS), "20") == cells("""
        2024-09-30 | 2024-09-30 | 2 | 2 | 77 | 2023-01-01
        2024-09-30 | 2025-09-30 | 1 | 2 | 77 | 2024-01-01
    """)


def test_nothing_is_said_before_the_first_or_after_the_last_day_covered(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2022-12-31", "2023-01-01", "2025-08-31", "2025-09-30")
    spoken = [row[0] for row in about(build("mart_coverage", columns=COLUMNS), "20448")]
    assert spoken == ["2023-01-01", "2025-08-31"]


def test_a_group_counts_its_own_members(given, build):
    given("raw_coverage", COVERED)
    given("ref_groups", "group_id | municipality_code\nvillages | 20448\nvillages | 01633")
    given(
        "ref_regions",
        """
        region_level | region_code | name_ja | name_en  | members_total
        group        | villages    | 村々    | Villages | 2
        """,
    )
    ask(given, "2025-08-31")
    assert build("mart_coverage", columns=COLUMNS) == cells(
        "villages | 2025-08-31 | 2025-08-31 | 1 | 1 | 2 | 2023-01-01"
    )
