"""XLSX → a sheet of text, with values as a reader of the file sees them and merged cells told apart."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import python_calamine as calamine

from kayoi.contract import TABLES
from kayoi.errors import FileRefusedError
from kayoi.load.archive import check_archive
from kayoi.load.layout import Found, Layout, Merge, Row, Wanted, find_headings
from kayoi.load.sheet import MOST_COLUMNS, OPENING_ROWS, Collector, Sheet, preview, without_repeated
from kayoi.load.shown import shown
from kayoi.load.signs import normalized

MOST_SHEETS = 200


@dataclass(frozen=True)
class SheetOutline:
    """One sheet of a workbook: rows and columns up to the last with anything, and its first rows."""

    name: str
    is_visible: bool
    rows: int
    columns: int
    found: Found | None
    opening: tuple[Row, ...]


def read_workbook(
    file: str, data: bytes, table: str | None, wanted: Sequence[Wanted], given: Layout
) -> Sheet:
    """Return the sheet of a workbook that *given* names, else the one that fits best (`_choose`).

    Raises FileRefusedError.
    """
    errors = check_archive(file, data)
    with _opened(file, data) as book:
        outlines = _outlines(file, book, wanted, given)
        filled = [one for one in outlines if one.found is not None]
        chosen = _choose(file, outlines, table, given)
        others = tuple(one.name for one in filled if one.name != chosen.name)
        sheet = _read(file, _sheet(file, book, chosen.name), chosen)
    return replace(sheet, other_sheets=others, error_cells=errors)


def outline_workbook(
    file: str, data: bytes, wanted: Sequence[Wanted], given: Layout
) -> tuple[SheetOutline, ...]:
    """Return what each worksheet of a workbook looks like. Raises FileRefusedError."""
    check_archive(file, data)
    with _opened(file, data) as book:
        return tuple(_outlines(file, book, wanted, given))


def _opened(file: str, data: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise FileRefusedError("file_password", file=file) from error
    except (calamine.CalamineError, OSError, ValueError, TypeError) as error:
        raise FileRefusedError("file_workbook", file=file) from error


def _sheet(file: str, book: calamine.CalamineWorkbook, name: str) -> calamine.CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except (calamine.CalamineError, OSError, ValueError, TypeError) as error:
        raise FileRefusedError("file_workbook", file=file) from error


def _outlines(
    file: str, book: calamine.CalamineWorkbook, wanted: Sequence[Wanted], given: Layout
) -> list[SheetOutline]:
    """Look at every worksheet, one at a time: the sheets of a workbook are never in memory together."""
    sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    if not sheets:
        raise FileRefusedError("file_empty", file=file)
    if len(sheets) > MOST_SHEETS:
        raise FileRefusedError("file_too_large", file=file)
    found = []
    for one in sheets:
        sheet = _sheet(file, book, one.name)
        merges = _merges(sheet)
        opening = tuple(islice(_rows(sheet, merges), OPENING_ROWS))
        own = given if given.sheet in (None, one.name) else Layout()
        headings = find_headings(opening, wanted, own, merges) if sheet.width <= MOST_COLUMNS else None
        is_visible = one.visible == calamine.SheetVisibleEnum.Visible
        found.append(SheetOutline(one.name, is_visible, _height(sheet), sheet.width, headings, opening))
    return found


def _choose(file: str, outlines: Sequence[SheetOutline], table: str | None, given: Layout) -> SheetOutline:
    """Return the sheet given; else the one named as *table*, or as any table; else one with what is wanted.

    Else the first with data. Hidden sheets come last.
    """
    if given.sheet is not None:
        named = next((one for one in outlines if one.name == given.sheet), None)
        if named is None or named.found is None:
            known = "、".join(one.name for one in outlines)
            raise FileRefusedError("file_sheet_missing", file=file, sheet=given.sheet, known=known)
        return named
    filled = [one for one in outlines if one.found is not None]
    if not filled:
        raise FileRefusedError("file_empty", file=file)
    titles = (table,) if table else tuple(TABLES)

    def rank(one: SheetOutline) -> tuple[bool, bool, bool]:
        is_certain = one.found is not None and one.found.is_certain
        return (normalized(one.name).casefold() not in titles, not one.is_visible, not is_certain)

    return min(filled, key=rank)


def _read(file: str, sheet: calamine.CalamineSheet, outline: SheetOutline) -> Sheet:
    found = outline.found
    if found is None:
        raise FileRefusedError("file_empty", file=file)
    collector = Collector(len(found.headings))
    first = found.places.start
    above = [row for _, row in outline.opening[:first]]
    for line, row in islice(_rows(sheet, _merges(sheet)), found.places.stop, None):
        collector.add(row, line)
    title_rows = sum(1 for row in above if any(map(str.strip, row)))
    collector.blank_rows += len(above) - title_rows
    read = replace(
        collector.finish(found.headings, "xlsx"),
        layout=found.layout(outline.name),
        is_certain=found.is_certain,
        title_rows=title_rows,
        opening=preview(outline.opening),
    )
    return without_repeated(read, found.rows)


def _height(sheet: calamine.CalamineSheet) -> int:
    return sheet.end[0] + 1 if sheet.end else 0


def _merges(sheet: calamine.CalamineSheet) -> list[Merge]:
    left = sheet.start[1] if sheet.start else 0
    return [
        Merge(top + 1, first - left, bottom + 1, last - left)
        for (top, first), (bottom, last) in sheet.merged_cell_ranges or ()
        if first >= left
    ]


def _rows(sheet: calamine.CalamineSheet, merges: Sequence[Merge]) -> Iterator[Row]:
    """Yield every row with its line. A cell merged downwards says the same in each of its rows."""
    downwards = [one for one in merges if one.bottom > one.top and one.left == one.right]
    starting: dict[int, list[Merge]] = {}
    for one in downwards:
        starting.setdefault(one.top, []).append(one)
    open_: list[tuple[Merge, str]] = []
    for line, values in enumerate(sheet.iter_rows(), start=1):
        row = [shown(value) for value in values]
        if open_:
            open_ = [(one, text) for one, text in open_ if one.bottom >= line]
            if any(map(str.strip, row)):
                for one, text in open_:
                    if one.left < len(row) and not row[one.left]:
                        row[one.left] = text
        for one in starting.get(line, ()):
            open_.append((one, row[one.left] if one.left < len(row) else ""))
        yield line, row
