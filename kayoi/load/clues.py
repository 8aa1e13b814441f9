"""What the texts of a column look like: dates in 18 of 20, names of municipalities, ids that repeat."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

from kayoi.contract import Column
from kayoi.errors import CodeError, ValueRefusedError
from kayoi.load import places, values
from kayoi.load.bands import parse_age, parse_range
from kayoi.load.dates import parse_birth_year, parse_side
from kayoi.load.signs import is_missing, normalized

Look = Literal[
    "dates", "periods", "codes", "names", "amounts", "numbers", "months", "years", "words", "ages", "ids"
]

LOOKED_AT: Final = 200  # texts of a column
_PLACES_LOOKED_AT: Final = 40  # to say that a name is nobody's takes a look at every municipality
_MAY_BE_A_PLACE: Final = re.compile(r"[都道府県市区町村郡島]|^\s*[0-9０-９]{1,6}\s*$|^.{2,3}$")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?:\s.*)?")
_BY_NAME: Final[dict[str, tuple[Look, Callable[[str], Any]]]] = {
    "birth_year": ("years", parse_birth_year),
    "fiscal_year": ("years", values.parse_year),
    "nights": ("numbers", values.parse_nights),
}
_BY_TYPE: Final[dict[str, tuple[Look, Callable[[str], Any]]]] = {
    "code": ("names", partial(places.parse_place, prefecture_allowed=False)),
    "code_or_prefecture": ("names", partial(places.parse_place, prefecture_allowed=True)),
    "codes": ("names", places.parse_places),
    "date": ("dates", partial(parse_side, side="first")),
    "month": ("months", values.parse_month),
    "yen": ("amounts", values.parse_yen),
    "integer": ("numbers", values.parse_number),
    "number": ("numbers", values.parse_number),
}
_ENOUGH: Final = 0.8  # share of the texts that have to read so


@dataclass(frozen=True)
class Clue:
    """How many of the texts that say anything read as one kind of value."""

    look: Look
    fitting: int
    filled: int

    @property
    def share(self) -> float:
        """Return the part of the texts that fit; 0 where there is none."""
        return self.fitting / self.filled if self.filled else 0.0


def clue_for(table: str, column: Column, texts: Sequence[str]) -> Clue | None:
    """Return how well *texts* read as *column*; None where any text would do."""
    sample = filled(texts)
    look, reads = _reading(table, column)
    if reads is None:
        return None
    if look == "names":
        sample = sample[:_PLACES_LOOKED_AT]
        fitting = sum(1 for text in sample if _MAY_BE_A_PLACE.search(text) and _holds(reads, text))
        return Clue(look, fitting, len(sample))
    return Clue(look, sum(1 for text in sample if _holds(reads, text)), len(sample))


def reading_of(table: str, column: Column) -> str:
    """Return what tells how the texts of a column are read: columns of which it is the same read alike."""
    if column.type == "enum":
        return f"{table}.{column.name}"
    return column.name if column.name in _BY_NAME else column.type


def filled(texts: Sequence[str]) -> list[str]:
    """Return the first texts that say anything."""
    return [text for text in texts[: 2 * LOOKED_AT] if not is_missing(text)][:LOOKED_AT]


def order_of(texts: Sequence[str]) -> str | None:
    """Return `mdy` or `dmy` where dates end with their year, as one of them shows; None where none does."""
    found = [found for text in filled(texts) if (found := _DAY_FIRST.fullmatch(normalized(text)))]
    if not found or len(found) < _ENOUGH * len(filled(texts)):
        return None
    firsts, seconds = [int(one[1]) for one in found], [int(one[2]) for one in found]
    if max(firsts) > 12 >= max(seconds):
        return "dmy"
    return "mdy" if max(seconds) > 12 >= max(firsts) else None


def are_ranges(texts: Sequence[str]) -> bool:
    """Whether the texts are days from and to, or months and years, rather than days."""
    sample = filled(texts)
    days = sum(1 for text in sample if _holds(values.parse_date, text))
    sides = sum(1 for text in sample if _holds(partial(parse_side, side="first"), text))
    return bool(sample) and sides >= _ENOUGH * len(sample) and days < 0.5 * len(sample)


def are_counts(texts: Sequence[str]) -> bool:
    """Whether some texts are ranges of numbers (2～5回目) and most of them numbers or ranges."""
    sample = filled(texts)
    ranges = sum(1 for text in sample if _holds(parse_range, text))
    whole = sum(1 for text in sample if _holds(values.parse_integer, text))
    return bool(sample) and ranges >= _ENOUGH * len(sample) and whole < ranges


def are_ages(texts: Sequence[str]) -> bool:
    """Whether the texts are ages or bands of ages rather than years."""
    sample = filled(texts)
    ages = sum(1 for text in sample if _holds(parse_age, text))
    return bool(sample) and ages >= _ENOUGH * len(sample)


def are_prefectures(texts: Sequence[str]) -> bool:
    """Whether the texts are names or codes of prefectures."""
    sample = filled(texts)
    sample = sample[:_PLACES_LOOKED_AT]
    found = [place for text in sample if (place := _placed(text)) is not None]
    return bool(sample) and sum(1 for code in found if len(code) == 2) >= _ENOUGH * len(sample)


def _placed(text: str) -> str | None:
    try:
        place = places.parse_place(text, prefecture_allowed=True)
    except CodeError:
        return None
    return place.code if place else None


def _reading(table: str, column: Column) -> tuple[Look, Callable[[str], Any] | None]:
    if column.type == "enum":
        named = f"{table}.{column.name}"
        return "words", partial(values.parse_enum, values=column.values, column=named)
    if column.name in _BY_NAME:
        return _BY_NAME[column.name]
    return _BY_TYPE.get(column.type, ("words", None))


def _holds(reads: Callable[[str], Any], text: str) -> bool:
    try:
        return reads(text) is not None
    except (ValueRefusedError, CodeError):
        return False
