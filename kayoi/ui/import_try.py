"""試しに読む: what loading would do, before it is done; and the values that a person can put right."""

from collections.abc import Sequence
from hashlib import sha256

import pandas as pd
import streamlit as st

from kayoi import jobs
from kayoi.jobs import Batch, Job, Upload
from kayoi.load.entries import file_of
from kayoi.load.mapping_text import mapping_toml
from kayoi.ui.import_columns import Form
from kayoi.ui.import_corrections import draw_corrections
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_draft import Draft
from kayoi.ui.import_form import find_form
from kayoi.ui.import_job import draw_failure, find_job, watch
from kayoi.ui.import_reconciliation import draw_reconciliation
from kayoi.ui.import_saved import draw_saving
from kayoi.ui.panels import draw_note

_REASONS_SHOWN = 200


def draw_try(desk: Desk, draft: Draft) -> tuple[Job, list[Batch]] | None:
    """Draw the trial; return it and what it tried, once it has ended well and nothing was changed since."""
    forms = [
        found
        for form, files in draft.forms().items()
        if (found := find_form(desk, draft, form, files)) is not None
    ]
    batches = batches_of(draft, forms)
    now = _fingerprint(batches)
    if draft.try_again:
        draft.try_again = False
        draft.tried, draft.trial = now, jobs.start_load(desk.warehouse, batches, dry_run=True).job_id
    job = find_job(desk, draft.trial) if draft.tried == now else None
    if job is None:
        st.markdown(desk.t("import.try.why"))
        st.button(
            desk.t("import.try"),
            key="import.try",
            type="primary",
            icon=":material/science:",
            on_click=_try_again,
            args=(draft,),
        )
        return None
    if not job.has_ended:
        watch(desk, job)
        return None
    if job.state != "done":
        draw_failure(desk, job, lambda: _forget(draft), "import.try.back")
        return None
    _outcome(desk, draft, forms, job)
    return job, batches


def batches_of(draft: Draft, forms: Sequence[Form]) -> list[Batch]:
    """Return what is to be read: the files of each form with its mapping."""
    return [
        Batch(
            [
                Upload(draft.received[file].path, draft.received[file].name, draft.layouts.get(file))
                for file in form.files
            ],
            mapping_toml=mapping_toml(form.proposal.mapping),
        )
        for form in forms
    ]


def _outcome(desk: Desk, draft: Draft, forms: Sequence[Form], job: Job) -> None:
    found = job.result["try"]
    draw_reconciliation(desk, [file_of(file) for file in found["files"]], "import.try.result")
    rejects = pd.DataFrame(found["rejects"])
    if rejects.empty:
        st.success(desk.t("import.try.clean"), icon=":material/check:")
    else:
        if found["rejects_total"] > len(rejects):
            draw_note(
                desk.t("import.try.first", shown=f"{len(rejects):,}", total=f"{found['rejects_total']:,}")
            )
        for form in forms:
            mine = rejects[_of_form(rejects["file"], draft, form)]
            if not mine.empty:
                draw_corrections(desk, draft, form, mine)
        with st.expander(desk.t("import.try.rows"), key="import.try.rows"):
            st.dataframe(
                _listed(desk, rejects).head(_REASONS_SHOWN),
                hide_index=True,
                key="import.try.rows.table",
                placeholder="",
                alt=desk.t("import.try.rows"),
            )
    for form in forms:
        draw_saving(desk, form)


def _listed(desk: Desk, rejects: pd.DataFrame) -> pd.DataFrame:
    rejects = rejects.rename(columns={f"reason_{desk.locale}": "reason"})
    columns = ("file", "line", "column", "value", "reason")
    return pd.DataFrame({desk.t(f"import.rejects.{name}"): rejects[name] for name in columns})


def _of_form(files: "pd.Series[str]", draft: Draft, form: Form) -> "pd.Series[bool]":
    names = tuple(jobs.clean_name(draft.received[file].name) for file in form.files)
    sheets = tuple(
        f"{name}［" for name in names
    )  # a workbook of several sheets has the sheet behind its name
    return files.isin(names) | files.str.startswith(sheets)


def _fingerprint(batches: Sequence[Batch]) -> str:
    return sha256(repr(batches).encode()).hexdigest()


def _try_again(draft: Draft) -> None:
    draft.try_again = True


def _forget(draft: Draft) -> None:
    draft.trial = None
