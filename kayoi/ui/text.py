"""Names from data, made safe to stand in Streamlit's Markdown."""

import re
from typing import Final

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#+!|~$:()-])")


def plain(text: str) -> str:
    """Return *text* so that Markdown shows it as it is (no link, no formula, no HTML)."""
    return _SPECIAL.sub(r"\\\1", text)
