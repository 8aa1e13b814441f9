"""Which files a load reads, and which table each of them fills."""

import re
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kayoi.contract import TABLES, Table
from kayoi.errors import FileRefusedError
from kayoi.load.decode import SUFFIXES
from kayoi.load.layout import Layout
from kayoi.load.mapping import Mapping, own_headings
from kayoi.load.reader import SheetSize, read_bytes, sheets_of, shown_name
from kayoi.load.values import normalized


@dataclass(frozen=True)
class Assignment:
    """A file, or one sheet of it, and the table it fills.

    `mapping` is None where its headings are the contract's own; `layout` is where a person says the table
    stands, or which sheet it is. `siblings` are other sheets of the workbook that are read as well.
    """

    path: Path
    table: str
    mapping: Mapping | None
    layout: Layout | None = None
    siblings: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """What the file is called where its rows are accounted for; with the sheet where several are read."""
        name = shown_name(self.path)
        return f"{name}［{self.layout.sheet}］" if self.siblings and self.layout else name


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files of *paths* in the order given, each once; of a folder its tables sorted by name.

    Raises FileRefusedError for what is not there or is no table.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if _is_table(one))
            if not inside:
                raise FileRefusedError("file_folder_empty", file=shown_name(path), known=", ".join(SUFFIXES))
        elif path.is_file():
            if path.suffix.lower() not in SUFFIXES:
                raise FileRefusedError("file_kind", file=shown_name(path), known=", ".join(SUFFIXES))
            inside = [path]
        else:
            raise FileRefusedError("file_missing", file=shown_name(path))
        for one in inside:
            found.setdefault(one.resolve(), one)
    return tuple(found.values())


def assign(
    files: Sequence[Path], mapping: Mapping | None, layouts: Dictionary[Path, Layout] | None = None
) -> tuple[Assignment, ...]:
    """Return what each file fills, in the order of the contract's tables: coverage before what it bounds.

    A mapping holds for every file but those that are named as an input table and lack the mapping's headings.
    Of a workbook every sheet that holds what is wanted is assigned, unless *layouts* names one. Raises
    FileRefusedError where neither name nor headings tell.
    """
    given = layouts or {}
    assigned = [one for path in files for one in _assign(path, mapping, given.get(path))]
    order = {table: place for place, table in enumerate(TABLES)}
    return tuple(sorted(assigned, key=lambda one: order[one.table]))


def table_named(stem: str) -> str | None:
    """Return the table a file name begins with: visits, visits_2024-09, Visits（9月）."""
    plain = normalized(stem).casefold()
    for table in sorted(TABLES, key=len, reverse=True):
        if re.match(rf"{table}(?![a-z])", plain):
            return table
    return None


def table_of_headings(headings: Sequence[str]) -> str | None:
    """Return the table with all its required columns and more of the others here than any other table."""
    owned = {table.name: own_headings(table, headings) for table in TABLES.values()}
    fitting = {name: len(own) for name, own in owned.items() if _has_required(TABLES[name], set(own))}
    best = max(fitting.values(), default=0)
    leading = [table for table, matches in fitting.items() if matches == best]
    return leading[0] if best >= 2 and len(leading) == 1 else None


def _assign(path: Path, mapping: Mapping | None, layout: Layout | None) -> list[Assignment]:
    named = table_named(path.stem)
    is_one_sheet = path.suffix.lower() != ".xlsx"
    if is_one_sheet and named is not None and mapping is None:
        return [Assignment(path, named, None, layout)]
    if is_one_sheet and named is None and mapping is not None:
        return [Assignment(path, mapping.target.table, mapping, layout)]
    data = read_bytes(path)
    if mapping is not None:
        sheets = sheets_of(path, data, mapping=mapping, layout=layout)
        if named is None or any(one.is_table for one in sheets):
            fills = mapping.target.table
            return _each(path, _chosen(sheets, layout, fills), fills, mapping, layout)
    sheets = sheets_of(path, data, table=named, layout=layout)
    if named is not None:
        return _each(path, _chosen(sheets, layout, named), named, None, layout)
    tables = {one.name: table for one in _given(sheets, layout) if (table := _table_of(one)) is not None}
    if not tables:
        raise FileRefusedError("file_table_unknown", file=shown_name(path), known=", ".join(TABLES))
    several = len(tables) > 1
    return [
        Assignment(path, table, None, _on_sheet(layout, sheet), tuple(tables) if several else ())
        for sheet, table in tables.items()
    ]


def _each(
    path: Path, sheets: Sequence[str], table: str, mapping: Mapping | None, layout: Layout | None
) -> list[Assignment]:
    """Return one assignment for each of *sheets*; one that leaves the choice to the reader for none."""
    if len(sheets) < 2:
        one = _on_sheet(layout, sheets[0]) if sheets else layout
        return [Assignment(path, table, mapping, one)]
    return [Assignment(path, table, mapping, _on_sheet(layout, one), tuple(sheets)) for one in sheets]


def _chosen(sheets: Sequence[SheetSize], layout: Layout | None, table: str) -> list[str]:
    """Return the sheets that are read: the one named as the table, else every one with what is wanted."""
    if layout is not None and layout.sheet is not None:
        return [layout.sheet]
    filled = [one for one in sheets if one.name and one.headings]
    named = [one for one in filled if normalized(one.name).casefold() == table]
    return [one.name for one in named or _visible([one for one in filled if one.is_table])]


def _given(sheets: Sequence[SheetSize], layout: Layout | None) -> list[SheetSize]:
    named = layout.sheet if layout else None
    if named is not None:
        return [one for one in sheets if one.name == named]
    return _visible([one for one in sheets if one.headings])


def _visible(sheets: list[SheetSize]) -> list[SheetSize]:
    """Leave out hidden sheets, old copies mostly, unless there is no other."""
    return [one for one in sheets if one.is_visible] or sheets


def _table_of(sheet: SheetSize) -> str | None:
    title = normalized(sheet.name).casefold()
    return title if title in TABLES else table_of_headings(sheet.headings)


def _on_sheet(layout: Layout | None, sheet: str) -> Layout | None:
    return replace(layout or Layout(), sheet=sheet) if sheet else layout


def _is_table(path: Path) -> bool:
    # ~$ is the mark of a workbook that is open in Excel
    return path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def _has_required(table: Table, present: set[str]) -> bool:
    return all(column.name in present for column in table.columns if column.required)
