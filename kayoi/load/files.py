"""Which files a load reads, and which table each of them fills."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kayoi.contract import TABLES, Table
from kayoi.errors import FileRefusedError
from kayoi.load.decode import SUFFIXES, read_sheet
from kayoi.load.mapping import Mapping, heading_key
from kayoi.load.sheet import Sheet
from kayoi.load.values import normalized


@dataclass(frozen=True)
class Assignment:
    """A file and the table it fills; `mapping` is None where its headings are the contract's own."""

    path: Path
    table: str
    mapping: Mapping | None


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files of *paths* in the order given, each once; of a folder its tables sorted by name.

    Raises FileRefusedError for what is not there or is no table.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if _is_table(one))
            if not inside:
                raise FileRefusedError("file_folder_empty", file=path.name, known=", ".join(SUFFIXES))
        elif path.is_file():
            if path.suffix.lower() not in SUFFIXES:
                raise FileRefusedError("file_kind", file=path.name, known=", ".join(SUFFIXES))
            inside = [path]
        else:
            raise FileRefusedError("file_missing", file=path.name)
        for one in inside:
            found.setdefault(one.resolve(), one)
    return tuple(found.values())


def assign(files: Sequence[Path], mapping: Mapping | None) -> tuple[Assignment, ...]:
    """Return what each file fills, in the order of the contract's tables: coverage before what it bounds.

    A mapping holds for every file but those that are named as an input table and lack the mapping's headings.
    Raises FileRefusedError where neither name nor headings tell.
    """
    assigned = [_assign(path, mapping) for path in files]
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
    present = {heading_key(heading) for heading in headings}
    fitting = {
        table.name: _matches(table, present) for table in TABLES.values() if _has_required(table, present)
    }
    best = max(fitting.values(), default=0)
    leading = [table for table, matches in fitting.items() if matches == best]
    return leading[0] if best >= 2 and len(leading) == 1 else None


def _assign(path: Path, mapping: Mapping | None) -> Assignment:
    named = table_named(path.stem)
    if mapping is not None:
        if named is None or _has(_headings(path, named), mapping.reads):
            return Assignment(path, mapping.target.table, mapping)
        return Assignment(path, named, None)
    if named is not None:
        return Assignment(path, named, None)
    sheet = read_sheet(path, read_bytes(path), None)
    table = table_of_headings(sheet.headings)
    if table is None:
        _refuse_title(path, sheet)
        raise FileRefusedError("file_table_unknown", file=path.name, known=", ".join(TABLES))
    return Assignment(path, table, None)


def _refuse_title(path: Path, sheet: Sheet) -> None:
    """Raise FileRefusedError, naming the line, where the headings of a table stand below a title."""
    for line, row in sheet.opening:
        table = table_of_headings(row)
        if table is not None:
            required = "、".join(column.name for column in TABLES[table].columns if column.required)
            raise FileRefusedError(
                "file_headings_below", file=path.name, line=line, columns=required, table=table
            )


def _headings(path: Path, table: str | None) -> tuple[str, ...]:
    return read_sheet(path, read_bytes(path), table).headings


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes; FileRefusedError where the system does not give them."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRefusedError("file_unreadable", file=path.name) from error


def _is_table(path: Path) -> bool:
    # ~$ is the mark of a workbook that is open in Excel
    return path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def _has(headings: Sequence[str], wanted: Sequence[str]) -> bool:
    present = {heading_key(heading) for heading in headings}
    return all(heading_key(heading) in present for heading in wanted)


def _has_required(table: Table, present: set[str]) -> bool:
    return all(column.name in present for column in table.columns if column.required)


def _matches(table: Table, present: set[str]) -> int:
    return sum(1 for column in table.columns if column.name in present)
