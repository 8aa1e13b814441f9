"""Lets a test draw a workbook: sheets of rows, merged cells, formats."""

import io
from collections.abc import Sequence

import openpyxl


def book(
    sheets: dict[str, Sequence[Sequence[object]]],
    merged: dict[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """Return an XLSX file; *merged* are ranges of each sheet (`A1:D1`), whose first cell keeps its value."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(title, ()):
            sheet.merge_cells(cells)
        if title in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def rows_of(drawn: str) -> list[list[object]]:
    """Return a drawn table (`a | b`) as rows; an empty cell is None, a line of dashes a blank row."""
    lines = [line.strip() for line in drawn.strip().splitlines()]
    return [
        [] if set(line) == {"-"} else [cell.strip() or None for cell in line.split("|")] for line in lines
    ]
