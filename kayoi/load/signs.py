"""The text of a cell as it is compared, and the signs that stand where there is nothing to say."""

import re
import unicodedata
from typing import Final

from kayoi.errors import ValueRefusedError
from kayoi.load.unseen import without_no_width

# what official tables and spreadsheets write where there is no figure (after NFKC)
_MISSING: Final = re.compile(
    r"[-−―—–‐ー]?|[.]{2,3}|‥|x|[*]{1,4}|不明|非公表|秘匿|未定"
    r"|(?:無|未)回答|回答(?:なし|無し|しない)|未記入|(?:記載|該当)(?:なし|無し)|(?:わか|分か)らない"
    r"|#?n/?a|#(?:value!|ref!|name[?]|div/0!|null!|num!)|nan|null|none",
    re.IGNORECASE,
)
# an id may be an x; a dash shared by many rows would be one person, or one visit that replaces another
_NO_ID: Final = re.compile(
    r"[-−―—–‐ー]*|[.]{2,3}|‥|[*]+|不明|非公表|秘匿|匿名"
    r"|(?:無|未)回答|未記入|(?:記載|該当)?(?:なし|無し)|非会員|未登録"
    r"|#?n/a|#(?:value!|ref!|name[?]|div/0!|null!|num!)|nan|null|none",
    re.IGNORECASE,
)
_LONGEST: Final = 200


def normalized(text: str) -> str:
    """Return *text* in NFKC, trimmed: full-width digits and half-width kana become the usual ones.

    Characters without any width are left out.
    """
    if text.isascii():  # NFKC leaves ASCII as it is: most ids and dates
        return text.strip()
    return unicodedata.normalize("NFKC", without_no_width(text)).strip()


def readable(text: str, key: str) -> str:
    """Return *text* in NFKC with single spaces, for a pattern to read.

    Raises ValueRefusedError of *key* where it is longer than any date, number or band: no pattern has to
    try a page of text.
    """
    plain = " ".join(normalized(text).split())
    if len(plain) > _LONGEST:
        raise ValueRefusedError(key, value=short(text))
    return plain


def is_missing(text: str) -> bool:
    """Whether *text* is one of the signs official tables use for no figure."""
    return bool(_MISSING.fullmatch(normalized(text)))


def is_no_id(text: str) -> bool:
    """Whether *text* stands where there is no id: empty, dashes, 不明, NULL."""
    return bool(_NO_ID.fullmatch(normalized(text)))


def short(text: str) -> str:
    """Return *text* on one line and at most 40 characters long, for a message."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
