"""The flow between stages within a year."""

from datetime import date

from tests.conftest import cells

HEAD = (
    "region_level | region_code | as_of | reach_on | span | segment_kind | segment_value"
    " | stage_from | stage_to | people"
)


def test_it_gives_the_moves_of_everybody_since_365_days_before_over_members_that_speak_today(given, read):
    given(
        "mart_moves",
        f"""
        {HEAD}
        municipality | 20448 | 2025-09-30 | 2025-09-30 | year  | all    | all    | tourist | loyal   | 5
        municipality | 20448 | 2025-09-30 | 2025-09-30 | year  | all    | all    | none    | tourist | 40
        municipality | 20448 | 2025-09-30 | 2025-09-30 | month | all    | all    | tourist | loyal   | 1
        municipality | 20448 | 2025-09-30 | 2025-09-30 | year  | gender | female | tourist | loyal   | 2
        municipality | 20448 | 2025-09-30 | 2026-09-30 | year  | all    | all    | tourist | loyal   | 3
        municipality | 20448 | 2025-08-31 | 2025-08-31 | year  | all    | all    | tourist | loyal   | 4
        prefecture   | 20    | 2025-09-30 | 2025-09-30 | year  | all    | all    | tourist | loyal   | 6
        """,
    )
    here = {"region_level": "municipality", "region_code": "20448", "as_of": date(2025, 9, 30)}
    assert read("moves", **here) == cells("""
        none    | tourist | 40
        tourist | loyal   | 5
    """)
