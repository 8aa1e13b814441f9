"""The frame every page shares: who reads, what was chosen, where the numbers come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NoReturn

import pandas as pd
import streamlit as st

from kayoi import periods, report
from kayoi.access import Scope
from kayoi.errors import NoSnapshotError
from kayoi.i18n import Locale, translate
from kayoi.palette import Theme
from kayoi.periods import YearKind
from kayoi.ui import data
from kayoi.ui.choices import Choices, Region, segments_of, split_segment
from kayoi.ui.identity import reader_scope
from kayoi.ui.text import plain
from kayoi.ui.url import Address, link_params, put
from kayoi.warehouse import Snapshot

NATION: Final = "JP"
PAGES: Final = {
    "overview": ("dashboard.py", ":material/dashboard:"),
    "funnel": ("pages/funnel.py", ":material/filter_alt:"),
    "region_map": ("pages/region_map.py", ":material/map:"),
    "visit_frequency": ("pages/visit_frequency.py", ":material/event_repeat:"),
    "import_data": ("pages/import_data.py", ":material/upload_file:"),
    "definitions": ("pages/definitions.py", ":material/menu_book:"),
}
_FOR_ADMINISTRATORS: Final = frozenset({"import_data"})
_YEARS: Final[dict[str, YearKind]] = {"fy": "fy", "cy": "cy"}


@dataclass(frozen=True)
class Page:
    """One run of one page: what was chosen, and how to read what belongs to it."""

    choices: Choices
    address: Address
    regions: Mapping[str, Region]
    reporting: dict[date, int]  # as-of day → municipalities of the region that report up to it
    facts: dict[str, object]
    theme: Theme
    scope: Scope
    snapshot: Snapshot

    @property
    def locale(self) -> Locale:
        """Return the reader's language."""
        return self.choices.locale

    @property
    def is_fictitious(self) -> bool:
        """Tell whether the data are invented."""
        return self.facts["data_label"] == "fictitious"

    def t(self, key: str, **values: object) -> str:
        """Translate *key* into the reader's language."""
        return self.choices.t(key, **values)

    def read(self, name: str, **params: object) -> pd.DataFrame:
        """Return the rows of a read query for what was chosen; *params* go before the choices."""
        return data.read(self.snapshot, self.scope, name, self.choices.params() | params)

    def notes(self, title: str) -> list[str]:
        """Return what has to stand beside numbers that leave the page: title, filters, day, source, label."""
        lines = [
            self.t("chart.note.title", value=title),
            self.t("chart.note.region", value=f"{self.choices.place} ({self.choices.region.code})"),
            self.t("chart.note.as_of", value=self.choices.day),
            self.t("chart.note.segment", value=self.choices.segment_name),
            self.t("chart.note.ruleset", value=f"{self.facts['ruleset_id']} {self.facts['ruleset_version']}"),
            self.t("chart.note.source", value=self.t("chart.source")),
            self.t("chart.note.built", value=self.facts["snapshot_id"]),
        ]
        if self.is_fictitious:
            lines.append(f"{self.t('app.fictitious')}: {self.t('app.fictitious_note')}")
        return lines


def open_page(name: str) -> Page:
    """Draw the frame of the page *name* and return what the reader has chosen.

    Stops the page where nothing is published, or where the chosen region has no data.
    """
    scope = reader_scope()
    locale: Locale = "en" if st.query_params.get("lang") == "en" else "ja"
    st.set_page_config(
        page_title=f"{translate(locale, f'page.{name}')} | {translate(locale, 'app.title')}", layout="wide"
    )
    address = Address(locale)
    try:
        snapshot = data.newest_snapshot(scope)
    except NoSnapshotError:
        _nothing_published(name, address, locale, scope)
    page = _chosen(name, address, locale, scope, snapshot)
    _heading(name, page)
    if snapshot.instead_of:
        st.warning(page.t("snapshot.instead", damaged=snapshot.instead_of))
    if not page.reporting:
        st.info(page.t("app.region_without_data", region=plain(page.choices.place)))
        st.stop()
    return page


def _chosen(name: str, address: Address, locale: Locale, scope: Scope, snapshot: Snapshot) -> Page:
    facts = {str(k): v for k, v in data.read(snapshot, scope, "snapshot_facts", {}).iloc[0].items()}
    regions = data.regions(snapshot, scope)
    menu, filters, language = st.sidebar.container(), st.sidebar.container(), st.sidebar.container()
    filters.markdown(f"**{translate(locale, 'filter.heading')}**")
    code = address.choose(
        filters,
        "region",
        translate(locale, "filter.region"),
        data.search_texts(snapshot, scope, locale),
        NATION,
    )
    region = regions[code]
    days = data.read(
        snapshot, scope, "region_as_ofs", {"region_level": region.level, "region_code": region.code}
    )
    reporting = {
        report.as_date(day): int(members)
        for day, members in zip(days["as_of"], days["members_reporting"], strict=True)
    }
    as_of = _as_of(address, filters, reporting, facts, locale)
    key = {"region_level": region.level, "region_code": region.code, "as_of": as_of}
    segments = segments_of(data.read(snapshot, scope, "segment_values", key), locale)
    segment = address.choose(filters, "seg", translate(locale, "filter.segment"), segments, "all")
    year = address.choose(
        filters,
        "year",
        translate(locale, "filter.year"),
        {kind: translate(locale, f"filter.year.{kind}") for kind in _YEARS},
        "fy",
        look="row",
    )
    _language(address, language, locale)
    with menu:
        _menu(locale, scope)
    kind, value = split_segment(segment)
    choices = Choices(locale, region, as_of, _YEARS[year], kind, value, segments[segment])
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    return Page(choices, address, regions, reporting, facts, theme, scope, snapshot)


def _as_of(
    address: Address,
    where: st.delta_generator.DeltaGenerator,
    reporting: dict[date, int],
    facts: dict[str, object],
    locale: Locale,
) -> date:
    if not reporting:
        return report.as_date(facts["last_on"])
    days = {periods.month_key(day): day for day in reporting}
    months = {key: periods.month_label(day, locale) for key, day in days.items()}
    return days[address.choose(where, "asof", translate(locale, "filter.asof"), months, next(iter(days)))]


def _language(address: Address, where: st.delta_generator.DeltaGenerator, locale: Locale) -> None:
    address.choose(
        where, "lang", translate(locale, "filter.lang"), {"ja": "日本語", "en": "English"}, "ja", look="row"
    )


def draw_sidebar(address: Address, locale: Locale, scope: Scope) -> None:
    """Draw the sidebar of a page that shows no figures: the menu and the language."""
    with st.sidebar:
        _menu(locale, scope)
    _language(address, st.sidebar, locale)


def _menu(locale: Locale, scope: Scope) -> None:
    st.markdown(f"**{translate(locale, 'app.title')}**")
    for page, (path, icon) in PAGES.items():
        if page in _FOR_ADMINISTRATORS and not scope.is_administrator:
            continue
        st.page_link(
            path,
            label=translate(locale, f"page.{page}"),
            icon=icon,
            width="stretch",
            query_params=link_params(),
        )


def _heading(name: str, page: Page) -> None:
    choices = page.choices
    st.title(page.t(f"page.{name}.title"), anchor=False)
    facts = page.t(
        "app.facts",
        region=choices.place,
        as_of=choices.day,
        ruleset=page.facts["ruleset_id"],
        last_on=periods.day_label(report.as_date(page.facts["last_on"]), page.locale).split("（")[0],
    )
    st.markdown(f":small[{plain(facts)}]")
    if page.is_fictitious:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(page.t("app.fictitious"), icon=":material/science:", color="orange")
            st.markdown(f":small[{page.t('app.fictitious_note')}]")
    _breadcrumb(page)
    page.address.show_notices(st.container())
    if page.reporting:
        last_on = report.as_date(page.read("region_span").iloc[0]["last_on"])
        if last_on > max(page.reporting):
            day = periods.day_label(last_on, page.locale).split("（")[0]
            st.markdown(f":small[{page.t('app.partial_month', last_on=day)}]")
    total, reporting = choices.region.members_total, page.reporting.get(choices.as_of, 0)
    if total > 1 and page.reporting:
        st.markdown(f":small[{page.t('app.reporting', total=f'{total:,}', reporting=f'{reporting:,}')}]")


def _breadcrumb(page: Page) -> None:
    region = page.choices.region
    if region.code == NATION:
        return
    above = [NATION]
    if region.level == "municipality" and region.prefecture_code in page.regions:
        above.append(region.prefecture_code)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for code in above:
            st.button(
                page.regions[code].name(page.locale),
                key=f"crumb.{code}",
                type="tertiary",
                icon=":material/arrow_upward:",
                help=page.t("filter.up"),
                on_click=put,
                args=("region", code, NATION),
            )
        st.markdown(f"**{plain(region.name(page.locale))}**")


def _nothing_published(name: str, address: Address, locale: Locale, scope: Scope) -> NoReturn:
    draw_sidebar(address, locale, scope)
    st.title(translate(locale, f"page.{name}.title"), anchor=False)
    st.info(translate(locale, "app.nothing_published"))
    if scope.is_administrator:
        path, icon = PAGES["import_data"]
        words = translate(locale, "import.start_here")
        st.page_link(path, label=words, icon=icon, query_params=link_params())
    st.markdown(translate(locale, "app.nothing_published_next"))
    folder = data.warehouse_folder()
    st.code(
        f".venv/bin/python -m kayoi demo --warehouse {folder}\n\n"
        f".venv/bin/python -m kayoi load ./data-folder --warehouse {folder}\n"
        f".venv/bin/python -m kayoi build --warehouse {folder}",
        language="bash",
    )
    st.stop()
