"""`funnel`: stock on a day, how far first-comers got, and moves within a year."""

import pytest

from kayoi.i18n import translate
from kayoi.report import stage_name
from tests.cli.running import kayoi


def test_the_stock_funnel_says_how_many_reached_each_rung_and_a_rate_of_what(valley):
    ran = kayoi("funnel", "--region", "20448", "--kind", "stock", "--warehouse", valley, "--json")
    assert ran.code == 0
    assert ran.json["steps"] == [
        {"stage": "tourist", "people": 1, "at_or_above": 2, "step_rate": None, "start_rate": 1.0},
        {"stage": "loyal", "people": 0, "at_or_above": 1, "step_rate": 0.5, "start_rate": 0.5},
        {"stage": "related", "people": 1, "at_or_above": 1, "step_rate": 1.0, "start_rate": 0.5},
        {"stage": "dual", "people": 0, "at_or_above": 0, "step_rate": 0.0, "start_rate": 0.0},
    ]
    assert {one["stage"]: one["people"] for one in ran.json["beside"]} == {
        "settled": 0,
        "routine": 0,
        "interest": 0,
        "dormant": 0,
    }


def test_the_flow_says_who_moved_within_a_year(valley):
    ran = kayoi("funnel", "--region", "20448", "--kind", "flow", "--warehouse", valley, "--json")
    assert ran.json["moves"] == [
        {"stage_from": "none", "stage_to": "tourist", "people": 1},
        {"stage_from": "tourist", "stage_to": "related", "people": 1},
    ]


def test_a_cohort_says_how_many_are_still_watched_and_gives_no_rate_beyond_that(valley):
    ran = kayoi("funnel", "--region", "20448", "--kind", "cohort", "--warehouse", valley, "--json")
    assert ran.code == 0
    assert {one["stage"] for one in ran.json["cohorts"]} == {"loyal", "related", "dual", "settled"}
    for one in ran.json["cohorts"]:
        assert one["followed"] <= one["people"]
        assert one["reach_rate"] is not None or one["followed"] < one["people"]


def test_a_day_between_month_ends_has_a_funnel_too(valley):
    ran = kayoi(*("funnel", "--region", "20", "--as-of", "2025-05-10"), "--warehouse", valley, "--json")
    assert ran.json["as_of"] == "2025-05-10"
    assert [one["people"] for one in ran.json["steps"]] == [0, 1, 0, 0]


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("kind", ["stock", "cohort", "flow"])
def test_in_words_the_stages_have_their_names(valley, locale, kind):
    ran = kayoi("funnel", "--region", "20448", "--kind", kind, "--warehouse", valley, "--lang", locale)
    assert ran.code == 0
    assert stage_name("related", locale) in ran.out
    assert translate(locale, "app.fictitious") not in ran.out
