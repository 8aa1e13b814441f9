"""A sheet between two processes: what is said of it as JSON, its columns as Arrow."""

import os
from dataclasses import asdict
from typing import Any, Final

import pyarrow as pa

from kayoi.load.layout import Layout
from kayoi.load.sheet import Cells, Sheet

_SCHEMAS: Final = {"texts": pa.large_string(), "numbers": pa.int32()}
_FACTS: Final = (
    "headings",
    "encoding",
    "blank_rows",
    "other_sheets",
    "is_certain",
    "title_rows",
    "repeated_headings",
    "error_cells",
    "opening",
)


def send(sheet: Sheet, target: int) -> dict[str, Any]:
    """Write the columns of *sheet* to the descriptor *target*; return the facts as JSON holds them."""
    with os.fdopen(os.dup(target), "wb") as file:
        for cells in sheet.columns:
            _put(file, cells.texts, "texts")
            _put(file, cells.codes, "numbers")
        _put(file, sheet.lines, "numbers")
        _put(file, sheet.cells_in_row, "numbers")
    return {name: getattr(sheet, name) for name in _FACTS} | {"layout": asdict(sheet.layout)}


def received(facts: dict[str, Any], target: int) -> Sheet:
    """Return the sheet that *facts* and the file descriptor *target* describe.

    Raises ValueError, LookupError, TypeError or an Arrow error where they do not: another process wrote them.
    """
    file = pa.BufferReader(read_whole(target))
    columns = []
    for _ in facts["headings"]:
        texts = _next(file, "texts")
        codes = _next(file, "numbers").to_numpy()
        if len(codes) and not 0 <= int(codes.min()) <= int(codes.max()) < len(texts):
            raise ValueError("codes without a text")
        columns.append(Cells(texts.to_pylist(), codes))
    lines, cells_in_row = (_next(file, "numbers").to_numpy() for _ in range(2))
    if {len(lines)} != {len(column.codes) for column in columns} | {len(cells_in_row)}:
        raise ValueError("columns of different length")
    return Sheet(
        headings=tuple(facts["headings"]),
        columns=tuple(columns),
        lines=lines,
        cells_in_row=cells_in_row,
        encoding=facts["encoding"],
        blank_rows=facts["blank_rows"],
        other_sheets=tuple(facts["other_sheets"]),
        layout=Layout(**facts["layout"]),
        is_certain=facts["is_certain"],
        title_rows=facts["title_rows"],
        repeated_headings=facts["repeated_headings"],
        error_cells=facts["error_cells"],
        opening=tuple((line, tuple(row)) for line, row in facts["opening"]),
    )


def read_whole(source: int) -> bytes:
    """Return everything in the file behind the descriptor *source*, whoever moved its position."""
    size = os.fstat(source).st_size
    pieces = []
    place = 0
    while place < size:
        piece = os.pread(source, min(size - place, 2**30), place)
        if not piece:
            break
        pieces.append(piece)
        place += len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _put(file: Any, values: Any, kind: str) -> None:  # noqa: ANN401 - texts or numbers
    array = pa.array(values, _SCHEMAS[kind])
    batch = pa.record_batch([array], names=[kind])
    with pa.ipc.new_stream(file, batch.schema) as stream:
        stream.write_batch(batch)


def _next(file: Any, kind: str) -> Any:  # noqa: ANN401 - pyarrow is untyped
    with pa.ipc.open_stream(file) as stream:
        batch = stream.read_next_batch()
        stream.read_all()  # up to the mark of its end
    array = batch.column(kind)
    array.validate(full=True)
    return array
