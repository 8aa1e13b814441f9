"""What every number means: drawn from the registry, the rulesets and the reference data."""

import re
from typing import Final

import pandas as pd
import streamlit as st

from kayoi import metrics, periods, queries, report, rulesets, tables
from kayoi.conditions import SIGNALS
from kayoi.errors import RulesetError
from kayoi.metrics import Metric
from kayoi.rulesets import Ruleset
from kayoi.ui.frame import Page
from kayoi.ui.panels import Heading, draw_note, draw_numbers
from kayoi.ui.text import plain

_TRACE: Final = ("card", "query", "spells", "lines", "file")
_REFERENCES: Final = ("municipalities", "shapes", "font", "software")


def draw_kpis(page: Page) -> None:
    """Draw every KPI of the registry."""
    st.header(page.t("page.definitions.kpis"), anchor=False)
    st.markdown(f"{page.t('page.definitions.people_note')}  \n{page.t('page.definitions.lower_bound')}")
    for metric in metrics.registry().values():
        with st.expander(f"{metric.kpi_id}　{plain(metric.label[page.locale])}"):
            st.markdown("  \n".join(plain(line) for line in _metric_lines(page, metric)))


def draw_trace(page: Page) -> None:
    """Draw the way from a figure back to the lines of the files it was counted from."""
    st.header(page.t("page.definitions.trace"), anchor=False)
    steps = [page.t(f"page.definitions.trace.{step}") for step in _TRACE]
    st.markdown("\n".join(f"{number}. {plain(step)}" for number, step in enumerate(steps, 1)))
    st.code(
        "\n".join(
            f"python -m kayoi export {table} --warehouse warehouse --out {table}.csv"
            for table in ("stage_spells", "visit_lines", "dim_files")
        ),
        language="bash",
        wrap_lines=True,
    )


def draw_stages(page: Page) -> None:
    """Draw the conditions of the ruleset the data were built with."""
    st.header(page.t("page.definitions.stages"), anchor=False)
    locale = page.locale
    try:
        ruleset = rulesets.load(str(page.facts["ruleset_id"]))
    except RulesetError:
        st.info(page.t("app.missing_ruleset", ruleset=plain(str(page.facts["ruleset_id"]))))
        return
    st.markdown(
        plain(
            page.t(
                "page.definitions.ruleset",
                name=ruleset.name[locale],
                id=ruleset.id,
                version=page.facts["ruleset_version"],
            )
        )
    )
    excluded = [page.t(f"segment.purpose.{purpose}") for purpose in ruleset.exclude_purposes]
    separator = "、" if locale == "ja" else ", "
    draw_note(page.t("page.definitions.stages_note"))
    draw_note(page.t("page.definitions.excluded", purposes=separator.join(excluded)))
    st.table(
        pd.DataFrame(
            {
                page.t("page.definitions.col.stage"): [
                    report.stage_name(rule.stage, locale) for rule in ruleset.rules
                ],
                page.t("page.definitions.col.condition"): [
                    plain(report.condition_words(rule.text, locale)) for rule in ruleset.rules
                ],
                page.t("page.definitions.col.source"): [plain(rule.source[locale]) for rule in ruleset.rules],
                page.t("page.definitions.col.basis"): [
                    page.t(f"page.definitions.{'convention' if rule.is_convention else 'documented'}")
                    for rule in ruleset.rules
                ],
            }
        ),
        hide_index=True,
    )
    st.markdown(f"**{page.t('page.definitions.written')}**")
    st.code("\n".join(f"{rule.stage}: {rule.text}" for rule in ruleset.rules), language=None, wrap_lines=True)
    _signals(page, ruleset)


def draw_symbols(page: Page) -> None:
    """Draw what the symbols in place of figures mean."""
    st.header(page.t("page.definitions.symbols"), anchor=False)
    symbols = {
        report.NO_DATA: "ellipsis",
        page.t("card.status.suppressed"): "suppressed",
        page.t("card.status.provisional"): "provisional",
        "0": "zero",
        "△ ▲": "minus",
    }
    st.table(
        pd.DataFrame(
            {
                page.t("page.definitions.col.symbol"): list(symbols),
                page.t("page.definitions.col.meaning"): [
                    page.t(f"page.definitions.symbol.{name}") for name in symbols.values()
                ],
            }
        ),
        hide_index=True,
    )


def draw_coverage(page: Page) -> None:
    """Draw what has been loaded for each municipality."""
    st.header(page.t("page.definitions.coverage"), anchor=False)
    rows = page.read("data_coverage")
    if rows.empty:
        st.info(page.t("page.definitions.no_coverage"))
        return
    heading = Heading(
        page.t("page.definitions.coverage"),
        "days",
        page.t("map.scope.nation"),
        page.t("chart.as_of", as_of=page.choices.day),
    )
    draw_numbers(page, "coverage", tables.coverage(rows, page.locale), heading)


def draw_sources(page: Page) -> None:
    """Draw the state of the data, the sources and the licences."""
    facts, locale = page.facts, page.locale
    st.header(page.t("page.definitions.sources"), anchor=False)
    counts = {
        name: report.count(facts[f"rows_{name}"], locale)
        for name in ("read", "accepted", "duplicate", "rejected")
    }
    first_on, last_on, built_at = (
        periods.day_label(report.as_date(facts[name]), locale) for name in ("first_on", "last_on", "built_at")
    )
    lines = [
        page.t(
            "page.definitions.snapshot",
            snapshot=facts["snapshot_id"],
            built_at=built_at,
            first_on=first_on,
            last_on=last_on,
        ),
        page.t("page.definitions.rows", **counts),
        *(page.t(f"page.definitions.reference.{name}") for name in _REFERENCES),
    ]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _signals(page: Page, ruleset: Ruleset) -> None:
    """Draw what the words in the conditions mean."""
    said = {word for rule in ruleset.rules for word in re.findall(r"\w+", rule.text)}
    used = [signal for signal in SIGNALS if signal in said]
    st.markdown(f"**{page.t('page.definitions.signals')}**")
    st.table(
        pd.DataFrame(
            {
                page.t("page.definitions.col.signal"): [plain(signal) for signal in used],
                page.t("page.definitions.col.meaning"): [page.t(f"signal.{signal}") for signal in used],
            }
        ),
        hide_index=True,
    )


def _metric_lines(page: Page, metric: Metric) -> list[str]:
    locale = page.locale
    separator = "、" if locale == "ja" else ", "
    readers = separator.join(page.t(f"page.definitions.audience.{reader}") for reader in metric.audience)
    lines = [
        metric.definition[locale],
        page.t("card.denominator", value=metric.denominator[locale]),
        page.t("page.definitions.window", value=page.t(f"card.window.{metric.window}")),
        page.t("page.definitions.unit", value=page.t(f"unit.name.{metric.unit}")),
        page.t("card.source", source=metric.source[locale]),
        page.t("page.definitions.audience", value=readers),
    ]
    if metric.parts:
        parts = separator.join(part.label[locale] for part in metric.parts)
        lines.append(page.t("page.definitions.parts", value=parts))
    read = separator.join(queries.load(metric.query).reads)
    lines.append(page.t("page.definitions.query", file=f"queries/kpis/{metric.query}.sql", tables=read))
    return lines
