"""Cohorts, moves and coming back in a browser: drawn, no wider than a phone, readable by everybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_accessibility import RULES, THEIRS

VIEWS = (
    ("/funnel", {"view": "cohort"}),
    ("/funnel", {"view": "cohort", "by": "quarter"}),
    ("/funnel", {"view": "flow"}),
)
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_wrong_with_a_view(page, visit, view, scheme):
    page.emulate_media(color_scheme=scheme)
    path, query = view
    found = Axe().run(visit(path, **query), options=RULES).response["violations"]
    told = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        if violation["id"] not in THEIRS
        for node in violation["nodes"]
    ]
    assert told == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_no_wider_than_a_phone(page, visit, view):
    page.set_viewport_size(PHONE)
    path, query = view
    opened = visit(path, **query, lang="en")
    expect(opened.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=30_000)
    assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_choice_of_view_is_in_the_address_and_back_returns(visit):
    page = visit("/funnel")
    page.get_by_role("radio", name="移行").or_(page.get_by_role("button", name="移行")).first.click()
    expect(page.locator(".sankey").first).to_be_attached()
    assert "view=flow" in page.url
    page.go_back()
    expect(page.locator(".sankey")).to_have_count(0)
