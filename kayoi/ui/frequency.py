"""How often people come: distribution, progress to four visits a year, months, return gaps."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from kayoi import periods, report, tables, visit_charts
from kayoi.periods import FIRST_MONTH
from kayoi.ui.frame import Page
from kayoi.ui.panels import Heading, draw_chart, draw_heading, draw_note, draw_numbers

_YEAR: Final = "year"


def choose_period(page: Page) -> str:
    """Draw the choice of period; return w365, or the year to date (fy or cy) as the reader counts years."""
    kind = page.choices.year
    options = {"w365": page.t("filter.period.w365"), _YEAR: page.t(f"filter.period.{kind}")}
    chosen = page.address.choose(
        st.container(), "period", page.t("filter.period"), options, "w365", look="row"
    )
    return kind if chosen == _YEAR else chosen


def draw_target(page: Page) -> None:
    """Draw how many came four times or more in the year so far, against the target."""
    choices = page.choices
    kind = choices.year
    year = periods.year_label(
        periods.fiscal_year(choices.as_of) if kind == "fy" else choices.as_of.year, kind, page.locale
    )
    heading = Heading(
        page.t("chart.target_bar"),
        "people",
        choices.place,
        f"{year}　{page.t('chart.until', as_of=choices.day)}",
    )
    row = _target(page, kind)
    draw_heading(page, heading, "")
    if row is None:
        st.info(page.t("finding.frequency_none"))
        return
    figures = st.container(horizontal=True)
    figures.metric(
        page.t("chart.often"),
        report.figure(row["people_4plus"], "people", page.locale),
        border=True,
        width="content",
        height="stretch",
    )
    figures.metric(
        page.t("chart.one_short"),
        report.figure(row["one_short"], "people", page.locale),
        border=True,
        width="content",
        height="stretch",
    )
    if report.is_missing(row["target"]):
        draw_note(page.t("chart.no_target" if kind == "fy" else "chart.target_is_fiscal", year=year))
        return
    figures.metric(
        page.t("chart.achievement"),
        report.rate(row["achievement"], page.locale),
        delta=page.t("chart.remaining", people=report.figure(row["remaining"], "people", page.locale)),
        delta_color="off",
        delta_arrow="off",
        border=True,
        width="content",
    )
    draw_chart(page, "target", visit_charts.target_bar(row, page.locale, page.theme), heading, "")


def draw_distribution(page: Page, period: str, *, log: bool) -> None:
    """Draw people by number of visits."""
    choices = page.choices
    bands = page.read("visit_bands", period=period)
    key = "chart.year_to" if period == "w365" else f"chart.{period}_to"
    heading = Heading(page.t("chart.frequency"), "people", choices.place, page.t(key, as_of=choices.day))
    finding = report.frequency_finding(bands, _target(page, period), page.locale)
    draw_heading(page, heading, finding)
    figure = visit_charts.frequency_bars(bands, page.locale, page.theme, log=log)
    draw_chart(page, "frequency", figure, heading, finding)
    draw_numbers(page, "frequency", tables.bands(bands, page.locale), heading)


def draw_months(page: Page) -> None:
    """Draw visits as a grid of years × months."""
    choices = page.choices
    months = page.read("visit_months", first_month=FIRST_MONTH[choices.year])
    heading = Heading(
        page.t("chart.month_heat"), "times", choices.place, page.t("chart.until", as_of=choices.day)
    )
    finding = report.months_finding(months, page.locale)
    draw_heading(page, heading, finding)
    if months.empty:
        return
    figure = visit_charts.month_heat(months, choices.year, page.locale, page.theme)
    draw_chart(page, "months", figure, heading, finding)
    draw_numbers(page, "months", tables.months(months, choices.year, page.locale), heading)


def draw_gaps(page: Page) -> None:
    """Draw how long people stayed away before they came back."""
    choices = page.choices
    gaps = page.read("return_gaps")
    heading = Heading(
        page.t("chart.gaps"), "times", choices.place, page.t("chart.year_to", as_of=choices.day)
    )
    finding = report.gaps_finding(gaps, page.locale)
    draw_heading(page, heading, finding)
    draw_note(page.t("chart.gaps_note"))
    if not choices.is_everybody:
        draw_note(page.t("chart.not_by_segment"))
    draw_chart(page, "gaps", visit_charts.gap_bars(gaps, page.locale, page.theme), heading, finding)
    draw_numbers(page, "gaps", tables.gaps(gaps, page.locale), heading)


def _target(page: Page, period: str) -> Mapping[str, Any] | None:
    rows = page.read("visit_target", period=period)
    return None if rows.empty else {str(name): value for name, value in rows.iloc[0].items()}
