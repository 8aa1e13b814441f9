"""`kpi`: every KPI of a region on a day."""

import pytest

from kayoi import metrics
from kayoi.i18n import translate
from tests.cli.running import kayoi

KEYS = ["kpi_id", "value", "numerator", "denominator", "n", "unit", "target", "previous", "status"]


def figures(warehouse, *words):
    ran = kayoi("kpi", *words, "--warehouse", warehouse, "--json")
    assert (ran.code, ran.err) == (0, "")
    return {one["kpi_id"]: one for one in ran.json["kpis"]}


def test_json_has_the_contract_s_words_in_its_order(valley):
    ran = kayoi("kpi", "--region", "20448", "--warehouse", valley, "--json")
    assert [ran.json[word] for word in ("region", "as_of", "ruleset")] == [
        "20448",
        "2025-09-30",
        "jta-mlit-2026",
    ]
    assert [one["kpi_id"] for one in ran.json["kpis"]] == list(metrics.registry())
    for one in ran.json["kpis"]:
        assert list(one)[:9] == KEYS
        assert set(one) <= {*KEYS, "previous_status", "parts", "programs"}
        assert one["status"] in ("final", "provisional", "suppressed", "no_data")
        for part in one.get("parts", []):
            assert {"key", "value", "previous", "previous_status", "target"} <= part.keys()


def test_the_figures_are_those_of_the_drawn_visits(valley):
    found = figures(valley, "--region", "20448")
    shown = ("value", "numerator", "denominator", "n", "unit", "target", "previous", "status")
    assert {
        kpi_id: [found[kpi_id][key] for key in shown] for kpi_id in ("K01", "K03", "K04", "K06", "K08", "K11")
    } == {
        "K01": [1, 1, None, 1, "people", 10, 0, "final"],
        "K03": [2, 2, None, 2, "people", None, 1, "final"],
        "K04": [2.5, 5, 2, 2, "times", None, 1.0, "final"],
        "K06": [0.5, 1, 2, 2, "percent", None, 0.0, "final"],
        "K08": [0.4, 2, 5, 2, "nights", None, 2.0, "final"],
        "K11": [6750.0, 13500, 2, 2, "yen", None, 3000.0, "final"],
    }


def test_a_target_gives_an_achievement_that_is_provisional_until_the_year_is_over(valley):
    found = figures(valley, "--region", "20448", "--kpi", "K02")["K02"]
    assert (found["value"], found["denominator"], found["status"]) == (0.0, 10, "provisional")


def test_distributions_carry_parts_in_the_order_of_the_registry_and_no_value(valley):
    found = figures(valley, "--region", "20448", "--kpi", "K05", "K14")
    assert found["K05"]["value"] is None
    assert [(part["key"], part["value"]) for part in found["K05"]["parts"]] == [
        ("1", 1),
        ("2", 0),
        ("3", 0),
        ("4-5", 1),
        ("6-11", 0),
        ("12+", 0),
    ]
    assert {part["key"]: part["value"] for part in found["K14"]["parts"] if part["value"]} == {
        "related": 1,
        "tourist": 1,
    }


@pytest.mark.parametrize(
    ("region", "code", "people"),
    [
        ("20448", "20448", 2),
        ("204480", "20448", 2),
        ("20", "20", 2),
        ("JP", "JP", 2),
        ("second-home", "second-home", 2),
    ],
)
def test_a_region_is_named_by_any_of_its_codes_and_people_are_counted_once(valley, region, code, people):
    ran = kayoi("kpi", "--region", region, "--kpi", "K03", "--warehouse", valley, "--json")
    assert ran.json["region"] == code
    assert ran.json["kpis"][0]["value"] == people


def test_a_day_between_month_ends_is_answered_too(valley):
    assert figures(valley, "--region", "20448", "--as-of", "2025-06-01", "--kpi", "K03")["K03"]["value"] == 2
    assert figures(valley, "--region", "20448", "--as-of", "2025-05-31", "--kpi", "K03")["K03"]["value"] == 1


def test_on_a_day_the_log_does_not_reach_there_are_no_data_not_zeros(valley):
    for day in ("2021-12-31", "2026-01-31"):
        found = figures(valley, "--region", "20448", "--as-of", day)
        assert {(one["value"], one["status"]) for one in found.values()} == {(None, "no_data")}


@pytest.mark.parametrize("words", [("K03", "K01"), ("K03,K01",), ("k03", "k01")])
def test_kpis_may_be_picked_in_any_way_of_writing_them(valley, words):
    assert list(figures(valley, "--region", "20448", "--kpi", *words)) == ["K03", "K01"]


@pytest.mark.parametrize("region", ["生坂村", "長野県生坂村", "204480"])
def test_a_region_may_be_named_as_people_write_it(valley, region):
    ran = kayoi("kpi", "--region", region, "--kpi", "K03", "--warehouse", valley, "--json")
    assert ran.json["region"] == "20448"


@pytest.mark.parametrize(("locale", "name"), [("ja", "生坂村"), ("en", "Ikusaka")])
def test_in_words_it_names_the_region_the_day_and_the_status(valley, locale, name):
    ran = kayoi("kpi", "--region", "20448", "--kpi", "K02", "K03", "--warehouse", valley, "--lang", locale)
    head, *table = ran.out.splitlines()
    assert name in head
    assert "2025-09-30" in head
    assert translate(locale, "app.fictitious") not in head
    assert len(table) == 3
    assert metrics.get("K02").short[locale] in table[1]
    assert translate(locale, "card.status.provisional") in table[1]
    assert translate(locale, "card.status.final") in table[2]


def test_invented_figures_say_that_they_are_invented(demo_warehouse):
    ran = kayoi("kpi", "--region", "JP", "--kpi", "K03", "--warehouse", demo_warehouse)
    assert translate("ja", "app.fictitious") in ran.out.splitlines()[0]
    ran = kayoi("kpi", "--region", "JP", "--kpi", "K03", "--warehouse", demo_warehouse, "--json")
    assert ran.json["data_label"] == "fictitious"


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_value_of_a_year_before_that_may_still_change_says_so(valley, locale):
    words = ("kpi", "--region", "20448", "--warehouse", valley, "--lang", locale)
    ran = kayoi(*words, "--json")
    said = {one["kpi_id"]: one for one in ran.json["kpis"]}
    assert {one["previous_status"] for one in said.values()} >= {"final", None}
    for one in said.values():
        assert (one["previous_status"] is None) == (one["previous"] is None)
    table = dict(
        zip(said, [line for line in kayoi(*words).out.splitlines()[2:] if line[0] == "K"], strict=True)
    )
    mark = translate(locale, "command.kpi.provisional", figure="")
    for kpi_id, one in said.items():
        assert (mark in table[kpi_id]) == (one["previous_status"] == "provisional"), kpi_id


def test_on_a_day_outside_the_data_the_head_says_how_many_members_there_are(valley):
    ran = kayoi("kpi", "--region", "20", "--as-of", "2150-01-01", "--warehouse", valley, "--json")
    assert [ran.json[f"members_{word}"] for word in ("reporting", "with_data", "total")] == [0, 2, 77]


def test_each_programme_stands_beside_the_kpi_with_its_own_target(demo_warehouse):
    found = figures(demo_warehouse, "--region", "JP", "--kpi", "K28", "--as-of", "2026-03-31")["K28"]
    [trial] = [one for one in found["programs"] if one["program_id"] == "tsunagaru-2025"]
    assert (trial["target"], trial["status"], trial["n"]) == (0.8, "final", trial["denominator"])
    assert trial["value"] == trial["numerator"] / trial["denominator"] > 0
    assert found["target"] is None


def test_a_national_target_grows_with_the_days_gone_also_on_a_day_between(demo_warehouse):
    for day, target in (("2026-03-31", 600 * 516 / 1826), ("2026-04-15", 600 * 531 / 1826)):
        found = figures(demo_warehouse, "--region", "JP", "--kpi", "K36", "--as-of", day)["K36"]
        assert found["target"] == pytest.approx(target)
        assert [part["target"] for part in found["parts"]] == [pytest.approx(target)]


def test_in_words_a_programme_is_named_under_its_kpi(demo_warehouse):
    ran = kayoi("kpi", "--region", "30401", "--kpi", "K27", "--warehouse", demo_warehouse)
    assert "つながる、二地域暮らし（架空データ）" in ran.out
