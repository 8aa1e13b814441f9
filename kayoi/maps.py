"""Data frame in, pydeck map out. No Streamlit, no queries; nothing is fetched from another server."""

import json
import math
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from kayoi import report
from kayoi.charts import SizeStep
from kayoi.i18n import Locale, translate
from kayoi.metrics import Unit
from kayoi.palette import PALETTES, Theme, rgb

# The land lies below the marks, from files Streamlit serves (static/): sent once, not with every change of
# the map. As a layer of the deck it made a click take 0.4-0.9 s without a graphics card: too long for a tap.
SHAPES_URL: Final = "/app/static/prefectures.geojson"
STYLE_URL: Final = "/app/static/map-{theme}.json"
SHAPE_DECIMALS: Final = 3  # 0.001° ≈ 100 m: less than a pixel at every zoom offered

Column = Literal["value", "change"]
Marks = Literal["circles", "columns"]
LAYER: Final = "municipalities"

_LARGEST_RADIUS: Final = 30.0  # pixels
_SMALLEST_RADIUS: Final = 5.0
_TALLEST: Final = 70.0  # share of the map's width, in percent
_LEAST_EXTENT: Final = 2.0  # degrees: a single town is shown within its prefecture
_LABEL_HEIGHT: Final = 18  # pixels
_LABEL_SIZE: Final = 14
_LABEL_GAP: Final = 4  # between a circle and its name
_NARROWEST: Final = 358  # pixels the map has on a phone
_FITTED: Final = 310  # of these, pixels that hold every place: a circle at the edge is not cut
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
    """What the marks show, in which unit, and what they are."""

    column: Column
    unit: Unit
    marks: Marks = "circles"


def municipality_map(places: pd.DataFrame, look: Look, locale: Locale, theme: Theme) -> CompactDeck:
    """Return the municipalities as circles (area ∝ figure) or columns (height ∝ figure).

    *places* are rows of map_values, all of them drawn: a municipality without the figure is a ring.
    """
    view, extent = _fitted(places)
    records = _records(places, look, locale, theme)
    _place_labels(records, view)
    drawn = _columns(records, extent) if look.marks == "columns" else _circles(records, theme)
    view.pitch = 45 if look.marks == "columns" else 0
    return CompactDeck(
        layers=[drawn, _labels(records, theme)],
        initial_view_state=view,
        map_provider="carto",
        map_style=STYLE_URL.format(theme=theme),
        tooltip={
            "html": "<b>{name}</b><br/>{figure}<br/>{more}",
            "style": {
                "fontSize": "14px",
                "fontFamily": _FONT,
                "color": "#FFFFFF",
                "backgroundColor": "#1A1A1C",
            },
        },
    )


def size_steps(places: pd.DataFrame, look: Look, locale: Locale, theme: Theme) -> list[SizeStep]:
    """Return the legend: the largest, the middle and the smallest mark that are drawn."""
    known = places[places[look.column].notna()].sort_values(f"{look.column}_size", ascending=False)
    if known.empty:
        return []
    say = report.figure if look.column == "value" else report.change
    chosen = [known.iloc[place] for place in dict.fromkeys([0, len(known) // 2, len(known) - 1])]
    return [
        SizeStep(
            _radius(place[f"{look.column}_size"]),
            translate(
                locale,
                "map.legend_step",
                value=say(place[look.column], look.unit, locale),
                place=place[f"name_{locale}"],
            ),
            _colour(place[look.column], look, theme),
        )
        for place in chosen
    ]


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
    palette, column, unit = PALETTES[theme], look.column, look.unit
    records = []
    # Large circles first, so that small ones lie on top and can be pointed at.
    for place in places.sort_values(f"{column}_size", ascending=False, na_position="last").to_dict("records"):
        value, size = place[column], place[f"{column}_size"]
        is_known = not report.is_missing(value)
        figure = report.figure(place["value"], unit, locale)
        changed = report.change(place["change"], unit, locale)
        records.append(
            {
                "code": place["region_code"],
                "longitude": place["longitude"],
                "latitude": place["latitude"],
                "name": f"{place[f'prefecture_name_{locale}']} {place[f'name_{locale}']}",
                "label": place[f"name_{locale}"] if is_known else "",
                "figure": figure,
                "more": translate(locale, "map.tooltip_change", change=changed),
                "radius": _radius(size) if is_known else _SMALLEST_RADIUS,
                "height": 0.0 if report.is_missing(size) else float(size),
                "fill": [*rgb(_colour(value, look, theme)), 205] if is_known else [*rgb(palette.land), 160],
            }
        )
    return records


def _colour(value: object, look: Look, theme: Theme) -> str:
    palette = PALETTES[theme]
    if look.column == "value":
        return palette.mark
    return palette.rise if float(str(value)) >= 0 else palette.fall


def _place_labels(records: list[dict[str, Any]], view: pdk.ViewState) -> None:
    """Write names right of their marks, left where the map would cut them.

    The name of a place is dropped where that of a larger one already stands; all have their tooltip.
    """
    pixels = _TILE * 2**view.zoom / 360
    written: list[tuple[float, float, float]] = []  # left, right, height
    for record in records:
        x = (record["longitude"] - view.longitude) * pixels
        # A degree of latitude is about 1.25 of longitude in Japan.
        y = record["latitude"] * pixels * 1.25
        gap, width = record["radius"] + _LABEL_GAP, _label_width(record["label"])
        is_cut = x + gap + width > _NARROWEST / 2
        record["anchor"], record["offset"] = ("end", [-gap, 0]) if is_cut else ("start", [gap, 0])
        left = x - gap - width if is_cut else x + gap
        if any(
            left < end and start < left + width and abs(y - at) < _LABEL_HEIGHT for start, end, at in written
        ):
            record["label"] = ""
        elif record["label"]:
            written.append((left, left + width, y))


def _label_width(label: str) -> float:
    """Return about how many pixels a name takes: kanji are as wide as high, Latin letters about 0.6 of it."""
    return sum(_LABEL_SIZE * (1 if ord(letter) > 0x2E7F else 0.6) for letter in label)


def _circles(records: list[dict[str, Any]], theme: Theme) -> pdk.Layer:
    text = rgb(PALETTES[theme].text)
    return pdk.Layer(
        "ScatterplotLayer",
        records,
        id=LAYER,
        pickable=True,
        auto_highlight=True,
        get_position=["longitude", "latitude"],
        get_radius="radius",
        radius_units=pdk.types.String("pixels"),
        get_fill_color="fill",
        stroked=True,
        get_line_color=text,
        line_width_units=pdk.types.String("pixels"),
        get_line_width=1,
    )


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
        get_text_anchor="anchor",
        get_alignment_baseline=pdk.types.String("center"),
        get_pixel_offset="offset",
        background=True,
        get_background_color=[*rgb(palette.land), 190],
    )


def _radius(size: object) -> float:
    if report.is_missing(size):
        return _SMALLEST_RADIUS
    return max(_SMALLEST_RADIUS, round(_LARGEST_RADIUS * math.sqrt(float(str(size))), 1))


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
        ),
        width,
    )
