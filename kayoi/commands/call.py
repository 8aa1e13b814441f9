"""What a command is given, and what it gives back."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate

# Years a day may be asked about: windows reach back two years, and nobody has plans beyond.
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


@dataclass(frozen=True)
class Call:
    """The options as parsed, the reader's language, and where progress goes."""

    options: argparse.Namespace
    locale: Locale
    progress: Callable[[str, int, int], None]

    @property
    def warehouse(self) -> Path:
        """Return the folder of the warehouse."""
        folder: Path = self.options.warehouse
        return folder

    def say(self, key: str, **values: object) -> str:
        """Return the words of *key* in the reader's language."""
        return translate(self.locale, key, **values)


@dataclass(frozen=True)
class Answer:
    """What a command says: words for a person, data for --json, and its exit code."""

    text: str
    data: Mapping[str, object]
    exit_code: int = 0


@dataclass(frozen=True)
class Command:
    """A command: how its options are declared and what it does."""

    add_options: Callable[[argparse.ArgumentParser, Locale], None]
    run: Callable[[Call], Answer]


def add_json(parser: argparse.ArgumentParser, locale: Locale) -> None:
    """Declare --json."""
    parser.add_argument("--json", action="store_true", help=translate(locale, "command.option.json"))


def named_path(text: str) -> Path:
    """Return the path somebody typed; an empty one, which would be the current folder, is a ValueError."""
    if not text.strip():
        raise ValueError
    return Path(text)


def parse_day(text: str) -> date:
    """Return a day written 2025-09-30, of 1900 to 2199; raises UsageError for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError("usage_day", text=text) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError("usage_year", text=text, first=_FIRST_YEAR, last=_LAST_YEAR)
    return day


def as_columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of text under each other, wide characters counted as two."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell + " " * (width - _width(cell)) if place == 0 else " " * (width - _width(cell)) + cell
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
