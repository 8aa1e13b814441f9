"""The ladder of stages: how many stand on each step, how that changed, who stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from kayoi import charts, report, tables
from kayoi.periods import day_label
from kayoi.ui.choices import Region
from kayoi.ui.frame import Page
from kayoi.ui.panels import Heading, draw_chart, draw_heading, draw_note, draw_numbers

_SCALES: Final = ("linear", "log")
_VIEWS: Final = ("stock", "cohort", "flow")


@dataclass(frozen=True)
class Other:
    """Another day or region to compare with: what to call the one shown, the other's name and rows."""

    own_name: str
    name: str
    stock: pd.DataFrame


def choose_view(page: Page) -> str:
    """Draw the choice among the three funnels, and say what the chosen one counts; return it."""
    options = {view: page.t(f"filter.view.{view}") for view in _VIEWS}
    view = page.address.choose(st.container(), "view", page.t("filter.view"), options, _VIEWS[0], look="row")
    draw_note(page.t(f"filter.view.{view}.note"))
    return view


def choose_log(page: Page, *, default: str = "log") -> bool:
    """Draw the choice of scale; tell whether it is logarithmic."""
    options = {scale: page.t(f"filter.scale.{scale}") for scale in _SCALES}
    return (
        page.address.choose(st.container(), "scale", page.t("filter.scale"), options, default, look="row")
        == "log"
    )


def choose_other(page: Page) -> Other | None:
    """Draw the choice of what to compare with; return its rows, or None where nothing was chosen."""
    options = {kind: page.t(f"filter.versus.{kind}") for kind in ("none", "year")}
    options |= {
        region.code: page.t("filter.versus.region", region=region.full_name(page.locale))
        for region in _comparable(page)
    }
    chosen = page.address.choose(st.container(), "vs", page.t("filter.versus"), options, "none")
    if chosen == "none":
        return None
    if chosen == "year":
        before = page.read("year_before")
        if before.empty:
            st.info(page.t("chart.no_year_before"))
            return None
        day = report.as_date(before.iloc[0]["as_of"])
        stock = page.read("stage_stock", as_of=day, reach_on=report.as_date(before.iloc[0]["reach_on"]))
        own_name, name = (day_label(one, page.locale).split("（")[0] for one in (page.choices.as_of, day))
    else:
        region = page.regions[chosen]
        stock = page.read("stage_stock", region_level=region.level, region_code=region.code)
        own_name, name = page.choices.place, region.full_name(page.locale)
    if stock["people"].isna().all():
        st.info(page.t("chart.no_other", name=name))
        return None
    return Other(own_name, name, stock)


def draw_funnel(page: Page, other: Other | None = None, *, log: bool) -> None:
    """Draw the ladder as bars, with the numbers behind it."""
    choices = page.choices
    stock = page.read("stage_stock")
    heading = Heading(
        page.t("chart.funnel"), "people", choices.place, page.t("chart.as_of", as_of=choices.day)
    )
    finding = report.funnel_finding(stock, choices.place, page.locale)
    draw_heading(page, heading, finding)
    compared = None
    table = tables.stages(stock, page.locale)
    if other is not None:
        compared = charts.Compared((other.own_name, other.name), other.stock)
        table = tables.compared_stages(stock, other.stock, other.name, page.locale)
    figure = charts.stage_funnel(stock, page.locale, page.theme, log=log, other=compared)
    draw_chart(page, "funnel", figure, heading, finding)
    if log:
        draw_note(page.t("chart.log_note"))
    draw_note(page.t("chart.funnel_note"))
    draw_numbers(page, "funnel", table, heading)


def draw_trend(page: Page) -> None:
    """Draw the ladder stages over time."""
    choices = page.choices
    trend = page.read("stage_trend")
    heading = Heading(
        page.t("chart.trend"), "people", choices.place, page.t("chart.until", as_of=choices.day)
    )
    if trend.empty:
        draw_heading(page, heading, page.t("chart.empty"))
        return
    finding = report.trend_finding(trend, page.locale)
    draw_heading(page, heading, finding)
    events = page.read("chart_events")
    draw_chart(page, "trend", charts.stage_trend(trend, events, page.locale, page.theme), heading, finding)
    draw_note(page.t("chart.trend_note"))
    for event in tables.events(events, page.locale):
        draw_note(event)
    draw_numbers(page, "trend", tables.trend(trend, page.locale), heading)


def draw_beside(page: Page) -> None:
    """Draw the states beside the ladder as figures."""
    stock = page.read("stage_stock").set_index("stage")
    st.header(page.t("chart.beside"), anchor=False)
    draw_note(page.t("chart.as_of", as_of=page.choices.day))
    with st.container(horizontal=True):
        for stage in report.BESIDE:
            st.metric(
                report.stage_name(stage, page.locale),
                report.figure(stock.loc[stage, "people"], "people", page.locale),
                border=True,
                width="content",
            )
    draw_note(page.t("chart.beside_note"))


def _comparable(page: Page) -> Sequence[Region]:
    return [
        region
        for region in page.regions.values()
        if region.has_data and region.code != page.choices.region.code
    ]
