"""The ladder on one day."""

from datetime import date

from tests.conftest import cells

HEAD = "region_level | region_code | as_of | reach_on | segment_kind | segment_value | stage | people"
HERE = "municipality | 20448 | 2025-09-30 | 2025-09-30"
ASKED = {
    "region_level": "municipality",
    "region_code": "20448",
    "as_of": date(2025, 9, 30),
    "segment_kind": "all",
    "segment_value": "all",
}


def stock(**people: int) -> str:
    stages = ("settled", "dual", "routine", "related", "loyal", "tourist", "interest", "dormant")
    return "\n".join([HEAD, *(f"{HERE} | all | all | {stage} | {people.get(stage, 0)}" for stage in stages)])


def test_each_rung_is_reached_by_those_on_it_and_above_and_says_a_rate_of_what(given, read):
    given("mart_stock", stock(tourist=60, loyal=20, related=15, dual=5, settled=7, routine=3, dormant=50))
    assert read("stock_funnel", **ASKED) == cells("""
        tourist  | true  | 60 | 100 |      | 1
        loyal    | true  | 20 | 40  | 0.4  | 0.4
        related  | true  | 15 | 20  | 0.5  | 0.2
        dual     | true  | 5  | 5   | 0.25 | 0.05
        settled  | false | 7  |     |      |
        routine  | false | 3  |     |      |
        interest | false | 0  |     |      |
        dormant  | false | 50 |     |      |
    """)


def test_a_rung_above_an_empty_ladder_has_no_rate(given, read):
    given("mart_stock", stock(dormant=4))
    assert read("stock_funnel", **ASKED)[:4] == cells("""
        tourist | true | 0 | 0 | |
        loyal   | true | 0 | 0 | |
        related | true | 0 | 0 | |
        dual    | true | 0 | 0 | |
    """)


def test_a_segment_has_a_ladder_of_its_own(given, read):
    given(
        "mart_stock",
        stock(tourist=60)
        + f"\n{HERE} | gender | female | tourist | 8"
        + f"\n{HERE} | gender | female | loyal   | 2"
        + f"\n{HERE} | gender | male   | loyal   | 9",
    )
    assert read("stock_funnel", **ASKED | {"segment_kind": "gender", "segment_value": "female"}) == cells("""
        tourist | true | 8 | 10 |     | 1
        loyal   | true | 2 | 2  | 0.2 | 0.2
    """)


def test_where_the_region_says_nothing_there_is_no_ladder(given, read):
    given("mart_stock", stock(tourist=60))
    assert read("stock_funnel", **ASKED | {"as_of": date(2025, 8, 31)}) == []
