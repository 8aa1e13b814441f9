"""Translated text. The locale is always an argument; nothing here is global state."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, Literal

LOCALES_DIR: Final = Path(__file__).parent.parent / "locales"

Locale = Literal["ja", "en"]


@cache
def messages(locale: Locale) -> dict[str, str]:
    """Return the flat key → text table of one locale."""
    return tomllib.loads((LOCALES_DIR / f"{locale}.toml").read_text(encoding="utf-8"))


def translate(locale: Locale, key: str, **values: object) -> str:
    """Return the text for *key*; a missing key is a bug, so it raises KeyError."""
    return messages(locale)[key].format(**values)
