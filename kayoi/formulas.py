"""Text that a spreadsheet would take for a formula, and how it is made text again."""

import re
from typing import Final

# Both patterns are full matches and mean the same in Python and in DuckDB (RE2), where whole tables are
# guarded. Full-width signs become half-width ones in a Japanese spreadsheet; blanks and signs that nobody
# sees are passed over.
_UNSEEN: Final = " \t\r\n\x0b\x0c\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff"
FORMULA: Final = f"(?s)([\t\r\n]|[{_UNSEEN}]*[=+\\-@＝＋－＠]).*"
NUMBER: Final = "-?[0-9][0-9,]*([.][0-9]+)?"


def guarded(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula: a quote makes it text; numbers stay."""
    is_formula = re.fullmatch(FORMULA, text) and not re.fullmatch(NUMBER, text)
    return f"'{text}" if is_formula else text
