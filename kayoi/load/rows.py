"""The cells of a table's columns → stored columns, and the first reason why a row cannot be taken."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kayoi.contract import TABLES, TRACE_COLUMNS, Column, stored_columns
from kayoi.errors import CodeError, KayoiError, ValueRefusedError
from kayoi.keys import person_keys
from kayoi.load import forms, places, values
from kayoi.load.columns import Mapped
from kayoi.load.personal import quotable
from kayoi.load.sheet import Cells, Codes, combined
from kayoi.load.unseen import refuse_unseen, shown_text

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int64]

ARROW_TYPES: Final[Mapping[str, Any]] = {
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "varchar": pa.string(),
    "double": pa.float64(),
    "date": pa.date32(),
}
NO_DAY: Final = np.iinfo(np.int64).min
_EPOCH: Final = dt.date(1970, 1, 1)
# a period that ends before it begins: the later column is the one to mend
_PERIODS: Final = {
    "visits": ("arrived_on", "departed_on"),
    "coverage": ("covered_from", "covered_through"),
    "enrollments": ("started_on", "ended_on"),
    "programs": ("starts_on", "ends_on"),
    "events": ("starts_on", "ends_on"),
}
# ids and keywords are compared, so they are kept in NFKC; titles are kept as written
_COMPARED: Final = ("source", "metric", "kpi_id", "visit_id", "program_id")


@dataclass(frozen=True)
class Reason:
    """Why a row is rejected: the heading and text of a cell, and the error that says it in a language."""

    heading: str
    value: str
    error: KayoiError


@dataclass
class Rows:
    """A file's rows for one table; `reason_of` is -1 where a row can be taken, else a place in `reasons`."""

    columns: dict[str, Any]
    reason_of: Codes
    nights_differ: Mask  # departed_on is given and is not arrived_on + nights
    reasons: list[Reason] = field(default_factory=list)
    fallbacks: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def taken(self) -> Mask:
        """Which rows can be stored."""
        return self.reason_of < 0

    def refuse(self, distinct: Mapping[int, Reason], codes: Codes) -> None:
        """Reject every row whose code is in *distinct*, unless an earlier column already did."""
        if not distinct:
            return
        ids = np.full(max(int(codes.max(initial=0)), max(distinct)) + 1, -1, dtype=np.int32)
        for code, reason in distinct.items():
            ids[code] = len(self.reasons)
            self.reasons.append(reason)
        self.reason_of = np.where(self.reason_of < 0, ids[codes], self.reason_of)

    def refuse_rows(self, where: Mask, cells: Sequence[Cells], reason: Callable[..., Reason]) -> None:
        """Reject the rows of *where*; *reason* is called once per distinct combination of their texts."""
        where = where & self.taken
        if not where.any():
            return
        combinations, codes = combined([column.where(where) for column in cells])
        every = np.full(len(where), -1, dtype=np.int32)
        every[where] = codes
        # -1 would index the last reason: only rows of `where` may be looked up
        ids = np.array([len(self.reasons) + place for place in range(len(combinations))], dtype=np.int32)
        self.reasons.extend(reason(*texts) for texts in combinations)
        self.reason_of[where] = ids[every[where]]


@dataclass(frozen=True)
class _Read:
    """One column with each distinct text read once."""

    heading: str
    cells: Cells
    values: list[Any]

    def array(self, pick: Callable[[Any], Any], arrow_type: pa.DataType) -> pa.Array:
        distinct = pa.array(
            [None if value is None else pick(value) for value in self.values], type=arrow_type
        )
        return distinct.take(pa.array(self.cells.codes))

    def days(self) -> Days:
        distinct = [NO_DAY if value is None else (value - _EPOCH).days for value in self.values]
        return (
            np.array(distinct, dtype=np.int64)[self.cells.codes] if distinct else np.empty(0, dtype=np.int64)
        )


def read_rows(
    table: str, mapped: Mapping[str, Mapped], size: int, key: bytes, horizons: Mapping[str, dt.date]
) -> Rows:
    """Read every cell of *table*; *horizons* says through which day each municipality is vouched for.

    Returns all stored columns but the trace, one value per row; that of a rejected row means nothing.
    """
    rows = Rows({}, np.full(size, -1, dtype=np.int32), np.zeros(size, dtype=np.bool_))
    read: dict[str, _Read] = {}
    for column in TABLES[table].columns:
        if column.name in mapped:
            read[column.name] = _read_column(table, column, mapped[column.name], key, rows)
    days = {name: one.days() for name, one in read.items() if TABLES[table].column(name).type == "date"}
    if table == "visits":
        days["departed_on"], rows.nights_differ = _departures(days, read, size)
    _check_periods(table, days, read, rows)
    _check_horizons(table, days, read, horizons, rows)
    for column in TABLES[table].columns:
        if column.name in read or column.name in days:
            rows.columns |= _stored(column, read.get(column.name), days.get(column.name))
    for name, kind in stored_columns(table).items():
        if name not in rows.columns and name not in TRACE_COLUMNS:
            rows.columns[name] = pa.nulls(size, ARROW_TYPES[kind])
    return rows


def _read_column(table: str, column: Column, mapped: Mapped, key: bytes, rows: Rows) -> _Read:
    cells = mapped.cells
    parse = _parser(table, column, mapped)
    found: list[Any] = []
    refused: dict[int, KayoiError] = {}
    if column.type == "person":
        parse = partial(_person, dict(zip(cells.texts, person_keys(key, cells.texts), strict=True)))
    for place, item in enumerate(cells.parts or cells.texts):
        try:
            found.append(parse(item))
        except (ValueRefusedError, CodeError) as error:
            found.append(None)
            refused[place] = error.with_traceback(None)  # a traceback would keep its frames
    if column.required:
        for place, value in enumerate(found):
            if value is None and place not in refused:
                refused[place] = ValueRefusedError("value_required")
    distinct = {}
    for place, why in refused.items():
        # value tables keep the distinct texts in place: the same number finds the text as the file has it
        hides = column.type == "person" or column.name == "birth_year"
        value = "" if hides else quotable(mapped.as_read.texts[place])
        distinct[place] = Reason(mapped.heading, value, why)
    rows.refuse(distinct, cells.codes)
    if column.type in ("code", "code_or_prefecture"):
        _count_carried(column.name, found, cells, rows)
    return _Read(mapped.heading, cells, found)


def _person(known: Mapping[str, int], text: str) -> int | None:
    values.refuse_shown_in_part(text)
    refuse_unseen(text)
    return None if values.is_no_id(text) else known[text]


def _parser(table: str, column: Column, mapped: Mapped) -> Callable[[Any], Any]:
    if column.type in ("code", "code_or_prefecture"):
        allowed = column.type == "code_or_prefecture"
        if mapped.cells.parts is None:
            return partial(places.parse_place, prefecture_allowed=allowed)
        return lambda parts: places.parse_named_place(
            parts[0], parts[1], mapped.unresolved, prefecture_allowed=allowed
        )
    if column.type == "enum":
        return partial(values.parse_enum, values=column.values, column=f"{table}.{column.name}")
    return forms.reader(column, mapped.source, _plain_parser(column))


def _plain_parser(column: Column) -> Callable[[str], Any]:
    by_name: dict[str, Callable[[str], Any]] = {
        "nights": values.parse_nights,
        "birth_year": values.parse_birth_year,
        "fiscal_year": values.parse_year,
        "amount_yen": values.parse_whole_yen,
        "budget_yen": values.parse_whole_yen,
        "yen": values.parse_whole_yen,
        "organization_id": values.parse_organization,
        **dict.fromkeys(_COMPARED, values.parse_id),
    }
    by_type: dict[str, Callable[[str], Any]] = {
        "scope": places.parse_scope,
        "codes": places.parse_places,
        "date": values.parse_date,
        "month": values.parse_month,
        "integer": values.parse_integer,
        "number": values.parse_number,
        "yen": values.parse_yen,
        "text": lambda text: shown_text(text).strip() or None,
    }
    return by_name.get(column.name) or by_type.get(column.type, str)


def _count_carried(name: str, found: Sequence[places.Place | None], cells: Cells, rows: Rows) -> None:
    counts = np.bincount(cells.codes, minlength=len(found))
    for place, count in zip(found, counts, strict=True):
        if place is not None and count and (place.old or place.fallback):
            how = (name, place.fallback or "carried")
            rows.fallbacks[how] = rows.fallbacks.get(how, 0) + int(count)


def _departures(days: Mapping[str, Days], read: Mapping[str, _Read], size: int) -> tuple[Days, Mask]:
    """Return the day of departure, and where the nights say another one.

    The day is the one given, else arrival and nights, else the day of arrival.
    """
    arrived = days["arrived_on"]
    nights = np.zeros(size, dtype=np.int64)
    is_said = np.zeros(size, dtype=np.bool_)
    if "nights" in read and size:
        one = read["nights"]
        nights = np.array([value or 0 for value in one.values], dtype=np.int64)[one.cells.codes]
        is_said = np.array([value is not None for value in one.values], dtype=np.bool_)[one.cells.codes]
    counted = np.where(arrived == NO_DAY, NO_DAY, arrived + np.where(arrived == NO_DAY, 0, nights))
    given = days.get("departed_on")
    if given is None:
        return counted, np.zeros(size, dtype=np.bool_)
    differ = is_said & (given != NO_DAY) & (counted != NO_DAY) & (given != counted)
    return np.where(given == NO_DAY, counted, given), differ


def _check_periods(table: str, days: Mapping[str, Days], read: Mapping[str, _Read], rows: Rows) -> None:
    first, last = _PERIODS.get(table, ("", ""))
    if first not in read or last not in read:
        return
    backwards = (days[first] != NO_DAY) & (days[last] != NO_DAY) & (days[last] < days[first])
    heading = read[last].heading

    def reason(begins: str, ends: str) -> Reason:
        error = ValueRefusedError("value_period", first=begins.strip(), column=read[first].heading)
        return Reason(heading, ends, error)

    rows.refuse_rows(backwards, [read[first].cells, read[last].cells], reason)


def _check_horizons(
    table: str,
    days: Mapping[str, Days],
    read: Mapping[str, _Read],
    horizons: Mapping[str, dt.date],
    rows: Rows,
) -> None:
    dated_by = TABLES[table].dated_by
    if dated_by is None or not horizons:
        return
    place = read["municipality_code"]
    ends = [horizons.get(value.code) if value else None for value in place.values]
    horizon = np.array([NO_DAY if end is None else (end - _EPOCH).days for end in ends], dtype=np.int64)
    codes = place.cells.codes
    after = (horizon[codes] != NO_DAY) & (days[dated_by] != NO_DAY) & (days[dated_by] > horizon[codes])
    end_cells = Cells([end.isoformat() if end else "" for end in ends], codes)

    def reason(day: str, end: str) -> Reason:
        return Reason(read[dated_by].heading, day, ValueRefusedError("value_after_horizon", horizon=end))

    rows.refuse_rows(after, [read[dated_by].cells, end_cells], reason)


def _stored(column: Column, read: _Read | None, days: Days | None) -> dict[str, Any]:
    if days is not None:
        whole = pa.array(np.where(days == NO_DAY, 0, days).astype(np.int32), mask=days == NO_DAY)
        return {column.name: whole.cast(pa.date32())}
    if read is None or column.name == "nights":
        return {}
    match column.type:
        case "person":
            return {"person_key": read.array(lambda value: value, pa.int64())}
        case "code" | "code_or_prefecture":
            return {
                column.name: read.array(lambda place: place.code, pa.string()),
                f"{column.name}_old": read.array(lambda place: place.old, pa.string()),
            }
        case "yen":
            return {
                "spend_yen": read.array(lambda yen: yen.value, pa.int64()),
                "spend_low": read.array(lambda yen: yen.low, pa.int64()),
                "spend_high": read.array(lambda yen: yen.high, pa.int64()),
            }
        case "integer":
            return {column.name: read.array(lambda value: value, pa.int64())}
        case "number":
            return {column.name: read.array(lambda value: value, pa.float64())}
        case _:
            return {column.name: read.array(lambda value: value, pa.string())}
