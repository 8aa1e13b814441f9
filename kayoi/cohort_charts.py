"""Cohorts: data frame in, Plotly figure out. No Streamlit, no queries."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from kayoi import journey_words as words
from kayoi.chart_layout import FONT_SIZE, finished, largest, name_axis
from kayoi.i18n import Locale, translate
from kayoi.palette import PALETTES, Theme
from kayoi.report import count, is_missing, rate

Trace = dict[str, Any]

_DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash")
_SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "x")
_MOST: Final = 5  # curves in one picture
_MONTH: Final = 365 / 12


def newest(rows: pd.DataFrame) -> list[str]:
    """Return the cohorts a picture has room for: the newest five with anything to show, oldest first."""
    shown = rows[rows["is_shown"] & (rows["within_days"] > 0)]
    return sorted(shown["cohort"].unique())[-_MOST:]


def curves(rows: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return the share that reached a stage against months since the first visit, a curve per cohort.

    *rows* are those of cohort_reach for one stage. A curve ends where too few are left; the bars at 3, 6,
    12, 24 and 36 months are 95 % intervals. The newest cohort has the strongest colour.
    """
    cohorts = newest(rows)
    colours = PALETTES[theme].cohorts[-len(cohorts) :] if cohorts else ()
    traces: list[Trace] = []
    highest = [pd.Series([0.01])]
    for place, (cohort, colour) in enumerate(zip(cohorts, colours, strict=True)):
        line = rows[(rows["cohort"] == cohort) & rows["is_shown"]]
        name, dash = words.cohort_name(cohort, locale), _DASHES[place]
        highest += [line["reach_rate"], line.loc[line["is_window"], "rate_high"]]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "legendgroup": cohort,
                "x": [0.0, *(line["within_days"] / _MONTH)],
                "y": [0.0, *line["reach_rate"]],
                "line": {"color": colour, "width": 2.5, "dash": dash},
                "hoverinfo": "skip",
            }
        )
        traces.append(_intervals(line[line["is_window"]], name, colour, place, len(cohorts), locale))
    top = largest(*highest)
    return finished(
        traces,
        theme,
        height=440,
        showlegend=True,
        margin={"l": 8, "r": 16, "t": 64, "b": 52},
        xaxis={
            "tickvals": [0, *words.WINDOWS.values()],
            "range": [-0.5, 37.5],
            "title": {"text": translate(locale, "cohort.axis"), "font": {"size": FONT_SIZE}},
            "showgrid": False,
        },
        yaxis={"tickformat": ".1%" if top < 0.1 else ".0%", "range": [0, top * 1.08], "nticks": 6},
    )


def cells(rows: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return cohorts × windows as a grid, each cell with its rate (rows of cohort_reach for one stage).

    A cell without a rate stays empty; one that may still change has an asterisk.
    """
    palette = PALETTES[theme]
    known = rows[rows["is_window"]].assign(
        value=lambda frame: frame["reach_rate"].where(frame["is_shown"]),
        text=lambda frame: [_cell(row, locale) for row in frame.to_dict("records")],
    )
    grid = known.pivot(index="cohort", columns="within_days", values="value")
    texts = known.pivot(index="cohort", columns="within_days", values="text")
    trace: Trace = {
        "type": "heatmap",
        "z": grid.to_numpy(dtype="float64"),
        "x": [str(words.WINDOWS[int(days)]) for days in grid.columns],
        "y": [words.cohort_name(cohort, locale) for cohort in grid.index],
        "customdata": texts.to_numpy(),
        "text": texts.to_numpy(),
        "texttemplate": "%{text}",
        "textfont": {"size": FONT_SIZE, "color": palette.text},
        "xgap": 2,
        "ygap": 2,
        "zmin": 0,
        "colorscale": [[0, palette.heat[0]], [1, palette.heat[1]]],
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": "%{y} %{x}<br>%{customdata}<extra></extra>",
    }
    return finished(
        [trace],
        theme,
        height=70 + 30 * len(grid),
        margin={"l": 8, "r": 8, "t": 60, "b": 8},
        xaxis={
            "side": "top",
            "type": "category",
            "showgrid": False,
            "tickangle": 0,
            "title": {"text": translate(locale, "cohort.cells_axis"), "font": {"size": FONT_SIZE}},
        },
        yaxis=name_axis(),
    )


def _cell(row: dict[str, Any], locale: Locale) -> str:
    if is_missing(row["reach_rate"]) or not row["is_shown"]:
        return ""
    # The unit stands above the grid: on a phone a cell has room for four signs.
    return rate(row["reach_rate"], locale).removesuffix("%").rstrip() + ("" if row["is_complete"] else "*")


def _intervals(  # noqa: PLR0913 - one row of marks, said once
    line: pd.DataFrame, name: str, colour: str, place: int, places: int, locale: Locale
) -> Trace:
    # Beside each other: intervals of five cohorts on one day would hide each other.
    apart = (place - (places - 1) / 2) * 0.35
    rates = line["reach_rate"]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "legendgroup": name,
        "showlegend": False,
        "x": list(line["within_days"] / _MONTH + apart),
        "y": list(rates),
        "marker": {"color": colour, "size": 8, "symbol": _SYMBOLS[place]},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": list((line["rate_high"] - rates).fillna(0)),
            "arrayminus": list((rates - line["rate_low"]).fillna(0)),
            "color": colour,
            "thickness": 1.5,
            "width": 3,
        },
        "customdata": [
            [
                name,
                words.within(int(row["within_days"]), locale),
                words.estimate(row, locale),
                _left(row, locale),
            ]
            for row in line.to_dict("records")
        ],
        "hovertemplate": "%{customdata[0]}　%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}"
        "<extra></extra>",
    }


def _left(row: dict[str, Any], locale: Locale) -> str:
    return translate(locale, "cohort.at_risk_of", at_risk=count(row["at_risk"], locale))
