"""The oracle speaks for regions, counts figures and draws datasets as the contract says."""

from datetime import date
from fractions import Fraction

from tests.oracle.drawn import days_apart, region, region_spells, world
from tests.oracle.figures import Figure, default_as_of, kpis, moves, reporting, stock
from tests.oracle.nasty import nasty_dataset
from tests.oracle.rows import read_tables
from tests.oracle.rulesets import JTA_MLIT_2026
from tests.oracle.spells import municipal_spells, work_out
from tests.oracle.visits import left_out, merge_visits

# Section 4: regions

TWO_TOWNS = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2024-01-01
    p1        | 20202             | 2024-03-01
    p1        | 20202             | 2024-04-01
"""


def test_a_regional_stage_is_the_highest_and_not_a_sum_of_visits():
    through = """
        municipality_code | covered_through
        20448             | 2024-12-01
        20202             | 2024-12-01
    """
    w = world(visits=TWO_TOWNS, coverage=through)
    assert region_spells(w, "20") == ["tourist 2024-01-01 2024-04-01", "loyal 2024-04-01"]
    assert region_spells(w, "JP") == region_spells(w, "20")
    assert region_spells(w, "g", {"g": ("20448", "30206")}) == ["tourist 2024-01-01"]
    assert region_spells(w, "g", {"g": ("20", "30206")}) == region_spells(w, "20")


def test_a_member_says_nothing_after_its_own_horizon():
    through = """
        municipality_code | covered_through
        20448             | 2025-06-30
        20202             | 2024-05-31
    """
    w = world(visits=TWO_TOWNS, coverage=through)
    assert region_spells(w, "20") == [
        "tourist 2024-01-01 2024-04-01",
        "loyal 2024-04-01 2024-06-01",
        "tourist 2024-06-01 2024-12-31",
        "dormant 2024-12-31",
    ]


def test_a_regional_spell_ends_where_no_member_still_says_anything_of_the_person():
    w = world(
        visits="""
        person_id | municipality_code | arrived_on
        p1        | 20448             | 2024-01-01
        p2        | 20202             | 2024-01-01
    """,
        coverage="""
        municipality_code | covered_through
        20448             | 2024-05-31
        20202             | 2024-08-31
    """,
    )
    assert region_spells(w, "20") == ["tourist 2024-01-01 2024-06-01", "tourist 2024-01-01"]
    assert region_spells(w, "20448") == ["tourist 2024-01-01"]


def test_routine_stands_below_tourist_and_above_interest_in_a_region():
    w = world(
        visits=days_apart("2024-01-01", [7] * 7) + "\np1 | 20202 | 2024-02-20",
        coverage="""
        municipality_code | covered_through
        20448             | 2024-02-22
        20202             | 2024-02-22
    """,
    )
    assert region_spells(w, "20")[-2:] == ["routine 2024-02-19 2024-02-20", "tourist 2024-02-20"]


# Figures


def test_a_region_on_a_day_uses_only_the_members_that_reach_the_later_day():
    through = """
        municipality_code | covered_through
        20448             | 2025-06-30
        20202             | 2024-05-31
    """
    w = world(visits=TWO_TOWNS, coverage=through)
    nagano = region(w, "20")
    assert reporting(w, nagano, date(2024, 5, 31)) == ("20202", "20448")
    assert stock(w, nagano, date(2024, 5, 31)) == {"loyal": 1}
    assert stock(w, nagano, date(2024, 6, 1)) == {"tourist": 1}
    # the town that does not reach the later day is not in the earlier one either
    assert moves(w, nagano, date(2024, 5, 1), date(2024, 6, 1)) == {("tourist", "tourist"): 1}
    assert moves(w, nagano, date(2023, 12, 31), date(2024, 5, 31)) == {("none", "loyal"): 1}
    assert kpis(w, nagano, date(2025, 7, 1)) == {}
    assert default_as_of(w, nagano) == date(2025, 6, 30)


def test_the_default_day_is_the_last_of_a_complete_month():
    w = world(visits=days_apart("2024-03-30", []))
    assert default_as_of(w, region(w, "20448")) == date(2024, 2, 29)


VISITORS = """
    person_id | municipality_code | arrived_on | departed_on | spend_yen
    p1        | 20448             | 2024-04-01 | 2024-04-03  | 10000
    p1        | 20448             | 2024-05-01 |             | 5,000円以上 10,000円未満
    p1        | 20448             | 2024-06-01 |             |
    p1        | 20448             | 2024-07-01 |             |
    p2        | 20448             | 2024-04-01 | 2024-04-02  | 100,000円以上
    p2        | 20202             | 2024-04-03 |             |
    p2        | 20202             | 2024-06-03 |             |
    p3        | 20202             | 2024-03-31 |             |
"""


def kpi(visits: str, code: str, day: str, coverage: str) -> dict[str, Figure]:
    w = world(visits=visits, coverage=coverage)
    return kpis(w, region(w, code), date.fromisoformat(day))


BOTH_THROUGH_2026 = """
    municipality_code | covered_through
    20448             | 2026-12-31
    20202             | 2026-12-31
"""


def test_visit_kpis_take_the_best_single_municipality_and_divide_by_ties():
    k = kpi(VISITORS, "20", "2025-03-30", BOTH_THROUGH_2026)
    assert (k["K01"].value, k["K01_fy"].value, k["K03"].value) == (1, 1, 3)
    assert (k["K04"].numerator, k["K04"].denominator) == (8, 4)
    assert {band: part.numerator for band, part in k["K05"].parts.items() if part.numerator} == {
        "1": 1,
        "2": 1,
        "4-5": 1,
    }
    assert (k["K06"].numerator, k["K06"].denominator) == (2, 3)
    assert (k["K08"].numerator, k["K08"].denominator) == (3, 8)
    assert (k["K09"].numerator, k["K09"].denominator) == (11, 3)


def test_visit_kpis_drop_the_visit_of_365_days_ago():
    k = kpi(VISITORS, "20", "2025-03-31", BOTH_THROUGH_2026)
    assert (k["K03"].value, k["K04"].numerator) == (2, 7)
    k = kpi(VISITORS, "20", "2025-04-01", BOTH_THROUGH_2026)
    assert (k["K01"].value, k["K01_fy"].value) == (0, 0)


def test_spend_takes_the_midpoint_of_a_band_and_the_low_of_an_open_one():
    k = kpi(VISITORS, "20448", "2024-12-31", BOTH_THROUGH_2026)
    assert (k["K11"].numerator, k["K11"].denominator) == (10000 + 7500 + 100000, 2)
    assert k["K11"].parts["low"].numerator == 10000 + 5000 + 100000
    assert k["K11"].parts["high"].numerator == 10000 + 10000 + 100000
    assert k["K12"].value == Fraction(117500, 3)


def test_a_tie_in_routine_is_left_out_of_visit_figures_but_is_in_the_stock():
    visits = days_apart("2024-01-01", [7] * 7) + "\np1 | 20202 | 2024-02-20\np2 | 20448 | 2024-02-20"
    through = """
        municipality_code | covered_through
        20448             | 2024-12-31
        20202             | 2024-12-31
    """
    k = kpi(visits, "20448", "2024-02-25", through)
    assert (k["K03"].value, k["K04"].numerator, k["K01"].value) == (1, 1, 0)
    assert {s: p.value for s, p in k["K14"].parts.items() if p.value} == {"routine": 1, "tourist": 1}
    k = kpi(visits, "20", "2024-02-25", through)
    assert (k["K03"].value, k["K04"].numerator, k["K04"].denominator) == (2, 2, 2)
    k = kpi(visits, "20448", "2024-02-26", through)
    assert (k["K03"].value, k["K04"].numerator, k["K01"].value) == (2, 9, 1)


def test_stage_kpis_compare_a_day_with_the_day_365_days_before():
    visits = """
        person_id | municipality_code | arrived_on
        up        | 20448             | 2024-01-10
        up        | 20448             | 2025-01-05
        up        | 20448             | 2025-01-07
        gone      | 20448             | 2024-01-09
        back      | 20448             | 2023-01-01
        back      | 20448             | 2025-01-10
    """
    through = "municipality_code | covered_through\n20448 | 2025-12-31"
    k = kpi(visits, "20448", "2025-01-10", through)
    assert {s: p.value for s, p in k["K14"].parts.items() if p.value} == {
        "loyal": 1,
        "tourist": 1,
        "dormant": 1,
    }
    tourist = k["K15"].parts["tourist"]
    # 2024-01-11 is the 365th day before: two tourists then, one of them higher now
    assert (tourist.numerator, tourist.denominator) == (1, 2)
    assert (k["K18"].numerator, k["K18"].denominator) == (1, 2)
    assert (k["K18"].parts["return"].numerator, k["K18"].parts["return"].denominator) == (1, 1)
    assert (k["K19"].value, k["K25"].value) == (1, 0)


# The random datasets


def test_random_datasets_are_the_same_for_the_same_seed_and_reach_every_stage_and_every_reason():
    stages: set[str] = set()
    reasons: set[str | None] = set()
    for seed in range(6):
        dataset = nasty_dataset(seed)
        assert dataset == nasty_dataset(seed)
        w = work_out(read_tables(dataset.tables), [JTA_MLIT_2026])["jta-mlit-2026"]
        stages |= {s.stage for s in municipal_spells(w)}
        reasons |= {left_out(v) for v in w.visits}
    assert stages == {stage for stage, _ in JTA_MLIT_2026.stages}
    assert reasons == {None, "resident", "purpose"}


def test_merging_is_for_each_pair_on_its_own_whatever_the_order_of_the_input():
    data = read_tables(nasty_dataset(3).tables)
    whole = merge_visits(data.records, data.homes)
    backwards = merge_visits(tuple(reversed(data.records)), data.homes)
    assert whole == backwards
