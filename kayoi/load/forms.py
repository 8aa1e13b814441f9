"""What a mapping declares about the form of a column's texts → how they are read."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from kayoi.contract import Column
from kayoi.errors import ValueRefusedError
from kayoi.load.bands import parse_age, parse_range
from kayoi.load.dates import parse_date, parse_month, parse_side
from kayoi.load.mapping import Source
from kayoi.load.signs import is_missing, readable
from kayoi.load.values import Yen, parse_number

# the first three letters of year, month and day, in the order in which they are written
ORDERS: Final = ("mdy", "dmy")
SIDES: Final = ("first", "last")
BOUNDS: Final = ("low", "high", "middle")
# what a bare number of the column counts → how many of the column's own unit (yen, hours, pieces) one is
UNITS: Final[Mapping[str, Decimal]] = {
    "千円": Decimal(1_000),
    "万円": Decimal(10_000),
    "百万円": Decimal(1_000_000),
    "億円": Decimal(100_000_000),
    "千": Decimal(1_000),
    "分": Decimal(1) / 60,
    "日": Decimal(8),  # a working day, where hours are asked for
}
_WHOLE: Final = ("integer", "yen")

_IN_ERA: Final = re.compile(r"(?:元|\d{1,2})\s?[年./-]\s?\d{1,2}.*")
_COMPACT_IN_ERA: Final = re.compile(r"(\d{2})(\d{2})(\d{2})")
_ORDERED: Final = re.compile(r"(?P<one>\d{1,2})[./-](?P<two>\d{1,2})[./-](?P<year>\d{4})(?P<rest>(?:\s.*)?)")

Parse = Callable[[Any], Any]


def reader(column: Column, source: Source, parse: Parse) -> Parse:
    """Return how the texts of *column* are read: by *parse*, after what *source* declares about their form.

    The texts are strings; with `per` or `age_on`, pairs of strings. The result raises ValueRefusedError.
    """
    if source.age_on is not None:
        return lambda parts: _birth_year(parts[0], parts[1], source)
    if source.per:
        amount = reader(column, replace(source, per=()), parse)
        return lambda parts: _shared(amount(parts[0]), parts[1], column, source.per[0])
    if column.type in ("date", "month"):
        return lambda text: _dated(text, column, source)
    if source.bound is not None:
        inner = _ranged(source)
        return inner if source.unit is None else lambda text: _scaled(text, column, source, inner)
    if source.unit is not None:
        return lambda text: _scaled(text, column, source, parse)
    return parse


def _dated(text: str, column: Column, source: Source) -> Any:  # noqa: ANN401 - a day or a month
    if is_missing(text):
        return None
    plain = readable(text, "value_date")
    if source.era is not None:
        plain = _with_era(plain, source.era)
    if source.order is not None:
        plain = _reordered(plain, source.order)
    if column.type == "month":
        return parse_month(plain)
    return parse_date(plain) if source.period is None else parse_side(plain, source.period)


def _with_era(plain: str, era: str) -> str:
    if _IN_ERA.fullmatch(plain):
        return era + plain
    compact = _COMPACT_IN_ERA.fullmatch(plain)
    return f"{era}{compact[1]}.{compact[2]}.{compact[3]}" if compact else plain


def _reordered(plain: str, order: str) -> str:
    found = _ORDERED.fullmatch(plain)
    if not found:
        return plain
    month, day = (found["one"], found["two"]) if order == "mdy" else (found["two"], found["one"])
    return f"{found['year']}-{month}-{day}{found['rest']}"


def _ranged(source: Source) -> Parse:
    def read(text: str) -> int | None:
        found = parse_range(text)
        return None if found is None or source.bound is None else found.pick(source.bound)

    return read


def _scaled(text: str, column: Column, source: Source, parse: Parse) -> Any:  # noqa: ANN401 - as the column's
    """Return a bare number times the unit; a text that names its own unit is read as it is."""
    assert source.unit is not None  # noqa: S101 - for mypy: the caller looked
    if is_missing(text):
        return None
    plain = readable(text, "value_number")
    is_bare = bool(re.fullmatch(r"[-−▲△]?\s?[\d,]+(?:\.\d+)?", plain))
    if not is_bare:
        return parse(text)
    number = parse_number(plain)
    if number is None:
        return None
    return _as_column(Decimal(str(number)) * UNITS[source.unit], column)


def _shared(value: Any, people: str, column: Column, heading: str) -> Any:  # noqa: ANN401 - as above
    """Return an amount divided by the number of people it was for."""
    if value is None:
        return None
    count = None if is_missing(people) else parse_number(people)
    if not count or count < 0:
        raise ValueRefusedError("value_per", column=heading)
    share = Decimal(str(count))
    if isinstance(value, Yen):
        ends = [
            None if end is None else _round(Decimal(end) / share)
            for end in (value.value, value.low, value.high)
        ]
        return Yen(*ends)
    return _as_column(Decimal(str(value)) / share, column)


def _as_column(number: Decimal, column: Column) -> Any:  # noqa: ANN401 - as the column's type has it
    if column.type == "yen":
        whole = _round(number)
        return Yen(whole, whole, whole)
    return _round(number) if column.type in _WHOLE else float(number)


def _round(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _birth_year(age: str, on: str, source: Source) -> int | None:
    """Return the year in which somebody of that age on that day was born, or the year before."""
    ages = parse_age(age)
    if ages is None:
        return None
    try:
        day: dt.date | None = parse_date(on)
    except ValueRefusedError:
        day = None
    if day is None:
        raise ValueRefusedError("value_age_on", column=source.age_on)
    if ages.high != ages.low and source.bound is None:
        raise ValueRefusedError("value_age")
    return day.year - ages.pick(source.bound or "low")
