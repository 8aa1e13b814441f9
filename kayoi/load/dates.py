"""The text of a cell → a day, a month, a year; and the first or last day of what is longer than a day."""

import calendar
import datetime as dt
import re
from typing import Final, Literal

from kayoi.errors import ValueRefusedError
from kayoi.load.signs import is_missing, readable, short

Side = Literal["first", "last"]

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
ERA_NAMES: Final = {
    **{name: name for name in _ERAS},
    **{name[0]: name for name in _ERAS},
    **dict(zip("RHSTM", _ERAS, strict=True)),
}
_ERA: Final = r"(?P<era>令和|平成|昭和|大正|明治|[令平昭大明RHSTM])\s?\.?\s?(?P<era_year>元|\d{1,2})"
_YEAR: Final = rf"(?:{_ERA}|(?P<year>\d{{4}}))"
# a time of day stands behind a T, a space or 日, never straight behind the digits of the day
_CLOCK: Final = (
    r"(?:(?:T|\s|(?<=\D))(?:(?:午前|午後|[AP]M)\s?)?\d{1,2}(?::|時)(?:\d{1,2}(?:(?::|分)\d{0,2}(?:[.]\d+)?秒?)?)?"
    r"(?:\s?[AP]M)?(?:Z|\s?[+-]\d{2}:?\d{2}|\s?JST)?)?"
)
_WEEKDAY: Final = r"(?:\s?(?:\([月火水木金土日](?:曜日?)?(?:・?祝)?\)|[月火水木金土日]曜日?))?"
_DAY: Final = re.compile(
    rf"{_YEAR}\s?(?:年|[./-])\s?(?P<month>\d{{1,2}})\s?(?:月|[./-])\s?(?P<day>\d{{1,2}})\s?日?{_WEEKDAY}{_CLOCK}"
)
_COMPACT_DAY: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4}(?:\d{2})?)?")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTH: Final = re.compile(rf"{_YEAR}\s?(?:年|[./-])\s?(?P<month>\d{{1,2}})\s?月?")
_COMPACT_MONTH: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})")
_YEAR_ALONE: Final = re.compile(rf"(?:FY\s?)?{_YEAR}\s?(?P<fiscal>年度|年|[.]0)?")
_BORN: Final = re.compile(r"\s?(?:生まれ|生)$")
_KANJI_YEAR: Final = re.compile("[〇零元一二三四五六七八九十]+(?=年|月|日)")
_KANJI_DIGITS: Final = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}

_RANGE: Final = re.compile(r"\s?(?:[~〜]|から|より)\s?|(?<=[\d日)])\s?[-–—―]\s?(?=\d{4}\s?[年./])|\s[-–—―]\s")
_TAIL_DAY: Final = re.compile(r"(?:(?P<month>\d{1,2})\s?(?:月|[./-])\s?)?(?P<day>\d{1,2})\s?日?")
_TAIL_MONTH: Final = re.compile(r"\d{1,2}\s?月")
_HEAD: Final = re.compile(
    r"(?P<year>\D{0,2}(?:元|\d{1,4})\s?(?:年|[./-])\s?)(?P<month>\d{1,2}\s?(?:月|[./-])\s?)"
)


def parse_date(text: str) -> dt.date | None:
    """Return the day as written (ISO, 2025/7/1, 20250701, Excel serial, 和暦); a time of day is dropped.

    9999-12-31 means no end. Raises ValueRefusedError for what is no day of the calendar or of its era, and
    for a year of two digits without an era.
    """
    if is_missing(text):
        return None
    plain = _in_digits(readable(text, "value_date")).upper()
    found = _DAY.fullmatch(plain) or _COMPACT_DAY.fullmatch(plain)
    if found:
        day = _day(found, text)
        if day == _NO_END:
            return None
        if _EARLIEST <= day <= _LATEST:
            return day
        raise ValueRefusedError("value_date_range", value=short(text))
    serial = _SERIAL.fullmatch(plain)
    if serial and int(serial[1]) in _SERIALS:
        return _SERIAL_ZERO + dt.timedelta(days=int(serial[1]))
    raise ValueRefusedError("value_date", value=short(text))


def parse_month(text: str) -> str | None:
    """Return a calendar month as YYYY-MM; a full date gives its month."""
    if is_missing(text):
        return None
    month = _month(text)
    if month is not None:
        return month
    try:
        day = parse_date(text)
    except ValueRefusedError:
        day = None
    if day is None:
        raise ValueRefusedError("value_month", value=short(text))
    return f"{day:%Y-%m}"


def parse_year(text: str) -> int | None:
    """Return a (fiscal) year: 2025, 2025年度, FY2025, 令和7年度, S45."""
    if is_missing(text):
        return None
    found = _YEAR_ALONE.fullmatch(_in_digits(readable(text, "value_year")).upper())
    year = _year(found, text) if found else 0
    if not _EARLIEST.year <= year <= _LATEST.year:
        raise ValueRefusedError("value_year", value=short(text))
    return year


def parse_birth_year(text: str) -> int | None:
    """Return a year of birth: a year (1985, 昭和60年生まれ), or that of a full date of birth."""
    plain = _BORN.sub("", readable(text, "value_year"))
    try:
        return parse_year(plain)
    except ValueRefusedError:
        try:
            day = parse_date(plain)
        except ValueRefusedError:
            day = None
        if day is None:
            raise ValueRefusedError("value_year") from None
        return day.year


def parse_side(text: str, side: Side) -> dt.date | None:
    """Return the first or last day of what is written: a range, a month, a year, a fiscal year, or a day.

    `2025/7/1～7/3` is 2025-07-01 and 2025-07-03; 2025年7月, 2025 (1 January to 31 December), 令和7年度
    (1 April to 31 March) likewise. The second half of a range may leave out the year, and the month.
    Raises ValueRefusedError.
    """
    if is_missing(text):
        return None
    plain = readable(text, "value_date")
    head, *rest = _RANGE.split(plain, maxsplit=1)
    tail = rest[0] if rest else ""
    if not rest:
        return _bound(plain, side)
    if side == "first":
        return _bound(head, side)
    if not tail:  # 2025/7/1～: it goes on
        return None
    return _bound(_completed(head, tail), side)


def _bound(text: str, side: Side) -> dt.date | None:
    plain = _in_digits(readable(text, "value_date")).upper()
    month = _month(plain)
    if month is not None:
        year, number = map(int, month.split("-"))
        return dt.date(year, number, 1 if side == "first" else calendar.monthrange(year, number)[1])
    found = _YEAR_ALONE.fullmatch(plain)
    if not found or found["fiscal"] == ".0":
        return parse_date(text)
    year = _year(found, text)
    if not _EARLIEST.year < year < _LATEST.year:
        raise ValueRefusedError("value_date_range", value=short(text))
    if found["fiscal"] == "年度" or plain.startswith("FY"):
        return dt.date(year, 4, 1) if side == "first" else dt.date(year + 1, 3, 31)
    return dt.date(year, 1, 1) if side == "first" else dt.date(year, 12, 31)


def _completed(head: str, tail: str) -> str:
    """Return the second half of a range with the year, and the month, of the first where it lacks them."""
    begins, ends = _HEAD.match(head), _TAIL_DAY.fullmatch(tail)
    if begins and _TAIL_MONTH.fullmatch(tail):
        return begins["year"] + tail
    if not begins or not ends:
        return tail
    return begins["year"] + (tail if ends["month"] else begins["month"] + tail)


def _month(text: str) -> str | None:
    plain = _in_digits(readable(text, "value_month")).upper()
    found = _MONTH.fullmatch(plain) or _COMPACT_MONTH.fullmatch(plain)
    if not found:
        return None
    year, month = _year(found, text), int(found["month"])
    if not 1 <= month <= 12 or not _EARLIEST.year <= year <= _LATEST.year:
        raise ValueRefusedError("value_month", value=short(text))
    return f"{year:04d}-{month:02d}"


def _day(found: re.Match[str], text: str) -> dt.date:
    try:
        day = dt.date(_year(found, text), int(found["month"]), int(found["day"]))
    except ValueError:
        raise ValueRefusedError("value_date", value=short(text)) from None
    era = found.groupdict().get("era")
    if era:
        _, first, last = _ERAS[ERA_NAMES[era]]
        if not first <= day <= last:
            raise ValueRefusedError("value_date_era", value=short(text), era=ERA_NAMES[era])
    return day


def _year(found: re.Match[str], text: str) -> int:
    groups = found.groupdict()
    if not groups.get("era"):
        return int(groups["year"])
    before, first, last = _ERAS[ERA_NAMES[groups["era"]]]
    year = before + (1 if groups["era_year"] == "元" else int(groups["era_year"]))
    if not first.year <= year <= last.year:
        raise ValueRefusedError("value_date_era", value=short(text), era=ERA_NAMES[groups["era"]])
    return year


def _in_digits(plain: str) -> str:
    """Return 令和七年十二月一日 with its numerals as digits; 元 stays."""
    return _KANJI_YEAR.sub(lambda found: _number(found[0]), plain)


def _number(kanji: str) -> str:
    if kanji == "元":
        return kanji
    tens, ten, ones = kanji.partition("十")
    if not ten:
        return "".join(str(_KANJI_DIGITS.get(digit, digit)) for digit in kanji)
    if len(tens) > 1 or len(ones) > 1 or "元" in kanji or "十" in ones:
        return kanji
    return str(_KANJI_DIGITS.get(tens, 1) * 10 + _KANJI_DIGITS.get(ones, 0))
