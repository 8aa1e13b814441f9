"""A server, a browser, and a page that fails on any error it meets and on any request to another host."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, serving

Visit = Callable[..., Page]

BROWSERS = (
    "chromium",
    "chromium-headless-shell",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
READY = "[data-testid=stApp][data-test-script-state=notRunning]"


def pytest_collection_modifyitems(items):
    """One worker has the browser; it and its server are started once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Launch the Chromium of this machine, drawing WebGL in software."""
    found = os.environ.get("KAYOI_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found and os.environ.get("CI") == "true":
        pytest.fail("no Chromium: the browser tests must run here")
    if not found:
        pytest.skip("no Chromium on this machine: set KAYOI_CHROMIUM")
    return {"executable_path": found, "args": ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    """A Japanese reader at a desk."""
    return {
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "viewport": {"width": 1440, "height": 1000},
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def server(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests that do not ask for a fresh one."""
    with serving(demo_warehouse, tmp_path_factory.mktemp("server") / "log.txt") as served:
        yield served


@pytest.fixture
def fresh_server(demo_warehouse: Path, tmp_path: Path) -> Iterator[Served]:
    """A server nobody has visited: dashboard.py has not run there yet."""
    with serving(demo_warehouse, tmp_path / "log.txt") as served:
        yield served


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page; the test fails on a console error, an uncaught one, or a request to another host."""
    seen: list[str] = []
    hosts: set[str] = set()

    def request(url: str) -> None:
        if not url.startswith(("data:", "blob:")):
            hosts.add(url.split("/")[2])

    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda sent: request(sent.url))
    page.on("websocket", lambda socket: request(socket.url))
    yield page
    assert not seen
    assert len(hosts) <= 1, f"asked {sorted(hosts)}"


@pytest.fixture
def visit(watched: Page, server: Served) -> Visit:
    """Open a page by its address, drawn to the end: `visit("/funnel", region="20448", lang="en")`."""

    def go(path: str = "/", at: Served = server, **query: str) -> Page:
        return opened(watched, at, path, **query)

    return go


def opened(page: Page, at: Served, path: str, **query: str) -> Page:
    """Open *path* on a server and wait until Streamlit has drawn all of it."""
    page.goto(f"{at.url}{path}{'?' if query else ''}{urlencode(query)}")
    page.wait_for_selector(READY, timeout=60_000)
    return page
