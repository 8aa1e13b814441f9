"""What all figures share: sizes, axes, texts. Figures are put together as plain data and checked once."""

import math
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from kayoi.palette import PALETTES, Theme

FONT_SIZE: Final = 14  # pixels; nothing is smaller
CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
LEGEND: Final = {
    "orientation": "h",
    "yanchor": "bottom",
    "y": 1.0,
    "xanchor": "left",
    "x": 0,
    "title": {"text": ""},
}
_HANDFUL: Final = 4
NOBODY: Final = 10**-0.2  # where a log axis begins: a bar of nobody has no length
BEFORE_PATTERN: Final = {"shape": "/", "fgopacity": 0.6}

Axis = dict[str, Any]


def finished(traces: list[dict[str, Any]], theme: Theme, *, height: int, **layout: Any) -> go.Figure:  # noqa: ANN401 - Plotly's layout
    """Return the figure of *traces*; *layout* goes before what all figures share.

    Text colours are ours: those of Streamlit's chart theme are too pale for 14 pixels.
    """
    text = {"size": FONT_SIZE, "color": PALETTES[theme].text}
    lines: Axis = {"gridcolor": PALETTES[theme].grid, "linecolor": PALETTES[theme].grid, "tickfont": text}
    shared: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 36, "b": 36},
        "font": text,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "hoverlabel": {"font": {"size": FONT_SIZE}},
        "legend": LEGEND,
    }
    merged = shared | layout
    merged["legend"] = {"font": text} | merged["legend"]
    for name in merged:
        if name.startswith(("xaxis", "yaxis")):
            merged[name] = lines | {"fixedrange": True} | merged[name]
    merged["annotations"] = [
        {"font": text, "showarrow": False} | one for one in merged.get("annotations", [])
    ]
    drawn = [trace | {"textfont": text} if "text" in trace else trace for trace in traces]
    return go.Figure({"data": drawn, "layout": merged})


def count_axis(largest: float, *, log: bool = False, room: float = 0.0) -> Axis:
    """Return an axis of counts that leaves *room* (share of its length) for the texts behind the bars."""
    if not log:
        # Of a handful of people Plotly would mark halves, and print them as whole numbers twice.
        steps = {"dtick": 1} if largest <= _HANDFUL else {"nticks": 5}
        return {"range": [0, max(largest, 1.0) * (1 + room)], "tickformat": ",d"} | steps
    powers = max(math.log10(max(largest, 1.0)), 1.0)
    return {
        "type": "log",
        "range": [math.log10(NOBODY), powers * (1 + room)],
        "tickvals": [10**power for power in range(math.floor(powers) + 1)],
        # every other power is named: upright, they fit side by side on a telephone
        "ticktext": ["" if power % 2 else f"{10**power:,}" for power in range(math.floor(powers) + 1)],
        "tickangle": 0,
    }


def name_axis() -> Axis:
    """Return an axis of names, first on top."""
    return {"autorange": "reversed", "type": "category", "automargin": True, "showgrid": False}


def lengths(counts: pd.Series, *, log: bool) -> list[float]:
    """Return how long bars are; a log axis cannot show zero, so nobody begins where the axis does."""
    numbers = counts.astype("float64")
    return list(numbers.clip(lower=NOBODY) if log else numbers)


def largest(*counts: pd.Series) -> float:
    """Return the largest of all counts; 1 where there is none."""
    known = [float(column.max()) for column in counts if column.notna().any()]
    return max(known, default=1.0)
