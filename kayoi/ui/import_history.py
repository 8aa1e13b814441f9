"""これまでの取込: every load, what it brought, and the way to take one back or bring it in again."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, Literal

import pandas as pd
import streamlit as st

from kayoi import jobs
from kayoi.load import HistoryEntry, history
from kayoi.ui.import_changes import draw_where
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_job import find_job, running_writer
from kayoi.ui.import_reconciliation import COUNTS, draw_reconciliation
from kayoi.ui.import_run import JOB, draw_job
from kayoi.ui.panels import number_columns
from kayoi.ui.text import plain
from kayoi.ui.url import put

_COLOURS: Final[dict[str, Literal["green", "gray", "red"]]] = {
    "counts": "green",
    "withdrawn": "gray",
    "erased": "gray",
    "damaged": "red",
}
_LONGEST_WHY: Final = 200


def draw_history(desk: Desk) -> None:
    """Draw what happened, the newest first, and what can be done about a load."""
    job = find_job(desk, desk.address.asked(JOB))
    if job is not None and job.kinds[0] in ("withdraw", "restore"):
        draw_job(desk, job)
        if not job.has_ended:
            return
    entries = history(desk.warehouse)
    if not entries:
        st.info(desk.t("import.history.none"))
        return
    st.markdown(desk.t("import.history.why"))
    newest = list(reversed(entries))
    table = pd.DataFrame([_row(desk, entry) for entry in newest])
    st.dataframe(
        table,
        hide_index=True,
        column_config=number_columns(table),
        key="import.history.table",
        placeholder="",
        alt=desk.t("import.view.history"),
    )
    _one(desk, [entry for entry in newest if entry.kind == "load"])


def when(at: str) -> str:
    """Return a moment (UTC, ISO) as the clock of this machine shows it; `…` where it is not known."""
    return f"{dt.datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}" if at else "…"


def _row(desk: Desk, entry: HistoryEntry) -> dict[str, object]:
    files = entry.files
    counts = {
        desk.t(f"import.count.{name}"): sum(getattr(file, name) for file in files) if files else None
        for name in COUNTS
    }
    return {
        desk.t("import.history.number"): str(entry.entry_id),
        desk.t("import.history.when"): when(entry.at),
        desk.t("import.history.kind"): desk.t(f"import.history.kind.{entry.kind}", of=entry.of),
        desk.t("import.history.state"): desk.t(f"import.history.state.{entry.state}"),
        desk.t("import.history.files"): _names(desk, entry),
        **counts,
        desk.t("import.history.by"): entry.by,
        desk.t("import.history.note"): entry.why,
    }


def _one(desk: Desk, loads: Sequence[HistoryEntry]) -> None:
    st.header(desk.t("import.history.one"), anchor=False)
    numbers = {load.entry_id: load for load in loads}
    chosen = st.selectbox(
        desk.t("import.history.which"),
        list(numbers),
        format_func=lambda number: _named(desk, numbers[number]),
        key="import.history.which",
        filter_mode="contains",
    )
    load = numbers[chosen]
    st.badge(desk.t(f"import.history.state.{load.state}"), color=_COLOURS[load.state])
    if load.files:
        draw_reconciliation(desk, load.files, f"import.history.{load.entry_id}")
    if running_writer(desk) is not None:
        st.info(desk.t("import.history.busy"))
    elif load.state in ("counts", "damaged"):
        _withdrawing(desk, load)
    elif load.state == "withdrawn":
        st.markdown(desk.t("import.restore.why"))
        st.button(
            desk.t("import.restore"),
            key=f"import.restore.{load.entry_id}",
            icon=":material/undo:",
            on_click=_restore,
            args=(desk, load.entry_id),
        )
    else:
        st.markdown(desk.t("import.history.erased"))


def _withdrawing(desk: Desk, load: HistoryEntry) -> None:
    """Draw what goes with a load before it can be withdrawn."""
    with st.container(border=True):
        st.markdown(f"**{desk.t('import.withdraw.heading')}**")
        rows = sum(file.accepted for file in load.files)
        tables = dict.fromkeys(file.table for file in load.files if file.accepted)
        named = desk.t("import.join").join(desk.t(f"import.table.{table}") for table in tables)
        st.markdown(plain(desk.t("import.withdraw.rows", rows=f"{rows:,}", tables=named or "–")))
        draw_where(desk, load.entry_id)
        st.markdown(desk.t("import.withdraw.figures"))
        why = st.text_input(
            desk.t("import.withdraw.why"),
            key=f"import.withdraw.{load.entry_id}.why",
            max_chars=_LONGEST_WHY,
            placeholder=desk.t("import.withdraw.why_example"),
        )
        is_sure = st.checkbox(
            desk.t("import.withdraw.sure", load=load.entry_id),
            key=f"import.withdraw.{load.entry_id}.sure",
        )
        st.button(
            desk.t("import.withdraw"),
            key=f"import.withdraw.{load.entry_id}",
            icon=":material/delete_history:",
            disabled=not is_sure,
            on_click=_withdraw,
            args=(desk, load.entry_id, why or ""),
        )


def _names(desk: Desk, entry: HistoryEntry, shown: int = 3) -> str:
    names = desk.t("import.join").join(file.file for file in entry.files[:shown])
    rest = len(entry.files) - shown
    return names + (desk.t("import.history.more", count=rest) if rest > 0 else "")


def _named(desk: Desk, load: HistoryEntry) -> str:
    return f"{load.entry_id}　{when(load.at)}　{_names(desk, load)}"


def _withdraw(desk: Desk, load_id: int, why: str) -> None:
    put(JOB, jobs.start_withdraw(desk.warehouse, load_id, why=why).job_id)


def _restore(desk: Desk, load_id: int) -> None:
    put(JOB, jobs.start_restore(desk.warehouse, load_id).job_id)
