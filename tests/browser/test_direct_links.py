"""Every page opens by its own address on a server nobody has visited, in both languages."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tests.browser.serving import ROOT, Served

PATHS = ["/", *(f"/{file.stem}" for file in sorted((ROOT / "pages").glob("*.py")))]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_by_its_address_alone(path: str, fresh_server: Served, watched: Page, tmp_path: Path):
    titles = {}
    for lang in ("ja", "en"):
        page = opened(watched, fresh_server, path, **({"lang": "en"} if lang == "en" else {}))
        heading = page.locator("h1").first
        expect(heading).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        titles[lang] = heading.inner_text()
    assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", titles["ja"])
    assert titles["en"] != titles["ja"]


def test_an_address_that_is_no_page_says_so_in_japanese(server: Served, page: Page):
    opened(page, server, "/no_such_page")
    expect(page.get_by_role("dialog")).to_contain_text("ページが見つかりません")
