"""Stages: data frame in, Plotly figure out. No Streamlit, no queries, no arithmetic but layout."""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from kayoi import report
from kayoi.chart_layout import (
    BEFORE_PATTERN,
    Axis,
    count_axis,
    finished,
    largest,
    lengths,
    name_axis,
)
from kayoi.i18n import Locale, translate
from kayoi.palette import PALETTES, Theme

Trace = dict[str, Any]

_STEP_HEIGHT: Final = 66  # pixels: room for three lines of text
_NAME_HEIGHT: Final = 30
_DASHES: Final = {"tourist": "dot", "loyal": "dash", "related": "dashdot", "dual": "solid"}
# Where the four panels of the trend lie: left and right, upper and lower.
_PANEL_COLUMNS: Final = ([0.0, 0.43], [0.57, 1.0])
_TITLE_LETTERS: Final = 15  # as many as fit above a panel on a telephone
_PANEL_ROWS: Final = ([0.63, 1.0], [0.0, 0.37])


@dataclass(frozen=True)
class Compared:
    """Another day or region beside the one shown: the legend's names of both, and its rows."""

    names: tuple[str, str]
    rows: pd.DataFrame


def stage_funnel(
    stock: pd.DataFrame, locale: Locale, theme: Theme, *, log: bool = False, other: Compared | None = None
) -> go.Figure:
    """Return one bar per ladder stage with the people in it or above (rows of stage_stock).

    *other* is drawn hatched below each bar. On the log scale a bar of nobody has no length, only its text.
    """
    palette = PALETTES[theme]
    ladder = stock[stock["is_ladder"]]
    colours = [palette.stages[stage] for stage in ladder["stage"]]
    bars = [_step_bars(ladder, {"color": colours}, locale, log=log)]
    counts = [ladder["at_or_above"]]
    if other is not None:
        rows = other.rows[other.rows["is_ladder"]]
        bars.append(_step_bars(rows, {"color": palette.before, "pattern": BEFORE_PATTERN}, locale, log=log))
        counts.append(rows["at_or_above"])
        for bar, name in zip(bars, other.names, strict=True):
            bar["name"] = name
    return finished(
        bars,
        theme,
        height=90 + (_NAME_HEIGHT + _STEP_HEIGHT * len(bars)) * len(ladder),
        showlegend=other is not None,
        yaxis=name_axis() | {"showticklabels": False},
        xaxis=count_axis(largest(*counts), log=log, room=0.6),
        bargap=0.4 if other is None else 0.3,
        bargroupgap=0.12,
        annotations=_step_notes(bars, log=log),
    )


def stage_trend(trend: pd.DataFrame, events: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return one panel per ladder stage over time, each from zero on its own scale (rows of stage_trend).

    On one common scale the upper stages would lie flat on the axis: there are a hundred to a thousand
    times fewer of them. Events are dotted lines through all panels.
    """
    colours = PALETTES[theme].stages
    traces: list[Trace] = []
    axes: dict[str, Axis] = {}
    titles = []
    for place, stage in enumerate(report.LADDER):
        line = trend[trend["stage"] == stage]
        number = "" if place == 0 else str(place + 1)
        across, upwards = _PANEL_COLUMNS[place % 2], _PANEL_ROWS[place // 2]
        traces.append(
            _panel_line(line, colours[stage], _DASHES[stage], locale)
            | {
                "name": report.stage_name(stage, locale),
                "xaxis": f"x{number}",
                "yaxis": f"y{number}",
            }
        )
        axes[f"xaxis{number}"] = {"domain": across, "anchor": f"y{number}"} | _year_axis(line["as_of"])
        axes[f"yaxis{number}"] = {"domain": upwards, "anchor": f"x{number}"} | count_axis(
            largest(line["people"]), room=0.15
        )
        titles.append(_panel_title(stage, line, locale) | {"x": across[0], "y": upwards[1]})
    marks = {"type": "line", "line": {"dash": "dot", "width": 1, "color": PALETTES[theme].target}}
    shapes = [
        marks | {"x0": day, "x1": day, "y0": 0, "y1": 1, "xref": f"x{number}", "yref": f"y{number} domain"}
        for day in events["starts_on"]
        for number in ("", "2", "3", "4")
    ]
    return finished(
        traces,
        theme,
        height=540,
        showlegend=False,
        margin={"l": 8, "r": 16, "t": 60, "b": 36},
        annotations=titles,
        shapes=shapes,
        **axes,
    )


def _year_axis(days: pd.Series) -> Axis:
    """Mark the first and the last January: on a telephone there is no room for a third year in a panel."""
    years = [report.as_date(day).year for day in days if report.as_date(day).month == 1]
    marked = sorted({years[0], years[-1]}) if years else []
    return {
        "type": "date",
        "tickvals": [f"{year}-01-01" for year in marked],
        "tickformat": "%Y",
        "tickangle": 0,
        "showgrid": False,
    }


def _step_bars(ladder: pd.DataFrame, marker: Mapping[str, object], locale: Locale, *, log: bool) -> Trace:
    return {
        "type": "bar",
        "y": [report.stage_name(stage, locale) for stage in ladder["stage"]],
        "x": lengths(ladder["at_or_above"], log=log),
        "orientation": "h",
        "marker": marker,
        "customdata": _step_texts(ladder, locale),
        "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
    }


def _step_texts(ladder: pd.DataFrame, locale: Locale) -> list[str]:
    texts = []
    for step in ladder.itertuples():
        lines = [f"<b>{report.figure(step.at_or_above, 'people', locale)}</b>"]
        if not report.is_missing(step.step_rate):
            lines += [
                translate(locale, "chart.step_rate", rate=report.rate(step.step_rate, locale)),
                translate(locale, "chart.start_rate", rate=report.rate(step.start_rate, locale)),
            ]
        texts.append("<br>".join(lines))
    return texts


def _step_notes(bars: Sequence[Trace], *, log: bool) -> list[dict[str, Any]]:
    """Return the stage above its bars and each bar's figures behind its end, all flush left.

    Names beside the bars would leave them no room on a phone; a bar's own text would be centred.
    """
    beside = _STEP_HEIGHT * 0.41 * (len(bars) - 1)
    flush = {"align": "left", "xanchor": "left"}
    name_shift = _STEP_HEIGHT / 2 + beside
    notes = [
        flush | {"y": name, "x": 0, "xref": "paper", "text": name, "yanchor": "bottom", "yshift": name_shift}
        for name in bars[0]["y"]
    ]
    for place, bar in enumerate(bars):
        shift = beside * (1 - 2 * place)
        for name, length, text in zip(bar["y"], bar["x"], bar["customdata"], strict=True):
            if not math.isnan(length):
                at = math.log10(length) if log else length
                notes.append(flush | {"y": name, "x": at, "text": text, "xshift": 4, "yshift": shift})
    return notes


def _panel_line(line: pd.DataFrame, colour: str, dash: str, locale: Locale) -> Trace:
    return {
        "type": "scatter",
        "x": list(line["as_of"]),
        "y": list(line["people"]),
        "mode": "lines+markers",
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "marker": {"size": [0] * (len(line) - 1) + [8], "color": colour},
        "cliponaxis": False,
        "customdata": [
            [report.month_of(day, locale), report.figure(people, "people", locale)]
            for day, people in zip(line["as_of"], line["people"], strict=True)
        ],
        "hovertemplate": "%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    }


def _panel_title(stage: str, line: pd.DataFrame, locale: Locale) -> dict[str, Any]:
    newest = report.figure(line["people"].iloc[-1], "people", locale)
    name = "<br>".join(textwrap.wrap(report.stage_name(stage, locale), _TITLE_LETTERS))
    return {
        "text": f"{name}<br><b>{newest}</b>",
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "align": "left",
        "yanchor": "bottom",
    }
