"""The text of one cell → a value: numbers, yen, nights, enums, ids. None is a missing value."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kayoi.errors import ValueRefusedError
from kayoi.load.dates import parse_birth_year, parse_date, parse_month, parse_year
from kayoi.load.labels import LABELS
from kayoi.load.signs import is_missing, is_no_id, normalized, readable, short
from kayoi.load.unseen import refuse_unseen

__all__ = [
    "Yen",
    "corporate_check_digit",
    "is_missing",
    "is_no_id",
    "normalized",
    "parse_birth_year",
    "parse_date",
    "parse_enum",
    "parse_id",
    "parse_integer",
    "parse_month",
    "parse_nights",
    "parse_number",
    "parse_organization",
    "parse_whole_yen",
    "parse_year",
    "parse_yen",
    "refuse_shown_in_part",
]

_NUMBER: Final = re.compile(
    r"(?P<minus>[-−▲△])?\s?[¥\\]?\s?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<power>e[+-]?\d{1,2})?"
    r"\s?(?P<scale>百万|[万千億])?\s?(?:円也?|人|泊|回|件|名|枚|組|室|日|時間|マイル|miles?|yen|h)?"
)
# 1万5千円, 1万5,000円
_COMPOUND: Final = re.compile(
    r"(?P<ten_thousands>\d{1,5})万\s?(?:(?P<thousands>\d)千)?(?P<rest>\d,\d{3}|\d{1,4})?\s?円?"
)
_PAID: Final = re.compile(r"(?P<amount>[¥\\]\s?[\d,]+)-")  # ¥1,200-, as on a receipt
_ABOUT: Final = re.compile(r"(?P<amount>[\d,]+\s?[万千]?\s?円)台")  # 3,000円台
_EXPONENT: Final = re.compile(r"\de[+-]?\d", re.IGNORECASE)
# what a spreadsheet shows of a long id: its last digits are lost, and two people may be one
_SHOWN_IN_PART: Final = re.compile(r"\d(?:\.\d+)?E\+\d\d")
_SCALES: Final = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "億": 100_000_000}
_LARGEST: Final = 2**53  # beyond it a double no longer holds every integer

_NIGHTS: Final = re.compile(r"(?P<nights>\d{1,4})泊(?:\d{1,4}日)?(?:以上)?")
_MOST_NIGHTS: Final = 3660

_AMOUNT: Final = r"[¥\\]?\s?\d[\d,]*(?:\.\d+)?\s?[万千]?\s?円?"
_BAND: Final = re.compile(
    rf"(?:(?P<low>{_AMOUNT})\s?(?P<low_word>以上|から|超|[~〜–—-]))?\s?(?P<between>[~〜、,・-]|から)?\s?"
    rf"(?:(?P<high>{_AMOUNT})\s?(?P<high_word>未満|以下|まで|以内)?)?"
)
_NOTHING_SPENT: Final = frozenset(("使わない", "使っていない", "使わなかった", "なし", "無し", "無料"))


@dataclass(frozen=True)
class Yen:
    """An amount in yen. Exact: all three equal. A band: value is None, and an open end is None."""

    value: int | None
    low: int | None
    high: int | None


def parse_id(text: str) -> str | None:
    """Return an id or keyword as it is compared: NFKC and trimmed.

    Raises ValueRefusedError for 1.23457E+12, what a spreadsheet leaves of a long number.
    """
    refuse_shown_in_part(text)
    refuse_unseen(text)
    return None if is_no_id(text) else normalized(text)


def refuse_shown_in_part(text: str) -> None:
    """Raise ValueRefusedError where *text* is what a spreadsheet shows of a long number."""
    if ("+" in text or "＋" in text) and _SHOWN_IN_PART.fullmatch(normalized(text).upper()):
        raise ValueRefusedError("value_id_exponent")


def parse_number(text: str) -> float | None:
    """Return a number: full-width digits, thousands commas, a unit, ▲ for minus, 万 for ten thousand."""
    number = _decimal(text)
    return None if number is None else float(number)


def parse_integer(text: str) -> int | None:
    """Return a whole number; a fraction is refused, and 1e3: what stood there before is anyone's guess."""
    number = _decimal(text)
    if number is None:
        return None
    if _EXPONENT.search(normalized(text)):
        raise ValueRefusedError("value_exponent", value=short(text))
    if number != number.to_integral_value():
        raise ValueRefusedError("value_integer", value=short(text))
    return int(number)


def parse_whole_yen(text: str) -> int | None:
    """Return an amount in whole yen; a fraction is rounded half up."""
    number = _decimal(text)
    return None if number is None else _round(number)


def parse_nights(text: str) -> int | None:
    """Return a number of nights, 0 or more: 2, 2泊, 2泊3日, 日帰り, 4泊以上 (the least it can be)."""
    plain = readable(text, "value_nights")
    if plain in ("日帰り", "日帰", "日帰り旅行", "宿泊なし", "宿泊しない"):
        return 0
    worded = _NIGHTS.fullmatch(plain)
    nights = int(worded["nights"]) if worded else parse_integer(text)
    if nights is not None and not 0 <= nights <= _MOST_NIGHTS:
        raise ValueRefusedError("value_nights", value=short(text))
    return nights


def parse_yen(text: str) -> Yen | None:
    """Return an exact amount or a band: `5,000円以上 10,000円未満`, `1,000円未満` (from 0), `9万円以上`."""
    plain = readable(text, "value_yen")
    if plain in _NOTHING_SPENT:
        return Yen(0, 0, 0)
    plain = paid["amount"] if (paid := _PAID.fullmatch(plain)) else plain
    about = _ABOUT.fullmatch(plain)
    if about:
        low = _amount(about["amount"], text)
        step = 10 ** (len(str(low)) - len(str(low).rstrip("0")))
        return Yen(None, low, low + step - 1)
    try:
        exact = parse_whole_yen(plain)
    except ValueRefusedError:
        return _band(plain, text)
    return None if exact is None else Yen(exact, exact, exact)


def parse_enum(text: str, values: tuple[str, ...], column: str) -> str | None:
    """Return the id in *values* that *text* names, by itself or by its Japanese label for *column*."""
    plain = normalized(text).casefold()
    known = LABELS.get(column, {}).get(plain, plain.replace(" ", "_").replace("-", "_"))
    if known in values:
        return known
    if is_missing(text):
        return None
    raise ValueRefusedError("value_enum", value=short(text), known=", ".join(values))


def parse_organization(text: str) -> str | None:
    """Return an organization's id; 13 digits are a 法人番号 and their check digit must hold."""
    plain = normalized(text)
    digits = (
        plain[1:] if re.fullmatch(r"T\d{13}", plain) else plain
    )  # T: number of a qualified invoice issuer
    if re.fullmatch(r"\d{13}", digits):
        if corporate_check_digit(digits[1:]) != int(digits[0]):
            raise ValueRefusedError("value_corporate_number", value=short(text))
        return digits
    return parse_id(text)


def corporate_check_digit(base: str) -> int:
    """Return the check digit of a 法人番号 from its last 12 digits (法人番号の指定等に関する省令)."""
    weighted = sum(int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(reversed(base)))
    return 9 - weighted % 9


def _decimal(text: str) -> Decimal | None:
    if is_missing(text):
        return None
    plain = readable(text, "value_number").lower()
    compound = _COMPOUND.fullmatch(plain)
    if compound and (compound["thousands"] or compound["rest"]):
        rest = int((compound["rest"] or "0").replace(",", ""))
        return Decimal(
            int(compound["ten_thousands"]) * 10_000 + int(compound["thousands"] or 0) * 1_000 + rest
        )
    found = _NUMBER.fullmatch(plain)
    if not found:
        raise ValueRefusedError("value_number", value=short(text))
    digits = found["digits"].replace(",", "") + (found["fraction"] or "") + (found["power"] or "")
    number = Decimal(digits) * _SCALES.get(found["scale"], 1)
    if number > _LARGEST:
        raise ValueRefusedError("value_number_range", value=short(text))
    return -number if found["minus"] else number


def _band(plain: str, text: str) -> Yen:
    found = _BAND.fullmatch(plain)
    if not found or not (found["low"] or found["high"]):
        raise ValueRefusedError("value_yen", value=short(text))
    low = _amount(found["low"], text) if found["low"] else None
    high = _amount(found["high"], text) if found["high"] else None
    if high is not None and low is None and not (found["high_word"] or found["between"]):
        raise ValueRefusedError("value_yen", value=short(text))
    if high is not None and low is None:
        low = 0
    if low is not None and high is not None and high < low:
        raise ValueRefusedError("value_yen", value=short(text))
    return Yen(None, low, high)


def _amount(words: str, text: str) -> int:
    amount = parse_whole_yen(words)
    if amount is None:
        raise ValueRefusedError("value_yen", value=short(text))
    return amount


def _round(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))
