"""Take the pictures of README and docs/screens.md: `python scripts/take_screenshots.py --warehouse DIR`."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

ROOT: Final = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kayoi.warehouse import data_label  # noqa: E402 - the script stands beside the package
from tests.browser.conftest import BROWSERS, READY  # noqa: E402
from tests.browser.serving import serving  # noqa: E402

OUT: Final = ROOT / "docs" / "images"
WIDTH, HEIGHT = 1440, 1080  # pixels
LARGEST_BYTES: Final = 400_000


@dataclass(frozen=True)
class Picture:
    """One picture: its file, and the address it shows."""

    name: str
    address: str
    drawn: str  # what stands there once the page is complete
    settles_ms: int = 0  # a canvas does not say when its land is drawn


PICTURES: Final = (
    Picture("overview-ja.png", "/", "[data-testid=stMetric]"),
    Picture("funnel-en.png", "/funnel?lang=en&region=30", ".js-plotly-plot .barlayer"),
    Picture("region-map-ja.png", "/region_map", ".map[data-painted]", 6_000),
    Picture("visit-frequency-ja.png", "/visit_frequency?region=20448", ".js-plotly-plot .barlayer"),
    Picture("definitions-en.png", "/definitions?lang=en", "[data-testid=stExpander]"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the warehouse on a free port, take every picture; return 2 where its data are not fictitious."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warehouse", type=Path, required=True, help="of `python -m kayoi demo`")
    chosen = parser.parse_args(arguments)
    if data_label(chosen.warehouse) != "fictitious":
        print("these data are not labelled fictitious: no pictures of them", file=sys.stderr)
        return 2
    browser = os.environ.get("KAYOI_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        print("no Chromium on this machine: set KAYOI_CHROMIUM", file=sys.stderr)
        return 2
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(chosen.warehouse.resolve(), Path(folder) / "log.txt") as served,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=browser) as chromium,
    ):
        page = chromium.new_page(
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            color_scheme="light",
            reduced_motion="reduce",
            viewport={"width": WIDTH, "height": HEIGHT},
        )
        for picture in PICTURES:
            page.goto(f"{served.url}{picture.address}")
            page.wait_for_selector(READY, timeout=60_000)
            page.wait_for_selector(picture.drawn)
            page.wait_for_function("document.fonts.ready")
            page.wait_for_timeout(picture.settles_ms)
            out = OUT / picture.name
            page.screenshot(path=out)
            size = out.stat().st_size
            print(f"{out.relative_to(ROOT)}  {size:,} bytes")
            if size > LARGEST_BYTES:
                print(f"larger than {LARGEST_BYTES:,} bytes", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
