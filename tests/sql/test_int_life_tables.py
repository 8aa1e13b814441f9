"""Life tables against lifelines, against a calculation person by person, and against themselves."""

import importlib.util
import json
import math
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import cells
from tests.oracle.survival import CENSORED, COMPETED, REACHED, estimate, greenwood
from tests.sql.entrants import COVERED, entrants, watch

VALUES = json.loads((Path(__file__).parent.parent / "oracle" / "lifelines_values.json").read_text())
WINDOWS = (91, 182, 365, 730, 1095)
PEOPLE = st.lists(
    st.tuples(st.integers(0, 1200), st.sampled_from((CENSORED, REACHED, COMPETED))), min_size=1, max_size=40
)
# The house is emptied by watch(): what one example puts there the next one replaces.
EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def curve(house, target: str = "related"):
    house.build("mart_cohort_curves")
    found = house.engine.table("mart_cohort_curves")
    found = found[(found["cohort_kind"] == "all") & (found["target"] == target)]
    return found.set_index("days")


@pytest.mark.parametrize("case", VALUES["cases"], ids=lambda case: case["name"])
def test_rates_intervals_and_variances_are_those_of_lifelines(house, case):
    watch(house, [tuple(pair) for pair in case["people"]])
    found = curve(house)
    longest = max(days for days, _ in case["people"])
    for expected in case["expected"]:
        row = found.loc[expected["days"]]
        if expected["days"] > longest:
            continue
        assert row["incidence"] == pytest.approx(expected["incidence"], abs=1e-9)
        if "variance" in expected:
            assert row["std_error"] ** 2 == pytest.approx(expected["variance"], abs=1e-9)
    house.build("mart_cohorts")
    if "low" in case["expected"][0]:
        compare_intervals(found, case["expected"], longest)


def compare_intervals(found, expected, longest) -> None:
    for row in expected:
        rate, error = found.loc[row["days"], ["incidence", "std_error"]]
        if row["days"] <= longest and 0 < rate < 1:
            spread = 1.959963984540054 * error / ((1 - rate) * abs(math.log(1 - rate)))
            assert 1 - (1 - rate) ** math.exp(-spread) == pytest.approx(row["low"], abs=1e-9)
            assert 1 - (1 - rate) ** math.exp(spread) == pytest.approx(row["high"], abs=1e-9)


@pytest.mark.skipif(not importlib.util.find_spec("lifelines"), reason="lifelines is not installed here")
def test_lifelines_says_today_what_it_said_when_the_values_were_written():
    from scripts.write_lifelines_values import kaplan_meier

    case = VALUES["cases"][0]
    for now, then in zip(kaplan_meier(case["people"]), case["expected"], strict=True):
        assert now["incidence"] == pytest.approx(then["incidence"], abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_with_ties_and_competitors_it_is_what_double_sums_over_people_give(house, seed):
    random = Random(seed)
    outcomes = (CENSORED, REACHED, COMPETED)
    people = [(random.randrange(0, 1200, 7), random.choice(outcomes)) for _ in range(80)]
    watch(house, people)
    found = curve(house)
    for within in WINDOWS:
        expected = estimate(people, within)
        row = found.loc[within]
        assert row["at_risk"] == sum(days >= within for days, _ in people)
        assert row["incidence"] == pytest.approx(expected.incidence, abs=1e-12)
        assert row["competing"] == pytest.approx(expected.competing, abs=1e-12)
        assert row["std_error"] ** 2 == pytest.approx(expected.variance, abs=1e-12)


def test_where_nobody_settles_first_the_variance_is_greenwoods(house):
    random = Random(11)
    people = [(random.randrange(0, 1200, 5), random.choice((CENSORED, REACHED))) for _ in range(60)]
    watch(house, people)
    for within in WINDOWS:
        error = curve(house).loc[within, "std_error"]
        assert error**2 == pytest.approx(greenwood(people, within), abs=1e-12)


@EXAMPLES
@given(people=PEOPLE)
def test_survival_and_both_incidences_add_up_to_one(house, people):
    watch(house, people)
    found = curve(house)
    known = found[found["incidence"].notna()]
    total = known["survival"] + known["incidence"] + known["competing"]
    assert list(total) == pytest.approx([1.0] * len(known), abs=1e-9)


def test_by_hand_one_of_three_still_watched_is_a_third_not_a_quarter(house):
    # Of four people one is gone on day 30, one reaches it on day 100 when three are watched.
    watch(house, [(30, CENSORED), (100, REACHED), (400, CENSORED), (400, CENSORED)])
    row = curve(house).loc[365]
    assert (row["incidence"], row["at_risk"]) == (pytest.approx(1 / 3), 2)


def test_who_settles_first_is_neither_a_success_nor_still_at_risk(given, build):
    given("raw_coverage", COVERED)
    given("ask_days", "as_of | reach_on\n2026-03-31 | 2026-03-31")
    given(
        "int_entries",
        entrants(
            "2023-04-01 | | | | 2023-05-01 | 1",
            "2023-04-01 | 2023-06-01 | 2023-06-01 | | 2023-07-01 | 1",
            "2023-04-01 | | | | | 2",
        ),
    )
    curves = build("mart_cohort_curves", columns="cohort_kind, target, days, at_risk, incidence, competing")
    assert [row[3:] for row in curves if row[:3] == ["fy", "related", "365"]] == cells("2 | 0.25 | 0.25")
    assert [row[3:] for row in curves if row[:3] == ["fy", "settled", "365"]] == cells("2 | 0.5 | 0")
