"""The columns of the map, and the land below them."""

import json
from pathlib import Path

import pandas as pd
import pytest

from kayoi import maps
from kayoi.municipalities import prefecture_shapes_path
from tests.unit.map_rows import rows

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def places() -> pd.DataFrame:
    return rows(
        """
        region_code | name_ja     | prefecture_name_ja | longitude | latitude | shown | shown_size
        30401       | 白浜町      | 和歌山県           | 135.35    | 33.68    | 400   | 1.0
        20448       | <b>生坂村   | 長野県             | 137.93    | 36.43    | -100  | 0.25
        30406       | すさみ町    | 和歌山県           | 135.50    | 33.55    |       |
        """
    )


def columns(places: pd.DataFrame, name: str = maps.LAYER) -> list[dict]:
    drawn = maps.column_map(places, maps.Look("value", "people"), "ja", "light").to_json()
    return next(layer["data"] for layer in json.loads(drawn)["layers"] if layer["id"] == name)


def test_the_height_of_a_column_is_the_figure(places):
    heights = {place["code"]: place["height"] for place in columns(places)}
    assert heights == {"30401": 1.0, "20448": 0.25, "30406": 0.0}


def test_a_place_without_the_figure_is_flat_and_says_so(places):
    unknown = columns(places)[-1]
    assert (unknown["code"], unknown["figure"], unknown["label"]) == ("30406", "…", "")


def test_a_rise_and_a_fall_differ_in_colour(places):
    drawn = {place["code"]: place for place in columns(places)}
    assert drawn["30401"]["fill"] != drawn["20448"]["fill"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_fetched_from_another_server(places, theme):
    drawn = maps.column_map(places, maps.Look("value", "people"), "ja", theme).to_json()
    assert json.loads(drawn)["mapStyle"] == f"/app/static/map-{theme}.json"
    assert "http" not in drawn


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_land_below_is_that_of_the_theme(theme):
    served = json.loads((ROOT / "static" / f"map-{theme}.json").read_text(encoding="utf-8"))
    assert served == maps.basemap_style(theme)


def test_the_view_holds_every_place(places):
    view = maps.column_map(places, maps.Look("value", "people"), "ja", "light").initial_view_state
    assert min(places["longitude"]) < view.longitude < max(places["longitude"])
    assert 3 <= view.zoom <= 11


def test_the_shapes_served_as_a_file_are_those_of_the_reference():
    served = json.loads((ROOT / "static" / "prefectures.geojson").read_text(encoding="utf-8"))
    assert served == maps.slim_shapes(json.loads(prefecture_shapes_path().read_text(encoding="utf-8")))
