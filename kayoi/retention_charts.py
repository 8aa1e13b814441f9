"""Coming back: data frame in, Plotly figure out. No Streamlit, no queries."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from kayoi import journey_words as words
from kayoi.chart_layout import FONT_SIZE, count_axis, finished, largest, name_axis
from kayoi.i18n import Locale, translate
from kayoi.palette import PALETTES, Theme
from kayoi.report import count, figure, rate

Trace = dict[str, Any]

SHOWN_MONTHS: Final = 24
_SEASONS: Final = ("spring", "summer", "autumn", "winter")


def triangle(rows: pd.DataFrame, share: str, locale: Locale, theme: Theme) -> go.Figure:
    """Return cohort months down, months since the first visit across (rows of retention_triangle).

    *share* is the column drawn: came_share or later_share. A month that is not over stays empty.
    """
    palette = PALETTES[theme]
    shown = rows[rows["months"].between(1, SHOWN_MONTHS) & rows["is_complete"]]
    grid = shown.pivot(index="month_on", columns="months", values=share)
    people = shown.drop_duplicates("month_on").set_index("month_on")["people"]
    names = [words.month_name(day, locale) for day in grid.index]
    texts = [
        [
            f"{words.month_name(day, locale)}　{figure(people[day], 'people', locale)}<br>"
            f"{translate(locale, 'retention.months_later', months=months)}　"
            f"{rate(grid.at[day, months], locale)}"
            for months in grid.columns
        ]
        for day in grid.index
    ]
    cells: Trace = {
        "type": "heatmap",
        "z": grid.to_numpy(dtype="float64"),
        "x": list(grid.columns),
        "y": names,
        "customdata": texts,
        "xgap": 1,
        "ygap": 1,
        "zmin": 0,
        "colorscale": [[0, palette.heat[0]], [0.5, palette.heat[1]], [1, palette.mark]],
        "colorbar": {
            "tickformat": ".1%",
            "thickness": 10,
            "tickfont": {"size": FONT_SIZE, "color": palette.text},
        },
        "hoverongaps": False,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    return finished(
        [cells],
        theme,
        height=90 + 16 * max(len(grid), 4),
        margin={"l": 8, "r": 8, "t": 16, "b": 56},
        xaxis={
            "dtick": 6,
            "tick0": 0,
            "showgrid": False,
            "title": {"text": translate(locale, "retention.axis"), "font": {"size": FONT_SIZE}},
        },
        yaxis=name_axis() | {"nticks": 12},
    )


def days(rows: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return visits per day by season, a bar per kind of day (rows of visit_days)."""
    palette = PALETTES[theme]
    kinds = (
        ("weekday", palette.before, "/"),
        ("weekend", palette.mark, ""),
        ("holiday", palette.stages["related"], "."),
    )
    bars: list[Trace] = []
    for kind, colour, pattern in kinds:
        part = rows[rows["day_kind"] == kind].set_index("season").reindex(_SEASONS)
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": translate(locale, f"retention.day.{kind}"),
                "y": [translate(locale, f"retention.season.{season}") for season in _SEASONS],
                "x": list(part["visits_per_day"]),
                "marker": {
                    "color": colour,
                    "pattern": {"shape": pattern, "fillmode": "overlay", "fgopacity": 0.4},
                },
                "text": [figure(value, "times", locale) for value in part["visits_per_day"]],
                "textposition": "outside",
                "cliponaxis": False,
                "hovertemplate": "%{y}　%{fullData.name}<br>%{text}<extra></extra>",
            }
        )
    return finished(
        bars,
        theme,
        height=420,
        bargap=0.25,
        margin={"l": 8, "r": 16, "t": 64, "b": 36},
        yaxis=name_axis(),
        xaxis={"range": [0, largest(rows["visits_per_day"]) * 1.35], "nticks": 5},
    )


def cycle(rows: pd.DataFrame, locale: Locale, theme: Theme) -> go.Figure:
    """Return returns by months since the visit before, from the second month on (rows of return_cycle).

    Most come back within a month: beside them the yearly return could not be seen.
    """
    rows = rows[rows["months"] > 0]
    palette = PALETTES[theme]
    bars: Trace = {
        "type": "bar",
        "x": list(rows["months"]),
        "y": list(rows["returns"]),
        "marker": {"color": palette.mark},
        "customdata": [
            [
                words.gap_name(int(row["months"]), locale),
                count(row["returns"], locale),
                rate(row["share"], locale),
            ]
            for row in rows.to_dict("records")
        ],
        "hovertemplate": "%{customdata[0]}<br>%{customdata[1]}　%{customdata[2]}<extra></extra>",
    }
    return finished(
        [bars],
        theme,
        height=320,
        showlegend=False,
        bargap=0.15,
        margin={"l": 8, "r": 16, "t": 16, "b": 56},
        xaxis={
            "tickvals": [1, 6, 12, 18, 24, 30, 36],
            "ticktext": ["1", "6", "12", "18", "24", "30", "36+"],
            "showgrid": False,
            "title": {"text": translate(locale, "retention.cycle_axis"), "font": {"size": FONT_SIZE}},
        },
        yaxis=count_axis(largest(rows["returns"]), room=0.1),
    )
