"""Every page draws, in both languages, and shows the figures that can be counted by hand."""

import json
import re
import shutil

import pytest

from kayoi.build import build
from tests.pages.conftest import PAGES, VISITS, load

JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def texts(app) -> list[str]:
    return [element.value for element in (*app.title, *app.header, *app.markdown, *app.info, *app.warning)]


def metric(app, label: str):
    return {card.label: card for card in app.metric}[label]


def figure(app, number: int = 0) -> dict:
    return json.loads(app.get("plotly_chart")[number].proto.spec)


# --- all pages ---


@pytest.mark.parametrize("region", ["JP", "20", "20448"])
@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("screen", ["", *PAGES])
def test_a_page_draws_and_says_where_when_by_which_rules_and_that_the_data_are_fictitious(
    small_warehouse, open_app, screen, locale, region
):
    app = open_app(small_warehouse, screen, lang=locale, region=region)
    said = "\n".join(texts(app)).replace("\\", "")
    assert "jta-mlit-2026" in said
    assert ("2025年9月30日（令和7年9月30日）" if locale == "ja" else "30 Sep 2025") in said
    assert ("架空データ" if locale == "ja" else "Fictitious data") in said


@pytest.mark.parametrize("screen", ["", *PAGES])
def test_no_japanese_is_left_on_an_english_page(small_warehouse, open_app, screen):
    app = open_app(small_warehouse, screen, lang="en", region="20448")
    said = [text.replace("架空データ", "").replace("Kayoi 通い", "") for text in texts(app)]
    shown = [*said, *(card.label for card in app.metric), *(card.value for card in app.metric)]
    assert [text for text in shown if JAPANESE.search(text)] == []


@pytest.mark.parametrize("screen", ["", *PAGES])
def test_a_region_without_data_says_so_and_draws_no_chart(small_warehouse, open_app, screen):
    app = open_app(small_warehouse, screen, region="01100")
    assert "札幌市には、読み込まれたデータがまだありません" in app.info[0].value
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("screen", ["", *PAGES])
def test_where_nothing_is_published_the_page_says_which_command_to_type(tmp_path, open_app, screen):
    app = open_app(tmp_path / "nothing", screen)
    assert f"python -m kayoi demo --warehouse {tmp_path / 'nothing'}" in app.code[0].value


def test_a_rebuild_shows_while_the_app_runs(small_warehouse, tmp_path, open_app):
    warehouse = tmp_path / "warehouse"
    shutil.copytree(small_warehouse, warehouse)
    app = open_app(warehouse, region="20448")
    assert metric(app, "来訪者実人数").value == "3人"
    header = VISITS.strip().splitlines()[0]
    load(warehouse, tmp_path / "more", visits=f"{header}\nfay,20448,2025-09-10,13,\n")
    build(warehouse)
    app.run()
    assert metric(app, "来訪者実人数").value == "4人"


# --- what is chosen is in the URL ---


def test_what_a_link_asks_for_in_vain_is_said_and_the_default_is_shown(small_warehouse, open_app):
    app = open_app(small_warehouse, region="99999", asof="1999-01", seg="origin:mars", year="xx")
    assert len(app.warning) == 4
    assert metric(app, "来訪者実人数").value == "4人"


def test_a_choice_is_written_to_the_url_and_the_default_is_not(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448")
    app.selectbox(key="url.asof").set_value("2025-08").run()
    assert app.query_params["asof"] == "2025-08"
    app.selectbox(key="url.region").set_value("JP").run()
    assert "region" not in app.query_params
    app.selectbox(key="url.asof").set_value("2025-09").run()
    assert "asof" not in app.query_params


def test_the_way_up_leads_to_the_prefecture_and_the_nation(small_warehouse, open_app):
    app = open_app(small_warehouse, region="20448")
    app.button(key="crumb.20").click().run()
    assert app.query_params["region"] == "20"
    app.button(key="crumb.JP").click().run()
    assert "region" not in app.query_params


def test_a_segment_narrows_the_figures(small_warehouse, open_app):
    app = open_app(small_warehouse, region="20448", seg="origin:kinki")
    assert metric(app, "来訪者実人数").value == "1人"


# --- the overview ---


def test_the_overview_counts_people_once_in_the_nation(small_warehouse, open_app):
    app = open_app(small_warehouse)
    assert metric(app, "来訪者実人数").value == "4人"
    assert metric(app, "関係人口（広義）").value == "3人"
    assert metric(app, "二地域居住者").value == "0人"


def test_a_card_shows_the_change_of_a_year_the_target_and_how_far_it_is_reached(small_warehouse, open_app):
    app = open_app(small_warehouse, region="20448")
    card = metric(app, "年4回以上の来訪者")
    assert (card.value, card.delta) == ("1人", "1人 増")
    assert any("目標 10人" in text and "達成率 10.0 %" in text for text in texts(app))


def test_a_figure_that_cannot_be_told_is_dots_and_not_zero(small_warehouse, open_app):
    app = open_app(small_warehouse, region="30401")
    assert metric(app, "1人当たり消費額").value == "…"


# --- the funnel ---


def test_the_funnel_counts_who_stands_on_a_step_or_above(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", scale="linear")
    bar = figure(app)["data"][0]
    assert bar["y"] == ["観光", "ロイヤルカスタマー", "関係人口", "二地域居住"]
    assert bar["customdata"][1] == "<b>2人</b><br>対前段階 66.7 %<br>対起点 66.7 %"
    assert metric(app, "休眠").value == "1人"


def test_the_funnel_stands_beside_that_of_another_region(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", vs="30401", scale="linear")
    names = [bar["name"] for bar in figure(app)["data"]]
    assert names == ["長野県生坂村", "和歌山県白浜町"]


def test_the_funnel_stands_beside_the_year_before(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", vs="year", scale="linear")
    assert [bar["customdata"][0] for bar in figure(app)["data"]] == ["<b>3人</b>", "<b>1人</b>"]


# --- the map ---


def test_the_map_draws_each_municipality_with_data_and_the_ranking_says_the_same(small_warehouse, open_app):
    app = open_app(small_warehouse, "region_map")
    told = scene_of(app)
    drawn = dict(zip(told["codes"].split(","), told["figures"], strict=True))
    assert {code: words for code, (words, _, _) in drawn.items()} == {"20448": "3人", "30401": "2人"}
    assert list(app.dataframe[0].value["値（人）"]) == [3, 2]


def test_the_map_of_a_municipality_is_that_of_its_prefecture(small_warehouse, open_app):
    told = scene_of(open_app(small_warehouse, "region_map", region="20448"))
    assert (told["codes"], told["selected"], told["home"]["key"]) == ("20448", ["20448"], "20")


def test_what_the_address_says_is_on_the_map(small_warehouse, open_app):
    app = open_app(
        small_warehouse, "region_map", layers="arcs.mix", kpi="K14:loyal", pick="30401.99999", time="months"
    )
    told = scene_of(app)
    assert (told["layers"], told["selected"]) == (["arcs", "mix"], ["30401"])
    assert len(told["months"]) > 12
    assert [flow[2:5] for flow in told["flows"]] == [
        ["30401", 1, "東京都 → 白浜町　1人"],
        ["30401", 1, "大阪府 → 白浜町　1人"],
    ]


def scene_of(app):
    """Return what the map in the browser is told."""
    return json.loads(app.get("bidi_component")[0].proto.json)


# --- visit frequency ---


def test_the_frequency_page_counts_who_is_one_visit_short(small_warehouse, open_app):
    app = open_app(small_warehouse, "visit_frequency", region="20448")
    assert metric(app, "4回以上来た人").value == "1人"
    assert metric(app, "あと1回で4回になる人").value == "1人"
    assert metric(app, "目標の達成率").value == "10.0 %"


def test_the_bands_are_people_by_their_best_single_municipality(small_warehouse, open_app):
    app = open_app(small_warehouse, "visit_frequency", scale="linear")
    charts = [figure(app, number)["data"][0] for number in range(len(app.get("plotly_chart")))]
    bands = next(bars for bars in charts if bars.get("y", [""])[0] == "1回")
    assert [text.split("　")[0] for text in bands["text"]] == [
        "1", "1", "1", "1", "0", "0",
    ]  # fmt: skip


def test_calendar_years_have_no_target(small_warehouse, open_app):
    app = open_app(small_warehouse, "visit_frequency", region="20448", year="cy")
    assert "目標の達成率" not in {card.label for card in app.metric}


# --- definitions ---


def test_every_kpi_and_every_condition_of_the_ruleset_is_defined(small_warehouse, open_app):
    from kayoi import metrics, rulesets
    from kayoi.report import condition_words
    from kayoi.ui.text import plain

    app = open_app(small_warehouse, "definitions")
    heads = [expander.label for expander in app.expander]
    assert all(any(head.startswith(kpi_id) for head in heads) for kpi_id in metrics.registry())
    rules = rulesets.load("jta-mlit-2026").rules
    assert list(app.table[0].value["条件"]) == [plain(condition_words(rule.text, "ja")) for rule in rules]
    assert "365日間の来訪回数 ≥ 4 または (365日間の来訪回数 ≥ 2 かつ" in app.table[0].value["条件"][
        3
    ].replace("\\", "")
    assert app.code[1].value == "\n".join(f"{rule.stage}: {rule.text}" for rule in rules)
