"""Refused rows as a table to mend: the reasons in front of the columns as read, and back again."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from kayoi.errors import UnknownLoadError
from kayoi.formulas import guarded
from kayoi.i18n import Locale, translate
from kayoi.load import originals
from kayoi.load.entries import FileReconciliation
from kayoi.load.mapping import heading_key
from kayoi.load.reader import read_sheet
from kayoi.load.sheet import Cells, Sheet
from kayoi.load.stored import list_loads, rejects_of

# No supplier's heading begins so; a column under such a heading is ours, whatever follows.
MARK: Final = "【Kayoi】"
_COLUMNS: Final = ("line", "column", "reason")  # words: load.mend.<name>


@dataclass(frozen=True)
class Mending:
    """The refused rows of one file: our columns (line, column, reason), then those of the file as read."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def file_name(self) -> str:
        """Return a name under which the mended rows fill the same table."""
        return f"{Path(self.file).stem}_修正.csv"

    def csv_bytes(self) -> bytes:
        """Return the table as CSV (UTF-8 with byte order mark); no cell of it is a formula.

        Every cell that would be one, and every cell that begins with the quote that prevents it, has a quote
        in front: loading takes exactly that one away.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        for row in (self.headings, *self.rows):
            writer.writerow([_quoted(cell) for cell in row])
        return text.getvalue().encode("utf-8-sig")


def rejects_to_mend(
    warehouse: Path, load_id: int, file_no: int, *, key: bytes, locale: Locale = "ja"
) -> Mending:
    """Return the rows of one file that load *load_id* refused, with the reasons in front, in file order.

    Raises UnknownLoadError, OriginalMissingError where the file is no longer kept, LoadDamagedError.
    """
    load = next((one for one in list_loads(warehouse) if one.load_id == load_id), None)
    file = next((one for one in load.files if one.file_no == file_no), None) if load else None
    if load is None or file is None:
        raise UnknownLoadError("load_unknown", load=load_id)
    refused = [row for row in rejects_of(load).to_pylist() if row["file_no"] == file_no]
    data = originals.read(warehouse, file.sha256, key)
    return _mending(file, without_reasons(_read(file, data)), refused, locale)


def without_reasons(sheet: Sheet) -> Sheet:
    """Return a sheet of mended rows as the supplier's own: without our columns and our quotes.

    Any other sheet is returned as it is.
    """
    ours = [place for place, heading in enumerate(sheet.headings) if _is_ours(heading)]
    if not ours:
        return sheet
    theirs = [place for place in range(len(sheet.headings)) if place not in ours]
    return replace(
        sheet,
        headings=tuple(_unquoted(sheet.headings[place]) for place in theirs),
        columns=tuple(
            replace(sheet.columns[place], texts=[_unquoted(text) for text in sheet.columns[place].texts])
            for place in theirs
        ),
        cells_in_row=sheet.cells_in_row - np.int32(len(ours)),
    )


def _read(file: FileReconciliation, data: bytes) -> Sheet:
    name = file.file.partition("［")[0]  # the sheet of a workbook is in the layout
    return read_sheet(Path(name), data, file.table, wanted=(), layout=file.layout)


def _mending(
    file: FileReconciliation, sheet: Sheet, refused: Sequence[dict[str, object]], locale: Locale
) -> Mending:
    reasons = {row["line"]: row for row in refused}
    places = [place for place, line in enumerate(sheet.lines.tolist()) if line in reasons]
    ours = tuple(MARK + translate(locale, f"load.mend.{name}") for name in _COLUMNS)
    rows = []
    for place in places:
        why = reasons[int(sheet.lines[place])]
        said = (str(why["line"]), str(why["column"] or ""), str(why[f"reason_{locale}"] or ""))
        rows.append((*said, *(_text(column, place) for column in sheet.columns)))
    return Mending(file.file, (*ours, *sheet.headings), tuple(rows))


def _text(column: Cells, place: int) -> str:
    return str(column.texts[column.codes[place]])


def _is_ours(heading: str) -> bool:
    return heading_key(heading).startswith(heading_key(MARK))


def _quoted(text: str) -> str:
    return f"'{text}" if text.startswith("'") else guarded(text)


def _unquoted(text: str) -> str:
    return text.removeprefix("'")
