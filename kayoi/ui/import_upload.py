"""Where files are dropped, the templates to fill in, and what has arrived."""

import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from kayoi.contract import TABLES
from kayoi.durable import write_whole
from kayoi.errors import KayoiError
from kayoi.failures import machine_error
from kayoi.room import require_room
from kayoi.templates import template_bytes, template_name
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_draft import Draft, Reading, Received
from kayoi.ui.import_layout import encoding_name
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain

_KINDS: Final = ("csv", "tsv", "txt", "xlsx", "parquet")
_MEGABYTE: Final = 1_000_000
_KEPT_SECONDS: Final = 24 * 3600
_KILOBYTE: Final = 1_000


def draw_upload(desk: Desk, draft: Draft) -> None:
    """Draw the box that takes files; what arrives is put away at once, so that the box is empty again."""
    arrived = st.file_uploader(
        desk.t("import.upload"),
        type=list(_KINDS),
        accept_multiple_files=True,
        key=f"import.upload.{draft.round}",
    )
    draw_note(desk.t("import.upload_help"))
    if not arrived:
        return
    for file in arrived:
        try:
            _receive(desk, draft, file.name, file.getvalue())
        except (KayoiError, OSError) as error:
            failure = error if isinstance(error, KayoiError) else machine_error(error, desk.warehouse)
            if failure is None:
                raise
            st.error(plain(failure.text(desk.locale)))
            return
    draft.round += 1
    st.rerun()


def draw_received(desk: Desk, draft: Draft) -> None:
    """Draw what has arrived, which of it cannot be read and why, and the way to take a file out again."""
    for file in list(draft.received.values()):
        reading = draft.readings.get(file.sha256)
        if isinstance(reading, KayoiError):
            with st.container(border=True):
                st.error(plain(reading.text(desk.locale)))
                _take_out_button(desk, draft, file)
    files = list(draft.received.values())
    with st.expander(
        desk.t("import.received", count=len(files)), expanded=len(files) <= 3, key="import.received"
    ):
        st.dataframe(_listed(desk, draft, files), hide_index=True, key="import.received.table")
        names = {file.sha256: file.name for file in files}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.multiselect(
                desk.t("import.take_out_which"),
                list(names),
                format_func=names.__getitem__,
                key="import.received.out",
                placeholder=desk.t("import.same_choose"),
            )
            st.button(
                desk.t("import.take_out"),
                key="import.received.take_out",
                disabled=not chosen,
                on_click=_take_out,
                args=(draft, chosen),
            )


def draw_templates(desk: Desk) -> None:
    """Draw the templates: a workbook for each input table, to fill in where there is no export."""
    with st.expander(desk.t("import.templates"), icon=":material/description:", key="import.templates"):
        st.markdown(desk.t("import.templates.why"))
        words = {table: desk.t(f"import.table.{table}") for table in TABLES}
        ordered = ["visits", *(table for table in TABLES if table != "visits")]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            table = st.selectbox(
                desk.t("import.templates.which"),
                ordered,
                format_func=words.__getitem__,
                key="import.templates.table",
                filter_mode="contains",
            )
            st.download_button(
                desk.t("import.templates.save"),
                data=partial(template_bytes, table, desk.locale),
                file_name=template_name(table),
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key="import.templates.save",
                icon=":material/download:",
                on_click="ignore",
            )


def _listed(desk: Desk, draft: Draft, files: Sequence[Received]) -> pd.DataFrame:
    readings = [draft.readings.get(file.sha256) for file in files]
    rows = [one.rows if isinstance(one, Reading) else None for one in readings]
    encodings = [encoding_name(one.encoding) if isinstance(one, Reading) else "" for one in readings]
    return pd.DataFrame(
        {
            desk.t("import.col.file"): [file.name for file in files],
            desk.t("import.col.size"): [_size(file.size) for file in files],
            desk.t("import.col.rows"): pd.array(rows, dtype="Int64"),
            desk.t("import.col.encoding"): encodings,
        }
    )


def _size(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f} MB" if size >= _MEGABYTE else f"{max(size / _KILOBYTE, 0.1):,.1f} kB"


def _take_out_button(desk: Desk, draft: Draft, file: Received) -> None:
    st.button(
        desk.t("import.take_out_one", file=file.name),
        key=f"import.out.{file.sha256}",
        icon=":material/close:",
        on_click=_take_out,
        args=(draft, [file.sha256]),
    )


def _take_out(draft: Draft, files: Sequence[str]) -> None:
    for file in files:
        draft.received[file].path.unlink(missing_ok=True)
        draft.take_out(file)


def _receive(desk: Desk, draft: Draft, name: str, data: bytes) -> None:
    """Put the bytes away under their hash until they are loaded; the name is never part of a path."""
    inbox = desk.warehouse / "inbox"
    require_room(desk.warehouse, len(data))
    inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_abandoned(inbox)
    digest = sha256(data).hexdigest()
    path = inbox / digest
    write_whole(path, [data], mode=0o600)
    draft.received[digest] = Received(name, digest, len(data), path)


def _forget_abandoned(inbox: Path) -> None:
    """Remove what somebody brought and never loaded: people's rows do not lie about."""
    oldest = time.time() - _KEPT_SECONDS
    for path in inbox.iterdir():
        with suppress(FileNotFoundError):  # loaded by somebody else this moment
            if path.stat().st_mtime < oldest:
                path.unlink()
