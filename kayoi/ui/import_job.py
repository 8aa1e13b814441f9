"""Work under way: how far it is, how long it will take, and the button that stops it."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from kayoi import jobs
from kayoi.errors import KayoiError
from kayoi.i18n import messages
from kayoi.jobs import Job
from kayoi.lock import holder
from kayoi.ui.import_desk import Desk
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain

_EVERY_SECONDS: Final = 1.0
_MINUTE: Final = 60


def watch(desk: Desk, job: Job) -> None:
    """Draw a job that runs, again every second; the whole page is drawn anew when it ends."""
    _watched(desk, job.job_id)


def find_job(desk: Desk, job_id: str | None) -> Job | None:
    """Return a job of this warehouse; None where there is none of that name."""
    if not job_id:
        return None
    try:
        return jobs.read_job(desk.warehouse, job_id)
    except KayoiError:
        return None


def running_writer(desk: Desk) -> Job | None:
    """Return the job that changes the data now, whoever started it."""
    writers = (job for job in jobs.list_jobs(desk.warehouse) if job.kinds != ("try",))
    return next((job for job in writers if not job.has_ended), None)


def draw_failure(desk: Desk, job: Job, again: Callable[[], None], key: str) -> None:
    """Draw why a job did not come to its end, what that means, and the way on."""
    said = job.error.get(desk.locale) or desk.t(f"job.state.{job.state}")
    if job.state == "cancelled":
        st.info(desk.t("import.job.cancelled"))
    else:
        st.error(plain(said))
        st.markdown(desk.t("import.job.nothing_changed"))
    st.button(desk.t("import.job.back"), key=key, icon=":material/arrow_back:", on_click=again)


@st.fragment(run_every=_EVERY_SECONDS)
def _watched(desk: Desk, job_id: str) -> None:
    job = find_job(desk, job_id)
    if job is None or job.has_ended:
        st.rerun()
    share = min(job.done / job.total, 1.0) if job.total else 0.0
    st.progress(share, plain(_words(desk, job)))
    if job.state == "waiting" and holder(desk.warehouse) is not None:
        draw_note(desk.t("import.job.waiting"))
    st.button(
        desk.t("import.job.cancel"),
        key=f"import.cancel.{job_id}",
        icon=":material/stop_circle:",
        on_click=_cancel,
        args=(desk, job_id),
    )
    draw_note(desk.t("import.job.leave"))


def _words(desk: Desk, job: Job) -> str:
    known = messages(desk.locale)
    step = known.get(f"job.step.{job.step}", job.step) or desk.t("import.job.begins")
    if job.total:
        step = desk.t("import.job.of", step=step, done=f"{job.done:,}", total=f"{job.total:,}")
    if job.seconds_left is None:
        return step
    return desk.t("import.job.left", step=step, left=duration(desk, job.seconds_left))


def duration(desk: Desk, seconds: float) -> str:
    """Return a span of time as a reader has it: seconds below a minute, else minutes."""
    if seconds < _MINUTE:
        return desk.t("import.seconds", count=max(1, round(seconds)))
    return desk.t("import.minutes", count=round(seconds / _MINUTE))


def _cancel(desk: Desk, job_id: str) -> None:
    jobs.cancel(desk.warehouse, job_id)
