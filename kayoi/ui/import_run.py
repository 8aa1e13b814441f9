"""取り込んで集計する: start it, follow it, and say what came of it."""

from collections.abc import Sequence

import streamlit as st

from kayoi import jobs
from kayoi.jobs import Batch, Job
from kayoi.load.entries import file_of
from kayoi.ui.frame import PAGES
from kayoi.ui.import_changes import draw_changes
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_draft import start_over
from kayoi.ui.import_job import draw_failure, watch
from kayoi.ui.import_reconciliation import draw_reconciliation
from kayoi.ui.url import link_params, put

JOB = "job"  # its name in the address: a link, or a reload, leads back to it


def draw_start(desk: Desk, trial: Job, batches: Sequence[Batch]) -> None:
    """Draw the button that loads and builds, once the trial says that there is something to take."""
    found = trial.result["try"]
    if not found["accepted"]:
        st.warning(desk.t("import.run.nothing"))
        return
    st.markdown(
        desk.t("import.run.why", accepted=f"{found['accepted']:,}", rejected=f"{found['rejected']:,}")
    )
    st.button(
        desk.t("import.run"),
        key="import.run",
        type="primary",
        icon=":material/download_done:",
        on_click=_start,
        args=(desk, batches),
    )


def draw_job(desk: Desk, job: Job) -> None:
    """Draw a job that changes the data: while it runs, and what came of it."""
    st.header(desk.t(f"import.job.title.{job.kinds[0]}"), anchor=False)
    if not job.has_ended:
        watch(desk, job)
        return
    if job.state != "done":
        _partly(desk, job)
        _not_built(desk, job)
        draw_failure(desk, job, finish if "load" in job.result else back, "import.job.back")
        return
    st.success(desk.t(f"import.job.done.{job.kinds[0]}"), icon=":material/check:")
    _partly(desk, job)
    if "build" in job.result:
        draw_changes(desk, job.result["build"]["snapshot_id"])
    with st.container(horizontal=True, vertical_alignment="center"):
        path, icon = PAGES["overview"]
        st.page_link(path, label=desk.t("import.job.see"), icon=icon, query_params=_elsewhere())
        st.button(
            desk.t("import.job.next"), key="import.job.next", icon=":material/upload_file:", on_click=finish
        )


def _partly(desk: Desk, job: Job) -> None:
    """Draw what the steps that came to their end did."""
    if "load" in job.result:
        files = [file_of(file) for file in job.result["load"]["files"]]
        draw_reconciliation(desk, files, "import.job.result")
        if job.result["load"]["rejected"]:
            st.markdown(desk.t("import.job.rejected", count=f"{job.result['load']['rejected']:,}"))


def _not_built(desk: Desk, job: Job) -> None:
    """Say where the data have changed and only the figures are still the old ones."""
    if "build" not in job.kinds or not job.result:
        return
    st.warning(desk.t(f"import.job.not_built.{job.kinds[0]}"))
    st.button(
        desk.t("import.job.build"),
        key="import.job.build",
        icon=":material/refresh:",
        on_click=_build,
        args=(desk,),
    )


def back() -> None:
    """Go back to the draft, which is as it was."""
    put(JOB, "", "")


def finish() -> None:
    """Begin anew: what was brought in is in the warehouse."""
    start_over()
    put(JOB, "", "")


def _elsewhere() -> dict[str, str]:
    return {name: value for name, value in link_params().items() if name not in (JOB, "view")}


def _start(desk: Desk, batches: Sequence[Batch]) -> None:
    put(JOB, jobs.start_load(desk.warehouse, batches, then_build=True).job_id)


def _build(desk: Desk) -> None:
    put(JOB, jobs.start_build(desk.warehouse).job_id)
