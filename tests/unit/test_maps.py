"""The map of municipalities."""

import json
from pathlib import Path

import pandas as pd
import pytest

from kayoi import maps
from kayoi.municipalities import prefecture_shapes_path

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def places() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "region_code": ["30401", "20448", "30406"],
            "name_ja": ["白浜町", "<b>生坂村", "すさみ町"],
            "name_en": ["Shirahama", "Ikusaka", "Susami"],
            "prefecture_name_ja": ["和歌山県", "長野県", "和歌山県"],
            "prefecture_name_en": ["Wakayama", "Nagano", "Wakayama"],
            "longitude": [135.35, 137.93, 135.50],
            "latitude": [33.68, 36.43, 33.55],
            "value": [400.0, 100.0, None],
            "change": [-5.0, 10.0, None],
            "value_size": [1.0, 0.25, None],
            "change_size": [0.5, 1.0, None],
        }
    )


def layer(places: pd.DataFrame, look: maps.Look, name: str = maps.LAYER) -> list[dict]:
    layers = json.loads(maps.municipality_map(places, look, "ja", "light").to_json())["layers"]
    return next(layer["data"] for layer in layers if layer["id"] == name)


def test_the_area_of_a_circle_is_the_figure(places):
    radii = {place["code"]: place["radius"] for place in layer(places, maps.Look("value", "people"))}
    assert radii["30401"] == 2 * radii["20448"]


def test_a_municipality_without_the_figure_is_drawn_small_and_says_so(places):
    unknown = layer(places, maps.Look("value", "people"))[-1]
    assert (unknown["code"], unknown["figure"], unknown["label"]) == ("30406", "…", "")


def test_a_rise_and_a_fall_differ_in_colour_and_in_words(places):
    drawn = {place["code"]: place for place in layer(places, maps.Look("change", "people"))}
    assert drawn["30401"]["fill"] != drawn["20448"]["fill"]
    assert drawn["30401"]["more"] == "1年前から5人 減"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_fetched_from_another_server(places, theme):
    drawn = maps.municipality_map(places, maps.Look("value", "people"), "ja", theme).to_json()
    assert json.loads(drawn)["mapStyle"] == f"/app/static/map-{theme}.json"
    assert "http" not in drawn


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_land_below_is_that_of_the_theme(theme):
    served = json.loads((ROOT / "static" / f"map-{theme}.json").read_text(encoding="utf-8"))
    assert served == maps.basemap_style(theme)


def test_the_view_holds_every_place(places):
    view = maps.municipality_map(places, maps.Look("value", "people"), "ja", "light").initial_view_state
    assert min(places["longitude"]) < view.longitude < max(places["longitude"])
    assert 3 <= view.zoom <= 11


def test_the_legend_names_places_that_are_on_the_map(places):
    steps = maps.size_steps(places, maps.Look("value", "people"), "ja", "light")
    assert [step.words for step in steps] == ["400人（白浜町）", "100人（<b>生坂村）"]


def test_the_shapes_served_as_a_file_are_those_of_the_reference():
    served = json.loads((ROOT / "static" / "prefectures.geojson").read_text(encoding="utf-8"))
    assert served == maps.slim_shapes(json.loads(prefecture_shapes_path().read_text(encoding="utf-8")))
