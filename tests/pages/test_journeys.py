"""The cohort and flow views of the funnel page, and coming back on the frequency page."""

import json
import re

import pytest

JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
VIEWS = (
    ("funnel", {"view": "cohort"}),
    ("funnel", {"view": "cohort", "by": "quarter", "goal": "loyal"}),
    ("funnel", {"view": "cohort", "entry": "later"}),
    ("funnel", {"view": "flow"}),
    ("funnel", {"view": "flow", "span": "two_years"}),
    ("visit_frequency", {"ret": "on"}),
)


def texts(app) -> list[str]:
    return [element.value for element in (*app.title, *app.header, *app.markdown, *app.info, *app.warning)]


def said(app) -> str:
    return "\n".join(texts(app)).replace("\\", "")


def traces(app, kind: str) -> list[dict]:
    drawn = [json.loads(chart.proto.spec)["data"] for chart in app.get("plotly_chart")]
    return [trace for data in drawn for trace in data if trace["type"] == kind]


@pytest.mark.parametrize("region", ["JP", "30401"])
@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_draws_in_both_languages(small_warehouse, open_app, view, locale, region):
    page, query = view
    app = open_app(small_warehouse, page, lang=locale, region=region, **query)
    assert not app.warning
    if locale == "en":
        shown = [text.replace("架空データ", "").replace("Kayoi 通い", "") for text in texts(app)]
        assert [text for text in shown if JAPANESE.search(text)] == []


def test_the_three_funnels_are_never_on_one_page(small_warehouse, open_app):
    heads = {}
    for view in ("stock", "cohort", "flow"):
        app = open_app(small_warehouse, "funnel", region="20448", view=view)
        heads[view] = {header.value for header in app.header}
    assert not heads["stock"] & heads["cohort"]
    assert not heads["cohort"] & heads["flow"]
    assert not heads["stock"] & heads["flow"]


def test_a_cohort_of_three_is_a_number_in_the_table_and_no_rate(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", view="cohort")
    table = next(frame.value for frame in app.dataframe if "12か月以内" in frame.value)
    rows = {row["初来訪"]: row for row in table.to_dict("records")}
    assert rows["2025年度"]["人数（人）"] == 3
    assert rows["2025年度"]["12か月以内"] == "…"
    # dan came on 2024-06-01 and never again; the year is complete on 2025-09-30 for three and six months.
    assert rows["2024年度"]["6か月以内"] == "0.0 %"
    assert "12か月以内に関係人口に達した割合を出せるだけ長く見届けた人が、まだいません" in said(app)


def test_medians_are_in_words_where_half_have_not_reached_a_stage(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", view="cohort")
    table = next(frame.value for frame in app.dataframe if "ロイヤルカスタマー" in frame.value)
    rows = {row["初来訪"]: row for row in table.to_dict("records")}
    assert (rows["2025年度"]["ロイヤルカスタマー"], rows["2025年度"]["移住"]) == ("31日", "未到達")


def test_another_month_says_which_day_its_cohorts_are_of(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", view="cohort", asof="2025-08")
    assert any("ここでは 2025年3月31日" in info.value for info in app.info)
    app = open_app(small_warehouse, "funnel", region="20448", view="cohort", asof="2025-09")
    assert not app.info


def test_the_flow_counts_dan_who_fell_dormant_and_draws_who_changed(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", view="flow")
    assert (
        "365日前にはしごにいた1人のうち、上がったのは 0人（0.0 %）、休眠になったのは 1人（100.0 %）"
        in said(app)
    )
    assert "段階が変わったのは4人" in said(app)
    (sankey,) = traces(app, "sankey")
    assert sum(sankey["link"]["value"]) == 4
    matrix = next(frame.value for frame in app.dataframe if "→ 休眠" in frame.value)
    assert matrix.drop(columns="前の段階").to_numpy().sum() == 4


def test_three_months_ago_is_worked_out_for_some_months_and_says_so_elsewhere(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", view="flow", span="quarter", asof="2025-08")
    assert any("3月末・9月末と最後の月末" in info.value for info in app.info)
    app = open_app(small_warehouse, "funnel", view="flow", span="quarter", asof="2025-03")
    assert traces(app, "sankey")


def test_a_segment_that_a_view_cannot_show_is_said_so(small_warehouse, open_app):
    app = open_app(small_warehouse, "funnel", region="20448", view="cohort", seg="origin:kanto")
    assert "この図は対象者別に分けられません" in said(app)
    app = open_app(small_warehouse, "funnel", region="20448", view="flow", seg="origin:kanto")
    assert "段階が変わったのは3人" in said(app)


def test_the_frequency_page_says_who_came_again(small_warehouse, open_app):
    app = open_app(small_warehouse, "visit_frequency", region="20448")
    triangle = next(frame.value for frame in app.dataframe if "何か月後" in frame.value)
    april = triangle[(triangle["初めて来た月"] == "2025-04") & (triangle["何か月後"] == 3)]
    assert list(april["その月に来た（人）"]) == [1]
    assert "1日当たりの来訪がいちばん多いのは" in said(app)
