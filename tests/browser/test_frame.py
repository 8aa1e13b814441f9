"""What surrounds every page: the language, the letters, the choice of light and dark."""

from playwright.sync_api import expect

FONT = "BIZ UDPGothic"


def test_the_words_of_streamlit_are_japanese_and_light_or_dark_can_be_chosen(visit):
    page = visit()
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    for word in ("端末の設定", "明るい", "暗い"):
        expect(page.get_by_role("menuitemradio", name=word)).to_be_visible()
    expect(page.get_by_role("menuitem", name="印刷")).to_be_visible()


def test_in_english_the_words_of_streamlit_stay_english(visit):
    page = visit(lang="en")
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    for word in ("System", "Light", "Dark"):
        expect(page.get_by_role("menuitemradio", name=word)).to_be_visible()


def test_the_language_of_the_page_follows_the_readers_choice_without_a_reload(visit):
    page = visit()
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    expect(page.get_by_role("menuitemradio", name="Light")).to_be_visible()


def test_japanese_is_drawn_in_the_font_the_server_brings(visit):
    page = visit()
    page.wait_for_function("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    heading = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    drawn = {font["familyName"]: font["isCustomFont"] for font in fonts}
    assert drawn
    assert all(name.startswith(FONT) and is_served for name, is_served in drawn.items())


# Draws a sign large and returns whether its point is on the right: `>` is wide open on its left.
POINTS_RIGHT = """async sign => {
    const font = '100px "BIZ UDPGothic", "BIZ UDPGothic Supplement"';
    await document.fonts.load(font, sign);
    const brush = new OffscreenCanvas(200, 200).getContext("2d");
    brush.font = font;
    brush.fillText(sign, 40, 140);
    const { data } = brush.getImageData(0, 0, 200, 200);
    const spread = Array.from({ length: 200 }, (_, x) => {
        const inked = [...Array(200).keys()].filter(y => data[(y * 200 + x) * 4 + 3] > 128);
        return inked.length ? inked.at(-1) - inked[0] : null;
    });
    const drawn = spread.filter(height => height !== null), edge = Math.ceil(drawn.length / 5);
    const mean = part => part.reduce((sum, height) => sum + height, 0) / part.length;
    return mean(drawn.slice(0, edge)) > mean(drawn.slice(-edge));
}"""


def test_at_least_does_not_look_like_at_most(visit):
    page = visit("/definitions")
    signs = {sign: page.evaluate(POINTS_RIGHT, sign) for sign in "<>≤≥≦≧"}
    assert signs == {"<": False, ">": True, "≤": False, "≥": True, "≦": False, "≧": True}
