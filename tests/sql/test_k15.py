"""K15 ステージ移行率: who stands higher than a year before."""

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


def moved(*lines: str, span: str = "year") -> str:
    """Return mart_moves of `from | to | people` for one place and day."""
    rows = [f"{HERE} | {span} | all | all | {line}" for line in lines]
    return "\n".join([f"{HEAD} | stage_from | stage_to | people", *rows])


def test_the_rate_is_of_those_who_stood_in_the_stage_a_year_before(given, build):
    given("mart_coverage", COVERAGE)
    given(
        "mart_moves",
        moved("tourist | loyal | 3", "tourist | tourist | 5", "tourist | dormant | 4", "loyal | related | 1"),
    )
    figures = build("k15", columns=FIGURE)
    assert about(figures, "20448", "tourist", "all") == cells("0.25 | 3 | 12 | 12")
    assert about(figures, "20448", "loyal", "all") == cells("1 | 1 | 1 | 1")
    assert about(figures, "20448", "", "all") == cells("0.3076923077 | 4 | 13 | 13")


@pytest.mark.parametrize(
    ("stage", "is_higher"),
    [
        ("settled", "1"),
        ("dual", "1"),
        ("related", "1"),
        ("loyal", "0"),
        ("tourist", "0"),
        ("routine", "0"),
        ("interest", "0"),
        ("dormant", "0"),
    ],
)
def test_higher_is_a_rung_above_or_settled_and_never_routine(given, build, stage, is_higher):
    given("mart_coverage", COVERAGE)
    given("mart_moves", moved(f"loyal | {stage} | 1"))
    assert about(build("k15", columns=FIGURE), "20448", "loyal", "all") == [[is_higher, is_higher, "1", "1"]]


@pytest.mark.parametrize("stage", ["settled", "routine", "interest", "dormant", "none"])
def test_who_stood_beside_the_ladder_is_not_in_the_rate(given, build, stage):
    given("mart_coverage", COVERAGE)
    given("mart_moves", moved(f"{stage} | related | 7", "tourist | tourist | 2"))
    assert about(build("k15", columns=FIGURE), "20448", "", "all") == cells("0 | 0 | 2 | 2")


def test_moves_since_the_month_before_are_another_matter(given, build):
    given("mart_coverage", COVERAGE)
    given("mart_moves", moved("tourist | loyal | 3", span="month"))
    assert build("k15", columns=FIGURE) == []


def test_from_visits_a_second_one_within_the_year_moves_a_tourist_up(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-06-10 2025-02-10 2025-03-10
            2 | 20448 | 2024-06-10
        """),
    )
    given(
        "raw_coverage", "municipality_code | covered_from | covered_through\n20448 | 2023-01-01 | 2025-09-30"
    )
    ask(given, "2025-09-30")
    assert about(build("k15", columns=FIGURE), "20448", "tourist", "all") == cells("0.5 | 1 | 2 | 2")


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
            f"municipality | 20448 | {day} | {day} | year | all | all | tourist | loyal | 1" for day in days
        ),
    )
    assert about(build("k15", columns="region_code, part, as_of, status"), "20448", "") == cells("""
        2024-09-29 | no_data
        2024-09-30 | provisional
        2025-09-28 | provisional
        2025-09-29 | final
    """)
