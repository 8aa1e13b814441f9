"""Steps a person takes on データ取込 in a browser, by the words on the screen."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.conftest import READY

LONG = 120_000  # milliseconds: a job that reads or builds


def drop(page: Page, files: Iterable[Path]) -> None:
    """Drop files and wait until they are read."""
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", [str(file) for file in files])
    agreed = page.get_by_role("heading", name="読み方を確かめる")
    expect(agreed.or_(page.get_by_role("alert")).first).to_be_visible(timeout=LONG)
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until Streamlit has drawn all of the page."""
    page.wait_for_selector(READY, timeout=LONG)


def press(page: Page, words: str) -> None:
    """Press a button, and wait for what it leads to."""
    button = page.get_by_test_id("stMain").get_by_role("button", name=words, exact=True)
    expect(button).to_be_enabled(timeout=30_000)
    button.click()
    drawn(page)


def pick(page: Page, box: str, option: str) -> None:
    """Choose in a select box, by the words on it; one that a late redraw has closed is opened again."""
    field = page.get_by_role("combobox", name=box).first
    wanted = page.get_by_role("option", name=option).first
    for _ in range(3):
        field.click()
        field.fill(option)
        with suppress(TimeoutError):
            wanted.wait_for(timeout=8_000)
            break
        drawn(page)
    wanted.click()
    drawn(page)


def accept_all(page: Page) -> None:
    """Accept every form as it is proposed."""
    expect(page.get_by_role("button", name="この読み方でよい").first).to_be_visible(timeout=LONG)
    while (buttons := page.get_by_role("button", name="この読み方でよい")).count():
        expect(buttons.first).to_be_enabled()
        before = buttons.count()
        buttons.first.click()
        expect(buttons).to_have_count(before - 1)
        drawn(page)


def tried(page: Page) -> list[int]:
    """Try, and return read, accepted, duplicate, rejected."""
    press(page, "試しに読む（まだ取り込みません）")
    return counts(page)


def loaded(page: Page) -> list[int]:
    """Load and build, and return read, accepted, duplicate, rejected."""
    press(page, "取り込む")
    expect(page.get_by_text("新しい数字が公開されています")).to_be_visible(timeout=LONG)
    return counts(page)


def counts(page: Page) -> list[int]:
    """Return the sums of the reconciliation."""
    cards = page.get_by_test_id("stMetricValue")
    expect(cards).to_have_count(4, timeout=LONG)
    return [int(text.strip().removesuffix("行").replace(",", "")) for text in cards.all_inner_texts()]
