"""入らなかった行: which rows were not taken and why, and a file of them to mend."""

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from kayoi import keys
from kayoi.exports import csv_bytes
from kayoi.load import FileReconciliation, list_loads, read_rejects
from kayoi.load.mended import rejects_to_mend
from kayoi.load.originals import days_kept, kept
from kayoi.ui.import_desk import Desk
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain

_SHOWN: Final = 2_000  # rows on the screen; the file has all
_FILTERS: Final = ("load_id", "file", "column", "reason")
_ALL: Final = ""


def draw_rejects(desk: Desk) -> None:
    """Draw the rows that were not taken, narrowed down as the reader likes."""
    rejects = read_rejects(desk.warehouse)
    if rejects.empty:
        loads = list_loads(desk.warehouse)
        st.info(desk.t("import.rejects.none" if loads else "import.rejects.no_loads"))
        return
    rejects = rejects.rename(columns={f"reason_{desk.locale}": "reason"})
    st.markdown(desk.t("import.rejects.why"))
    chosen = _narrowed(desk, rejects)
    draw_note(desk.t("import.rejects.count", count=f"{len(chosen):,}", total=f"{len(rejects):,}"))
    table = _table(desk, chosen)
    st.dataframe(
        table.head(_SHOWN),
        hide_index=True,
        key="import.rejects.table",
        placeholder="",
        alt=desk.t("import.view.rejects"),
    )
    if len(table) > _SHOWN:
        draw_note(desk.t("import.rejects.cut", shown=f"{_SHOWN:,}"))
    st.download_button(
        desk.t("import.rejects.csv"),
        data=partial(csv_bytes, table, [desk.t("import.view.rejects")]),
        file_name="kayoi_rejects.csv",
        mime="text/csv",
        key="import.rejects.csv",
        icon=":material/download:",
        on_click="ignore",
    )
    _mend(desk, chosen)


def _narrowed(desk: Desk, rejects: pd.DataFrame) -> pd.DataFrame:
    chosen = rejects
    for name, where in zip(_FILTERS, st.columns(len(_FILTERS)), strict=True):
        # Each box offers what the boxes before it leave, with how many rows that is.
        counts = chosen[name].astype(str).value_counts()
        key = f"import.rejects.{name}"
        if st.session_state.get(key) not in (None, _ALL, *counts.index):
            st.session_state[key] = _ALL
        words = {_ALL: desk.t("import.rejects.all")} | {
            value: desk.t("import.rejects.option", value=value or "–", count=f"{count:,}")
            for value, count in counts.items()
        }
        value = where.selectbox(
            desk.t(f"import.rejects.{name}"),
            list(words),
            format_func=words.__getitem__,
            key=key,
            filter_mode="contains",
        )
        if value != _ALL:
            chosen = chosen[chosen[name].astype(str) == value]
    return chosen


def _table(desk: Desk, rejects: pd.DataFrame) -> pd.DataFrame:
    columns = ("load_id", "file", "line", "column", "value", "reason")
    return pd.DataFrame({desk.t(f"import.rejects.{name}"): rejects[name] for name in columns})


def _mend(desk: Desk, rejects: pd.DataFrame) -> None:
    st.header(desk.t("import.mend"), anchor=False)
    st.markdown(desk.t("import.mend.how"))
    files = {
        (load.load_id, file.file_no): file
        for load in reversed(list_loads(desk.warehouse))
        for file in load.files
        if file.rejected and ((rejects["load_id"] == load.load_id) & (rejects["file"] == file.file)).any()
    }
    if not files:
        st.info(desk.t("import.mend.elsewhere"))
        return
    chosen = st.selectbox(
        desk.t("import.mend.which"),
        list(files),
        format_func=lambda one: _named(desk, files[one]),
        key="import.mend.which",
        filter_mode="contains",
    )
    file = files[chosen]
    if file.sha256 not in {one.sha256 for one in kept(desk.warehouse)}:
        st.info(desk.t("import.mend.gone", days=days_kept(desk.warehouse)))
        return
    st.download_button(
        desk.t("import.mend.csv", count=f"{file.rejected:,}"),
        data=partial(_to_mend, desk, file),
        file_name="kayoi_to_mend.csv",
        mime="text/csv",
        key="import.mend.csv",
        icon=":material/edit_document:",
        type="primary",
        on_click="ignore",
    )


def _to_mend(desk: Desk, file: FileReconciliation) -> bytes:
    mending = rejects_to_mend(
        desk.warehouse,
        file.load_id,
        file.file_no,
        key=keys.key_for(desk.warehouse),
        locale=desk.locale,
    )
    return mending.csv_bytes()


def _named(desk: Desk, file: FileReconciliation) -> str:
    name = plain(file.file)
    return desk.t("import.mend.file", load=file.load_id, file=name, count=f"{file.rejected:,}")
