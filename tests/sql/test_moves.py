"""The flow between stages between an earlier day and one day."""

from datetime import date

from tests.conftest import cells

HEAD = (
    "region_level | region_code | as_of | reach_on | span | segment_kind | segment_value"
    " | stage_from | stage_to | people"
)
LONG = "region_level | region_code | as_of | reach_on | span | stage_from | stage_to | people"
HERE = {
    "region_level": "municipality",
    "region_code": "20448",
    "as_of": date(2025, 9, 30),
    "segment_kind": "all",
    "segment_value": "all",
}


def test_it_gives_the_moves_over_members_that_speak_on_the_day(given, read):
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
    assert read("moves", **HERE, span="year") == cells("""
        none    | tourist | 40
        tourist | loyal   | 5
    """)
    assert read("moves", **HERE, span="month") == cells("tourist | loyal | 1")
    female = HERE | {"segment_kind": "gender", "segment_value": "female"}
    assert read("moves", **female, span="year") == cells("tourist | loyal | 2")


def test_three_months_six_and_two_years_are_of_everybody_alone(given, read):
    given(
        "mart_long_moves",
        f"""
        {LONG}
        municipality | 20448 | 2025-09-30 | 2025-09-30 | half      | tourist | loyal | 5
        municipality | 20448 | 2025-09-30 | 2025-09-30 | two_years | tourist | loyal | 6
        """,
    )
    assert read("moves", **HERE, span="half") == cells("tourist | loyal | 5")
    female = HERE | {"segment_kind": "gender", "segment_value": "female"}
    assert read("moves", **female, span="half") == []
