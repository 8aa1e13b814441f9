"""Cohorts of first visitors: how far they came, within how many months, how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from kayoi import cohort_charts, journey_tables, report
from kayoi import journey_words as words
from kayoi.periods import day_label
from kayoi.ui.frame import Page
from kayoi.ui.panels import Heading, draw_chart, draw_heading, draw_note, draw_numbers, number_columns

_KINDS: Final = ("fy", "quarter")
_ENTRIES: Final = ("all", "later")


@dataclass(frozen=True)
class Cohorts:
    """What was chosen: by which period, up to which stage, with whom, as of which day; and its rows."""

    kind: str
    stage: str
    entry: str
    as_of: date
    rows: pd.DataFrame

    @property
    def of_stage(self) -> pd.DataFrame:
        """Return the rows of the chosen stage."""
        return self.rows[self.rows["stage"] == self.stage]


def draw_cohorts(page: Page) -> None:
    """Draw the choices of the cohort view, and everything below them."""
    first, second, third = st.columns(3)
    kind = _choose(page, first, "by", {kind: page.t(f"cohort.by.{kind}") for kind in _KINDS}, "fy")
    stage = _choose(
        page, second, "goal", {one: report.stage_name(one, page.locale) for one in words.TARGETS}, "related"
    )
    entry = _choose(page, third, "entry", {one: page.t(f"cohort.entry.{one}") for one in _ENTRIES}, "all")
    days = page.read("cohort_days")
    if days.empty:
        st.info(page.t("chart.empty"))
        return
    as_of = report.as_date(days.iloc[0]["as_of"])
    if as_of != page.choices.as_of:
        st.info(page.t("cohort.other_day", day=day_label(as_of, page.locale)))
    if not page.choices.is_everybody:
        draw_note(page.t("chart.not_by_segment"))
    rows = page.read("cohort_reach", as_of=as_of, cohort_kind=kind, entry=entry)
    if rows.empty:
        st.info(page.t("cohort.nobody_left"))
        return
    chosen = Cohorts(kind, stage, entry, as_of, rows)
    if kind == "fy":
        _draw_curves(page, chosen)
    _draw_cells(page, chosen)
    _draw_medians(page, chosen)


def _draw_curves(page: Page, chosen: Cohorts) -> None:
    rows, heading = chosen.of_stage, _heading(page, chosen, "cohort.curves")
    finding = words.cohort_finding(chosen.rows, chosen.stage, page.locale)
    draw_heading(page, heading, finding)
    cohorts = cohort_charts.newest(rows)
    if cohorts:
        figure = cohort_charts.curves(rows, page.locale, page.theme)
        draw_chart(page, "curves", figure, heading, finding)
        st.markdown(f"**{page.t('cohort.at_risk')}**")
        table = journey_tables.at_risk(rows, cohorts, page.locale)
        st.dataframe(
            table,
            hide_index=True,
            column_config=number_columns(table),
            key="at_risk",
            alt=page.t("cohort.at_risk"),
        )
    draw_note(page.t("cohort.curves_note"))
    draw_note(page.t("cohort.method_note"))
    _draw_early(page, rows)
    draw_numbers(page, "curves", journey_tables.cohort_numbers(chosen.rows, page.locale), heading)


def _draw_cells(page: Page, chosen: Cohorts) -> None:
    rows, heading = chosen.of_stage, _heading(page, chosen, "cohort.cells")
    is_quarter = chosen.kind == "quarter"
    finding = words.cohort_finding(chosen.rows, chosen.stage, page.locale) if is_quarter else ""
    draw_heading(page, heading, finding)
    if rows["is_shown"].any():
        draw_chart(page, "cells", cohort_charts.cells(rows, page.locale, page.theme), heading, finding)
    draw_note(page.t("cohort.cells_note"))
    if is_quarter:
        _draw_early(page, rows)
        draw_numbers(page, "cells", journey_tables.cohort_numbers(chosen.rows, page.locale), heading)
        return
    table = journey_tables.cohort_cells(rows, page.locale)
    st.dataframe(
        table,
        hide_index=True,
        column_config=number_columns(table),
        key="cells.table",
        alt=heading.text(page),
    )
    draw_numbers(page, "cells", journey_tables.cohort_numbers(rows[rows["is_window"]], page.locale), heading)


def _draw_medians(page: Page, chosen: Cohorts) -> None:
    heading = Heading(
        page.t("cohort.medians"),
        "days",
        page.choices.place,
        page.t("chart.as_of", as_of=day_label(chosen.as_of, page.locale)),
    )
    draw_heading(page, heading, words.medians_finding(chosen.rows, page.locale))
    draw_note(page.t("cohort.medians_note"))
    table = journey_tables.medians(chosen.rows, page.locale)
    st.dataframe(
        table,
        hide_index=True,
        column_config=number_columns(table),
        key="medians.table",
        alt=heading.text(page),
    )
    draw_numbers(page, "medians", table, heading)


def _draw_early(page: Page, rows: pd.DataFrame) -> None:
    if (rows["early"] > 0).any():
        draw_note(page.t("cohort.early_note"))


def _heading(page: Page, chosen: Cohorts, key: str) -> Heading:
    return Heading(
        page.t(key, stage=report.stage_name(chosen.stage, page.locale)),
        "percent",
        page.choices.place,
        page.t("chart.as_of", as_of=day_label(chosen.as_of, page.locale)),
    )


def _choose(
    page: Page, where: st.delta_generator.DeltaGenerator, name: str, options: Mapping[str, str], default: str
) -> str:
    return page.address.choose(where, name, page.t(f"cohort.{name}"), options, default)
