"""What the map in the browser is told, and what it says to readers who do not see it."""
# ruff: noqa: E501 - tables are drawn one row a line

import json
from base64 import b64decode

import numpy as np
import pandas as pd
import pytest

from kayoi import map_words, metrics
from kayoi.map_scale import make_scale
from kayoi.map_scene import Drawn, scene, top_flows
from tests.unit.map_rows import rows

PLACES = """
    region_code | as_of      | name_ja                       | value | change | shown | shown_size | shown_rank | status     | n
    30401       | 2025-08-31 | 白浜町                        | 10    | 1      | 10    | 0.25       | 1          |            | 10
    30406       | 2025-08-31 | すさみ町                      |       |        |       |            |            | no_data    |
    20448       | 2025-08-31 | <img src=x onerror=alert(1)>  |       |        |       |            |            | suppressed |
    30401       | 2025-09-30 | 白浜町                        | 40    | -5     | 40    | 1.0        | 1          |            | 40
    30406       | 2025-09-30 | すさみ町                      | 10    | 2      | 10    | 0.25       | 2          |            | 10
    20448       | 2025-09-30 | <img src=x onerror=alert(1)>  |       |        |       |            |            | suppressed |
"""
FLOWS = """
    region_code | origin_code | name_ja  | origin_ja | people | change | people_rank | change_rank | place_people | place_change
    30401       | 13          | 白浜町   | 東京都    | 5      | 1      | 1           | 2           | 7            | 1
    30401       | 27          | 白浜町   | 大阪府    | 2      | 0      | 2           | 3           | 7            | 1
    30406       | 13          | すさみ町 | 東京都    | 1      | 3      | 3           | 1           | 3            | 3
    30406       | unknown     | すさみ町 |           | 2      |        |             |             | 3            | 3
"""


@pytest.fixture
def places() -> pd.DataFrame:
    return rows(PLACES)


@pytest.fixture
def flows() -> pd.DataFrame:
    lines = [[cell.strip() for cell in line.split("|")] for line in FLOWS.strip().splitlines()]
    table = pd.DataFrame([[cell or None for cell in line] for line in lines[1:]], columns=lines[0])
    for name in ("people", "change", "people_rank", "change_rank", "place_people", "place_change"):
        table[name] = pd.to_numeric(table[name])
    table["origin_longitude"], table["origin_latitude"] = 139.7, 35.7
    return table.assign(name_en=table["name_ja"], origin_en=table["origin_ja"])


def drawn(places, **other) -> Drawn:
    scale = make_scale(places["shown"], "value", "people", "quantile", ())
    usual = {
        "show": "value",
        "unit": "people",
        "title": "来訪者",
        "level": "municipality",
        "layers": frozenset({"fill"}),
        "region_level": "nation",
        "region_code": "JP",
    }
    return Drawn(places=places, scale=scale, **usual | other)


def figures(told: dict) -> list[dict[str, list]]:
    """Return, for each month, the words and the class of each place."""
    codes = told["codes"].split(",")
    table = np.frombuffer(b64decode(told["rows"]), dtype="<u2").reshape(-1, len(codes))
    return [
        {code: told["figures"][number][:2] for code, number in zip(codes, row, strict=True)} for row in table
    ]


def test_every_month_has_a_figure_and_a_class_for_every_place(places):
    told = scene(drawn(places), "ja", "light")
    assert [key for key, _ in told["months"]] == ["2025-08", "2025-09"]
    assert figures(told) == [
        {"30401": ["10人", 1], "30406": ["…", -1], "20448": ["秘匿", -2]},
        {"30401": ["40人", 2], "30406": ["10人", 1], "20448": ["秘匿", -2]},
    ]


def test_a_class_has_one_colour_and_one_line_in_the_legend(places):
    told = scene(drawn(places), "ja", "light")
    assert len(told["legend"]["classes"]) == len(told["look"]["classes"])
    assert told["legend"]["hasWithheld"]


def test_what_is_told_holds_no_shapes_and_no_names_so_that_a_nation_stays_small():
    codes = [f"{code:05d}" for code in range(1, 1742)]
    nation = rows(
        "region_code | shown | shown_size\n" + "\n".join(f"{code} | {int(code)} | 1" for code in codes)
    )
    assert len(json.dumps(scene(drawn(nation), "ja", "light"), ensure_ascii=False)) < 100_000


def test_a_name_from_data_is_told_as_it_is_for_the_browser_writes_it_as_text(places):
    areas = pd.DataFrame({"kind": ["group"], "area_id": ["x"], "name_ja": ["<img src=x>"], "name_en": ["x"],
                          "municipality_codes": ["30401;30406"]})  # fmt: skip
    told = scene(drawn(places, layers=frozenset({"areas"}), areas=areas), "ja", "light")
    assert told["areas"] == [["group", "<img src=x>", ["30401", "30406"]]]


def test_a_map_of_circles_says_what_their_sizes_mean(places):
    sizes = scene(drawn(places, layers=frozenset({"circles"})), "ja", "light")["legend"]["sizes"]
    assert sizes[0] == [1.0, "40人"] and sizes[-1] == [0.25, "10人"]


@pytest.mark.parametrize(("by", "first"), [("people", ("30401", "13")), ("change", ("30406", "13"))])
def test_arcs_are_the_first_by_people_or_by_rise_and_never_of_unknown_origin(flows, by, first):
    top = top_flows(flows, by, 2)
    assert (top.iloc[0]["region_code"], top.iloc[0]["origin_code"]) == first
    assert len(top) == 2 and top["origin_ja"].notna().all()
    assert set(top_flows(flows, by, 9, ["30406"])["region_code"]) == {"30406"}


def test_arcs_are_told_with_their_words(flows, places):
    told = scene(drawn(places, layers=frozenset({"arcs"}), flows=flows), "ja", "light")["flows"]
    assert told[0][2:] == ["30401", 5, "東京都 → 白浜町　5人（1年前から1人 増）", "13"]
    assert len(told) == 3


# --- in words ---


def test_the_sentence_names_highest_lowest_chosen_and_withheld(places):
    now = places[places["as_of"] == places["as_of"].max()]
    said = map_words.finding(now, "value", metrics.measure("K03"), ["30406"], "ja")
    assert said == (
        "値のあるのは2か所。最も大きいのは和歌山県白浜町（40人）、最も小さいのは和歌山県すさみ町（10人）です。"
        "選んだのは和歌山県すさみ町（10人）です。秘匿が1か所あります。"
    )


def test_the_sentence_of_a_rise_says_from_where(flows):
    assert map_words.flows_finding(flows, "change", 3, "ja") == (
        "すさみ町（3人 増）は東京都（3人 増）から。白浜町（1人 増）は東京都（1人 増）から。"
    )
    assert map_words.flows_finding(flows.head(0), "people", 3, "ja").endswith("いません。")


def test_the_table_leads_with_what_is_drawn_and_says_why_a_figure_is_missing(places):
    now = places[places["as_of"] == places["as_of"].max()]
    table = map_words.table(now, "change", metrics.measure("K03"), "ja")
    assert list(table.columns)[:4] == ["順位", "市町村", "1年前からの増減（人）", "値（人）"]
    assert list(table["状態"]) == ["確定", "確定", "秘匿"]
