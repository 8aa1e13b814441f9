"""KPI cards: one figure each, with everything a reader needs to trust it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from kayoi import metrics, periods, report
from kayoi.metrics import Measure
from kayoi.ui.frame import Page
from kayoi.ui.text import plain

Kpis = Mapping[str, Mapping[str, Any]]
_NOTHING: Final[dict[str, object]] = dict.fromkeys(
    ("value", "numerator", "denominator", "n", "previous", "change", "target", "achievement")
) | {"status": "no_data"}
_WIDTH: Final = 270  # pixels: two fit beside the sidebar of a small screen, three or more on a larger one


def kpis_by_key(rows: pd.DataFrame) -> Kpis:
    """Return the rows of region_kpis by measure: `K03`, `K14:related`."""
    return {
        row["kpi_id"] + (f":{row['part']}" if row["part"] else ""): row for row in rows.to_dict("records")
    }


def draw_cards(page: Page, keys: Sequence[str], kpis: Kpis) -> None:
    """Draw one card per measure, as many in a row as there is room for."""
    with st.container(horizontal=True):
        for key in keys:
            with st.container(border=True, width=_WIDTH, height="stretch"):
                _card(page, metrics.measure(key), kpis.get(key, _NOTHING))


def _card(page: Page, measure: Measure, row: Mapping[str, Any]) -> None:
    locale, status = page.locale, str(row["status"])
    is_shown = status in ("final", "provisional")
    value = report.figure(row["value"], measure.unit, locale) if is_shown else _instead(page, status)
    has_change = is_shown and not report.is_missing(row["change"])
    changed = report.change(row["change"], measure.unit, locale)
    is_still = changed == page.t("change.none")
    st.metric(
        measure.short(locale),
        value,
        delta=changed if has_change else None,
        delta_color=_colour(measure, row["change"]) if has_change and not is_still else "off",
        delta_arrow=_arrow(row["change"]) if has_change and not is_still else "off",
        help=_help(page, measure, row, is_shown=is_shown),
    )
    lines = [page.t("card.as_of", as_of=page.choices.day.split("（")[0])]
    if is_shown:
        lines.append(page.t("card.versus") if has_change else changed)
    if is_shown and not report.is_missing(row["target"]):
        lines.append(
            page.t(
                # The value is of 365 days, the target of a fiscal year: two periods, said apart.
                "card.target_to_date" if _has_year_to_date(measure) else "card.target",
                target=report.figure(row["target"], measure.unit, locale),
                year=periods.year_label(periods.fiscal_year(page.choices.as_of), "fy", locale).split("（")[0],
                rate=report.rate(row["achievement"], locale),
            )
        )
    if is_shown:
        lines.append(page.t("card.n", n=report.count(row["n"], locale)))
    lines.append(page.t("card.source", source=measure.metric.source[locale]))
    if status != "final":
        st.badge(page.t(f"card.status.{status}"), color="orange" if status == "provisional" else "gray")
        lines.insert(0, page.t(f"card.status.{status}.note"))
    st.markdown("  \n".join(f":small[{plain(line)}]" for line in lines))


def _has_year_to_date(measure: Measure) -> bool:
    return any(part.key == "fy" for part in measure.metric.parts)


def _instead(page: Page, status: str) -> str:
    return page.t("card.status.suppressed") if status == "suppressed" else report.NO_DATA


def _help(page: Page, measure: Measure, row: Mapping[str, Any], *, is_shown: bool) -> str:
    metric, locale = measure.metric, page.locale
    lines = [metric.definition[locale], page.t("card.denominator", value=metric.denominator[locale])]
    if is_shown:
        lines.append(page.t("card.exact", value=report.exact(row["value"], measure.unit, locale)))
    return "\n\n".join(plain(line) for line in lines)


def _arrow(change: object) -> Literal["up", "down", "off"]:
    number = float(str(change))
    return "up" if number > 0 else "down" if number < 0 else "off"


def _colour(measure: Measure, change: object) -> Literal["green", "red", "gray"]:
    number, direction = float(str(change)), measure.metric.direction
    if number == 0 or direction == "neutral":
        return "gray"
    return "green" if (number > 0) == (direction == "up_is_good") else "red"
