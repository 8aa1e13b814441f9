"""What the map in the browser is told: rows of the read queries in, plain data out. No Streamlit, no queries.

Shapes and names are files the browser keeps (kayoi.ui.map_files); here are only figures, by code.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from kayoi import map_scale, report
from kayoi.i18n import Locale, translate
from kayoi.map_scale import Scale, Show
from kayoi.metrics import Unit
from kayoi.palette import PALETTES, Theme
from kayoi.periods import month_key, month_label

Layer = Literal["fill", "circles", "mix", "arcs", "origins", "areas", "names"]
Level = Literal["municipality", "prefecture"]
LAYERS: Final[tuple[Layer, ...]] = ("fill", "circles", "mix", "arcs", "origins", "areas", "names")

# Homes and views in degrees: west, south, east, north.
MAIN_ISLANDS: Final = (128.3, 30.3, 146.2, 45.7)
VIEWS: Final[Mapping[str, tuple[float, float, float, float]]] = {
    "japan": MAIN_ISLANDS,
    "okinawa": (122.8, 24.0, 128.6, 27.2),
    "amami": (128.2, 26.9, 130.2, 28.7),
    "ogasawara": (140.7, 24.1, 142.4, 27.9),
}
# Boxes beside the main islands, as Japanese maps have them: what they show, and where (shares of the map).
INSETS: Final = (
    {"box": (122.8, 24.0, 130.4, 29.9), "at": (0.02, 0.13, 0.40, 0.35)},
    {"box": (140.7, 24.1, 142.4, 27.9), "at": (0.85, 0.60, 0.98, 0.87)},
)
# 小笠原 and 奄美 are as far from their prefecture's office as the next country; each has its own view.
_HOMES: Final = {"13": (138.9, 35.45, 139.95, 35.92), "46": (129.4, 30.1, 131.3, 32.35)}
_VIEWS_OF: Final = {
    "JP": ("okinawa", "amami", "ogasawara"),
    "13": ("japan", "ogasawara"),
    "46": ("japan", "amami"),
}
_STAGES: Final = report.LADDER


@dataclass(frozen=True)
class Drawn:
    """What is drawn: the figure, its classes and days, and which layers are on."""

    places: pd.DataFrame  # rows of map_values
    show: Show
    unit: Unit
    title: str
    scale: Scale
    level: Level
    layers: frozenset[Layer]
    region_level: str
    region_code: str
    selected: tuple[str, ...] = ()
    shapes: str | None = None  # address of the TopoJSON
    names: str = ""  # address of the names
    flows: pd.DataFrame = field(default_factory=pd.DataFrame)  # rows of map_flows, those that are drawn
    flow_figures: str = "people"  # or change
    stages: pd.DataFrame = field(default_factory=pd.DataFrame)  # rows of map_stages
    areas: pd.DataFrame = field(default_factory=pd.DataFrame)  # rows of map_programs, those that are drawn
    origins: pd.DataFrame = field(default_factory=pd.DataFrame)  # rows of map_origins
    alt: str = ""


def scene(drawn: Drawn, locale: Locale, theme: Theme) -> dict[str, Any]:
    """Return everything the browser needs to draw, play and explain the map, as JSON holds it."""
    return {
        "look": _look(drawn, theme),
        "words": _words(drawn, locale),
        "legend": _legend(drawn, locale, theme),
        "alt": drawn.alt,
        "shapes": drawn.shapes,
        "names": drawn.names,
        "level": drawn.level,
        "layers": sorted(drawn.layers),
        "selected": list(drawn.selected),
        "home": _home(drawn),
        "views": {
            view: [VIEWS[view], translate(locale, f"map.view.{view}")]
            for view in _VIEWS_OF.get(drawn.region_code, ("japan",))
        },
        "insets": list(INSETS) if drawn.region_code == "JP" else [],
        **_figures(drawn, locale),
        "flows": _flows(drawn, locale) if "arcs" in drawn.layers else [],
        "mix": _mix(drawn, locale) if "mix" in drawn.layers else {},
        "areas": _areas(drawn, locale) if "areas" in drawn.layers else [],
        "origins": _origins(drawn, locale) if "origins" in drawn.layers else [],
    }


def _look(drawn: Drawn, theme: Theme) -> dict[str, Any]:
    palette = PALETTES[theme]
    return {
        "classes": drawn.scale.colours(theme),
        "isDiverging": drawn.scale.is_diverging,
        "stages": [palette.stages[stage] for stage in _STAGES],
        **{
            name: getattr(palette, name)
            for name in ("land", "coast", "text", "mark", "rise", "fall", "target", "grid")
        },
        "sea": map_scale.NOTHING[theme],
        "hexagons": map_scale.SEQUENTIAL[theme],
    }


def _words(drawn: Drawn, locale: Locale) -> dict[str, str]:
    keys = ("zoom_in", "zoom_out", "home", "play", "pause", "speed", "month", "help", "loading", "northern")
    said = {key: translate(locale, f"map.ui.{key}") for key in keys}
    for key in ("no_data", "withheld", "asked_month", "hidden"):
        said[key] = translate(locale, f"map.ui.{key}", count="{count}", month="{month}")
    return said | {"title": drawn.title}


def _legend(drawn: Drawn, locale: Locale, theme: Theme) -> dict[str, Any]:
    statuses = set(drawn.places["status"]) if len(drawn.places) else set()
    shown: dict[str, Any] = {
        "title": drawn.title,
        "classes": map_scale.class_words(drawn.scale, drawn.show, drawn.unit, locale),
        "hasWithheld": "suppressed" in statuses,
        "notes": [translate(locale, f"map.legend.{layer}") for layer in LAYERS if layer in drawn.layers],
    }
    if "circles" in drawn.layers:
        shown["sizes"] = _sizes(drawn, locale)
    if "mix" in drawn.layers:
        shown["stages"] = [
            [PALETTES[theme].stages[stage], report.stage_name(stage, locale)] for stage in _STAGES
        ]
    return shown


def _sizes(drawn: Drawn, locale: Locale) -> list[list[Any]]:
    """Return the largest, the middle and the smallest circle that is drawn, and what they stand for."""
    known = drawn.places[drawn.places["shown"].notna() & (drawn.places["shown_size"] > 0)]
    listed = known.sort_values("shown_size", ascending=False, kind="stable")
    chosen = [
        listed.iloc[place] for place in dict.fromkeys([0, len(listed) // 2, len(listed) - 1]) if len(listed)
    ]
    return [
        [
            float(place["shown_size"]) * (-1 if place["shown"] < 0 else 1),
            map_scale.figure(place["shown"], drawn.show, drawn.unit, locale),
        ]
        for place in chosen
    ]


def _home(drawn: Drawn) -> dict[str, Any]:
    if drawn.region_level == "nation":
        return {"key": "JP", "box": MAIN_ISLANDS}
    if drawn.region_level == "prefecture":
        known = _HOMES.get(drawn.region_code)
        return {"key": drawn.region_code, **({"box": known} if known else {"prefecture": drawn.region_code})}
    edges = (drawn.places["longitude"], drawn.places["latitude"])
    west, south, east, north = (
        *(float(edge.min()) for edge in edges),
        *(float(edge.max()) for edge in edges),
    )
    return {"key": drawn.region_code, "box": (west - 0.4, south - 0.3, east + 0.4, north + 0.3)}


def _figures(drawn: Drawn, locale: Locale) -> dict[str, Any]:
    """Return every figure once, and for each day and place the number of its figure (uint16, base64)."""
    days = sorted(drawn.places["as_of"].unique()) if len(drawn.places) else []
    first = drawn.places[drawn.places["as_of"] == days[-1]] if days else drawn.places
    codes = list(first["region_code"])
    numbers: dict[tuple[str, int, float], int] = {}
    at = {code: place for place, code in enumerate(codes)}
    table = np.zeros((len(days), len(codes)), dtype="<u2")
    of_day = {day: row for row, day in enumerate(days)}
    for row in drawn.places[["region_code", "as_of", "shown", "shown_size", "status"]].itertuples(
        index=False
    ):
        kind = drawn.scale.class_of(row.shown, row.status)
        words = (
            translate(locale, "map.ui.withheld")
            if kind == map_scale.WITHHELD
            else map_scale.figure(row.shown, drawn.show, drawn.unit, locale)
        )
        size = 0.0 if report.is_missing(row.shown_size) else round(float(str(row.shown_size)), 4)
        figure = (words, kind, -size if size and float(str(row.shown)) < 0 else size)
        table[of_day[row.as_of], at[row.region_code]] = numbers.setdefault(figure, len(numbers))
    return {
        "codes": ",".join(codes),
        "figures": [list(figure) for figure in numbers],
        "rows": b64encode(table.tobytes()).decode("ascii"),
        "months": [
            [month_key(report.as_date(day)), month_label(report.as_date(day), locale)] for day in days
        ],
        "more": _more(drawn, first, locale),
    }


def _more(drawn: Drawn, first: pd.DataFrame, locale: Locale) -> dict[str, Any]:
    """Return the second line of every place on the last day: its change, or the value where that is shown."""
    if drawn.show == "value":
        said = [
            report.change(value, drawn.unit, locale)
            if report.is_missing(value)
            else translate(locale, "map.tooltip_change", change=report.change(value, drawn.unit, locale))
            for value in first["change"]
        ]
    else:
        said = [
            translate(locale, "map.tooltip_value", value=report.figure(value, drawn.unit, locale))
            for value in first["value"]
        ]
    numbered = {words: number for number, words in enumerate(dict.fromkeys(said))}
    return {"words": list(numbered), "of": [numbered[words] for words in said]}


def _flows(drawn: Drawn, locale: Locale) -> list[list[Any]]:
    flows = drawn.flows[drawn.flows["origin_ja"].notna()] if len(drawn.flows) else drawn.flows
    return [
        [
            round(row["origin_longitude"], 3),
            round(row["origin_latitude"], 3),
            row["region_code"],
            int(row[drawn.flow_figures]),
            _flow_words(row, locale),
            row["origin_code"],
        ]
        for row in flows.to_dict("records")
    ]


def _flow_words(row: Mapping[Any, Any], locale: Locale) -> str:
    people = report.figure(row["people"], "people", locale)
    said = {"origin": row[f"origin_{locale}"], "place": row[f"name_{locale}"], "people": people}
    if report.is_missing(row["change"]):
        return translate(locale, "map.flow_alone", **said)
    return translate(locale, "map.flow", **said, change=report.change(row["change"], "people", locale))


def _mix(drawn: Drawn, locale: Locale) -> dict[str, list[Any]]:
    return {
        row["region_code"]: [
            [int(row[stage]) for stage in _STAGES],
            "　".join(
                f"{report.stage_name(stage, locale)} {report.figure(row[stage], 'people', locale)}"
                for stage in _STAGES
            ),
        ]
        for row in drawn.stages.to_dict("records")
        if row["people"]
    }


def _areas(drawn: Drawn, locale: Locale) -> list[list[Any]]:
    return [
        [row["kind"], row[f"name_{locale}"], row["municipality_codes"].split(";")]
        for row in drawn.areas.to_dict("records")
    ]


def _origins(drawn: Drawn, locale: Locale) -> list[list[Any]]:
    known = drawn.origins[drawn.origins["name_ja"].notna()] if len(drawn.origins) else drawn.origins
    return [
        [row["origin_code"], int(row["people"]), row[f"name_{locale}"]] for row in known.to_dict("records")
    ]


def top_flows(flows: pd.DataFrame, by: str, most: int, regions: Sequence[str] = ()) -> pd.DataFrame:
    """Return the flows drawn as arcs: the first *most* by people or by rise, of *regions* if given."""
    chosen = flows[flows["region_code"].isin(regions)] if regions else flows
    known = chosen[chosen["origin_ja"].notna() & (chosen[by] > 0)]
    return known.sort_values(f"{by}_rank", kind="stable").head(most)
