"""K18 離脱率・復帰率: who fell asleep within the year, and who came back."""

import pytest

from tests.conftest import cells
from tests.sql.days import about, ask, trips

FIGURE = "region_code, part, segment_kind, value, numerator, denominator, n"
HEAD = "region_level | region_code | as_of | reach_on | span | segment_kind | segment_value"
HERE = "municipality | 20448 | 2025-09-30 | 2025-09-30"
COVERAGE = f"""
    region_level | region_code | as_of | reach_on | first_on
    {HERE} | 2023-01-01
"""


def moved(*lines: str) -> str:
    """Return mart_moves of `from | to | people` within a year, for one place and day."""
    return "\n".join(
        [
            f"{HEAD} | stage_from | stage_to | people",
            *(f"{HERE} | year | all | all | {line}" for line in lines),
        ]
    )


def test_lapse_is_ladder_people_dormant_a_year_later(given, build):
    given("mart_coverage", COVERAGE)
    given(
        "mart_moves",
        moved(
            "tourist | dormant | 2",
            "loyal | dormant | 1",
            "related | loyal | 4",
            "dual | settled | 1",
            "routine | dormant | 50",
            "settled | dormant | 50",
            "none | tourist | 50",
        ),
    )
    assert about(build("k18", columns=FIGURE), "20448", "", "all") == cells("0.375 | 3 | 8 | 8")


@pytest.mark.parametrize("stage", ["tourist", "loyal", "related", "dual"])
def test_return_is_dormant_people_back_on_any_rung(given, build, stage):
    given("mart_coverage", COVERAGE)
    given("mart_moves", moved(f"dormant | {stage} | 1", "dormant | dormant | 3"))
    assert about(build("k18", columns=FIGURE), "20448", "return", "all") == cells("0.25 | 1 | 4 | 4")


@pytest.mark.parametrize("stage", ["settled", "routine", "interest"])
def test_a_dormant_person_beside_the_ladder_has_not_returned_to_it(given, build, stage):
    given("mart_coverage", COVERAGE)
    given("mart_moves", moved(f"dormant | {stage} | 1", "dormant | dormant | 3"))
    assert about(build("k18", columns=FIGURE), "20448", "return", "all") == cells("0 | 0 | 4 | 4")


def test_from_visits_a_tourist_who_does_not_come_for_a_year_has_lapsed(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-09-30
            2 | 20448 | 2024-09-30 2025-05-10
            3 | 20448 | 2023-05-10 2025-05-10
            4 | 20448 | 2023-05-10
        """),
    )
    given(
        "raw_coverage", "municipality_code | covered_from | covered_through\n20448 | 2022-01-01 | 2025-09-30"
    )
    ask(given, "2025-09-30")
    figures = build("k18", columns=FIGURE)
    assert about(figures, "20448", "", "all") == cells("0.5 | 1 | 2 | 2")
    assert about(figures, "20448", "return", "all") == cells("0.5 | 1 | 2 | 2")


def test_it_says_nothing_before_a_year_and_is_provisional_before_two(given, build):
    days = ("2024-09-29", "2024-09-30", "2025-09-28", "2025-09-29")
    given(
        "mart_coverage",
        "region_level | region_code | as_of | reach_on | first_on\n"
        + "\n".join(f"municipality | 20448 | {day} | {day} | 2023-10-01" for day in days),
    )
    given(
        "mart_moves",
        f"{HEAD} | stage_from | stage_to | people\n"
        + "\n".join(
            f"municipality | 20448 | {day} | {day} | year | all | all | tourist | dormant | 1" for day in days
        ),
    )
    assert about(build("k18", columns="region_code, part, as_of, status"), "20448", "") == cells("""
        2024-09-29 | no_data
        2024-09-30 | provisional
        2025-09-28 | provisional
        2025-09-29 | final
    """)
