"""The map as it is painted, played and clicked: pixels, not the data sent."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, TimeoutError, expect

from kayoi import boundaries
from kayoi.build import build
from kayoi.map_scale import DIVERGING, SEQUENTIAL
from kayoi.palette import PALETTES, Theme, rgb
from tests.browser.conftest import READY, opened
from tests.browser.pixels import Colour, differ, near, over, picture_until
from tests.browser.serving import Served, serving

GEO = Path(__file__).parents[3] / "shared" / "geo" / "ja_municipality_area.json"
EVIL = "<img src=x onerror=alert(1)>"
CIRCLE_OPACITY = 0.8
SOME_LAND, SOME_CIRCLE, SOME_AREA = 2_000, 200, 60  # pixels

# Where a place stands on the map, told by the map itself.
MANY_FRAMES = """() => new Promise((done) => {
    let left = 120;
    const step = () => (left-- ? requestAnimationFrame(step) : done());
    step();
})"""
WHERE = """(stage, code) => stage.closest(".map").kayoi.screenOf(code)"""


def stage(page: Page) -> Locator:
    return page.locator(".map .stage")


def colour(text: str) -> Colour:
    red, green, blue = rgb(text)
    return red, green, blue


def land(theme: Theme) -> Colour:
    return colour(PALETTES[theme].land)


def circle(theme: Theme, back: Colour | None = None) -> Colour:
    return over(colour(PALETTES[theme].mark), back or land(theme), CIRCLE_OPACITY)


def is_painted(seen: Image.Image, theme: Theme = "light") -> bool:
    return near(seen, land(theme), 3) > SOME_LAND and near(seen, circle(theme)) > SOME_CIRCLE


def middle_of(page: Page, code: str) -> tuple[float, float]:
    """Return where the office of a place stands on the screen, in pixels of the map."""
    x, y = stage(page).evaluate(WHERE, code)
    return x, y


def choose(page: Page, label: str, words: str) -> None:
    """Choose *words* from the list called *label*."""
    option = page.get_by_role("option", name=words).first
    for _ in range(3):  # a page that is drawn once more closes a list that is open
        page.get_by_label(label).first.click()
        try:
            option.click(timeout=8_000)
            break
        except TimeoutError:
            continue
    page.wait_for_selector(READY)


@pytest.fixture(scope="session")
def shaped(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration with municipality shapes, and a group whose name is an attack."""
    if not GEO.exists():
        pytest.skip("the real boundaries are not here")
    warehouse = tmp_path_factory.mktemp("shaped") / "warehouse"
    shutil.copytree(demo_warehouse, warehouse)
    shutil.copy(demo_warehouse.with_name(f"{demo_warehouse.name}.key"), warehouse.with_name("warehouse.key"))
    group = {"id": "evil", "name_ja": EVIL, "name_en": EVIL, "kind": "cohort", "members": ["01633"]}
    lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in group.items())
    (warehouse / "groups.toml").write_text(f"[[group]]\n{lines}\n", encoding="utf-8")
    boundaries.install(warehouse, GEO)
    build(warehouse)
    with serving(warehouse, tmp_path_factory.mktemp("server") / "log.txt") as served:
        yield served


# --- without shapes of municipalities ---


def test_land_and_circles_are_painted_in_the_dark_theme_too(page, visit):
    page.emulate_media(color_scheme="dark")
    visit("/region_map")
    picture_until(stage(page), lambda seen: is_painted(seen, "dark"), "land and circles")


def test_a_click_on_a_circle_makes_that_municipality_the_region_and_it_stays_on_the_next_page(visit):
    page = visit("/region_map")
    picture_until(stage(page), is_painted, "land and circles")
    x, y = middle_of(page, "01633")
    stage(page).click(position={"x": x, "y": y})
    page.wait_for_url("**/region_map?region=01633")
    expect(page.get_by_test_id("stMain")).to_contain_text("上士幌町")
    page.get_by_test_id("stSidebar").get_by_role("link", name="ファネル").click()
    page.wait_for_url("**/funnel?region=01633")
    expect(page.get_by_test_id("stMain").get_by_text("基準日").first).to_contain_text("上士幌町")


def test_arrow_keys_and_enter_choose_a_municipality_and_say_its_figure(visit):
    page = visit("/region_map")
    picture_until(stage(page), is_painted, "land and circles")
    top = page.locator(".map .top")
    top.focus()
    top.press("ArrowRight")
    expect(page.locator(".map .status")).to_contain_text("来訪者実人数")
    top.press("Enter")
    page.wait_for_url("**/region_map?region=*")


def test_a_click_with_shift_adds_to_the_list_and_a_second_one_takes_away(visit):
    page = visit("/region_map")
    picture_until(stage(page), is_painted, "land and circles")
    x, y = middle_of(page, "01633")
    stage(page).click(position={"x": x, "y": y}, modifiers=["Shift"])
    page.wait_for_url("**/region_map?pick=01633")
    page.wait_for_selector(READY)
    stage(page).click(position={"x": x, "y": y}, modifiers=["Shift"])
    page.wait_for_url("**/region_map")


def test_another_indicator_paints_another_picture(visit):
    page = visit("/region_map")
    before = picture_until(stage(page), is_painted, "land and circles")
    choose(page, "地図に出す指標", "平均滞在泊数")
    page.wait_for_url("**kpi=K08**")
    picture_until(
        stage(page), lambda seen: is_painted(seen) and differ(seen, before), "circles of another size"
    )


def test_prefectures_are_shaded_in_the_colours_of_the_legend(visit):
    page = visit("/region_map", level="prefecture", kpi="K14:dual", show="change", layers="fill")
    seen = picture_until(
        stage(page),
        lambda seen: near(seen, colour(DIVERGING["light"][-1]), 3) > SOME_AREA,
        "prefectures with a large rise",
    )
    drawn = page.locator(".map").evaluate("one => [...new Set(one.kayoi.kinds.values())]")
    for kind, shade in enumerate(DIVERGING["light"], start=1):
        assert (near(seen, colour(shade), 3) > SOME_AREA) == (kind in drawn)
    legend = page.locator(".map .legend")
    expect(legend).to_contain_text("増加")
    expect(legend).to_contain_text("データなし")


def test_columns_stand_on_the_land_instead_of_circles(visit):
    page = visit("/region_map", marks="columns")
    picture_until(
        page.get_by_test_id("stDeckGlJsonChart"),
        lambda seen: near(seen, land("light"), 3) > SOME_LAND and _mark_pixels(seen) > SOME_CIRCLE,
        "columns on land",
    )


def test_the_months_stand_still_until_they_are_played_and_then_paint_without_the_server(visit):
    page = visit("/region_map", time="months", kpi="K14:dual", level="prefecture", layers="fill")
    map_ = page.locator(".map")
    last = picture_until(
        stage(page), lambda seen: near(seen, land("light"), 3) > SOME_LAND, "land in the last month"
    )
    month = map_.locator(".month").inner_text()
    page.evaluate(MANY_FRAMES)
    assert map_.locator(".month").inner_text() == month
    sent: list[object] = []
    page.on("websocket", lambda socket: sent.append(socket))
    map_.locator(".slider").evaluate("one => { one.value = 0; one.dispatchEvent(new Event('input')); }")
    expect(map_.locator(".month")).not_to_have_text(month)
    picture_until(stage(page), lambda seen: differ(seen, last), "another month")
    map_.get_by_role("button", name="再生").click()
    expect(map_.get_by_role("button", name="止める")).to_be_visible()
    first = map_.locator(".month").inner_text()
    expect(map_.locator(".month")).not_to_have_text(first)
    map_.get_by_role("button", name="止める").click()
    assert sent == []
    map_.locator(".ask").click()
    page.wait_for_url("**asof=**")


# --- with shapes ---


def test_the_area_of_a_municipality_has_the_colour_of_its_class(shaped, watched):
    page = opened(watched, shaped, "/region_map", region="30", layers="fill", kpi="K03")
    picture_until(
        stage(page),
        lambda seen: near(seen, colour(SEQUENTIAL["light"][-1]), 3) > SOME_AREA,
        "the municipality with most visitors",
    )
    told = page.locator(".map").evaluate("one => one.kayoi.classOf('30401')")
    seen = picture_until(stage(page), lambda seen: True, "anything")
    x, y = page.locator(".map").evaluate("one => one.kayoi.insideOf('30401')")
    assert seen.getpixel((round(x), round(y))) == colour(told)
    expect(page.get_by_test_id("stMain")).to_contain_text(
        "国土数値情報（行政区域データ）」（国土交通省）を加工して作成"
    )


def test_a_click_in_an_area_chooses_it(shaped, watched):
    page = opened(watched, shaped, "/region_map", region="30", layers="fill")
    picture_until(stage(page), lambda seen: near(seen, land("light"), 3) > SOME_LAND, "land")
    x, y = page.locator(".map").evaluate("one => one.kayoi.insideOf('30406')")
    stage(page).click(position={"x": x, "y": y})
    page.wait_for_url("**region=30406**")


def test_shapes_are_sent_once_and_kept(shaped, watched):
    page = opened(watched, shaped, "/region_map", layers="fill")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    picture_until(stage(page), lambda seen: near(seen, land("light"), 3) > SOME_LAND, "land")
    assert len([url for url in asked if "/kayoi/shapes/" in url]) == 1
    asked.clear()
    choose(page, "地図に出す指標", "平均滞在泊数")
    page.wait_for_url("**kpi=K08**")
    page.wait_for_selector(READY)
    assert [url for url in asked if "/kayoi/" in url] == []
    address = page.locator(".map").evaluate("one => one.kayoi.data.shapes")
    status, headers, text = shaped.get(address)
    assert (status, headers["content-type"]) == (200, "application/json")
    assert "immutable" in headers["cache-control"]
    assert len(json.loads(text)["objects"]["municipalities"]["geometries"]) == 1_747
    assert shaped.get("/kayoi/shapes/..%2fwarehouse.json")[0] in (400, 404)
    assert shaped.get("/kayoi/map/x/..%2f..%2fconfig.toml")[0] in (400, 404)
    assert shaped.get("/kayoi/shapes/other.topojson")[0] == 404


def test_a_name_that_is_markup_stays_text(shaped, watched):
    page = opened(watched, shaped, "/region_map", layers="areas.circles", area="evil")
    picture_until(stage(page), is_painted, "land and circles")
    x, y = middle_of(page, "01633")
    box = stage(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + x, box["y"] + y)
    expect(page.locator(".map .tip")).to_contain_text(EVIL)
    expect(page.locator(".map .tip img")).to_have_count(0)


def _mark_pixels(seen: Image.Image) -> int:
    """Return how many pixels have the hue of the marks, lit or in shadow."""
    colours = seen.getcolors(seen.width * seen.height) or []
    return sum(count for count, (red, green, blue) in colours if min(green, blue) - red > 40)
