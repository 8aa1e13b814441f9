"""Visits and origins: data frame in, Plotly figure out. No Streamlit, no queries."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from kayoi import report
from kayoi.chart_layout import BEFORE_PATTERN, FONT_SIZE, count_axis, finished, largest, lengths, name_axis
from kayoi.i18n import Locale, translate
from kayoi.palette import PALETTES, Theme
from kayoi.periods import YearKind, year_label

Trace = dict[str, Any]

# Behind the longest bar, as a share of it: on a phone a count and its share need as much as that.
_TEXT_ROOM: Final = 0.95
_WORD_AND_NUMBER: Final = re.compile(r"(?<=\d)(?=\D)|(?<=\D)(?=\d)")


def frequency_bars(bands: pd.DataFrame, locale: Locale, theme: Theme, *, log: bool = False) -> go.Figure:
    """Return people by how often they came, beside the year before where it compares (visit_bands)."""
    palette = PALETTES[theme]
    labels = [translate(locale, f"band.visits.{band}") for band in bands["visits_band"]]
    texts = [
        f"{report.count(people, locale)}　{report.rate(share, locale)}"
        for people, share in zip(bands["people"], bands["people_share"], strict=True)
    ]
    counts = [bands["people"]]
    bars = [_behind(labels, lengths(bands["people"], log=log), texts, palette.mark)]
    if bands["people_before"].notna().any():
        counts.append(bands["people_before"])
        texts = [report.count(people, locale) for people in bands["people_before"]]
        before = _behind(labels, lengths(bands["people_before"], log=log), texts, palette.before)
        before["marker"]["pattern"] = BEFORE_PATTERN
        bars.append(before)
        bars[0]["name"], before["name"] = (
            translate(locale, f"chart.{name}") for name in ("this_year", "year_before")
        )
    return finished(
        bars,
        theme,
        height=90 + 30 * len(labels) * len(bars),
        showlegend=len(bars) > 1,
        bargap=0.25,
        bargroupgap=0.05,
        yaxis=name_axis(),
        xaxis=count_axis(largest(*counts), log=log, room=_TEXT_ROOM),
    )


def target_bar(target: Mapping[str, object], locale: Locale, theme: Theme) -> go.Figure:
    """Return the people who came four times or more as a bar against the target line (visit_target)."""
    palette = PALETTES[theme]
    reached, goal = float(str(target["people_4plus"])), target["target"]
    bar = _behind([""], [reached], [report.figure(reached, "people", locale)], palette.mark)
    end, notes, shapes = max(reached, 1.0), [], []
    if not report.is_missing(goal):
        at = float(str(goal))
        end = max(end, at)
        line = {"color": palette.target, "width": 3, "dash": "dash"}
        shapes = [{"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line}]
        text = translate(locale, "chart.target", value=report.figure(goal, "people", locale))
        notes = [{"x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "right", "text": text}]
    return finished(
        [bar],
        theme,
        height=140,
        showlegend=False,
        margin={"l": 8, "r": 24, "t": 36, "b": 32},
        xaxis=count_axis(end, room=0.15),
        yaxis={"visible": False},
        annotations=notes,
        shapes=shapes,
    )


def month_heat(months: pd.DataFrame, kind: YearKind, locale: Locale, theme: Theme) -> go.Figure:
    """Return visits as a grid, months down in fiscal or calendar order, years across (visit_months)."""
    palette = PALETTES[theme]
    grid = months.pivot(index="position", columns="year", values="visits")
    order = dict(zip(months["position"], months["month"], strict=True))
    years = [year_label(int(year), kind, locale).split("（")[0] for year in grid.columns]
    cells: Trace = {
        "type": "heatmap",
        "z": grid.to_numpy(dtype="float64"),
        "x": years,
        "y": [translate(locale, f"month.{order[position]}") for position in grid.index],
        "xgap": 2,
        "ygap": 2,
        "zmin": 0,
        "colorscale": [[0, palette.heat[0]], [1, palette.heat[1]]],
        "showscale": False,
        "texttemplate": "%{z:,.0f}",
        "textfont": {"size": FONT_SIZE, "color": palette.text},
        "hovertemplate": "%{x} %{y}<br>%{z:,.0f}<extra></extra>",
        "hoverongaps": False,
    }
    return finished(
        [cells],
        theme,
        height=90 + 32 * len(grid),
        xaxis={
            "side": "top",
            "type": "category",
            "showgrid": False,
            # in two lines, upright: five years fit side by side on a telephone
            "tickvals": years,
            "ticktext": [_WORD_AND_NUMBER.sub("<br>", year) for year in years],
            "tickangle": 0,
        },
        yaxis=name_axis(),
    )


def gap_bars(gaps: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return how long people stayed away before they came back, shortest first (rows of return_gaps)."""
    texts = [
        f"{report.count(returns, locale)}　{report.rate(share, locale)}"
        for returns, share in zip(gaps["returns"], gaps["returns_share"], strict=True)
    ]
    labels = [translate(locale, f"band.gap.{band}") for band in gaps["gap_band"]]
    return _ranked_bars(labels, gaps["returns"], texts, theme)


def origin_bars(origins: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return people by the prefecture they live in, most first (rows of map_origins)."""
    labels = [
        translate(locale, "segment.unknown") if report.is_missing(name) else str(name)
        for name in origins[f"name_{locale}"]
    ]
    texts = [
        f"{report.count(people, locale)}　{report.rate(share, locale)}"
        for people, share in zip(origins["people"], origins["people_share"], strict=True)
    ]
    return _ranked_bars(labels, origins["people"], texts, theme)


def _behind(labels: list[str], values: Sequence[float], texts: list[str], colour: str) -> Trace:
    return {
        "type": "bar",
        "y": labels,
        "x": list(values),
        "orientation": "h",
        "marker": {"color": colour},
        "text": texts,
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "hovertemplate": "%{y}<br>%{text}<extra></extra>",
    }


def _ranked_bars(labels: list[str], values: pd.Series, texts: list[str], theme: Theme) -> go.Figure:
    return finished(
        [_behind(labels, list(values), texts, PALETTES[theme].mark)],
        theme,
        height=60 + 34 * len(labels),
        showlegend=False,
        yaxis=name_axis(),
        xaxis=count_axis(largest(values), room=_TEXT_ROOM),
    )
