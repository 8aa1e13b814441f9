"""A funnel over any file of events: columns person, time (date or timestamp) and event."""

import csv
import io
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from kayoi.behaviour.definition import Plan
from kayoi.behaviour.reach import Entered, prepare, put_rows, reach
from kayoi.engine import Engine
from kayoi.errors import FileRefusedError, ValueRefusedError
from kayoi.load.dates import parse_date
from kayoi.load.decode import encoding_of
from kayoi.load.layout import Wanted
from kayoi.load.reader import read_bytes, read_sheet

COLUMNS: Final = ("person", "time", "event")
SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
_DELIMITERS: Final = (",", "\t", ";")
ASKED: Final = {
    "ask_file_rows": {
        "row_no": "bigint",
        "person": "varchar",
        "time_text": "varchar",
        "happened_at": "timestamp",
        "event": "varchar",
    },
    "ask_file_days": {"time_text": "varchar", "on_day": "date"},
    "ask_names": {"event": "varchar", "mask": "integer"},
}
_JAPANESE_TIME: Final = timedelta(hours=9)  # there has been no summer time since 1951
# parse_date reads the day of a time as well; a time that lost its hours would stand in the wrong order
_CLOCK: Final = re.compile(r"[:：時]|[0-9]{5}[.][0-9]*[1-9]|[0-9]{8}T?[0-9]{4,6}")


@dataclass(frozen=True)
class FileFunnel:
    """Counts of a file: rows of funnel_counts with the names of the steps, and what to say about the file."""

    steps: pd.DataFrame  # step, name, people, dropped, step_rate, start_rate
    rows: int
    missing: tuple[str, ...]  # steps that no row of the file has


def count_file(path: Path, names: Sequence[str], plan: Plan) -> FileFunnel:
    """Count a funnel whose n-th step is the event called names[n - 1] over the file at *path*.

    Raises FileRefusedError where the file cannot be read, lacks a column, or has a row without a person or
    with a time that cannot be read.
    """
    rows = _read(path)
    masks: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        masks[name] = masks.get(name, 0) | plan.bit(number)
    with tempfile.TemporaryDirectory(prefix="kayoi-") as folder:
        engine = Engine.working(Path(folder), {})
        try:
            engine.put("ask_file_rows", rows, ASKED["ask_file_rows"])
            put_rows(engine, "ask_names", list(masks.items()), ASKED["ask_names"])
            put_rows(engine, "ask_file_days", _days(engine, path), ASKED["ask_file_days"])
            engine.create("funnel_file_tracks")
            engine.create("funnel_file_events", {"is_strict": plan.order == "strict"})
            engine.rename("funnel_file_events", "funnel_events")
            engine.rename("funnel_file_tracks", "funnel_tracks")
            engine.drop("ask_file_rows")
            prepare(engine, plan)
            reach(engine, plan, Entered())
            counts = engine.fetch("funnel_counts")
        finally:
            engine.close()
    counts.insert(1, "name", list(names))
    found = set(pc.unique(rows["event"]).to_pylist())
    return FileFunnel(counts, rows.num_rows, tuple(name for name in masks if name not in found))


def _days(engine: Engine, path: Path) -> list[tuple[str, date]]:
    """Return the days of times that are not ISO: 20250701, 令和7年7月1日. Raises FileRefusedError."""
    days = []
    for text, row in engine.fetch("funnel_file_unread").itertuples(index=False):
        try:
            day = None if _CLOCK.search(text) else parse_date(text)
        except ValueRefusedError:
            day = None
        if day is None:
            raise FileRefusedError("funnel_file_time", file=path.name, row=int(row), value=text[:40])
        days.append((text, day))
    return days


def _read(path: Path) -> pa.Table:
    """Return the rows of a file as ask_file_rows has them; raises FileRefusedError."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise FileRefusedError("file_kind", file=path.name, known=", ".join(SUFFIXES))
    if not path.is_file():
        raise FileRefusedError("file_missing", file=path.name)
    columns = _parquet(path) if suffix == ".parquet" else _texts(path, suffix)
    person, time, event = (columns[name] for name in COLUMNS)
    is_typed = pa.types.is_temporal(time.type)
    person, event = _text(person), _text(event)
    numbers = pa.array(np.arange(1, len(person) + 1))
    nothing = pa.nulls(len(person), pa.string())
    table = pa.table(
        {
            "row_no": numbers,
            "person": person,
            "time_text": nothing if is_typed else _text(time),
            "happened_at": _timestamps(time) if is_typed else pa.nulls(len(person), pa.timestamp("us")),
            "event": event,
        }
    )
    return _checked(path, table, is_typed=is_typed)


def _checked(path: Path, table: pa.Table, *, is_typed: bool) -> pa.Table:
    """Return the rows that are not blank; raises FileRefusedError for one without a person or a time."""
    has_person = pc.not_equal(table["person"], "")
    has_time = pc.is_valid(table["happened_at"]) if is_typed else pc.not_equal(table["time_text"], "")
    has_event = pc.not_equal(table["event"], "")
    is_blank = pc.invert(pc.or_(pc.or_(has_person, has_time), has_event))
    for name, has in (("person", has_person), ("time", has_time)):
        lacking = pc.and_(pc.invert(has), pc.invert(is_blank))
        if pc.any(lacking, min_count=0).as_py():
            first = table["row_no"].filter(lacking)[0].as_py()
            raise FileRefusedError("funnel_file_empty_cell", file=path.name, row=first, column=name)
    return table.filter(pc.invert(is_blank)) if pc.any(is_blank, min_count=0).as_py() else table


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as text without blanks around it; nothing is an empty text."""
    return pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), ""))


def _timestamps(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return dates and timestamps as Japanese wall-clock time."""
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        utc = column.cast(pa.timestamp("us", "UTC"), safe=False).cast(pa.timestamp("us"))
        return pc.add(utc, pa.scalar(_JAPANESE_TIME, pa.duration("us")))
    return column.cast(pa.timestamp("us"), safe=False)


def _parquet(path: Path) -> dict[str, pa.ChunkedArray]:
    try:
        file = pa_parquet.ParquetFile(path)
        headings = _headings(path, file.schema_arrow.names)
        table = file.read(columns=list(headings.values()))
        columns = {name: table[heading] for name, heading in headings.items()}
        if any(pa.types.is_nested(column.type) for column in columns.values()):
            raise FileRefusedError("file_parquet", file=path.name)
    except (pa.ArrowException, OSError) as error:
        raise FileRefusedError("file_parquet", file=path.name) from error
    if pa.types.is_time(columns["time"].type) or pa.types.is_duration(columns["time"].type):
        raise FileRefusedError("funnel_file_time", file=path.name, row=1, value=str(columns["time"][0]))
    return columns


def _texts(path: Path, suffix: str) -> dict[str, pa.ChunkedArray]:
    data = read_bytes(path)
    if not data.strip():
        raise FileRefusedError("file_empty", file=path.name)
    if suffix == ".xlsx":
        sheet = read_sheet(path, data, None, wanted=(Wanted(tuple((name,) for name in COLUMNS), COLUMNS),))
        headings = _headings(path, sheet.headings)
        cells = {name: sheet.columns[sheet.headings.index(heading)] for name, heading in headings.items()}
        return {
            name: pa.chunked_array(
                [pa.DictionaryArray.from_arrays(pa.array(one.codes), pa.array(one.texts, pa.string()))]
            )
            for name, one in cells.items()
        }
    data = data if b"\n" in data else data + b"\n"  # Arrow takes headings without a line end for nothing
    encoding = encoding_of(data, path.name)
    if encoding != "utf-8-sig":
        data = data.decode(encoding).encode()
    return _csv(path, data)


def _csv(path: Path, data: bytes) -> dict[str, pa.ChunkedArray]:
    """Return the columns of a UTF-8 text; read by Arrow, for there may be tens of millions of rows."""
    first_line = data[:100_000].decode("utf-8-sig", errors="ignore").lstrip("\r\n").splitlines()[:1]
    split = [next(csv.reader(io.StringIO(*first_line), delimiter=one), []) for one in _DELIMITERS]
    delimiter, listed = max(zip(_DELIMITERS, split, strict=True), key=lambda pair: len(pair[1]))
    headings = _headings(path, listed)
    try:
        table = pa_csv.read_csv(
            pa.BufferReader(data),
            read_options=pa_csv.ReadOptions(block_size=16 * 2**20),
            parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=b'"' in data),
            convert_options=pa_csv.ConvertOptions(
                include_columns=list(headings.values()),
                column_types=dict.fromkeys(headings.values(), pa.string()),
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowException, OSError, KeyError) as error:
        raise FileRefusedError("funnel_file_rows", file=path.name, columns=len(listed)) from error
    return {name: table[heading] for name, heading in headings.items()}


def _headings(path: Path, found: Sequence[str]) -> dict[str, str]:
    """Return column → its heading as written; raises FileRefusedError where one is missing or there twice."""
    headings = {}
    for name in COLUMNS:
        alike = [heading for heading in found if heading.strip().casefold() == name]
        if len(alike) > 1:
            raise FileRefusedError("file_column_twice", file=path.name, column=name)
        if alike:
            headings[name] = alike[0]
    missing = [name for name in COLUMNS if name not in headings]
    if missing:
        raise FileRefusedError(
            "funnel_file_columns", file=path.name, columns=", ".join(missing), needed=", ".join(COLUMNS)
        )
    return headings
