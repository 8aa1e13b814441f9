"""A chart with everything that belongs to it: title, sentence, alternative text, table, CSV."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from kayoi.chart_layout import CONFIG
from kayoi.exports import csv_bytes
from kayoi.metrics import Unit
from kayoi.periods import month_key
from kayoi.ui.frame import Page
from kayoi.ui.text import plain


@dataclass(frozen=True)
class Heading:
    """What a figure is about: measure, unit, place, period."""

    measure: str
    unit: Unit
    place: str
    period: str

    def text(self, page: Page) -> str:
        """Return the whole title in one line."""
        return page.t(
            "chart.figure_title",
            measure=self.measure,
            unit=page.t(f"unit.name.{self.unit}"),
            place=self.place,
            period=self.period,
        )


def draw_heading(page: Page, heading: Heading, finding: str) -> None:
    """Draw a figure's title and the sentence that says what is seen."""
    unit = page.t(f"unit.name.{heading.unit}")
    st.header(
        f"{plain(heading.measure)}（{unit}）"
        if page.locale == "ja"
        else f"{plain(heading.measure)} ({unit})",
        anchor=False,
    )
    st.markdown(f":small[{plain(heading.place)}　{plain(heading.period)}]")
    if finding:
        st.markdown(plain(finding))


def draw_chart(page: Page, key: str, figure: Any, heading: Heading, finding: str) -> None:  # noqa: ANN401 - plotly has no types
    """Draw a Plotly figure with its alternative text."""
    st.plotly_chart(
        figure,
        key=key,
        config=CONFIG,
        alt=page.t("chart.alt", title=heading.text(page), finding=finding),
    )


def draw_numbers(page: Page, key: str, table: pd.DataFrame, heading: Heading) -> None:
    """Draw the numbers behind a figure, folded away, with the button that saves them."""
    with st.expander(page.t("chart.table"), icon=":material/table:"):
        st.dataframe(
            table,
            hide_index=True,
            column_config=number_columns(table),
            key=f"table.{key}",
            placeholder="",
            alt=heading.text(page),
        )
        draw_download(page, key, table, heading)


def number_columns(table: pd.DataFrame) -> dict[str, Any]:
    """Return how the columns of numbers are written: 1,492 and 3.125, never 1492."""
    numbers = table.select_dtypes("number").columns
    return {str(name): st.column_config.NumberColumn(format="localized") for name in numbers}


def draw_download(page: Page, key: str, table: pd.DataFrame, heading: Heading) -> None:
    """Draw the button that saves a table as CSV, its notes above it."""
    choices = page.choices
    name = re.sub(
        r"[^0-9A-Za-z_.-]", "-", f"kayoi_{key}_{choices.region.code}_{month_key(choices.as_of)}.csv"
    )
    st.download_button(
        page.t("chart.csv"),
        data=partial(csv_bytes, table, page.notes(heading.text(page))),
        file_name=name,
        mime="text/csv",
        key=f"csv.{key}",
        icon=":material/download:",
        on_click="ignore",
    )


def draw_note(text: str) -> None:
    """Draw a line of small print."""
    st.markdown(f":small[{plain(text)}]")
