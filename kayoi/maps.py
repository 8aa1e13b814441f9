"""Data frame in, pydeck map out. No Streamlit, no queries; nothing is fetched from another server."""

import json
import math
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from kayoi import report
from kayoi.i18n import Locale
from kayoi.map_scale import Show, figure
from kayoi.metrics import Unit
from kayoi.palette import PALETTES, Theme, rgb

# The land lies below the marks, from files Streamlit serves (static/): sent once, not with every change of
# the map. As a layer of the deck it made a click take 0.4-0.9 s without a graphics card: too long for a tap.
SHAPES_URL: Final = "/app/static/prefectures.geojson"
STYLE_URL: Final = "/app/static/map-{theme}.json"
SHAPE_DECIMALS: Final = 3  # 0.001° ≈ 100 m: less than a pixel at every zoom offered

LAYER: Final = "municipalities"

_TALLEST: Final = 70.0  # share of the map's width, in percent
_LEAST_EXTENT: Final = 2.0  # degrees: a single town is shown within its prefecture
_LABEL_SIZE: Final = 14
_MOST_LABELS: Final = 12  # names of the highest columns; all have their tooltip
_FITTED: Final = 310  # pixels that hold every place, of the 358 the map has on a phone
_TILE: Final = 512  # pixels of the whole world at zoom 0
_FONT: Final = "BIZ UDPGothic, Hiragino Sans, Noto Sans JP, Noto Sans CJK JP, sans-serif"
_JAPAN: Final = ([129.0, 145.5], [31.0, 45.5])
_METRES_PER_DEGREE: Final = 111_000


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck without pydeck's indentation: a quarter of the bytes."""

    def to_json(self) -> str:
        """Return the map as the JSON the browser draws."""
        return json.dumps(
            self, sort_keys=True, default=default_serialize, separators=(",", ":"), ensure_ascii=False
        )


@dataclass(frozen=True)
class Look:
    """Which figure the columns stand for, and in which unit."""

    show: Show
    unit: Unit


def column_map(places: pd.DataFrame, look: Look, locale: Locale, theme: Theme) -> CompactDeck:
    """Return places as columns (height ∝ figure); *places* are rows of map_values of one day.

    A place without the figure stands as a flat plate.
    """
    view, extent = _fitted(places)
    records = _records(places, look, locale, theme)
    return CompactDeck(
        layers=[_columns(records, extent), _labels(records, theme)],
        initial_view_state=view,
        map_provider="carto",
        map_style=STYLE_URL.format(theme=theme),
        tooltip={
            "html": "<b>{name}</b><br/>{figure}",
            "style": {
                "fontSize": "14px",
                "fontFamily": _FONT,
                "color": "#FFFFFF",
                "backgroundColor": "#1A1A1C",
            },
        },
    )


def basemap_style(theme: Theme) -> dict[str, Any]:
    """Return the map below the marks: prefectures and nothing else (static/map-<theme>.json)."""
    palette = PALETTES[theme]
    return {
        "version": 8,
        "sources": {"prefectures": {"type": "geojson", "data": SHAPES_URL}},
        "layers": [
            {
                "id": "land",
                "type": "fill",
                "source": "prefectures",
                "paint": {"fill-color": palette.land, "fill-antialias": False},
            },
            {
                "id": "coast",
                "type": "line",
                "source": "prefectures",
                "paint": {"line-color": palette.coast, "line-width": 1},
            },
        ],
    }


def slim_shapes(shapes: dict[str, Any]) -> dict[str, Any]:
    """Return the shapes with their code and rounded coordinates only (static/prefectures.geojson)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": feature["properties"]["code"]},
                "geometry": {
                    "type": feature["geometry"]["type"],
                    "coordinates": _rounded(feature["geometry"]["coordinates"]),
                },
            }
            for feature in shapes["features"]
        ],
    }


def _rounded(coordinates: Any) -> Any:  # noqa: ANN401 - GeoJSON nests to a depth that depends on the type
    if isinstance(coordinates[0], int | float):
        return [round(number, SHAPE_DECIMALS) for number in coordinates]
    return [_rounded(inner) for inner in coordinates]


def _records(places: pd.DataFrame, look: Look, locale: Locale, theme: Theme) -> list[dict[str, Any]]:
    palette = PALETTES[theme]
    records = []
    for number, place in enumerate(places.to_dict("records")):
        shown, size = place["shown"], place["shown_size"]
        is_known = not report.is_missing(shown)
        is_fall = is_known and float(shown) < 0
        above = place[f"prefecture_name_{locale}"]
        name = place[f"name_{locale}"]
        records.append(
            {
                "code": place["region_code"],
                "longitude": place["longitude"],
                "latitude": place["latitude"],
                "name": name if report.is_missing(above) else f"{above} {name}",
                "label": name if is_known and number < _MOST_LABELS else "",
                "figure": figure(shown, look.show, look.unit, locale),
                "height": 0.0 if report.is_missing(size) else float(size),
                "fill": [*rgb(palette.fall if is_fall else palette.mark if is_known else palette.land), 205],
            }
        )
    return records


def _columns(records: list[dict[str, Any]], extent: float) -> pdk.Layer:
    return pdk.Layer(
        "ColumnLayer",
        records,
        id=LAYER,
        pickable=True,
        auto_highlight=True,
        extruded=True,
        get_position=["longitude", "latitude"],
        get_elevation="height",
        elevation_scale=extent * _METRES_PER_DEGREE * _TALLEST / 200,
        radius=extent * _METRES_PER_DEGREE / 70,
        get_fill_color="fill",
    )


def _labels(records: list[dict[str, Any]], theme: Theme) -> pdk.Layer:
    palette = PALETTES[theme]
    return pdk.Layer(
        "TextLayer",
        [record for record in records if record["label"]],
        id="names",
        pickable=False,
        get_position=["longitude", "latitude"],
        get_text="label",
        get_size=_LABEL_SIZE,
        get_color=rgb(palette.text),
        font_family=pdk.types.String(_FONT),
        character_set=pdk.types.String("auto"),
        get_text_anchor=pdk.types.String("start"),
        get_alignment_baseline=pdk.types.String("center"),
        get_pixel_offset=[8, 0],
        background=True,
        get_background_color=[*rgb(palette.land), 190],
    )


def _fitted(places: pd.DataFrame) -> tuple[pdk.ViewState, float]:
    """Return a view that shows every place, and its width in degrees."""
    longitudes, latitudes = (list(places[name]) for name in ("longitude", "latitude"))
    if not longitudes:
        longitudes, latitudes = _JAPAN
    width = max(max(longitudes) - min(longitudes), 1.3 * (max(latitudes) - min(latitudes)), _LEAST_EXTENT)
    return (
        pdk.ViewState(
            longitude=round((max(longitudes) + min(longitudes)) / 2, 3),
            latitude=round((max(latitudes) + min(latitudes)) / 2, 3),
            zoom=round(math.log2(360 / width * _FITTED / _TILE), 2),
            min_zoom=3,
            max_zoom=11,
            pitch=45,
        ),
        width,
    )
