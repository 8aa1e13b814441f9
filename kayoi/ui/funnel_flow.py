"""Moves between stages: what became of the people of each stage, who changed, month by month."""

from typing import Final

import streamlit as st

from kayoi import flow_charts, journey_tables, tables
from kayoi import journey_words as words
from kayoi.ui.frame import Page
from kayoi.ui.panels import Heading, draw_chart, draw_heading, draw_note, draw_numbers, number_columns

_SPANS: Final = ("month", "quarter", "half", "year", "two_years")
_OF_SEGMENTS: Final = frozenset({"month", "year"})


def draw_flow(page: Page) -> None:
    """Draw the choice of span and what happened in it; then every month."""
    options = {span: page.t(f"flow.span.{span}") for span in _SPANS}
    span = page.address.choose(st.container(), "span", page.t("flow.span"), options, "year", look="row")
    params = {"span": span}
    if span not in _OF_SEGMENTS:
        params |= {"segment_kind": "all", "segment_value": "all"}
        if not page.choices.is_everybody:
            draw_note(page.t("chart.not_by_segment"))
    if page.read("moves", **params).empty:
        st.info(page.t("chart.empty" if span in _OF_SEGMENTS else "flow.other_day"))
    else:
        _draw_outcomes(page, span, params)
        _draw_changes(page, span, params)
        _draw_matrix(page, span, params)
    _draw_lifecycle(page)


def _draw_outcomes(page: Page, span: str, params: dict[str, str]) -> None:
    shares = page.read("move_shares", **params)
    heading = _heading(page, "flow.outcomes", "percent", span)
    finding = words.flow_finding(shares, span, page.locale)
    draw_heading(page, heading, finding)
    if (shares["is_ladder"] & (shares["people"] > 0)).any():
        draw_chart(page, "outcomes", flow_charts.outcomes(shares, page.locale, page.theme), heading, finding)
    draw_note(page.t("flow.outcomes_note"))
    draw_note(page.t("flow.half_life_note"))
    draw_numbers(page, "outcomes", journey_tables.shares(shares, page.locale), heading)


def _draw_changes(page: Page, span: str, params: dict[str, str]) -> None:
    flows = page.read("move_flows", **params)
    heading = _heading(page, "flow.changes", "people", span)
    finding = words.changes_finding(flows, page.locale)
    draw_heading(page, heading, finding)
    if len(flows):
        draw_chart(page, "changes", flow_charts.changes(flows, page.locale, page.theme), heading, finding)
        draw_note(page.t("flow.changes_note"))


def _draw_matrix(page: Page, span: str, params: dict[str, str]) -> None:
    heading = _heading(page, "flow.matrix", "people", span)
    draw_heading(page, heading, "")
    table = journey_tables.matrix(page.read("moves", **params), page.locale)
    st.dataframe(
        table, hide_index=True, column_config=number_columns(table), key="matrix", alt=heading.text(page)
    )
    draw_numbers(page, "matrix", table, heading)


def _draw_lifecycle(page: Page) -> None:
    rows = page.read("lifecycle", span="month")
    heading = Heading(
        page.t("flow.lifecycle"),
        "people",
        page.choices.place,
        page.t("chart.until", as_of=page.choices.day),
    )
    finding = words.lifecycle_finding(rows, page.locale)
    draw_heading(page, heading, finding)
    if rows.empty:
        return
    events = page.read("chart_events")
    figure = flow_charts.lifecycle(rows, events, page.locale, page.theme)
    draw_chart(page, "lifecycle", figure, heading, finding)
    draw_note(page.t("flow.lifecycle_note"))
    if (rows["status"] == "provisional").any():
        draw_note(page.t("flow.lifecycle_open"))
    for event in tables.events(events, page.locale):
        draw_note(event)
    draw_numbers(page, "lifecycle", journey_tables.lifecycle(rows, page.locale), heading)


def _heading(page: Page, key: str, unit: str, span: str) -> Heading:
    return Heading(
        page.t(key),
        "percent" if unit == "percent" else "people",
        page.choices.place,
        page.t("flow.period", span=page.t(f"flow.span.{span}"), as_of=page.choices.day),
    )
