"""Coming back: by month of the first visit, by season and kind of day, in which rhythm."""

from typing import Final

import streamlit as st

from kayoi import journey_tables, report, retention_charts
from kayoi import journey_words as words
from kayoi.periods import day_label
from kayoi.ui.frame import Page
from kayoi.ui.panels import Heading, draw_chart, draw_heading, draw_note, draw_numbers

_SHARES: Final = {"on": "came_share", "later": "later_share"}


def draw_retention(page: Page) -> None:
    """Draw the triangle of those who came again, by month of the first visit."""
    rows = page.read("retention_triangle")
    if rows.empty:
        return
    day = day_label(report.as_date(rows.iloc[0]["as_of"]), page.locale)
    heading = Heading(
        page.t("retention.triangle"), "percent", page.choices.place, page.t("chart.as_of", as_of=day)
    )
    finding = words.retention_finding(rows, page.locale)
    draw_heading(page, heading, finding)
    options = {kind: page.t(f"retention.kind.{kind}") for kind in _SHARES}
    kind = page.address.choose(st.container(), "ret", page.t("retention.kind"), options, "later", look="row")
    if ((rows["months"] > 0) & rows["is_complete"]).any():
        figure = retention_charts.triangle(rows, _SHARES[kind], page.locale, page.theme)
        draw_chart(page, "triangle", figure, heading, finding)
    draw_note(page.t("retention.triangle_note"))
    if (rows["early"] > 0).any():
        draw_note(page.t("retention.early_note"))
    _draw_not_by_segment(page)
    draw_numbers(page, "triangle", journey_tables.triangle(rows, page.locale), heading)


def draw_visit_days(page: Page) -> None:
    """Draw visits per day on weekdays, weekends and public holidays, by season."""
    rows = page.read("visit_days")
    if rows.empty:
        return
    heading = _year_heading(page, "retention.days", rows.iloc[0]["as_of"])
    finding = words.days_finding(rows, page.locale)
    draw_heading(page, heading, finding)
    draw_chart(page, "visit_days", retention_charts.days(rows, page.locale, page.theme), heading, finding)
    draw_note(page.t("retention.days_note"))
    _draw_not_by_segment(page)
    draw_numbers(page, "visit_days", journey_tables.visit_days(rows, page.locale), heading)


def draw_cycle(page: Page) -> None:
    """Draw after how many months people came back."""
    rows = page.read("return_cycle")
    if rows.empty or not rows["returns"].sum():
        return
    heading = _year_heading(page, "retention.cycle", rows.iloc[0]["as_of"])
    finding = words.cycle_finding(rows, page.locale)
    draw_heading(page, heading, finding)
    draw_chart(page, "cycle", retention_charts.cycle(rows, page.locale, page.theme), heading, finding)
    draw_note(page.t("retention.cycle_note"))
    _draw_not_by_segment(page)
    draw_numbers(page, "cycle", journey_tables.cycle(rows, page.locale), heading)


def _year_heading(page: Page, key: str, as_of: object) -> Heading:
    day = day_label(report.as_date(as_of), page.locale)
    return Heading(page.t(key), "times", page.choices.place, page.t("chart.year_to", as_of=day))


def _draw_not_by_segment(page: Page) -> None:
    if not page.choices.is_everybody:
        draw_note(page.t("chart.not_by_segment"))
