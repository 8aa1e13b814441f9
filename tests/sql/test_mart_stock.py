"""Who stood in which stage on a day."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COLUMNS = "region_code, as_of, segment_kind, segment_value, stage, people"
STAGES = ["dormant", "dual", "interest", "loyal", "related", "routine", "settled", "tourist"]
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2022-01-01   | 2025-09-30
    20202             | 2022-01-01   | 2025-09-30
"""


def people(rows, *start):
    """Return the stages with anybody in them."""
    return [row for row in about(rows, *start) if row[-1] != "0"]


def test_a_person_stands_in_the_stage_whose_spell_covers_the_day(given, build):
    given("raw_visits", trips("1 | 20448 | 2024-05-10 2025-05-09"))
    given("raw_coverage", COVERED)
    ask(given, "2024-05-09", "2024-05-10", "2025-05-08", "2025-05-09", "2025-05-10")
    stock = build("mart_stock", columns=COLUMNS)
    assert people(stock, "20448", "2024-05-09", "all", "all") == []
    assert people(stock, "20448", "2024-05-10", "all", "all") == cells("tourist | 1")
    assert people(stock, "20448", "2025-05-08", "all", "all") == cells("tourist | 1")
    assert people(stock, "20448", "2025-05-09", "all", "all") == cells("loyal | 1")
    assert people(stock, "20448", "2025-05-10", "all", "all") == cells("tourist | 1")


def test_every_stage_has_a_row_even_where_nobody_was_ever_there(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    rows = about(build("mart_stock", columns=COLUMNS), "20448", "2025-09-30", "all", "all")
    assert rows == [[stage, "0"] for stage in STAGES]


def test_a_segment_somebody_is_in_has_every_stage_and_others_have_no_row(given, build):
    given("raw_visits", trips("1 | 20448 | 2025-05-10"))
    given("raw_people", "person_key | gender\n1 | female")
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    rows = about(build("mart_stock", columns=COLUMNS), "20448", "2025-09-30", "gender")
    assert rows == [["female", stage, "1" if stage == "tourist" else "0"] for stage in STAGES]


def test_a_person_of_two_towns_is_counted_once_above_them(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-05-10
            1 | 20202 | 2025-05-10 2025-06-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    stock = build("mart_stock", columns=COLUMNS)
    for region in ("20", "JP"):
        assert people(stock, region, "2025-09-30", "all", "all") == cells("loyal | 1")


def test_a_member_whose_horizon_is_behind_the_day_says_nothing(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2025-05-10 2025-06-10
            1 | 20202 | 2025-05-10
        """),
    )
    given(
        "raw_coverage",
        COVERED.replace("20448             | 2022-01-01   | 2025-09-30", "20448 | 2022-01-01 | 2025-08-31"),
    )
    ask(given, "2025-08-31", "2025-09-30")
    stock = build("mart_stock", columns=COLUMNS)
    assert people(stock, "20", "2025-08-31", "all", "all") == cells("loyal | 1")
    assert people(stock, "20", "2025-09-30", "all", "all") == cells("tourist | 1")
