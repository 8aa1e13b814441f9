"""What a reader chooses is the address: it holds on every page, after a reload, and on the way back."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import READY

MENU = {"/": "全体像", "/funnel": "ファネル", "/region_map": "地図", "/visit_frequency": "来訪頻度"}
LISTS = {"region": "地域（名前・よみ・コードで検索）", "asof": "基準日（月末）", "seg": "対象者"}


def asked(page: Page) -> dict[str, str]:
    """Return the query string of the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def chosen(page: Page, name: str) -> str:
    """Return the words the list *name* of the sidebar shows."""
    return page.get_by_test_id("stSidebar").get_by_label(LISTS[name]).first.input_value()


def choose(page: Page, name: str, typed: str) -> str:
    """Type into a list of the sidebar, take the first match, and return its words."""
    box = page.get_by_test_id("stSidebar").get_by_label(LISTS[name]).first
    box.click()
    box.fill(typed)
    option = page.get_by_role("option").first
    expect(option).to_contain_text(typed)
    words = option.inner_text()
    option.click()
    page.wait_for_url(re.compile(rf"[?&]{name}="))
    page.wait_for_selector(READY)
    return words


@pytest.fixture
def looked_at(visit) -> tuple[Page, dict[str, str]]:
    """A page on which everything in the sidebar was chosen by hand, and the words it then shows."""
    page = visit("/")
    words = {"region": choose(page, "region", "20448"), "asof": choose(page, "asof", "2025年9月")}
    words["seg"] = choose(page, "seg", "女性")
    page.get_by_test_id("stSidebar").get_by_text("暦年", exact=True).click()
    page.wait_for_url("**year=cy**")
    page.wait_for_selector(READY)
    return page, words


def test_what_is_chosen_stands_in_the_address_and_holds_on_every_page_and_after_a_reload(looked_at):
    page, words = looked_at
    address = asked(page)
    assert address == {"region": "20448", "asof": "2025-09", "seg": "gender:female", "year": "cy"}
    for path, title in MENU.items():
        page.get_by_test_id("stSidebar").get_by_role("link", name=title).click()
        page.wait_for_url(lambda url, path=path: urlsplit(url).path == path)
        page.wait_for_selector(READY)
        assert asked(page) == address
        assert {name: chosen(page, name) for name in LISTS} == words
        expect(page.get_by_test_id("stMain").get_by_text("2025年9月30日").first).to_be_visible()
    page.reload()
    page.wait_for_selector(READY)
    assert asked(page) == address
    assert {name: chosen(page, name) for name in LISTS} == words


def test_the_way_back_leads_to_the_region_before(visit):
    page = visit("/visit_frequency", region="30401")
    before = chosen(page, "region")
    choose(page, "region", "20448")
    page.wait_for_url("**region=20448**")
    expect(page.get_by_test_id("stMain").get_by_text("基準日").first).to_contain_text("生坂村")
    page.go_back()
    page.wait_for_url("**region=30401**")
    expect(page.get_by_test_id("stMain").get_by_text("基準日").first).to_contain_text("白浜町")
    expect(page.get_by_test_id("stSidebar").get_by_label(LISTS["region"]).first).to_have_value(before)


def test_another_language_keeps_everything_else(looked_at):
    page, _ = looked_at
    address = asked(page)
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    page.wait_for_url("**lang=en**")
    expect(page.get_by_test_id("stMain").get_by_text("as of").first).to_contain_text("Ikusaka")
    assert asked(page) == address | {"lang": "en"}
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_test_id("stSidebar").get_by_text("日本語", exact=True).click()
    expect(page.get_by_test_id("stMain").get_by_text("基準日").first).to_contain_text("生坂村")
    assert asked(page) == address
