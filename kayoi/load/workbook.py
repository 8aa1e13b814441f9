"""XLSX and Parquet → a sheet of text, with values as a reader of the file sees them."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from kayoi.contract import TABLES
from kayoi.errors import FileRefusedError
from kayoi.load.sheet import Cells, Collector, Sheet

# a workbook is a zip: a small file can unfold into more than the machine holds
_MOST_BYTES: Final = 400 * 1024 * 1024
_MOST_ENTRIES: Final = 1_000
_MOST_RATIO: Final = 200


def shown(value: object) -> str:
    """Return a typed cell as text: dates in ISO, whole numbers without .0, nothing as an empty text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ")
        case float() if value != value:
            return ""
        case float() if value.is_integer() and abs(value) < 2**63:
            return str(int(value))
        case Decimal():
            return f"{value.normalize():f}"
        case bytes():
            return value.decode("utf-8", errors="replace")
        case _:
            return str(value)


def read_workbook(file: str, data: bytes, table: str | None) -> Sheet:
    """Return the sheet named as *table* (else as any input table, else the first with data) of a workbook."""
    _check_zip(file, data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            return _read_book(file, book, table)
        finally:
            book.close()
    except FileRefusedError:
        raise
    except Exception as error:  # openpyxl says anything at all about a damaged file
        raise FileRefusedError("file_workbook", file=file) from error


def _read_book(file: str, book: openpyxl.Workbook, table: str | None) -> Sheet:
    sheets = list(book.worksheets)
    wanted = (table,) if table else tuple(TABLES)
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() in wanted]
    for sheet in [*named, *(sheet for sheet in sheets if sheet not in named)]:
        sheet.reset_dimensions()  # the stated size is often wrong
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        found = _read_rows(rows, tuple(other.title for other in sheets if other is not sheet))
        if found is not None:
            return found
    raise FileRefusedError("file_empty", file=file)


def _read_rows(rows: Iterable[tuple[int, Sequence[object]]], other_sheets: tuple[str, ...]) -> Sheet | None:
    collector: Collector | None = None
    headings: list[str] = []
    for line, row in rows:
        texts = [shown(value) for value in row]
        if collector is not None:
            collector.add(texts, line)
        elif any(map(str.strip, texts)):
            headings = texts
            collector = Collector(len(headings))
            collector.open_with(headings, line)
    return collector.finish(headings, "xlsx", other_sheets) if collector is not None else None


def _check_zip(file: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefusedError("file_workbook", file=file) from error
    unfolded = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unfolded > min(_MOST_BYTES, _MOST_RATIO * len(data)):
        raise FileRefusedError("file_too_large", file=file)


def read_parquet(file: str, data: bytes) -> Sheet:
    """Return a Parquet file as text; `line` is the row number + 1, as if there were a heading line."""
    try:
        table = pq.read_table(pa.BufferReader(data))
    except (pa.ArrowInvalid, pa.ArrowException, OSError) as error:
        raise FileRefusedError("file_parquet", file=file) from error
    if not table.num_columns:
        raise FileRefusedError("file_empty", file=file)
    columns = [_text_column(file, name, table.column(name)) for name in table.column_names]
    filled = np.zeros(table.num_rows, dtype=np.bool_)
    for column in columns:
        filled |= np.array([bool(text.strip()) for text in column.texts], dtype=np.bool_)[column.codes]
    return Sheet(
        tuple(table.column_names),
        tuple(column.where(filled) for column in columns),
        (np.flatnonzero(filled) + 2).astype(np.int32),
        np.full(int(filled.sum()), len(columns), dtype=np.int32),
        "parquet",
        int((~filled).sum()),
    )


def _text_column(file: str, name: str, column: pa.ChunkedArray) -> Cells:
    if pa.types.is_nested(column.type):
        raise FileRefusedError("file_nested", file=file, column=name)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    whole = column.combine_chunks().dictionary_encode(null_encoding="encode")
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.unify_dictionaries().chunks)
    texts = [shown(value) for value in whole.dictionary.to_pylist()]
    return Cells(texts, whole.indices.to_numpy().astype(np.int32, copy=False))
