"""取り込む: receive files, agree on how they are read, try, load, build; one step after the other."""

import streamlit as st

from kayoi.ui.import_desk import Desk, draw_refusal
from kayoi.ui.import_draft import draft
from kayoi.ui.import_form import draw_form
from kayoi.ui.import_job import find_job, running_writer
from kayoi.ui.import_reading import read_received
from kayoi.ui.import_run import JOB, draw_job, draw_start
from kayoi.ui.import_try import draw_try
from kayoi.ui.import_upload import draw_received, draw_templates, draw_upload


def draw_new(desk: Desk) -> None:
    """Draw the steps from a file to figures, as far as they can be taken now."""
    if desk.is_fictitious:
        draw_refusal(desk)
        draw_templates(desk)
        return
    job = find_job(desk, desk.address.asked(JOB))
    if job is not None and job.kinds[0] in ("load", "build"):
        draw_job(desk, job)
        return
    if running_writer(desk) is not None:
        st.info(desk.t("import.job.other"))
    kept = draft()
    _step(desk, 1)
    draw_upload(desk, kept)
    draw_templates(desk)
    if not kept.received:
        return
    read_received(desk, kept)
    draw_received(desk, kept)
    forms = kept.forms()
    if not forms:
        return
    _step(desk, 2)
    for number, (form, files) in enumerate(forms.items(), start=1):
        draw_form(desk, kept, number, form, files)
    if not all(kept.choice(form).is_accepted for form in forms):
        st.info(desk.t("import.accept_first"))
        return
    _step(desk, 3)
    trial = draw_try(desk, kept)
    if trial is None:
        return
    _step(desk, 4)
    draw_start(desk, *trial)


def _step(desk: Desk, number: int) -> None:
    st.header(desk.t(f"import.step.{number}"), anchor=False)
