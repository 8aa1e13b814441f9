"""Data frame in, Plotly figure out. No Streamlit, no queries, no arithmetic but layout."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from kayoi import report
from kayoi.i18n import Locale, translate
from kayoi.palette import PALETTES, Theme
from kayoi.periods import YearKind, year_label

FONT_SIZE: Final = 14
CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
_STEP_HEIGHT: Final = 66  # pixels: room for three lines of text
_NOBODY: Final = 10**-0.2  # where a log axis begins
_DASHES: Final = {"tourist": "dot", "loyal": "dash", "related": "dashdot", "dual": "solid"}


@dataclass(frozen=True)
class SizeStep:
    """One circle of a legend: its radius in pixels, what it means, its colour."""

    radius: float
    words: str
    colour: str


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
    if other is not None:
        hatched = {"color": palette.before, "pattern": {"shape": "/", "fgopacity": 0.6}}
        bars.append(_step_bars(other.rows[other.rows["is_ladder"]], hatched, locale, log=log))
        for bar, name in zip(bars, other.names, strict=True):
            bar.name = name
    figure = go.Figure(bars)
    _write_steps(figure, log=log)
    return _finish(
        figure,
        theme,
        height=90 + (30 + _STEP_HEIGHT * len(bars)) * len(ladder),
        showlegend=other is not None,
        yaxis=_name_axis() | {"showticklabels": False},
        xaxis=_count_axis(_largest(stock, None if other is None else other.rows), log=log, room=0.6),
        bargap=0.4 if other is None else 0.3,
        bargroupgap=0.12,
    )


def _step_bars(ladder: pd.DataFrame, marker: Mapping[str, object], locale: Locale, *, log: bool) -> go.Bar:
    return go.Bar(
        y=[report.stage_name(stage, locale) for stage in ladder["stage"]],
        x=_lengths(ladder["at_or_above"], log=log),
        orientation="h",
        marker=marker,
        customdata=_step_texts(ladder, locale),
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
    )


def _write_steps(figure: go.Figure, *, log: bool) -> None:
    """Write the stage above its bars and each bar's figures behind its end, all flush left.

    Names beside the bars would leave them no room on a phone; a bar's own text would be centred.
    """
    beside = _STEP_HEIGHT * 0.41 * (len(figure.data) - 1)
    for place, bar in enumerate(figure.data):
        shift = beside * (1 - 2 * place)
        for name, length, text in zip(bar.y, bar.x, bar.customdata, strict=True):
            line = {"y": name, "align": "left", "xanchor": "left", "showarrow": False}
            if place == 0:
                figure.add_annotation(
                    line,
                    x=0,
                    xref="paper",
                    text=name,
                    yanchor="bottom",
                    yshift=_STEP_HEIGHT / 2 + beside,
                )
            if not report.is_missing(length):
                at = math.log10(length) if log else length
                figure.add_annotation(line, x=at, text=text, yanchor="middle", xshift=4, yshift=shift)


def stage_trend(trend: pd.DataFrame, events: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return one panel per ladder stage over time, each from zero on its own scale (rows of stage_trend).

    On one common scale the upper stages would lie flat on the axis: there are a hundred to a thousand
    times fewer of them. Events are dotted lines through all panels.
    """
    colours = PALETTES[theme].stages
    lines = {stage: trend[trend["stage"] == stage] for stage in report.LADDER}
    figure = make_subplots(
        rows=2,
        cols=2,
        subplot_titles=[_panel_title(stage, line, locale) for stage, line in lines.items()],
        vertical_spacing=0.26,
        horizontal_spacing=0.14,
    )
    for place, (stage, line) in enumerate(lines.items()):
        row, col = place // 2 + 1, place % 2 + 1
        last = len(line) - 1
        figure.add_trace(
            go.Scatter(
                x=line["as_of"],
                y=line["people"],
                mode="lines+markers",
                line={"color": colours[stage], "width": 2.5, "dash": _DASHES[stage]},
                marker={"size": [0] * last + [8], "color": colours[stage]},
                cliponaxis=False,
                name=report.stage_name(stage, locale),
                customdata=[
                    [report.month_of(day, locale), report.figure(people, "people", locale)]
                    for day, people in zip(line["as_of"], line["people"], strict=True)
                ],
                hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
            ),
            row=row,
            col=col,
        )
        figure.update_yaxes(range=[0, max(float(line["people"].max()), 1.0) * 1.15], row=row, col=col)
    for event in events.itertuples():
        figure.add_vline(x=event.starts_on, line={"dash": "dot", "width": 1, "color": PALETTES[theme].target})
    figure.update_annotations(font={"size": FONT_SIZE + 1})
    figure.update_xaxes(tickformat="%Y", dtick="M24", tickangle=0, fixedrange=True)
    figure.update_yaxes(nticks=4, tickformat=",d", fixedrange=True)
    return _finish(figure, theme, height=540, showlegend=False, margin={"l": 8, "r": 16, "t": 60, "b": 36})


def _panel_title(stage: str, line: pd.DataFrame, locale: Locale) -> str:
    newest = report.figure(line["people"].iloc[-1], "people", locale)
    return f"{report.stage_name(stage, locale)}<br><b>{newest}</b>"


def frequency_bars(bands: pd.DataFrame, locale: Locale, theme: Theme, *, log: bool = False) -> go.Figure:
    """Return people by how often they came, beside the year before where it compares (visit_bands)."""
    palette = PALETTES[theme]
    labels = [translate(locale, f"band.visits.{band}") for band in bands["visits_band"]]
    figure = go.Figure(
        go.Bar(
            x=labels,
            y=_lengths(bands["people"], log=log),
            name=translate(locale, "chart.this_year"),
            marker={"color": palette.mark},
            text=[
                f"{report.figure(people, 'people', locale)}<br>{report.rate(share, locale)}"
                for people, share in zip(bands["people"], bands["people_share"], strict=True)
            ],
            hovertemplate="%{x}<br>%{text}<extra></extra>",
        )
    )
    has_before = bool(bands["people_before"].notna().any())
    if has_before:
        figure.add_trace(
            go.Bar(
                x=labels,
                y=_lengths(bands["people_before"], log=log),
                name=translate(locale, "chart.year_before"),
                marker={"color": palette.before, "pattern": {"shape": "/", "fgopacity": 0.6}},
                customdata=[report.figure(people, "people", locale) for people in bands["people_before"]],
                hovertemplate="%{x}<br>%{customdata}<extra></extra>",
            )
        )
    figure.update_traces(textposition="outside", cliponaxis=False)
    largest = float(bands[["people", "people_before"]].max().max()) if bands["people"].notna().any() else 1.0
    return _finish(
        figure,
        theme,
        height=400,
        showlegend=has_before,
        bargap=0.15,
        bargroupgap=0.05,
        xaxis={"type": "category", "fixedrange": True},
        yaxis=_count_axis(largest, log=log, room=0.25),
    )


def target_bar(target: Mapping[str, object], locale: Locale, theme: Theme) -> go.Figure:
    """Return the people who came four times or more as a bar against the target line (visit_target)."""
    palette = PALETTES[theme]
    reached, goal = float(str(target["people_4plus"])), target["target"]
    figure = go.Figure(
        go.Bar(
            y=[""],
            x=[reached],
            orientation="h",
            marker={"color": palette.mark},
            text=[report.figure(reached, "people", locale)],
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hovertemplate="%{text}<extra></extra>",
        )
    )
    largest = max(reached, 1.0)
    if not report.is_missing(goal):
        largest = max(largest, float(str(goal)))
        figure.add_vline(x=float(str(goal)), line={"color": palette.target, "width": 3, "dash": "dash"})
        figure.add_annotation(
            x=float(str(goal)),
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="right",
            showarrow=False,
            font={"size": FONT_SIZE},
            text=translate(locale, "chart.target", value=report.figure(goal, "people", locale)),
        )
    return _finish(
        figure,
        theme,
        height=140,
        showlegend=False,
        margin={"l": 8, "r": 24, "t": 36, "b": 32},
        xaxis=_count_axis(largest, log=False, room=0.15),
        yaxis={"visible": False, "fixedrange": True},
    )


def month_heat(months: pd.DataFrame, kind: YearKind, locale: Locale, theme: Theme) -> go.Figure:
    """Return visits as a grid of years × months, in fiscal or calendar order (rows of visit_months)."""
    palette = PALETTES[theme]
    order = months.sort_values("position").drop_duplicates("position")
    grid = months.pivot(index="year", columns="position", values="visits")
    month_names = [
        translate(locale, f"month.{month}")
        for _, month in sorted(zip(order["position"], order["month"], strict=True))
    ]
    years = [year_label(int(year), kind, locale).split("（")[0] for year in grid.index]
    figure = go.Figure(
        go.Heatmap(
            z=grid.to_numpy(),
            x=month_names,
            y=years,
            xgap=2,
            ygap=2,
            zmin=0,
            colorscale=[[0, palette.heat[0]], [1, palette.heat[1]]],
            showscale=False,
            texttemplate="%{z:,.0f}",
            textfont={"size": FONT_SIZE, "color": palette.text},
            hovertemplate="%{y} %{x}<br>%{z:,.0f}<extra></extra>",
            hoverongaps=False,
        )
    )
    return _finish(
        figure,
        theme,
        height=70 + 44 * len(years),
        xaxis={
            "side": "top",
            "type": "category",
            "fixedrange": True,
            "showgrid": False,
        },
        yaxis=_name_axis(),
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
        f"{report.figure(people, 'people', locale)}　{report.rate(share, locale)}"
        for people, share in zip(origins["people"], origins["people_share"], strict=True)
    ]
    return _ranked_bars(labels, origins["people"], texts, theme)


def size_legend(steps: Sequence[SizeStep], theme: Theme) -> go.Figure:
    """Return circles of the radii (pixels) the map draws, each with its meaning beside it."""
    widest = max(step.radius for step in steps)
    tops = []
    top = 0.0
    for step in steps:
        tops.append(top + step.radius)
        top += 2 * step.radius + 10
    figure = go.Figure(
        go.Scatter(
            x=[widest] * len(steps),
            y=tops,
            mode="markers+text",
            marker={
                "size": [2 * step.radius for step in steps],
                "color": [step.colour for step in steps],
                "opacity": 0.8,
            },
            text=[f"　{step.words}" for step in steps],
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    height = int(top) + 12
    return _finish(
        figure,
        theme,
        height=height,
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis={"visible": False, "range": [0, 260], "fixedrange": True},
        yaxis={"visible": False, "range": [height - 8, -2], "fixedrange": True},
    )


def _ranked_bars(labels: list[str], values: pd.Series, texts: list[str], theme: Theme) -> go.Figure:
    figure = go.Figure(
        go.Bar(
            y=labels,
            x=values,
            orientation="h",
            marker={"color": PALETTES[theme].mark},
            text=texts,
            textposition="outside",
            cliponaxis=False,
            textfont={"size": FONT_SIZE},
            hovertemplate="%{y}<br>%{text}<extra></extra>",
        )
    )
    largest = float(values.max()) if len(values) else 1.0
    return _finish(
        figure,
        theme,
        height=60 + 34 * len(labels),
        showlegend=False,
        yaxis=_name_axis(),
        xaxis=_count_axis(largest, log=False, room=0.75),
    )


def _step_texts(ladder: pd.DataFrame, locale: Locale) -> list[str]:
    texts = []
    for step in ladder.itertuples():
        people = report.figure(step.at_or_above, "people", locale)
        if report.is_missing(step.step_rate):
            texts.append(f"<b>{people}</b>")
            continue
        rates = [
            translate(locale, "chart.step_rate", rate=report.rate(step.step_rate, locale)),
            translate(locale, "chart.start_rate", rate=report.rate(step.start_rate, locale)),
        ]
        texts.append("<br>".join([f"<b>{people}</b>", *rates]))
    return texts


def _lengths(counts: pd.Series, *, log: bool) -> pd.Series:
    numbers = counts.astype("float64")
    return numbers.clip(lower=_NOBODY) if log else numbers


def _largest(*frames: pd.DataFrame | None) -> float:
    counts = [frame["at_or_above"].max() for frame in frames if frame is not None]
    return max((float(value) for value in counts if not report.is_missing(value)), default=1.0)


def _name_axis() -> dict[str, object]:
    """Return an axis of names, first on top."""
    return {
        "autorange": "reversed",
        "type": "category",
        "automargin": True,
        "showgrid": False,
        "fixedrange": True,
    }


def _count_axis(largest: float, *, log: bool, room: float) -> dict[str, object]:
    """Return an axis of counts that leaves *room* (share of its length) for the texts behind the bars."""
    axis: dict[str, object] = {"fixedrange": True, "nticks": 5}
    if not log:
        return axis | {"range": [0, max(largest, 1.0) * (1 + room)], "tickformat": ",d"}
    powers = max(math.log10(max(largest, 1.0)), 1.0)
    return axis | {
        "type": "log",
        "range": [math.log10(_NOBODY), powers * (1 + room)],
        "tickvals": [10**power for power in range(math.floor(powers) + 1)],
        "tickformat": ",d",
    }


def _finish(figure: go.Figure, theme: Theme, *, height: int, **layout: object) -> go.Figure:
    """Set what all figures share. Text colours are ours: those of Streamlit's chart theme are too pale."""
    text = {"size": FONT_SIZE, "color": PALETTES[theme].text}
    figure.update_layout(
        {
            "height": height,
            "margin": {"l": 8, "r": 16, "t": 36, "b": 36},
            "font": text,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
            "hoverlabel": {"font": {"size": FONT_SIZE}},
            "legend": {
                "orientation": "h",
                "yanchor": "bottom",
                "y": 1.0,
                "xanchor": "left",
                "x": 0,
                "font": text,
                "title": {"text": ""},
            },
        }
        | layout
    )
    figure.update_xaxes(tickfont=text, gridcolor=PALETTES[theme].grid, linecolor=PALETTES[theme].grid)
    figure.update_yaxes(tickfont=text, gridcolor=PALETTES[theme].grid, linecolor=PALETTES[theme].grid)
    figure.update_annotations(font_color=text["color"], font_size=FONT_SIZE)
    figure.update_traces(textfont=text, selector={"type": "bar"})
    figure.update_traces(textfont=text, selector={"type": "scatter"})
    return figure
