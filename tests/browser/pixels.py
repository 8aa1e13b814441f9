"""What is really painted: pixels of a drawing, counted until they say what is asked."""

import io
import time
from collections.abc import Callable

from PIL import Image, ImageChops
from playwright.sync_api import Error, Locator

Colour = tuple[int, int, int]
PATIENCE_SECONDS = 30


def picture(drawing: Locator) -> Image.Image:
    """Return what the reader sees in *drawing*."""
    return Image.open(io.BytesIO(drawing.screenshot())).convert("RGB")


def picture_until(drawing: Locator, holds: Callable[[Image.Image], bool], what: str) -> Image.Image:
    """Look at *drawing* once per frame until *holds*; fail with *what* should have been seen."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        try:
            seen = picture(drawing)
        except Error:  # replaced by another drawing at this very moment
            seen = None
        if seen and holds(seen):
            return seen
        drawing.page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError(f"not seen within {PATIENCE_SECONDS} s: {what}")


def near(seen: Image.Image, colour: Colour, tolerance: int = 12) -> int:
    """Return how many pixels are within *tolerance* of *colour* in each of red, green and blue."""
    colours = seen.getcolors(seen.width * seen.height) or []
    return sum(
        count
        for count, found in colours
        if all(abs(a - b) <= tolerance for a, b in zip(found, colour, strict=True))
    )


def over(front: Colour, back: Colour, opacity: float) -> Colour:
    """Return *front* seen with *opacity* before *back*."""
    red, green, blue = (round(a * opacity + b * (1 - opacity)) for a, b in zip(front, back, strict=True))
    return red, green, blue


def differ(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures of one size are not the same."""
    return ImageChops.difference(one, other).getbbox() is not None
