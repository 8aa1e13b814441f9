"""The check finds a stock that the spells do not bear out, and is silent otherwise."""

from tests.conftest import cells

ASKED = "as_of | previous_on | previous_reach_on\n2025-09-30 | 2024-09-30 | 2024-09-30"
STOCK = """
    region_level | region_code | as_of      | reach_on   | segment_kind | segment_value | stage   | people
    municipality | 20448       | 2025-09-30 | 2025-09-30 | all          | all           | tourist | {tourists}
    municipality | 20448       | 2025-09-30 | 2025-09-30 | all          | all           | loyal   | 0
    municipality | 20448       | 2025-09-30 | 2025-12-31 | all          | all           | tourist | 0
    municipality | 20448       | 2025-09-30 | 2025-09-30 | gender       | female        | tourist | 1
    prefecture   | 20          | 2025-09-30 | 2025-09-30 | all          | all           | loyal   | 1
"""
SPELLS = """
    person_key | municipality_code | stage   | valid_from | valid_to
    1          | 20448             | tourist | 2025-09-30 |
    2          | 20448             | tourist | 2025-01-10 | 2025-10-01
    3          | 20448             | tourist | 2025-01-10 | 2025-09-30
    4          | 20448             | tourist | 2025-10-01 |
    5          | 20451             | tourist | 2025-01-10 |
"""
REGIONAL = """
    region_level | region_code | person_key | stage | valid_from | valid_to
    prefecture   | 20          | 1          | loyal | 2025-01-10 |
    nation       | JP          | 1          | loyal | 2025-01-10 |
"""


def test_it_reports_a_stage_with_more_people_than_spells_on_the_day(given, read):
    given("ask_previous", ASKED)
    given("int_municipality_spells", SPELLS)
    given("int_regional_spells", REGIONAL)
    given("mart_stock", STOCK.format(tourists=3))
    assert read("stock_matches_the_spells") == cells("municipality | 20448 | 2025-09-30 | tourist | 3 | 2")


def test_it_reports_spells_of_a_region_that_its_stock_lacks(given, read):
    given("ask_previous", ASKED)
    given("int_municipality_spells", SPELLS)
    given("int_regional_spells", REGIONAL + "    prefecture | 20 | 2 | loyal | 2025-02-10 |")
    given("mart_stock", STOCK.format(tourists=2))
    assert read("stock_matches_the_spells") == cells("prefecture | 20 | 2025-09-30 | loyal | 1 | 2")


def test_it_is_silent_where_they_agree_and_asks_only_about_the_days_of_the_build(given, read):
    given("ask_previous", ASKED)
    given("int_municipality_spells", SPELLS)
    given("int_regional_spells", REGIONAL)
    earlier = "    municipality | 20448 | 2024-09-30 | 2024-09-30 | all | all | tourist | 9"
    given("mart_stock", STOCK.format(tourists=2) + earlier)
    assert read("stock_matches_the_spells") == []
