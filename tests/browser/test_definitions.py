"""The definitions page: conditions in words, the way back from a figure, letters large enough to read."""

from playwright.sync_api import expect

from kayoi import rulesets

# Every size below 14 pixels at which some text of the page stands.
SMALL = """() => [...document.querySelectorAll("[data-testid=stMain] *")]
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
    .filter(one => parseFloat(getComputedStyle(one).fontSize) < 14)
    .map(one => `${getComputedStyle(one).fontSize} ${one.textContent.trim()}`)"""


def test_a_condition_stands_in_words_and_as_the_ruleset_file_has_it(visit):
    main = visit("/definitions").get_by_test_id("stMain")
    for rule in rulesets.load(rulesets.DEFAULT).rules:
        expect(main.get_by_test_id("stCode").last).to_contain_text(f"{rule.stage}: {rule.text}")
    expect(main.get_by_test_id("stTable").first).to_contain_text(
        "365日間の来訪回数 ≥ 2 または (365日間の来訪回数 ≥ 1 かつ 730日間の来訪回数 ≥ 3)"
    )
    expect(main.get_by_test_id("stTable").first).to_contain_text("「一度でも来訪した」ではない かつ")


def test_an_indicator_names_the_query_that_computes_it_and_how_to_go_on_from_there(visit):
    page = visit("/definitions", lang="en")
    main = page.get_by_test_id("stMain")
    main.get_by_text("K01", exact=False).first.click()
    expect(main.get_by_text("queries/kpis/k01.sql")).to_be_visible()
    expect(main.get_by_test_id("stCode").first).to_contain_text("python -m kayoi export visit_lines")
    assert page.evaluate(SMALL) == []
