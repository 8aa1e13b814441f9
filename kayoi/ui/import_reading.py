"""Files as they arrive: received once, read by a child process, grouped by their headings."""

from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st

from kayoi.errors import KayoiError
from kayoi.load import Inspection, Layout, inspect_file
from kayoi.load.mended import without_reasons
from kayoi.load.sheet import Cells, Sheet
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_draft import Draft, Reading, Received
from kayoi.ui.import_preview import PREVIEWED

_SAMPLED: Final = 200  # distinct texts of a column that are looked at


def read_received(desk: Desk, draft: Draft) -> None:
    """Read every file that was not read yet, saying which; a file that is refused keeps its refusal."""
    waiting = [file for file in draft.received.values() if file.sha256 not in draft.readings]
    if not waiting:
        return
    bar = st.progress(0.0)
    for done, file in enumerate(waiting):
        words = desk.t("import.reading", file=file.name, done=done + 1, total=len(waiting))
        bar.progress(done / len(waiting), words)
        draft.readings[file.sha256] = _read(file, draft.layouts.get(file.sha256))
    bar.empty()


def _read(file: Received, layout: Layout | None) -> Reading | KayoiError:
    try:
        found = inspect_file(Path(file.name), file.path.read_bytes(), layout=layout)
    except KayoiError as error:
        return error
    return _reading(found)


def _reading(found: Inspection) -> Reading:
    # Of rows that came back mended, the columns with our reasons are not the supplier's.
    sheet = without_reasons(found.sheet)
    return Reading(
        encoding=found.encoding,
        sheets=found.sheets,
        layout=found.layout,
        is_certain=found.is_certain,
        headings=sheet.headings,
        first_rows=found.first_rows,
        rows=found.rows,
        head=_head(sheet),
        samples=tuple(tuple(cells.texts[:_SAMPLED]) for cells in sheet.columns),
    )


def _head(sheet: Sheet) -> Sheet:
    """Return the first records alone: the rest of a large file is not kept in the session."""
    count = min(PREVIEWED, sheet.rows)
    columns = tuple(
        Cells([cells.texts[code] for code in cells.codes[:count]], np.arange(count, dtype=np.int32))
        for cells in sheet.columns
    )
    return Sheet(sheet.headings, columns, sheet.lines[:count], sheet.cells_in_row[:count], sheet.encoding)
