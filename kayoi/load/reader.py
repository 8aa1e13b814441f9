"""What a file says, read in a process with limits: its sheet, or what a person needs to see of it first."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from kayoi.contract import TABLES, Table
from kayoi.errors import FileRefusedError
from kayoi.load.child import Limits, Worker
from kayoi.load.decode import checked_suffix
from kayoi.load.headings import headings_of
from kayoi.load.layout import Layout, Wanted
from kayoi.load.mapping import Mapping
from kayoi.load.sheet import Sheet
from kayoi.load.unseen import shown_text

LIMITS: Final = Limits()


@dataclass(frozen=True)
class SheetSize:
    """One sheet of a file (no name: CSV, Parquet) with its rows and columns up to the last that is filled.

    `is_table` says whether the headings that are wanted stand in it, `headings` what stands there.
    """

    name: str
    rows: int
    columns: int
    is_table: bool = False
    is_visible: bool = True
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inspection:
    """What a file looks like before it is loaded, for a person to look at and correct.

    `first_rows` are the first 20 rows of the sheet as they stand, with their lines, blank ones too;
    `rows` are the records below the headings. `is_certain` is False where the headings are only the
    likeliest line. `sheet` is what was read, for `guess_sheet`; it holds people's rows: never store it.
    """

    file: str
    encoding: str
    sheets: tuple[SheetSize, ...]
    layout: Layout
    is_certain: bool
    headings: tuple[str, ...]
    first_rows: tuple[tuple[int, tuple[str, ...]], ...]
    rows: int
    sheet: Sheet


def inspect_file(
    path: Path,
    data: bytes | None = None,
    *,
    table: str | None = None,
    mapping: Mapping | None = None,
    layout: Layout | None = None,
) -> Inspection:
    """Return what the file at *path* looks like; where *data* is given, *path* only names it.

    *table* or *mapping* say what it should be; *layout* is what a person said about the place of the table.
    Raises FileRefusedError.
    """
    held = read_bytes(path) if data is None else data
    sheets = sheets_of(path, held, table=table, mapping=mapping, layout=layout)
    sheet = read_sheet(path, held, table, wanted=wanted_of(table, mapping), layout=layout)
    if not sheets[0].name:
        sheets = (replace(sheets[0], rows=sheet.rows, columns=len(sheet.headings)),)
    return Inspection(
        file=shown_name(path),
        encoding=sheet.encoding,
        sheets=sheets,
        layout=sheet.layout,
        is_certain=sheet.is_certain,
        headings=sheet.headings,
        first_rows=sheet.opening,
        rows=sheet.rows,
        sheet=sheet,
    )


def sheets_of(
    path: Path,
    data: bytes | None = None,
    *,
    table: str | None = None,
    mapping: Mapping | None = None,
    layout: Layout | None = None,
) -> tuple[SheetSize, ...]:
    """Return the sheets of a workbook with their sizes; one without a name for CSV and Parquet.

    Only the first rows of text are looked at: the size of CSV is that of its beginning.
    Raises FileRefusedError.
    """
    held = read_bytes(path) if data is None else data
    request = _request(path, held, None, wanted_of(table, mapping), layout or Layout())
    found = Worker.shared().outline(request, held)
    return tuple(SheetSize(**one | {"headings": tuple(one["headings"])}) for one in found)


def read_sheet(  # noqa: PLR0913 - what a sheet may be known by
    path: Path,
    data: bytes,
    table: str | None,
    *,
    wanted: Sequence[Wanted] | None = None,
    layout: Layout | None = None,
    siblings: Sequence[str] = (),
) -> Sheet:
    """Return what the file at *path* with the bytes *data* says; *table* names the sheet of a workbook.

    *wanted* are the headings to look for, those of *table* where nothing is said; *siblings* are sheets that
    are read as well, so not left unread. Raises FileRefusedError.
    """
    looked_for = wanted_of(table, None) if wanted is None else wanted
    sheet = Worker.shared().sheet(_request(path, data, table, looked_for, layout or Layout()), data)
    return replace(sheet, other_sheets=tuple(one for one in sheet.other_sheets if one not in siblings))


def wanted_of(table: str | None, mapping: Mapping | None) -> tuple[Wanted, ...]:
    """Return the headings a table is known by: the mapping's, the table's own, or those of any table."""
    if mapping is not None:
        sources = [one for one in mapping.target.columns.values() if not one.is_optional]
        needed = [*((heading,) for one in sources for heading in one.reads), *(one.either for one in sources)]
        known = (heading for target in (mapping.target, *mapping.also) for heading in target.knows)
        return (Wanted(tuple(dict.fromkeys(filter(None, needed))), tuple(dict.fromkeys(known))),)
    if table in TABLES:
        return (_own(TABLES[table], 1),)
    return tuple(
        _own(one, 2) for one in TABLES.values() if sum(column.required for column in one.columns) > 1
    )


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes; FileRefusedError where the system does not give them."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileRefusedError("file_unreadable", file=shown_name(path)) from error


def shown_name(path: Path) -> str:
    """Return the name of a file as it may be shown: without folders and signs that nobody sees."""
    return " ".join(shown_text(path.name).split())[:200] or "?"


def _own(table: Table, least: int) -> Wanted:
    japanese = headings_of(table.name)
    named = {column.name: (column.name, japanese[column.name]) for column in table.columns}
    required = tuple(named[column.name] for column in table.columns if column.required)
    return Wanted(required, tuple(chain.from_iterable(named.values())), least)


def _request(
    path: Path, data: bytes, table: str | None, wanted: Sequence[Wanted], layout: Layout
) -> dict[str, Any]:
    name = shown_name(path)
    return {
        "name": name,
        "table": table,
        "wanted": [asdict(one) for one in wanted],
        "layout": asdict(layout),
        "limits": LIMITS.of(checked_suffix(name, data), len(data)),
    }
