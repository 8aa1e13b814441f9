"""The map as it is painted, and a click on it: pixels, not the data sent."""

import math
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from kayoi import maps
from kayoi.access import Scope
from kayoi.palette import PALETTES, Theme, rgb
from kayoi.warehouse import Snapshot, open_snapshot
from tests.browser.conftest import READY
from tests.browser.pixels import Colour, differ, near, over, picture_until

CIRCLE_OPACITY = 205 / 255
SOME_LAND, SOME_CIRCLE = 2_000, 200  # pixels


@dataclass(frozen=True)
class Town:
    """A municipality, and where the middle of its circle stands on a map of some size."""

    code: str
    name: str
    x: float
    y: float


def drawing(page: Page) -> Locator:
    return page.get_by_test_id("stDeckGlJsonChart")


def land(theme: Theme) -> Colour:
    red, green, blue = rgb(PALETTES[theme].land)
    return red, green, blue


def circle(theme: Theme) -> Colour:
    red, green, blue = rgb(PALETTES[theme].mark)
    return over((red, green, blue), land(theme), CIRCLE_OPACITY)


def is_painted(seen: Image.Image, theme: Theme = "light") -> bool:
    return near(seen, land(theme), 3) > SOME_LAND and near(seen, circle(theme)) > SOME_CIRCLE


def choose(page: Page, label: str, words: str) -> None:
    """Choose *words* from the list called *label*."""
    box = page.get_by_label(label).first
    box.click()
    page.get_by_role("option", name=words).first.click()
    page.wait_for_selector(READY)


@pytest.fixture
def snapshot(demo_warehouse: Path) -> Snapshot:
    """What the pages read."""
    return open_snapshot(demo_warehouse, Scope.everything())


def loneliest(snapshot: Snapshot, width: float, height: float) -> Town:
    """Return the municipality of the nation's map that has its next one the furthest away."""
    nation = {"region_level": "nation", "region_code": "JP"}
    newest = snapshot.fetch("region_as_ofs", nation)["as_of"].iloc[0]
    asked = {"kpi_id": "K03", "part": "", "as_of": newest, "segment_kind": "all", "segment_value": "all"}
    places = snapshot.fetch("map_values", nation | asked)
    view = maps.municipality_map(places, maps.Look("value", "people"), "ja", "light").initial_view_state
    world = 512 * 2**view.zoom  # Web Mercator: pixels around the earth

    def down(latitude: float) -> float:
        return world / 2 - world / (2 * math.pi) * math.asinh(math.tan(math.radians(latitude)))

    x = width / 2 + (places["longitude"] - view.longitude) * world / 360
    y = height / 2 + places["latitude"].map(down) - down(view.latitude)
    on_map = pd.DataFrame({"code": places["region_code"], "name": places["name_ja"], "x": x, "y": y})

    def room(town: pd.Series) -> float:
        others = on_map[on_map["code"] != town["code"]]
        return float((((others["x"] - town["x"]) ** 2 + (others["y"] - town["y"]) ** 2) ** 0.5).min())

    found = on_map.loc[on_map.apply(room, axis=1).idxmax()]
    return Town(found["code"], found["name"], found["x"], found["y"])


def test_land_and_circles_are_painted_in_the_dark_theme_too(page, visit):
    page.emulate_media(color_scheme="dark")
    chart = drawing(visit("/region_map"))
    picture_until(chart, lambda seen: is_painted(seen, "dark"), "land and circles")


def test_a_click_on_a_circle_makes_that_municipality_the_region_and_it_stays_on_the_next_page(
    visit, snapshot
):
    page = visit("/region_map")
    picture_until(drawing(page), is_painted, "land and circles")
    box = drawing(page).bounding_box()
    assert box
    town = loneliest(snapshot, box["width"], box["height"])
    page.mouse.move(box["x"] + town.x, box["y"] + town.y)
    page.mouse.click(box["x"] + town.x, box["y"] + town.y)
    page.wait_for_url(f"**/region_map?region={town.code}")
    expect(page.get_by_test_id("stMain")).to_contain_text(town.name)
    page.get_by_test_id("stSidebar").get_by_role("link", name="ファネル").click()
    page.wait_for_url(f"**/funnel?region={town.code}")
    expect(page.get_by_test_id("stMain").get_by_text("基準日").first).to_contain_text(town.name)


def test_another_indicator_paints_another_picture(visit):
    page = visit("/region_map")
    before = picture_until(drawing(page), is_painted, "land and circles")
    choose(page, "地図に出す指標", "平均滞在泊数")
    page.wait_for_url("**kpi=K08**")
    picture_until(
        drawing(page), lambda seen: is_painted(seen) and differ(seen, before), "circles of another size"
    )


def test_columns_stand_on_the_land_instead_of_circles(visit):
    page = visit("/region_map")
    circles = picture_until(drawing(page), is_painted, "land and circles")
    page.get_by_test_id("stMain").get_by_text("柱（高さ）", exact=True).click()
    page.wait_for_url("**marks=columns**")
    picture_until(
        drawing(page),
        lambda seen: (
            near(seen, land("light"), 3) > SOME_LAND
            and _mark_pixels(seen) > SOME_CIRCLE
            and differ(seen, circles)
            and near(seen, circle("light")) < near(circles, circle("light")) / 2
        ),
        "columns on land",
    )


def _mark_pixels(seen: Image.Image) -> int:
    """Return how many pixels have the hue of the marks, lit or in shadow."""
    colours = seen.getcolors(seen.width * seen.height) or []
    return sum(count for count, (red, green, blue) in colours if min(green, blue) - red > 40)
