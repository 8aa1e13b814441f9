"""Parquet → a sheet of text, with values as a reader of the file sees them."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kayoi.errors import FileRefusedError
from kayoi.load.layout import Row
from kayoi.load.sheet import MOST_COLUMNS, PREVIEW_ROWS, Cells, Sheet, preview
from kayoi.load.shown import shown
from kayoi.load.unseen import shown_text

_MOST_CELLS: Final = 200_000_000
_MOST_BYTES: Final = 2 * 1024**3


def read_parquet(file: str, data: bytes) -> Sheet:
    """Return a Parquet file as text; `line` is the row number + 1, as if there were a heading line.

    Raises FileRefusedError for what is damaged, nested, or larger than it can be worth.
    """
    try:
        parquet = pq.ParquetFile(pa.BufferReader(data))
        _refuse_large(file, parquet)
        for column in parquet.schema_arrow:
            if pa.types.is_nested(column.type):
                raise FileRefusedError("file_nested", file=file, column=shown_text(column.name))
        table = parquet.read(use_threads=False)
    except pa.ArrowMemoryError as error:
        raise FileRefusedError("file_too_large", file=file) from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FileRefusedError("file_parquet", file=file) from error
    if not table.num_columns:
        raise FileRefusedError("file_empty", file=file)
    columns = [_text_column(column) for column in table.columns]
    filled = np.zeros(table.num_rows, dtype=np.bool_)
    for column in columns:
        filled |= np.array([bool(text.strip()) for text in column.texts], dtype=np.bool_)[column.codes]
    return Sheet(
        tuple(shown_text(name).strip() for name in table.column_names),
        tuple(column.where(filled) for column in columns),
        (np.flatnonzero(filled) + 2).astype(np.int32),
        np.full(int(filled.sum()), len(columns), dtype=np.int32),
        "parquet",
        int((~filled).sum()),
        opening=preview(_opening(tuple(table.column_names), columns)),
    )


def _refuse_large(file: str, parquet: pq.ParquetFile) -> None:
    described = parquet.metadata
    if described.num_columns > MOST_COLUMNS:
        raise FileRefusedError(
            "file_wide", file=file, columns=f"{described.num_columns:,}", most=f"{MOST_COLUMNS:,}"
        )
    sizes = (described.row_group(group).total_byte_size for group in range(described.num_row_groups))
    if described.num_rows * described.num_columns > _MOST_CELLS or sum(sizes) > _MOST_BYTES:
        raise FileRefusedError("file_too_large", file=file)


def _opening(headings: tuple[str, ...], columns: list[Cells]) -> list[Row]:
    rows = range(min(PREVIEW_ROWS - 1, len(columns[0].codes)))
    said = [(row + 2, [column.texts[column.codes[row]] for column in columns]) for row in rows]
    return [(1, headings), *said]


def _text_column(column: pa.ChunkedArray) -> Cells:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    whole = column.combine_chunks().dictionary_encode(null_encoding="encode")
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.unify_dictionaries().chunks)
    texts = [shown(value) for value in whole.dictionary.to_pylist()]
    return Cells(texts, whole.indices.to_numpy().astype(np.int32, copy=False))
