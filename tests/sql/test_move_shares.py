"""What became of the people of each stage."""

from datetime import date

from tests.sql.days import about
from tests.sql.test_moves import HEAD, HERE

DAY = "municipality | 20448 | 2025-09-30 | 2025-09-30"
COVERAGE = f"region_level | region_code | as_of | reach_on | first_on\n{DAY} | 2020-01-01"


def moved(*lines: str, span: str = "year") -> str:
    return "\n".join([HEAD, *(f"{DAY} | {span} | all | all | {line}" for line in lines)])


def test_each_person_rose_stayed_fell_lapsed_or_stands_beside(given, read):
    given("mart_coverage", COVERAGE)
    given(
        "mart_moves",
        moved(
            "loyal | loyal    | 10",
            "loyal | related  | 4",
            "loyal | dual     | 2",
            "loyal | settled  | 1",
            "loyal | tourist  | 5",
            "loyal | dormant  | 6",
            "loyal | routine  | 3",
            "loyal | interest | 1",
            "none  | loyal    | 99",
        ),
    )
    rows = read("move_shares", **HERE, span="year")
    assert [row[0] for row in rows] == [
        *("tourist", "loyal", "related", "dual", "settled", "routine", "interest", "dormant"),
    ]
    (loyal,) = about(rows, "loyal")
    assert loyal[:8] == ["true", "32", "7", "3", "10", "5", "6", "4"]
    assert sum(float(cell) for cell in loyal[8:13]) == 1
    assert about(rows, "tourist")[0][1:13] == ["0"] * 7 + [None] * 5


def test_from_beside_the_ladder_every_rung_is_a_rise_and_none_is_skipped(given, read):
    given("mart_coverage", COVERAGE)
    given("mart_moves", moved("dormant | related | 2", "dormant | dormant | 3", "settled | dual | 1"))
    rows = read("move_shares", **HERE, span="year")
    assert about(rows, "dormant")[0][1:8] == ["5", "2", "0", "3", "0", "0", "0"]
    assert about(rows, "settled")[0][1:8] == ["1", "0", "0", "0", "1", "0", "0"]


def test_half_lives_are_those_of_the_last_day_worked_out(given, read):
    given("mart_coverage", COVERAGE)
    given(
        "mart_stage_lives",
        "region_level | region_code | as_of | reach_on | stage | stays | half_life\n"
        f"{DAY} | tourist | 4 | 365\nmunicipality | 20448 | 2025-12-31 | 2025-12-31 | tourist | 5 | 9",
    )
    rows = read("move_shares", **HERE, span="year")
    assert [row[14:16] for row in rows if row[0] in ("tourist", "loyal")] == [["9", "5"], [None, "0"]]


def test_it_is_provisional_where_the_log_began_less_than_a_year_before_the_earlier_day(given, read):
    told = []
    for first_on in ("2022-10-02", "2022-10-03", "2023-10-01", "2023-10-02"):
        given("mart_coverage", COVERAGE.replace("2020-01-01", first_on).replace("2025-09-30", "2024-09-30"))
        asked = HERE | {"as_of": date(2024, 9, 30)}
        told.append(read("move_shares", **asked, span="year")[0][-1])
    assert told == ["final", "provisional", "provisional", "no_data"]


def test_each_span_has_its_earlier_day(given, read):
    told = {}
    for span, before in (
        ("month", "2025-08-31"),
        ("quarter", "2025-06-30"),
        ("half", "2025-03-31"),
        ("two_years", "2023-10-01"),
    ):
        for first_on in (before, str(date.fromisoformat(before).replace(day=2))):
            given("mart_coverage", COVERAGE.replace("2020-01-01", first_on))
            told[(span, first_on == before)] = read("move_shares", **HERE, span=span)[0][-1]
    assert [told[(span, True)] for span in ("month", "quarter", "half", "two_years")] == ["provisional"] * 4
    assert told[("two_years", False)] == "no_data"
