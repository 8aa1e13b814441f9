"""The text of one cell → a value: dates, numbers, yen, enums, ids. None is a missing value."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kayoi.errors import ValueRefusedError
from kayoi.load.labels import LABELS

# what official tables write where there is no figure (after NFKC)
_MISSING: Final = re.compile(
    r"[-−―—–‐ー]?|[.]{2,3}|‥|x|[*]{1,4}|不明|非公表|秘匿|未定|#?n/?a|nan|null|none", re.IGNORECASE
)
# an id may be an x; a dash shared by many rows would be one person, or one visit that replaces another
_NO_ID: Final = re.compile(
    r"[-−―—–‐ー]*|[.]{2,3}|‥|[*]+|不明|非公表|秘匿|匿名|#?n/a|nan|null|none", re.IGNORECASE
)
# systems that cannot leave an end empty write this
_NO_END: Final = dt.date(9999, 12, 31)
_EARLIEST: Final = dt.date(1868, 1, 25)
_LATEST: Final = dt.date(2199, 12, 31)
_SERIAL_ZERO: Final = dt.date(1899, 12, 30)  # Excel's day 0, its leap-year bug of 1900 being behind us
_SERIALS: Final = range(20000, 80001)  # 1954-10-03 to 2119-01-11

_ERAS: Final = {
    "令和": (2018, dt.date(2019, 5, 1), _LATEST),
    "平成": (1988, dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    "昭和": (1925, dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    "大正": (1911, dt.date(1912, 7, 30), dt.date(1926, 12, 24)),
    "明治": (1867, dt.date(1868, 1, 25), dt.date(1912, 7, 29)),
}
_ERA_NAMES: Final = {
    **{name: name for name in _ERAS},
    **{name[0]: name for name in _ERAS},
    **dict(zip("RHSTM", _ERAS, strict=True)),
}
_ERA: Final = r"(?P<era>令和|平成|昭和|大正|明治|[令平昭大明RHSTM])\s*\.?\s*(?P<era_year>元|\d{1,2})"
_YEAR: Final = rf"(?:{_ERA}|(?P<year>\d{{4}}))"
_CLOCK: Final = r"(?:[T ]\d{1,2}(?::|時)\d{1,2}(?:(?::|分)\d{0,2}(?:[.]\d+)?秒?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_WEEKDAY: Final = r"(?:\s*\([月火水木金土日](?:曜日?)?\))?"
_DAY: Final = re.compile(
    rf"{_YEAR}\s*(?:年|[./-])\s*(?P<month>\d{{1,2}})\s*(?:月|[./-])\s*(?P<day>\d{{1,2}})\s*日?{_WEEKDAY}\s*{_CLOCK}"
)
_COMPACT_DAY: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4}(?:\d{2})?)?")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTH: Final = re.compile(rf"{_YEAR}\s*(?:年|[./-])\s*(?P<month>\d{{1,2}})月?")
_COMPACT_MONTH: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})")
_YEAR_ALONE: Final = re.compile(rf"{_YEAR}(?:年度?|[.]0)?")

_NUMBER: Final = re.compile(
    r"(?P<minus>[-−▲△])?\s*[¥\\]?\s*(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<power>e[+-]?\d{1,2})?"
    r"\s*(?P<scale>[万千億])?\s*(?:円|人|泊|回|件|名|枚|組|室|日|時間|マイル|miles?|yen|h)?"
)
_EXPONENT: Final = re.compile(r"\de[+-]?\d", re.IGNORECASE)
_SCALES: Final = {"千": 1_000, "万": 10_000, "億": 100_000_000}
_LARGEST: Final = 2**53  # beyond it a double no longer holds every integer

_NIGHTS: Final = re.compile(r"(?P<nights>\d{1,4})泊(?:\d{1,4}日)?(?:以上)?")
_MOST_NIGHTS: Final = 3660

_AMOUNT: Final = r"[¥\\]?\s*\d[\d,]*(?:\.\d+)?\s*[万千]?\s*円?"
_BAND: Final = re.compile(
    rf"(?:(?P<low>{_AMOUNT})\s*(?P<low_word>以上|から|超|[~〜–—-]))?\s*(?P<between>[~〜、,・-]|から)?\s*"
    rf"(?:(?P<high>{_AMOUNT})\s*(?P<high_word>未満|以下|まで|以内)?)?"
)
_NOTHING_SPENT: Final = frozenset(("使わない", "使っていない", "使わなかった", "なし", "無し", "無料"))


@dataclass(frozen=True)
class Yen:
    """An amount in yen. Exact: all three equal. A band: value is None, and an open end is None."""

    value: int | None
    low: int | None
    high: int | None


def normalized(text: str) -> str:
    """Return *text* in NFKC, trimmed: full-width digits and half-width kana become the usual ones."""
    return unicodedata.normalize("NFKC", text).strip()


def is_missing(text: str) -> bool:
    """Whether *text* is one of the signs official tables use for no figure."""
    return bool(_MISSING.fullmatch(normalized(text)))


def is_no_id(text: str) -> bool:
    """Whether *text* stands where there is no id: empty, dashes, 不明, NULL."""
    return bool(_NO_ID.fullmatch(normalized(text)))


def parse_id(text: str) -> str | None:
    """Return an id or keyword as it is compared: NFKC and trimmed."""
    return None if is_no_id(text) else normalized(text)


def parse_date(text: str) -> dt.date | None:
    """Return the day as written (ISO, 2025/7/1, 20250701, Excel serial, 和暦); a time of day is dropped.

    9999-12-31 means no end. Raises ValueRefusedError for what is no day of the calendar or of its era.
    """
    if is_missing(text):
        return None
    plain = normalized(text)
    found = _DAY.fullmatch(plain.upper()) or _COMPACT_DAY.fullmatch(plain)
    if found:
        day = _day(found, text)
        if day == _NO_END:
            return None
        if _EARLIEST <= day <= _LATEST:
            return day
        raise ValueRefusedError("value_date_range", value=_short(text))
    serial = _SERIAL.fullmatch(plain)
    if serial and int(serial[1]) in _SERIALS:
        return _SERIAL_ZERO + dt.timedelta(days=int(serial[1]))
    raise ValueRefusedError("value_date", value=_short(text))


def parse_month(text: str) -> str | None:
    """Return a calendar month as YYYY-MM; a full date gives its month."""
    if is_missing(text):
        return None
    plain = normalized(text).upper()
    found = _MONTH.fullmatch(plain) or _COMPACT_MONTH.fullmatch(plain)
    if not found:
        try:
            day = parse_date(text)
        except ValueRefusedError:
            day = None
        if day is None:
            raise ValueRefusedError("value_month", value=_short(text))
        return f"{day:%Y-%m}"
    year, month = _year(found, text), int(found["month"])
    if not 1 <= month <= 12 or not _EARLIEST.year <= year <= _LATEST.year:
        raise ValueRefusedError("value_month", value=_short(text))
    return f"{year:04d}-{month:02d}"


def parse_year(text: str) -> int | None:
    """Return a (fiscal) year: 2025, 2025年度, 令和7年度, S45."""
    if is_missing(text):
        return None
    found = _YEAR_ALONE.fullmatch(normalized(text).upper())
    year = _year(found, text) if found else 0
    if not _EARLIEST.year <= year <= _LATEST.year:
        raise ValueRefusedError("value_year", value=_short(text))
    return year


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
        raise ValueRefusedError("value_exponent", value=_short(text))
    if number != number.to_integral_value():
        raise ValueRefusedError("value_integer", value=_short(text))
    return int(number)


def parse_whole_yen(text: str) -> int | None:
    """Return an amount in whole yen; a fraction is rounded half up."""
    number = _decimal(text)
    return None if number is None else _round(number)


def parse_nights(text: str) -> int | None:
    """Return a number of nights, 0 or more: 2, 2泊, 2泊3日, 日帰り, 4泊以上 (the least it can be)."""
    plain = normalized(text)
    if plain in ("日帰り", "日帰", "宿泊なし", "宿泊しない"):
        return 0
    worded = _NIGHTS.fullmatch(plain)
    nights = int(worded["nights"]) if worded else parse_integer(text)
    if nights is not None and not 0 <= nights <= _MOST_NIGHTS:
        raise ValueRefusedError("value_nights", value=_short(text))
    return nights


def parse_yen(text: str) -> Yen | None:
    """Return an exact amount or a band: `5,000円以上 10,000円未満`, `1,000円未満` (from 0), `9万円以上`."""
    plain = normalized(text)
    if plain in _NOTHING_SPENT:
        return Yen(0, 0, 0)
    try:
        exact = parse_whole_yen(text)
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
    raise ValueRefusedError("value_enum", value=_short(text), known=", ".join(values))


def parse_organization(text: str) -> str | None:
    """Return an organization's id; 13 digits are a 法人番号 and their check digit must hold."""
    plain = normalized(text)
    digits = (
        plain[1:] if re.fullmatch(r"T\d{13}", plain) else plain
    )  # T: number of a qualified invoice issuer
    if re.fullmatch(r"\d{13}", digits):
        if corporate_check_digit(digits[1:]) != int(digits[0]):
            raise ValueRefusedError("value_corporate_number", value=_short(text))
        return digits
    return parse_id(text)


def corporate_check_digit(base: str) -> int:
    """Return the check digit of a 法人番号 from its last 12 digits (法人番号の指定等に関する省令)."""
    weighted = sum(int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(reversed(base)))
    return 9 - weighted % 9


def _day(found: re.Match[str], text: str) -> dt.date:
    try:
        day = dt.date(_year(found, text), int(found["month"]), int(found["day"]))
    except ValueError:
        raise ValueRefusedError("value_date", value=_short(text)) from None
    era = found.groupdict().get("era")
    if era:
        _, first, last = _ERAS[_ERA_NAMES[era]]
        if not first <= day <= last:
            raise ValueRefusedError("value_date_era", value=_short(text), era=_ERA_NAMES[era])
    return day


def _year(found: re.Match[str], text: str) -> int:
    groups = found.groupdict()
    if not groups.get("era"):
        return int(groups["year"])
    before, first, last = _ERAS[_ERA_NAMES[groups["era"]]]
    year = before + (1 if groups["era_year"] == "元" else int(groups["era_year"]))
    if not first.year <= year <= last.year:
        raise ValueRefusedError("value_date_era", value=_short(text), era=_ERA_NAMES[groups["era"]])
    return year


def _decimal(text: str) -> Decimal | None:
    if is_missing(text):
        return None
    found = _NUMBER.fullmatch(normalized(text).lower())
    if not found:
        raise ValueRefusedError("value_number", value=_short(text))
    digits = found["digits"].replace(",", "") + (found["fraction"] or "") + (found["power"] or "")
    number = Decimal(digits) * _SCALES.get(found["scale"], 1)
    if number > _LARGEST:
        raise ValueRefusedError("value_number_range", value=_short(text))
    return -number if found["minus"] else number


def _band(plain: str, text: str) -> Yen:
    found = _BAND.fullmatch(plain)
    if not found or not (found["low"] or found["high"]):
        raise ValueRefusedError("value_yen", value=_short(text))
    low = _amount(found["low"], text) if found["low"] else None
    high = _amount(found["high"], text) if found["high"] else None
    if high is not None and low is None and not (found["high_word"] or found["between"]):
        raise ValueRefusedError("value_yen", value=_short(text))
    if high is not None and low is None:
        low = 0
    if low is not None and high is not None and high < low:
        raise ValueRefusedError("value_yen", value=_short(text))
    return Yen(None, low, high)


def _amount(words: str, text: str) -> int:
    amount = parse_whole_yen(words)
    if amount is None:
        raise ValueRefusedError("value_yen", value=_short(text))
    return amount


def _round(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
