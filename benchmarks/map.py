"""The map at national size: bytes over the socket, click to repainted page, frames of playback.

    PYTHONPATH=. python benchmarks/map.py N03-or-TopoJSON-file     # needs Chromium (KAYOI_CHROMIUM)

All 1,741 municipalities have visits in a log of two months. A click with Shift adds a municipality to the
list and stays at the nation: everything is worked out, sent and painted anew. Playback paints 48 months of
1,741 values that the benchmark hands to the map itself.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, sync_playwright

from kayoi import boundaries
from kayoi.build import build
from kayoi.load import load_files
from kayoi.map_scale import make_scale
from kayoi.map_scene import Drawn, scene
from kayoi.municipalities import municipalities
from tests.browser.conftest import BROWSERS, READY
from tests.browser.serving import serving

MONTHS = 48
CODES = [code for code, place in municipalities().items() if not place.parent_code]
PLAYED = """async (told) => {
    const map = [...document.querySelectorAll("*")]
        .map((one) => one.shadowRoot?.querySelector(".map")).find(Boolean).kayoi;
    await map.hydrate({ ...map.data, ...told }, () => {});
    const frame = () => new Promise(requestAnimationFrame);
    const painting = [];
    await frame();
    const started = performance.now();
    for (let month = 0; month < told.months.length; month += 1) {
        map.player.show(month);
        await frame();
        await frame();
        painting.push(Number(map.root.dataset.took));
    }
    return [told.months.length / ((performance.now() - started) / 1000), painting];
}"""


def main() -> None:
    """Make the nation, serve it, click and play."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--clicks", type=int, default=20)
    asked = parser.parse_args()
    told = _national_scene()
    print(f"what is told of {MONTHS} months    {len(json.dumps(told, ensure_ascii=False)) / 1000:8,.0f} kB")
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse"
        _make(Path(folder) / "files", warehouse)
        done = boundaries.install(warehouse, asked.file)
        print(f"shapes, once              {done.bytes_served / 1000:8,.0f} kB")
        with serving(warehouse, Path(folder) / "log.txt") as served, sync_playwright() as started:
            path = os.environ.get("KAYOI_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
            browser = started.chromium.launch(
                executable_path=path, args=["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            _measure(page, f"{served.url}/region_map?layers=fill", asked.clicks, told)
            browser.close()


def _measure(page: Page, url: str, clicks: int, told: dict[str, object]) -> None:
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(url)
    page.wait_for_selector(READY, timeout=120_000)
    page.wait_for_function(_painted(0))
    print(f"first view                {sum(received) / 1000:8,.0f} kB")
    seconds, sizes = [], []
    for code in random.sample(CODES, clicks):
        before = page.locator(".map").evaluate("one => Number(one.dataset.painted)")
        at = page.locator(".map").evaluate("(one, code) => one.kayoi.screenOf(code)", code)
        received.clear()
        start = time.perf_counter()
        page.locator(".map .stage").click(position={"x": at[0], "y": at[1]}, modifiers=["Shift"], force=True)
        page.wait_for_function(_painted(before))
        page.wait_for_selector(READY)
        seconds.append(time.perf_counter() - start)
        sizes.append(sum(received))
    print(f"a click and its rerun     {statistics.median(sizes) / 1000:8,.0f} kB (median of {clicks})")
    print(f"click to repainted page   {statistics.median(seconds) * 1000:8,.0f} ms (median), "
          f"{max(seconds) * 1000:,.0f} ms at most")  # fmt: skip
    rate, painting = page.evaluate(PLAYED, told)
    print(f"playback, {MONTHS} months       {rate:8,.1f} months a second")
    print(f"painting one month        {statistics.median(painting):8,.1f} ms (median)")


def _painted(before: int) -> str:
    return (
        "() => [...document.querySelectorAll('*')].map(one => one.shadowRoot?.querySelector('.map'))"
        f".some(one => Number(one?.dataset.painted ?? 0) > {before})"
    )


def _make(folder: Path, warehouse: Path) -> None:
    random.seed(1)
    folder.mkdir()
    days = pd.date_range("2025-08-01", "2025-09-30")
    rows = [
        (f"p{random.randrange(20_000)}", code, random.choice(days).date(), random.choice(CODES))
        for code in CODES
        for _ in range(random.randrange(1, 12))
    ]
    columns = ["person_id", "municipality_code", "arrived_on", "home_municipality_code"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "visits.csv", index=False)
    covered = {"covered_from": "2025-08-01", "covered_through": "2025-09-30"}
    pd.DataFrame({"municipality_code": CODES, **covered}).to_csv(folder / "coverage.csv", index=False)
    load_files(warehouse, [folder], key=b"a key for a benchmark, nothing else")
    build(warehouse)


def _national_scene() -> dict[str, object]:
    random.seed(2)
    values = [
        (code, month.date(), random.randrange(3_000))
        for month in pd.date_range("2021-10-31", periods=MONTHS, freq="ME")
        for code in CODES
    ]
    places = pd.DataFrame(values, columns=["region_code", "as_of", "shown"])
    places = places.assign(
        shown_size=places["shown"] / 3_000, value=places["shown"], change=0.0, status="final"
    )
    drawn = Drawn(
        places=places,
        show="value",
        unit="people",
        title="",
        scale=make_scale(places["shown"], "value", "people", "quantile", ()),
        level="municipality",
        layers=frozenset({"fill"}),
        region_level="nation",
        region_code="JP",
    )
    told = scene(drawn, "ja", "light")
    return {name: told[name] for name in ("codes", "figures", "rows", "months", "more", "look")}


if __name__ == "__main__":
    main()
