"""A file's rows as columns of distinct texts, so that each text is read once however often it occurs."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kayoi.load.layout import FOUND, Layout, Row

Codes = npt.NDArray[np.int32]

MOST_COLUMNS: Final = 16_384  # as many as a sheet of Excel has
OPENING_ROWS: Final = 60  # looked at to find the headings
PREVIEW_ROWS: Final = 20  # shown to a person
_SHOWN_COLUMNS: Final = 500
_SHOWN_CHARACTERS: Final = 200


@dataclass(frozen=True)
class Cells:
    """One column: row i holds `texts[codes[i]]`, an empty text where the cell is empty.

    `parts` replaces the text where a value comes from several cells (prefecture and name).
    """

    texts: Sequence[str]
    codes: Codes
    parts: Sequence[tuple[str, ...]] | None = None

    def where(self, keep: npt.NDArray[np.bool_]) -> "Cells":
        """Return the rows that *keep* marks; the distinct texts stay as they are."""
        return Cells(self.texts, self.codes[keep], self.parts)


@dataclass(frozen=True)
class Sheet:
    """What a file says: headings as written, a column for each, the line each record starts on (from 1)."""

    headings: tuple[str, ...]
    columns: tuple[Cells, ...]
    lines: Codes
    cells_in_row: Codes  # more than the headings: the row is rejected
    encoding: str
    blank_rows: int = 0
    other_sheets: tuple[str, ...] = ()  # sheets with data that were not read
    layout: Layout = FOUND  # where the table was found
    is_certain: bool = True  # False: the headings are only the likeliest line
    title_rows: int = 0  # lines above the headings with something in them
    repeated_headings: int = 0
    error_cells: int = 0  # of a workbook: #N/A and the like, which are read as empty
    opening: tuple[tuple[int, tuple[str, ...]], ...] = ()  # the first rows, whole, with their lines

    @property
    def rows(self) -> int:
        """Number of records: rows below the headings that are neither blank nor the headings again."""
        return len(self.lines)


@dataclass
class Collector:
    """Gathers rows of text into columns a block at a time: a million rows never stand as Python lists."""

    width: int
    block: int = 50_000
    _rows: list[Sequence[str]] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _blocks: list[list[Any]] = field(default_factory=list)
    _line_blocks: list[Codes] = field(default_factory=list)
    _long: dict[int, int] = field(default_factory=dict)
    _count: int = 0
    blank_rows: int = 0

    def add(self, row: Sequence[str], line: int) -> None:
        """Take one record that starts on *line*; a blank one is counted, not kept."""
        if not any(map(str.strip, row)):
            self.blank_rows += 1
            return
        if len(row) != self.width:
            row = self._fitted(row)
        self._rows.append(row)
        self._lines.append(line)
        self._count += 1
        if len(self._rows) == self.block:
            self._close_block()

    def finish(self, headings: Sequence[str], encoding: str) -> Sheet:
        """Return everything taken as a sheet."""
        self._close_block()
        columns = tuple(
            _cells(pa.chunked_array([block[place] for block in self._blocks], type=_DICTIONARY))
            for place in range(self.width)
        )
        counts = np.full(self._count, self.width, dtype=np.int32)
        for row, cells in self._long.items():
            counts[row] = cells
        lines = np.concatenate(self._line_blocks) if self._line_blocks else np.empty(0, dtype=np.int32)
        return Sheet(tuple(headings), columns, lines, counts, encoding, self.blank_rows)

    def _fitted(self, row: Sequence[str]) -> Sequence[str]:
        # a spreadsheet's trailing separators are no cells; anything else beyond the headings is
        if any(map(str.strip, row[self.width :])):
            self._long[self._count] = len(row)
        return [*row[: self.width], *[""] * (self.width - len(row))]

    def _close_block(self) -> None:
        if not self._rows:
            return
        columns = zip(*self._rows, strict=True) if self.width else ()
        self._blocks.append([pa.array(column, type=pa.string()).dictionary_encode() for column in columns])
        self._line_blocks.append(np.array(self._lines, dtype=np.int32))
        self._rows, self._lines = [], []


_DICTIONARY = pa.dictionary(pa.int32(), pa.string())


def _cells(column: pa.ChunkedArray) -> Cells:
    if not column.num_chunks:
        return Cells([], np.empty(0, dtype=np.int32))
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0)
    return Cells(whole.dictionary.to_pylist(), whole.indices.to_numpy().astype(np.int32, copy=False))


def preview(rows: Sequence[Row]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the first rows as a person is shown them: a page of text in a cell is cut."""
    return tuple(
        (line, tuple(text[:_SHOWN_CHARACTERS] for text in row[:_SHOWN_COLUMNS]))
        for line, row in rows[:PREVIEW_ROWS]
    )


def without_repeated(sheet: Sheet, headings: Sequence[Sequence[str]]) -> Sheet:
    """Return *sheet* without the rows that say one of the *headings* lines again, which are counted.

    A lone line that says less than two things is never taken for the headings.
    """
    repeated = np.zeros(sheet.rows, dtype=np.bool_)
    for line in headings:
        if len(headings) == 1 and sum(1 for text in line if text.strip()) < min(2, len(sheet.columns)):
            continue
        same = sheet.cells_in_row <= len(sheet.columns)
        for place, column in enumerate(sheet.columns):
            text = line[place].strip() if place < len(line) else ""
            equal = np.array([one.strip() == text for one in column.texts], dtype=np.bool_)
            same &= equal[column.codes] if len(equal) else not text
        repeated |= same
    if not repeated.any():
        return sheet
    keep = ~repeated
    return replace(
        sheet,
        columns=tuple(column.where(keep) for column in sheet.columns),
        lines=sheet.lines[keep],
        cells_in_row=sheet.cells_in_row[keep],
        repeated_headings=int(repeated.sum()),
    )


def combined(columns: Sequence[Cells]) -> tuple[list[tuple[str, ...]], Codes]:
    """Return the distinct combinations of several columns' texts, and which one each row holds."""
    codes = columns[0].codes.astype(np.int64)
    for column in columns[1:]:
        _, codes = np.unique(codes * max(1, len(column.texts)) + column.codes, return_inverse=True)
        codes = codes.astype(np.int64)
    _, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    combinations = [tuple(column.texts[column.codes[row]] for column in columns) for row in first]
    return combinations, inverse.astype(np.int32)
