"""People of a region alike in when they came and climbed."""

from tests.conftest import cells
from tests.sql.days import ask

HEAD = "person_key | municipality_code | came_on | is_early | loyal_on | related_on | dual_on | settled_on"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2022-01-01   | 2025-09-30
    20202             | 2022-01-01   | 2025-06-30
"""
COLUMNS = "region_code, speaks_from, came_on, is_early, loyal_on, related_on, people"


def of(rows, code: str, speaks_from: str):
    return [row[2:] for row in rows if row[:2] == [code, speaks_from]]


def test_a_region_counts_a_person_once_from_the_first_day_in_any_member(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31", "2025-09-30")
    given(
        "int_milestones",
        f"""{HEAD}
        1 | 20448 | 2023-05-01 | false | 2024-05-01 |            | |
        1 | 20202 | 2022-05-01 | true  |            | 2023-06-01 | |
        2 | 20448 | 2023-05-01 | false |            |            | |
        """,
    )
    entries = build("int_entries", columns=COLUMNS)
    assert of(entries, "20", "2025-06-30") == cells("""
        2022-05-01 | true  | 2024-05-01 | 2023-06-01 | 1
        2023-05-01 | false |            |            | 1
    """)
    assert of(entries, "20", "2025-09-30") == cells("""
        2023-05-01 | false |            | | 1
        2023-05-01 | false | 2024-05-01 | | 1
    """)


def test_people_alike_are_one_row(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    given(
        "int_milestones", f"{HEAD}\n1 | 20448 | 2023-05-01 | false ||||\n2 | 20448 | 2023-05-01 | false ||||"
    )
    assert of(build("int_entries", columns=COLUMNS), "20448", "2025-09-30") == cells(
        "2023-05-01 | false | | | 2"
    )
