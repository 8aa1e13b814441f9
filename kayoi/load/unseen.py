"""Characters nobody sees: some are left out where texts are compared, some make an id another one."""

import re
from typing import Final

from kayoi.errors import ValueRefusedError

# widths of nothing and marks of direction, which copying leaves behind
_NO_WIDTH: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
# control characters and signs that turn the direction of what follows: the text is not what it looks like
_TURNING: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def without_no_width(text: str) -> str:
    """Return *text* as it is compared: without characters that have no width."""
    return text if text.isprintable() else _NO_WIDTH.sub("", text)


def shown_text(text: str) -> str:
    """Return *text* as it may be shown in a heading or a name: without any character that is not seen."""
    return text if text.isprintable() else _TURNING.sub("", _NO_WIDTH.sub("", text))


def refuse_unseen(text: str) -> None:
    """Raise ValueRefusedError where an id holds a character nobody sees: it would be somebody else's."""
    if not text.isprintable() and (_NO_WIDTH.search(text) or _TURNING.search(text)):
        raise ValueRefusedError("value_unseen")
