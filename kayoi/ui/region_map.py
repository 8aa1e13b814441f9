"""The map, the ranking beside it, and where people come from."""

from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from kayoi import map_words, maps, report, tables, visit_charts
from kayoi.map_scale import Scale, make_scale
from kayoi.map_scene import Drawn, scene, top_flows
from kayoi.metrics import Unit
from kayoi.ui.choices import Region
from kayoi.ui.frame import NATION, Page
from kayoi.ui.map_choices import Looked, choose, put_picked, scope_of
from kayoi.ui.map_component import draw_scene
from kayoi.ui.map_files import names_address, shapes_address
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

_ORIGINS_SHOWN: Final = 15
_FLOWS_DRAWN: Final = 30
_PLACES_TOLD: Final = 3
_RANKING_HEIGHT: Final = 420  # pixels at most; more municipalities are scrolled
_ROW_HEIGHT: Final = 35  # of Streamlit's table
_MOST_MONTHS: Final = 48
_TALL_MAP: Final = 520  # pixels
_MAP_WIDTH: Final = 550  # pixels; the ranking stands beside it from 1440 on, else below
_RANKING_WIDTH: Final = 405


def draw_map(page: Page) -> None:
    """Draw the choice of indicator, the map with its legend, and the ranking."""
    scope = scope_of(page)
    shapes = shapes_address()
    looked = choose(page, scope, has_shapes=shapes is not None)
    days = _values(page, looked, scope)
    places = days[days["as_of"].map(report.as_date) == page.choices.as_of]
    scale = make_scale(days["shown"], looked.show, looked.measure.unit, looked.method, looked.own)
    selected = _selected(page, looked)
    heading = Heading(
        page.t(f"chart.map.{looked.show}", measure=looked.measure.short(page.locale)),
        _unit(looked),
        scope.name(page.locale),
        page.t("chart.as_of", as_of=page.choices.day),
    )
    finding = map_words.finding(places, looked.show, looked.measure, selected, page.locale)
    draw_heading(page, heading, finding)
    if places.empty:
        return
    flows = _flows(page, looked, scope)
    drawn = Drawn(
        places=days,
        show=looked.show,
        unit=looked.measure.unit,
        title=heading.measure,
        scale=scale,
        level=looked.level,
        layers=looked.layers,
        region_level=scope.level,
        region_code=scope.code,
        selected=selected,
        shapes=shapes,
        names=names_address(page.locale),
        alt=page.t("chart.alt", title=heading.text(page), finding=finding),
    )
    row = st.container(horizontal=True)
    with row.container(width=_MAP_WIDTH):
        if looked.is_tall:
            _columns(page, places, looked, drawn.alt)
        else:
            draw_scene(
                scene(_with_layers(page, looked, scope, drawn, flows), page.locale, page.theme),
                "map",
                lambda code, is_more: _picked(code, is_more, looked),
                lambda month: put("asof", month),
            )
        draw_note(page.t("map.credit_shapes") if shapes else page.t("map.credit"))
        _say_what_is_missing(page, looked, shapes)
    with row.container(width=_RANKING_WIDTH):
        _picked_list(page, looked)
        _ranking(page, places, looked, heading, scale)
    if "arcs" in looked.layers:
        _draw_flows(page, looked, flows, scope)


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


def _values(page: Page, looked: Looked, scope: Region) -> pd.DataFrame:
    as_of = page.choices.as_of
    first_on = as_of
    if looked.with_time and not looked.is_tall:
        # From the first of a month: the query knows which days of it were computed.
        months = as_of.year * 12 + as_of.month - _MOST_MONTHS
        first_on = date(months // 12, months % 12 + 1, 1)
    return page.read(
        "map_values",
        kpi_id=looked.measure.metric.kpi_id,
        part=looked.measure.part_key,
        show=looked.show,
        place_level=looked.level,
        first_on=first_on,
        region_level=scope.level,
        region_code=scope.code,
    )


def _selected(page: Page, looked: Looked) -> tuple[str, ...]:
    region = page.choices.region
    above = region.prefecture_code if region.level == "municipality" else region.code
    own = region.code if looked.level == region.level else above
    return tuple(dict.fromkeys([*([own] if own != NATION and len(own) in (2, 5) else []), *looked.picked]))


def _unit(looked: Looked) -> Unit:
    if looked.show == "per_thousand":
        return "per_thousand"
    return "percent" if looked.show == "change_rate" else looked.measure.unit


def _flows(page: Page, looked: Looked, scope: Region) -> pd.DataFrame:
    if "arcs" not in looked.layers:
        return pd.DataFrame()
    region = page.choices.region if page.choices.region.level == "municipality" else scope
    return page.read("map_flows", stage=looked.flow_stage, region_level=region.level, region_code=region.code)


def _flow_figures(looked: Looked) -> str:
    return "change" if looked.show in ("change", "change_rate") else "people"


def _with_layers(page: Page, looked: Looked, scope: Region, drawn: Drawn, flows: pd.DataFrame) -> Drawn:
    by = _flow_figures(looked)
    if "arcs" in looked.layers:
        picked = [code for code in looked.picked if len(code) == 5]
        drawn = replace(drawn, flows=top_flows(flows, by, _FLOWS_DRAWN, picked), flow_figures=by)
    if "mix" in looked.layers and looked.level == "municipality":
        stages = page.read("map_stages", region_level=scope.level, region_code=scope.code)
        drawn = replace(drawn, stages=stages)
    if "areas" in looked.layers:
        areas = page.read("map_programs")
        drawn = replace(drawn, areas=areas[areas["area_id"] == looked.area] if looked.area else areas)
    if "origins" in looked.layers:
        drawn = replace(drawn, origins=page.read("map_origins"))
    return drawn


def _columns(page: Page, places: pd.DataFrame, looked: Looked, alt: str) -> None:
    key = f"columns.{looked.level}.{len(places)}"
    st.pydeck_chart(
        maps.column_map(places, maps.Look(looked.show, looked.measure.unit), page.locale, page.theme),
        height=_TALL_MAP,
        key=key,
        on_select=lambda: _picked_column(key, looked),
        selection_mode="single-object",
        alt=alt,
    )
    draw_note(page.t("map.legend_columns_note"))


def _say_what_is_missing(page: Page, looked: Looked, shapes: str | None) -> None:
    if "fill" in looked.layers and looked.level == "municipality" and shapes is None:
        st.info(page.t("map.no_shapes"), icon=":material/info:")
        if page.scope.is_administrator:
            st.code("python -m kayoi boundaries", language="bash")
    if looked.layers & {"arcs", "origins", "mix"} and not page.choices.is_everybody:
        draw_note(page.t("chart.not_by_segment"))


def _picked_list(page: Page, looked: Looked) -> None:
    """Draw the places chosen beside the region, as a list that can be searched and shortened."""
    known = {code: region for code, region in page.regions.items() if region.level == looked.level}
    key = "url.pick"
    st.session_state[key] = [code for code in looked.picked if code in known]
    st.multiselect(
        page.t("map.picked"),
        list(known),
        format_func=lambda code: f"{known[code].full_name(page.locale)} {code} {known[code].kana}",
        key=key,
        filter_mode="contains",
        placeholder=page.t("map.picked_hint"),
        on_change=lambda: put_picked(st.session_state[key]),
    )


def _ranking(page: Page, places: pd.DataFrame, looked: Looked, heading: Heading, scale: Scale) -> None:
    st.markdown(f"**{page.t('chart.ranking')}**")
    draw_note(page.t("map.hint"))
    ranked = places.sort_values("shown_rank", na_position="last", kind="stable")
    if looked.picked:
        # A table of their own: the long one stays as it is, and is not sent again.
        chosen = ranked[ranked["region_code"].isin(looked.picked)]
        table = map_words.table(chosen, looked.show, looked.measure, page.locale)
        st.dataframe(table, hide_index=True, column_config=number_columns(table), key="picked")
    table = map_words.table(ranked, looked.show, looked.measure, page.locale)
    key = f"ranking.{heading.place}.{looked.show}.{looked.level}"
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


def _draw_flows(page: Page, looked: Looked, flows: pd.DataFrame, scope: Region) -> None:
    by = _flow_figures(looked)
    stage = (
        page.t("filter.flow.ladder")
        if looked.flow_stage == "ladder"
        else report.stage_name(looked.flow_stage, page.locale)
    )
    heading = Heading(
        page.t(f"chart.flows.{by}", stage=stage),
        "people",
        page.choices.place if page.choices.region.level == "municipality" else scope.name(page.locale),
        page.t("chart.as_of", as_of=page.choices.day),
    )
    draw_heading(page, heading, map_words.flows_finding(flows, by, _PLACES_TOLD, page.locale))
    drawn = top_flows(flows, by, _FLOWS_DRAWN, [code for code in looked.picked if len(code) == 5])
    left_out = len(top_flows(flows, by, len(flows))) - len(drawn)
    if left_out:
        draw_note(page.t("map.flows_left_out", most=_FLOWS_DRAWN, count=f"{left_out:,}"))
    table = map_words.flows_table(flows.sort_values(f"{by}_rank", na_position="last"), page.locale)
    draw_numbers(page, "flows", table, heading)


def _picked(code: str, is_more: bool, looked: Looked) -> None:
    if is_more:
        rest = [other for other in looked.picked if other != code]
        put_picked(rest if code in looked.picked else [*looked.picked, code])
    else:
        put("region", code, NATION)


def _picked_column(key: str, looked: Looked) -> None:
    objects = st.session_state[key]["selection"]["objects"].get(maps.LAYER, [])
    if objects:
        _picked(str(objects[0]["code"]), False, looked)


def _picked_in_table(key: str, codes: list[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        put("region", codes[rows[0]], NATION)
