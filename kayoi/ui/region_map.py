"""The map of municipalities, the ranking beside it, and where people come from."""

from typing import Final

import pandas as pd
import streamlit as st

from kayoi import charts, maps, metrics, report, tables, visit_charts
from kayoi.chart_layout import CONFIG
from kayoi.metrics import Measure
from kayoi.ui.choices import Region
from kayoi.ui.frame import NATION, Page
from kayoi.ui.panels import (
    Heading,
    draw_chart,
    draw_download,
    draw_heading,
    draw_note,
    draw_numbers,
    number_columns,
)
from kayoi.ui.url import put

# What says something about a municipality beside others; distributions and data quality do not.
_ON_MAP: Final = (
    "K03",
    "K01",
    "K04",
    "K06",
    "K08",
    "K09",
    "K11",
    "K12",
    "K14:tourist",
    "K14:loyal",
    "K14:related",
    "K14:dual",
    "K15",
    "K18",
    "K19",
    "K25",
)
_ORIGINS_SHOWN: Final = 15
_MAP_WIDTH: Final = 560  # pixels; the ranking stands beside it where there is room, else below
_RANKING_HEIGHT: Final = 320  # pixels at most; more municipalities are scrolled
_ROW_HEIGHT: Final = 35  # of Streamlit's table
_COLUMNS: Final[dict[str, maps.Column]] = {"value": "value", "change": "change"}
_MARKS: Final[dict[str, maps.Marks]] = {"circles": "circles", "columns": "columns"}


def draw_map(page: Page) -> None:
    """Draw the choice of indicator, the map with its legend, and the ranking."""
    measure, column, marks = _choose(page)
    scope = _scope(page)
    places = page.read(
        "map_values",
        kpi_id=measure.metric.kpi_id,
        part=measure.part_key,
        region_level=scope.level,
        region_code=scope.code,
    )
    heading = Heading(
        page.t("chart.map", measure=measure.short(page.locale)),
        measure.unit,
        scope.name(page.locale),
        page.t("chart.as_of", as_of=page.choices.day),
    )
    finding = report.map_finding(places, column, measure.unit, page.locale)
    draw_heading(page, heading, finding)
    if places.empty:
        return
    look = maps.Look(column, measure.unit, marks)
    row = st.container(horizontal=True)
    with row.container(width=_MAP_WIDTH):
        key = f"map.{scope.code}.{marks}"
        st.pydeck_chart(
            maps.municipality_map(places, look, page.locale, page.theme),
            height=560,
            key=key,
            on_select=lambda: _picked_on_map(key),
            selection_mode="single-object",
            alt=page.t("chart.alt", title=heading.text(page), finding=finding),
        )
        draw_note(page.t("map.credit"))
    with row.container():
        _legend(page, places, look)
        _ranking(page, places, measure, column, heading)


def draw_origins(page: Page) -> None:
    """Draw where the people of the region live."""
    choices = page.choices
    origins = page.read("map_origins")
    heading = Heading(
        page.t("chart.origins"), "people", choices.place, page.t("chart.as_of", as_of=choices.day)
    )
    finding = report.origins_finding(origins, page.locale)
    draw_heading(page, heading, finding)
    if not choices.is_everybody:
        draw_note(page.t("chart.not_by_segment"))
    if origins.empty:
        return
    figure = visit_charts.origin_bars(origins.head(_ORIGINS_SHOWN), page.locale, page.theme)
    draw_chart(page, "origins", figure, heading, finding)
    draw_numbers(page, "origins", tables.origins(origins, page.locale), heading)


def _scope(page: Page) -> Region:
    """Return the region whose municipalities are drawn: that of a municipality is its prefecture."""
    region = page.choices.region
    return page.regions[region.prefecture_code] if region.level == "municipality" else region


def _choose(page: Page) -> tuple[Measure, maps.Column, maps.Marks]:
    row = st.container(horizontal=True)
    measures = {key: metrics.measure(key).label(page.locale) for key in _ON_MAP}
    key = page.address.choose(row, "kpi", page.t("filter.kpi"), measures, _ON_MAP[0])
    shows = {show: page.t(f"filter.show.{show}") for show in _COLUMNS}
    show = page.address.choose(row, "show", page.t("filter.show"), shows, "value", look="row")
    looks = {mark: page.t(f"filter.marks.{mark}") for mark in _MARKS}
    look = page.address.choose(row, "marks", page.t("filter.marks"), looks, "circles", look="row")
    return metrics.measure(key), _COLUMNS[show], _MARKS[look]


def _legend(page: Page, places: pd.DataFrame, look: maps.Look) -> None:
    steps = maps.size_steps(places, look, page.locale, page.theme)
    if not steps:
        return
    if look.marks == "columns":
        st.markdown(f"**{page.t('map.legend_columns')}**")
        draw_note(page.t("map.legend_join").join(step.words for step in steps))
    else:
        title = page.t("map.legend")
        st.markdown(f"**{title}**")
        figure = charts.size_legend(steps, page.theme)
        st.plotly_chart(figure, key="map.legend", config=CONFIG, alt=title)
    if look.column == "change":
        draw_note(page.t("map.legend_change"))
    if places[look.column].isna().any():
        draw_note(page.t("map.legend_missing"))


def _ranking(
    page: Page, places: pd.DataFrame, measure: Measure, column: maps.Column, heading: Heading
) -> None:
    st.markdown(f"**{page.t('chart.ranking')}**")
    draw_note(page.t("map.hint"))
    ranked = places.sort_values(f"{column}_rank", na_position="last", kind="stable")
    table = tables.ranking(ranked, measure, column, page.locale)
    key = f"ranking.{heading.place}.{column}"
    codes = list(ranked["region_code"])
    st.dataframe(
        table,
        hide_index=True,
        column_config=number_columns(table),
        height=min(_RANKING_HEIGHT, _ROW_HEIGHT * (len(table) + 1) + 2),
        key=key,
        on_select=lambda: _picked_in_table(key, codes),
        selection_mode="single-row",
        placeholder=report.NO_DATA,
        alt=heading.text(page),
    )
    draw_download(page, "map", table, heading)


def _picked_on_map(key: str) -> None:
    objects = st.session_state[key]["selection"]["objects"].get(maps.LAYER, [])
    if objects:
        put("region", objects[0]["code"], NATION)


def _picked_in_table(key: str, codes: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        put("region", codes[rows[0]], NATION)
