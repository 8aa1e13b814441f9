"""What the reader has chosen, as one value that everything below the page layer is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from kayoi.i18n import Locale, messages, translate
from kayoi.municipalities import check_digit
from kayoi.periods import YearKind, day_label

ALL: Final = ("all", "all")
# Short names of the segment kinds in the URL: ?seg=origin:kanto
SEGMENT_KINDS: Final = {
    "origin": "origin_block",
    "age": "age_band",
    "gender": "gender",
    "purpose": "purpose",
    "program": "program",
}
_SHORT_KINDS: Final = {kind: short for short, kind in SEGMENT_KINDS.items()}
_TO_WIDE_DIGITS: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@dataclass(frozen=True)
class Region:
    """A place people are counted for."""

    level: str
    code: str
    name_ja: str
    name_en: str
    kana: str
    prefecture_code: str
    prefecture_ja: str
    prefecture_en: str
    members_total: int
    has_data: bool

    def name(self, locale: Locale) -> str:
        """Return its name, without the prefecture."""
        return self.name_ja if locale == "ja" else self.name_en

    def full_name(self, locale: Locale) -> str:
        """Return its name, with the prefecture where it is a municipality."""
        if not self.prefecture_ja:
            return self.name(locale)
        return (
            f"{self.prefecture_ja}{self.name_ja}"
            if locale == "ja"
            else f"{self.name_en} ({self.prefecture_en})"
        )

    def search_text(self, locale: Locale) -> str:
        """Return what the search box shows and looks through, the words to find by behind what is read.

        The box looks for what was typed as it was typed, so the code stands there with its check digit (the
        five digits are the start of it) and in wide digits, the reading in both kana.
        """
        if self.level == "nation":
            return self.name(locale)
        reading = self.kana.translate(_KATAKANA_TO_HIRAGANA)
        other = self.name_en if locale == "ja" else self.name_ja
        code = self.code
        if code.isdecimal():
            whole = code.ljust(5, "0")
            code = f"{whole}{check_digit(whole)}"
        words = [self.full_name(locale), code, reading, other, self.kana]
        if code != self.code:
            words.append(code.translate(_TO_WIDE_DIGITS))
        if not self.has_data:
            words.insert(1, f"［{translate(locale, 'filter.no_data')}］")
        return " ".join(word for word in words if word)


@dataclass(frozen=True)
class Choices:
    """The reader's choices, as one immutable value."""

    locale: Locale
    region: Region
    as_of: date
    year: YearKind
    segment_kind: str
    segment_value: str
    segment_name: str

    def t(self, key: str, **values: object) -> str:
        """Translate *key* into the reader's language."""
        return translate(self.locale, key, **values)

    @property
    def place(self) -> str:
        """Return the region's name in the reader's language."""
        return self.region.full_name(self.locale)

    @property
    def day(self) -> str:
        """Return the as-of day in the reader's language."""
        return day_label(self.as_of, self.locale)

    @property
    def is_everybody(self) -> bool:
        """Tell whether no segment is chosen."""
        return (self.segment_kind, self.segment_value) == ALL

    def params(self) -> dict[str, object]:
        """Return the choices under the names SQL files use."""
        return {
            "region_level": self.region.level,
            "region_code": self.region.code,
            "as_of": self.as_of,
            "reach_on": self.as_of,
            "segment_kind": self.segment_kind,
            "segment_value": self.segment_value,
        }


def regions_of(rows: pd.DataFrame) -> dict[str, Region]:
    """Return the rows of region_list as regions by code, in their order."""
    return {
        row["region_code"]: Region(
            level=row["region_level"],
            code=row["region_code"],
            name_ja=row["name_ja"],
            name_en=row["name_en"],
            kana=row["kana"],
            prefecture_code=_text(row["prefecture_code"]),
            prefecture_ja=_text(row["prefecture_name_ja"]),
            prefecture_en=_text(row["prefecture_name_en"]),
            members_total=int(row["members_total"]),
            has_data=bool(row["has_data"]),
        )
        for row in rows.to_dict("records")
    }


def segments_of(rows: pd.DataFrame, locale: Locale) -> dict[str, str]:
    """Return the rows of segment_values as URL text → name in *locale*, `all` first."""
    named = {"all": translate(locale, "segment.all")}
    for row in rows.to_dict("records"):
        name = translate(
            locale,
            "segment.label",
            kind=translate(locale, f"segment.{row['segment_kind']}"),
            value=_segment_name(row, locale),
        )
        named[f"{_SHORT_KINDS[row['segment_kind']]}:{row['segment_value']}"] = name
    return named


def split_segment(text: str) -> tuple[str, str]:
    """Return the kind and value of `origin:kanto`, or of `all`."""
    if text == "all":
        return ALL
    kind, _, value = text.partition(":")
    return SEGMENT_KINDS[kind], value


def _segment_name(row: Mapping[str, Any], locale: Locale) -> str:
    kind, value = row["segment_kind"], row["segment_value"]
    if value == "unknown":
        return translate(locale, "segment.unknown")
    if kind == "program":
        if value == "self":
            return translate(locale, "segment.program.self")
        return _text(row[f"name_{locale}"]) or _text(row["name_ja"]) or value
    if kind == "age_band":
        first, _, last = value.partition("-")
        key = "segment.age" if first and last else "segment.age.under" if last else "segment.age.over"
        return translate(locale, key, first=first, last=last)
    key = f"block.{value}" if kind == "origin_block" else f"segment.{kind}.{value}"
    return translate(locale, key) if key in messages(locale) else value


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
