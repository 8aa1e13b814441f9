"""Data frame in, Plotly figure out. No Streamlit, no queries, no arithmetic but layout."""

from collections.abc import Mapping
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
_BAR_HEIGHT: Final = 62
_DASHES: Final = {"tourist": "dot", "loyal": "dash", "related": "dashdot", "dual": "solid"}


def stage_funnel(
    stock: pd.DataFrame,
    locale: Locale,
    theme: Theme,
    *,
    log: bool = False,
    other: pd.DataFrame | None = None,
    names: tuple[str, str] = ("", ""),
) -> go.Figure:
    """Return one bar per ladder stage with the people in it or above (rows of stage_stock).

    *other* are rows of the same query for another day or region, drawn hatched below each bar;
    *names* are the legend texts of both. On the log scale a bar of nobody has no length, only its text.
    """
    ladder = stock[stock["is_ladder"]]
    colours = PALETTES[theme].stages
    labels = [report.stage_name(stage, locale) for stage in ladder["stage"]]
    bars = [
        go.Bar(
            y=labels,
            x=ladder["at_or_above"],
            name=names[0],
            orientation="h",
            marker={"color": [colours[stage] for stage in ladder["stage"]]},
            text=_step_texts(ladder, locale),
            hovertemplate="%{y}<br>%{text}<extra></extra>",
        )
    ]
    if other is not None:
        compared = other[other["is_ladder"]]
        bars.append(
            go.Bar(
                y=labels,
                x=compared["at_or_above"],
                name=names[1],
                orientation="h",
                marker={"color": PALETTES[theme].before, "pattern": {"shape": "/", "fgopacity": 0.6}},
                text=_step_texts(compared, locale),
                hovertemplate="%{y}<br>%{text}<extra></extra>",
            )
        )
    figure = go.Figure(bars)
    figure.update_traces(textposition="outside", cliponaxis=False, textfont={"size": FONT_SIZE})
    largest = _largest(stock, other)
    return _finish(
        figure,
        height=70 + _BAR_HEIGHT * len(labels) * len(bars),
        showlegend=other is not None,
        yaxis={"autorange": "reversed", "automargin": True, "tickfont": {"size": FONT_SIZE}},
        xaxis=_count_axis(largest, log=log, room=0.6),
        bargap=0.3,
    )


def stage_trend(trend: pd.DataFrame, events: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return one panel per ladder stage over time, each from zero on its own scale (rows of stage_trend).

    On one common scale the upper stages would lie flat on the axis: there are a hundred to a thousand
    times fewer of them. Events are dotted lines through all panels.
    """
    colours = PALETTES[theme].stages
    figure = make_subplots(
        rows=2,
        cols=2,
        subplot_titles=[report.stage_name(stage, locale) for stage in report.LADDER],
        vertical_spacing=0.2,
        horizontal_spacing=0.14,
    )
    for place, stage in enumerate(report.LADDER):
        row, col = place // 2 + 1, place % 2 + 1
        line = trend[trend["stage"] == stage]
        last = len(line) - 1
        figure.add_trace(
            go.Scatter(
                x=line["as_of"],
                y=line["people"],
                mode="lines+markers+text",
                line={"color": colours[stage], "width": 2.5, "dash": _DASHES[stage]},
                marker={"size": [0] * last + [8], "color": colours[stage]},
                text=[""] * last + [report.figure(value, "people", locale) for value in line["people"][-1:]],
                textposition="top left",
                textfont={"size": FONT_SIZE},
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
        top = max(float(line["people"].max()) if len(line) else 0.0, 1.0)
        figure.update_yaxes(range=[0, top * 1.3], row=row, col=col)
    for event in events.itertuples():
        figure.add_vline(x=event.starts_on, line={"dash": "dot", "width": 1, "color": PALETTES[theme].target})
    figure.update_annotations(font={"size": FONT_SIZE + 1})
    figure.update_xaxes(tickformat="%Y", dtick="M12", tickfont={"size": FONT_SIZE}, fixedrange=True)
    figure.update_yaxes(tickfont={"size": FONT_SIZE}, nticks=4, tickformat=",d", fixedrange=True)
    return _finish(figure, height=480, showlegend=False)


def frequency_bars(bands: pd.DataFrame, locale: Locale, theme: Theme, *, log: bool = False) -> go.Figure:
    """Return people by how often they came, beside the year before where it compares (rows of visit_bands)."""
    palette = PALETTES[theme]
    labels = [translate(locale, f"band.visits.{band}") for band in bands["visits_band"]]
    figure = go.Figure(
        go.Bar(
            x=labels,
            y=bands["people"],
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
            go.Scatter(
                x=labels,
                y=bands["people_before"],
                mode="markers",
                name=translate(locale, "chart.year_before"),
                marker={
                    "symbol": "line-ew",
                    "size": 34,
                    "line": {"width": 3, "color": palette.target},
                },
                text=[report.figure(people, "people", locale) for people in bands["people_before"]],
                hovertemplate="%{x}<br>%{text}<extra></extra>",
            )
        )
    figure.update_traces(
        selector={"type": "bar"}, textposition="outside", cliponaxis=False, textfont={"size": FONT_SIZE}
    )
    largest = float(bands[["people", "people_before"]].max().max()) if bands["people"].notna().any() else 1.0
    return _finish(
        figure,
        height=400,
        showlegend=has_before,
        xaxis={"type": "category", "tickfont": {"size": FONT_SIZE}, "fixedrange": True},
        yaxis=_count_axis(largest, log=log, room=0.25),
    )


def target_bar(target: Mapping[str, object], locale: Locale, theme: Theme) -> go.Figure:
    """Return the people who came four times or more as a bar against the target line (row of visit_target)."""
    palette = PALETTES[theme]
    reached, goal = float(str(target["people_4plus"])), target["target"]
    figure = go.Figure(
        go.Bar(
            y=[""],
            x=[reached],
            orientation="h",
            marker={"color": palette.mark},
            text=[report.figure(reached, "people", locale)],
            textposition="outside" if reached == 0 else "auto",
            textfont={"size": FONT_SIZE},
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
            colorscale=[[0, palette.mark_pale], [1, palette.mark]],
            showscale=False,
            texttemplate="%{z:,.0f}",
            textfont={"size": FONT_SIZE},
            hovertemplate="%{y} %{x}<br>%{z:,.0f}<extra></extra>",
            hoverongaps=False,
        )
    )
    return _finish(
        figure,
        height=70 + 44 * len(years),
        xaxis={
            "side": "top",
            "type": "category",
            "tickfont": {"size": FONT_SIZE},
            "fixedrange": True,
            "showgrid": False,
        },
        yaxis={
            "autorange": "reversed",
            "type": "category",
            "automargin": True,
            "tickfont": {"size": FONT_SIZE},
            "fixedrange": True,
            "showgrid": False,
        },
    )


def gap_bars(gaps: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return how long people stayed away before they came back, shortest first (rows of return_gaps)."""
    texts = [
        f"{report.count(returns, locale)}　{report.rate(share, locale)}"
        for returns, share in zip(gaps["returns"], gaps["returns_share"], strict=True)
    ]
    labels = [translate(locale, f"band.gap.{band}") for band in gaps["gap_band"]]
    return _ranked_bars(labels, gaps["returns"], texts, PALETTES[theme].mark)


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
    return _ranked_bars(labels, origins["people"], texts, PALETTES[theme].mark)


def size_legend(sizes: list[tuple[float, str]], colours: list[str]) -> go.Figure:
    """Return circles of the radii (pixels) the map draws, each with its meaning beside it."""
    widest = max(radius for radius, _ in sizes)
    tops = []
    top = 0.0
    for radius, _ in sizes:
        tops.append(top + radius)
        top += 2 * radius + 10
    figure = go.Figure(
        go.Scatter(
            x=[widest] * len(sizes),
            y=tops,
            mode="markers+text",
            marker={"size": [2 * radius for radius, _ in sizes], "color": colours, "opacity": 0.85},
            text=[f"　{label}" for _, label in sizes],
            textposition="middle right",
            textfont={"size": FONT_SIZE},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    height = int(top) + 12
    return _finish(
        figure,
        height=height,
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis={"visible": False, "range": [0, 260], "fixedrange": True},
        yaxis={"visible": False, "range": [height - 8, -2], "fixedrange": True},
    )


def _ranked_bars(labels: list[str], values: pd.Series, texts: list[str], colour: str) -> go.Figure:
    figure = go.Figure(
        go.Bar(
            y=labels,
            x=values,
            orientation="h",
            marker={"color": colour},
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
        height=60 + 34 * len(labels),
        showlegend=False,
        yaxis={
            "autorange": "reversed",
            "type": "category",
            "automargin": True,
            "tickfont": {"size": FONT_SIZE},
        },
        xaxis=_count_axis(largest, log=False, room=0.5),
    )


def _step_texts(ladder: pd.DataFrame, locale: Locale) -> list[str]:
    texts = []
    for step in ladder.itertuples():
        people = report.figure(step.at_or_above, "people", locale)
        if report.is_missing(step.step_rate):
            texts.append(people)
            continue
        rates = translate(
            locale,
            "chart.step_rates",
            step=report.rate(step.step_rate, locale),
            start=report.rate(step.start_rate, locale),
        )
        texts.append(f"{people}<br>{rates}")
    return texts


def _largest(*frames: pd.DataFrame | None) -> float:
    counts = [frame["at_or_above"].max() for frame in frames if frame is not None]
    return max((float(value) for value in counts if not report.is_missing(value)), default=1.0)


def _count_axis(largest: float, *, log: bool, room: float) -> dict[str, object]:
    """Return an axis of counts that leaves *room* (share of its length) for the texts behind the bars."""
    axis: dict[str, object] = {"tickfont": {"size": FONT_SIZE}, "fixedrange": True, "nticks": 5}
    if not log:
        return axis | {"range": [0, max(largest, 1.0) * (1 + room)], "tickformat": ",d"}
    decades = max(len(str(int(max(largest, 1.0)))), 1)
    return axis | {
        "type": "log",
        "range": [-0.2, decades * (1 + room)],
        "tickvals": [10**power for power in range(decades + 1)],
        "tickformat": ",d",
    }


def _finish(figure: go.Figure, *, height: int, **layout: object) -> go.Figure:
    figure.update_layout(
        {
            "height": height,
            "margin": {"l": 8, "r": 16, "t": 36, "b": 36},
            "font": {"size": FONT_SIZE},
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
                "font": {"size": FONT_SIZE},
                "title": {"text": ""},
            },
        }
        | layout
    )
    return figure
