"""Headings: how they are compared, the Japanese one of every column, and the words suppliers use for it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kayoi.contract import TABLES
from kayoi.load.signs import normalized
from kayoi.reference import REFERENCE_DIR

_FILE: Final = REFERENCE_DIR / "headings.toml"


@dataclass(frozen=True)
class Heading:
    """What one column is called: `japanese` in a template, `synonyms` (as keys) in suppliers' files.

    `pattern` fits headings that are put together of words: 参加者の番号, ツアー客ID.
    """

    japanese: str
    example: str
    synonyms: tuple[str, ...]
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Hint:
    """A word in any heading that tells a table, and what a column of it is then in every row."""

    word: str
    table: str
    column: str | None
    value: str | None


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: NFKC, trimmed, inner space removed, lower case."""
    return "".join(normalized(heading).casefold().split())


@cache
def dictionary() -> Mapping[str, Mapping[str, Heading]]:
    """Return table → column → what it is called, of every column of every table."""
    raw = _raw()
    shared = raw["column"]
    return {
        name: {
            column.name: _heading(
                shared.get(column.name, {}) | raw["table"].get(name, {}).get(column.name, {})
            )
            for column in table.columns
        }
        for name, table in TABLES.items()
    }


@cache
def hints() -> tuple[Hint, ...]:
    """Return the words that tell a table by themselves, the strongest first."""
    return tuple(
        Hint(word, one["table"], one.get("column"), one.get("value"))
        for one in _raw()["hint"]
        for word in one["words"]
    )


def headings_of(table: str) -> Mapping[str, str]:
    """Return column → its Japanese heading, which is read without a mapping."""
    return {column: heading.japanese for column, heading in dictionary()[table].items()}


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _heading(raw: dict[str, Any]) -> Heading:
    words = [raw["ja"], *raw.get("also", [])]
    pattern = re.compile(raw["pattern"]) if "pattern" in raw else None
    return Heading(raw["ja"], raw.get("example", ""), tuple(dict.fromkeys(map(heading_key, words))), pattern)
