"""Steps a test takes on データ取込, by the words and keys a person has."""

import fcntl
from pathlib import Path

from streamlit.testing.v1 import AppTest

from kayoi import jobs


def upload(app: AppTest, **files: str | bytes) -> AppTest:
    """Drop files: `upload(app, **{"visits.csv": text})`."""
    sent = [
        (name, text.encode() if isinstance(text, str) else text, "text/csv") for name, text in files.items()
    ]
    return checked(app.file_uploader[0].set_value(sent).run())


def press(app: AppTest, words: str) -> AppTest:
    """Press the button with these words on it, and see the page it leads to."""
    found = [button for button in app.button if words in button.label]
    assert found, f"no button {words!r} among {[button.label for button in app.button]}"
    return checked(found[0].click().run())


def choose(app: AppTest, words: str, option: str) -> AppTest:
    """Choose in the select box with these words; *option* is its value, not its words."""
    found = [box for box in app.selectbox if words in box.label]
    assert found, f"no box {words!r} among {[box.label for box in app.selectbox]}"
    return checked(found[0].set_value(option).run())


def finished(app: AppTest, warehouse: Path) -> AppTest:
    """Wait until the latest job has ended, by the lock it holds while it lives, and draw the page anew."""
    job = jobs.list_jobs(warehouse)[0]
    with (jobs.job_folder(warehouse, job.job_id) / "alive").open() as alive:
        fcntl.flock(alive, fcntl.LOCK_SH)
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    """Return the page; a page never shows a traceback."""
    assert not app.exception, [error.message for error in app.exception]
    return app


def said(app: AppTest) -> str:
    """Return all a page says, without the marks of Markdown."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.info, *app.warning, *app.error]
    return "\n".join(element.value for element in [*parts, *app.success]).replace("\\", "")


def counts(app: AppTest) -> list[str]:
    """Return read, accepted, duplicate, rejected as the page has them."""
    return [card.value for card in app.metric][:4]
