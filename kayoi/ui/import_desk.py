"""The frame of データ取込: who may, where the data are kept, and what the reader came to do."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from kayoi import warehouse
from kayoi.i18n import Locale, translate
from kayoi.load import list_loads
from kayoi.ui import data
from kayoi.ui.frame import draw_sidebar
from kayoi.ui.identity import reader_scope
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain
from kayoi.ui.url import Address

VIEWS: Final = ("new", "rejects", "history")


@dataclass(frozen=True)
class Desk:
    """One run of the page: the reader's language, the warehouse, and what the reader came to do."""

    locale: Locale
    address: Address
    warehouse: Path
    view: str
    is_fictitious: bool

    def t(self, key: str, **values: object) -> str:
        """Translate *key* into the reader's language."""
        return translate(self.locale, key, **values)


def open_desk() -> Desk:
    """Draw the frame of the page; stops it where the reader is no administrator."""
    scope = reader_scope()
    locale: Locale = "en" if st.query_params.get("lang") == "en" else "ja"
    title = translate(locale, "page.import_data")
    st.set_page_config(page_title=f"{title} | {translate(locale, 'app.title')}", layout="wide")
    address = Address(locale)
    draw_sidebar(address, locale, scope)
    st.title(translate(locale, "page.import_data.title"), anchor=False)
    if not scope.is_administrator:
        st.info(translate(locale, "import.no_access"))
        st.markdown(translate(locale, "import.no_access_next"))
        st.stop()
    folder = data.warehouse_folder()
    _facts(folder, locale)
    is_fictitious = warehouse.data_label(folder) != ""
    if is_fictitious:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(translate(locale, "app.fictitious"), icon=":material/science:", color="orange")
            st.markdown(f":small[{plain(translate(locale, 'app.fictitious_note'))}]")
    words = {view: translate(locale, f"import.view.{view}") for view in VIEWS}
    view = address.choose(st.container(), "view", translate(locale, "import.view"), words, "new", look="row")
    address.show_notices(st.container())
    return Desk(locale, address, folder, view, is_fictitious)


def _facts(folder: Path, locale: Locale) -> None:
    loads = list_loads(folder)
    rows = sum(file.accepted for load in loads for file in load.files)
    key = "import.facts" if loads else "import.facts_empty"
    draw_note(translate(locale, key, folder=folder, loads=f"{len(loads):,}", rows=f"{rows:,}"))


def draw_refusal(desk: Desk) -> None:
    """Say that a demonstration takes no real data, and how to start a warehouse of one's own."""
    st.warning(desk.t("import.demo"))
    for part in ("why", "step_stop", "step_start"):
        st.markdown(desk.t(f"import.demo_{part}"))
    # without colours: those of shell code have too little contrast
    st.code("KAYOI_WAREHOUSE=my-warehouse .venv/bin/python -m kayoi.ui.server", language=None)
