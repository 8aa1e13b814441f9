"""Moves between stages: data frame in, Plotly figure out. No Streamlit, no queries."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from kayoi import journey_words as words
from kayoi.chart_layout import FONT_SIZE, LEGEND, count_axis, finished, largest, name_axis
from kayoi.i18n import Locale, translate
from kayoi.palette import PALETTES, Theme
from kayoi.report import count, figure, month_of, rate, stage_name

Trace = dict[str, Any]

_TEXT_FROM: Final = 0.13  # a share of a bar too narrow for its text goes without
_ORDER: Final = (
    *("settled", "dual", "related", "loyal", "tourist", "routine", "interest", "none", "dormant", "other"),
)
_PATTERNS: Final = {"rose": "", "stayed": "", "fell": "\\", "beside": ".", "lapsed": "/"}


def outcomes(shares: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return what became of the people of each ladder stage, in shares of them (rows of move_shares)."""
    palette = PALETTES[theme]
    ladder = shares[shares["is_ladder"] & (shares["people"] > 0)]
    colours = dict(
        zip(
            words.OUTCOMES,
            (palette.rise, palette.heat[1], palette.fall, palette.grid, palette.before),
            strict=True,
        )
    )
    names = [
        f"{stage_name(stage, locale)}<br>{figure(people, 'people', locale)}"
        for stage, people in zip(ladder["stage_from"], ladder["people"], strict=True)
    ]
    bars: list[Trace] = []
    for outcome in words.OUTCOMES:
        part = ladder[f"{outcome}_share"]
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": translate(locale, f"flow.outcome.{outcome}"),
                "y": names,
                "x": list(part),
                "marker": {
                    "color": colours[outcome],
                    "pattern": {"shape": _PATTERNS[outcome], "fillmode": "overlay", "fgopacity": 0.35},
                    "line": {"width": 1, "color": palette.text},
                },
                "text": [rate(one, locale) if one >= _TEXT_FROM else "" for one in part],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "customdata": [
                    [figure(people, "people", locale), rate(one, locale)]
                    for people, one in zip(ladder[outcome], part, strict=True)
                ],
                "hovertemplate": "%{fullData.name}<br>%{customdata[0]} %{customdata[1]}<extra></extra>",
            }
        )
    drawn = finished(
        bars,
        theme,
        height=130 + 62 * len(names),
        barmode="stack",
        bargap=0.35,
        legend=LEGEND | {"traceorder": "normal"},
        margin={"l": 8, "r": 16, "t": 72, "b": 36},
        xaxis={"range": [0, 1], "tickformat": ".0%", "nticks": 5},
        yaxis=name_axis(),
    )
    for trace, outcome in zip(drawn.data, words.OUTCOMES, strict=True):
        trace.textfont = {"size": FONT_SIZE, "color": palette.on_outcome[outcome]}
    return drawn


def changes(flows: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return who changed stage as a Sankey diagram, the highest stage on top (rows of move_flows)."""
    palette = PALETTES[theme]
    left = [stage for stage in _ORDER if stage in set(flows["stage_from"])]
    right = [stage for stage in _ORDER if stage in set(flows["stage_to"])]
    sides = [
        (left, flows.groupby("stage_from")["people"].sum()),
        (right, flows.groupby("stage_to")["people"].sum()),
    ]
    labels = [
        f"{words.flow_name(stage, locale)} {count(sums[stage], locale)}"
        for stages, sums in sides
        for stage in stages
    ]
    colours = [palette.stages.get(stage, palette.before) for stages, _ in sides for stage in stages]
    trace: Trace = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": labels,
            "color": colours,
            "pad": 18,
            "thickness": 14,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [left.index(stage) for stage in flows["stage_from"]],
            "target": [len(left) + right.index(stage) for stage in flows["stage_to"]],
            "value": list(flows["people"]),
            "color": [_pale(palette.stages.get(stage, palette.before)) for stage in flows["stage_to"]],
            "customdata": [
                f"{words.flow_name(row['stage_from'], locale)} → "
                f"{words.flow_name(row['stage_to'], locale)}<br>"
                f"{figure(row['people'], 'people', locale)}　{rate(row['share'], locale)}"
                for row in flows.to_dict("records")
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    drawn = finished([trace], theme, height=460, margin={"l": 8, "r": 8, "t": 16, "b": 16})
    drawn.data[0].textfont = {"size": FONT_SIZE, "color": palette.text}
    return drawn


def lifecycle(rows: pd.DataFrame, events: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return who came on (above zero) and fell dormant (below), month by month (rows of lifecycle)."""
    palette = PALETTES[theme]
    kinds = (
        ("fresh", palette.mark, "", 1),
        ("resurrected", palette.stages["settled"], ".", 1),
        ("dormant", palette.before, "/", -1),
    )
    bars: list[Trace] = [
        {
            "type": "bar",
            "name": translate(locale, f"flow.life.{kind}"),
            "x": list(rows["as_of"]),
            "y": list(rows[kind] * sign),
            "marker": {
                "color": colour,
                "pattern": {"shape": pattern, "fillmode": "overlay", "fgopacity": 0.5},
            },
            "customdata": [
                [month_of(day, locale), figure(people, "people", locale)]
                for day, people in zip(rows["as_of"], rows[kind], strict=True)
            ],
            "hovertemplate": "%{fullData.name}<br>%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        }
        for kind, colour, pattern, sign in kinds
    ]
    end = max(largest(rows["fresh"] + rows["resurrected"]), largest(rows["dormant"]))
    axis = count_axis(end, room=0.1)
    dotted = {"type": "line", "line": {"dash": "dot", "width": 1, "color": palette.target}}
    return finished(
        bars,
        theme,
        height=380,
        barmode="relative",
        bargap=0.15,
        margin={"l": 8, "r": 16, "t": 64, "b": 36},
        xaxis={"type": "date", "tickformat": "%Y", "dtick": "M12", "tickangle": 0, "showgrid": False},
        yaxis=axis | {"range": [-end * 1.1, end * 1.1], "zeroline": True, "zerolinecolor": palette.text},
        shapes=[
            dotted | {"x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper"} for day in events["starts_on"]
        ],
    )


def _pale(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.5)"
