"""The classes a map is shaded in: where one ends and the next begins, its colour and its words."""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np

from kayoi import report
from kayoi.i18n import Locale, translate
from kayoi.metrics import Unit
from kayoi.palette import Theme

Show = Literal["value", "per_thousand", "change", "change_rate"]
Method = Literal["quantile", "equal", "own"]

WITHHELD: Final = -2
NO_DATA: Final = -1
ZERO: Final = 0
CLASSES: Final = 5
_MOST_OWN: Final = 4  # breaks a reader may give: five classes
_CHANGES: Final = ("change", "change_rate")
_COUNTED: Final = ("people", "yen", "days")

# From least to most, each at least one and a half times as dark (or as light) as the one before.
SEQUENTIAL: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#C9E8ED", "#8CCBD6", "#4BA6B5", "#00778B", "#00414D"),
    "dark": ("#1B4A54", "#1F7081", "#2398AD", "#5CCFE3", "#C4F3FB"),
}
# Large fall, fall, rise, large rise: orange against teal is told apart with every kind of colour vision.
DIVERGING: Final[dict[Theme, tuple[str, ...]]] = {
    "light": ("#B23F00", "#F0A47C", "#7CC3D0", "#00687A"),
    "dark": ("#FF8D44", "#93502A", "#22707F", "#5CD6EC"),
}
NOTHING: Final[dict[Theme, str]] = {"light": "#FFFFFF", "dark": "#14161A"}


@dataclass(frozen=True)
class Scale:
    """Rising lower edges of classes 1, 2, …; a diverging one has the edge between small and large changes."""

    edges: tuple[float, ...]
    is_diverging: bool
    last: float  # the largest value, either way

    def class_of(self, value: object, status: object = "final") -> int:
        """Return the class of a value: WITHHELD, NO_DATA, ZERO or 1 and up."""
        if status == "suppressed":
            return WITHHELD
        if report.is_missing(value):
            return NO_DATA
        number = float(str(value))
        if number == 0:
            return ZERO
        if self.is_diverging:
            is_large = abs(number) >= self.edges[0]
            return (1 if is_large else 2) if number < 0 else (4 if is_large else 3)
        return max(1, sum(number >= edge for edge in self.edges))

    def colours(self, theme: Theme) -> tuple[str, ...]:
        """Return the colours of classes 0, 1, 2, …."""
        if self.is_diverging:
            return (NOTHING[theme], *DIVERGING[theme])
        ramp = SEQUENTIAL[theme]
        # Three classes take the lightest, the middle and the darkest of five.
        count = max(1, len(self.edges))
        places = [round(place * (CLASSES - 1) / max(1, count - 1)) for place in range(count)]
        return (NOTHING[theme], *(ramp[place] for place in places))


def make_scale(
    values: Iterable[object], show: Show, unit: Unit, method: Method, own: Sequence[float]
) -> Scale:
    """Return the classes for all values of all days, so that a colour means the same while time goes on."""
    known = [float(str(value)) for value in values if not report.is_missing(value)]
    largest = max((abs(value) for value in known), default=0.0)
    if show in _CHANGES:
        sizes = sorted(abs(value) for value in known if value)
        middle = float(np.quantile(sizes, 0.75)) if sizes else 1.0
        edge = own[0] if method == "own" and own else _nice(middle, show, unit)
        return Scale((edge,), True, largest)
    positive = sorted(value for value in known if value > 0)
    if method == "own" and own:
        return Scale((0.0, *own), False, largest)
    if not positive:
        return Scale((0.0,), False, largest)
    distinct = sorted(set(positive))
    if len(distinct) <= CLASSES and _is_counted(show, unit):
        return Scale(tuple(distinct), False, largest)
    shares = [place / CLASSES for place in range(1, CLASSES)]
    if method == "equal":
        raw = [largest * share for share in shares]
    else:
        raw = [float(edge) for edge in np.quantile(positive, shares)]
    least = 1.0 if _is_counted(show, unit) else 0.0
    edges = dict.fromkeys([least, *(_nice(edge, show, unit) for edge in raw)])
    return Scale(tuple(sorted(edge for edge in edges if edge <= largest)), False, largest)


def own_breaks(text: str) -> tuple[float, ...]:
    """Return the breaks a reader typed (`10, 50, 100`), rising; ValueError where they are not numbers > 0."""
    parts = unicodedata.normalize("NFKC", text).replace("、", ",").split(",")
    numbers = sorted({float(part) for part in parts if part.strip()})
    if not numbers or len(numbers) > _MOST_OWN or not all(0 < number < math.inf for number in numbers):
        raise ValueError(text)
    return tuple(numbers)


def class_words(scale: Scale, show: Show, unit: Unit, locale: Locale) -> list[str]:
    """Return what classes 0, 1, 2, … mean: 0人, 1～4人, 5人以上."""
    if scale.is_diverging:
        edge = amount(scale.edges[0], show, unit, locale)
        keys = ("none", "large_fall", "fall", "rise", "large_rise")
        return [translate(locale, f"map.class.{key}", edge=edge) for key in keys]
    is_counted = _is_counted(show, unit)
    said = [figure(0, show, unit, locale)]
    for low, high in pairwise((*scale.edges, math.inf)):
        if high == math.inf:
            key, top = ("from" if scale.last > low else "exactly"), low
        elif is_counted:
            top = high - 1
            key = "exactly" if top <= low else "between"
        else:
            key, top = ("under" if low == 0 else "below"), high
        first = figure(max(low, 1) if is_counted else low, show, unit, locale)
        last = figure(top, show, unit, locale)
        said.append(translate(locale, f"map.class.{key}", first=first, last=last))
    return said


def figure(value: object, show: Show, unit: Unit, locale: Locale) -> str:
    """Return a figure of the map in words: 12人, 0.3人/千人, 2人 増, 25.0 % 減."""
    if show == "per_thousand":
        return report.figure(value, "per_thousand", locale)
    if show == "change":
        return report.change(value, unit, locale)
    if show == "change_rate" and not report.is_missing(value):
        number = float(str(value))
        if number == 0:
            return translate(locale, "change.none")
        said = report.figure(abs(number), "percent", locale)
        return translate(locale, "change.up" if number > 0 else "change.down", amount=said)
    return report.figure(value, "percent" if show == "change_rate" else unit, locale)


def amount(value: float, show: Show, unit: Unit, locale: Locale) -> str:
    """Return the size of a change in words: 12人, 1.2ポイント, 25.0 %."""
    if show == "change" and unit == "percent":
        return translate(locale, "unit.points", value=f"{value * 100:,.1f}")
    return report.figure(value, "percent" if show == "change_rate" else unit, locale)


def _is_counted(show: Show, unit: Unit) -> bool:
    return show in ("value", "change") and unit in _COUNTED


def _nice(number: float, show: Show, unit: Unit) -> float:
    """Round to 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten: edges readers can keep in mind."""
    if number <= 0:
        return 1.0 if _is_counted(show, unit) else 0.0
    power = 10.0 ** math.floor(math.log10(number))
    best = min((1, 1.5, 2, 3, 4, 5, 6, 8, 10), key=lambda step: abs(step * power - number))
    rounded = float(f"{best * power:.6g}")
    return max(1.0, float(round(rounded))) if _is_counted(show, unit) else rounded
