"""What has been loaded: which loads of a warehouse count, where their rows went, and what was refused."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kayoi.errors import LoadDamagedError
from kayoi.load.entries import (
    FileReconciliation,
    Note,
    Standing,
    StoredLoad,
    is_standing,
    load_folders,
    previous_of,
    read_entry,
)

REJECT_COLUMNS: Final = ("load_id", "file", "table", "line", "column", "value", "reason_ja", "reason_en")
RECONCILIATION_COLUMNS: Final = ("load_id", "file", "read", "accepted", "duplicate", "rejected")
REJECTS_SCHEMA: Final[Any] = pa.schema(
    [
        ("load_id", pa.int32()),
        ("file", pa.string()),
        ("table", pa.string()),
        ("line", pa.int32()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason_ja", pa.string()),
        ("reason_en", pa.string()),
        ("file_sha256", pa.string()),
        ("file_no", pa.int32()),
    ]
)
_PLACE: Final = ("file_no", "file_sha256", "table", "line", "column")

__all__ = [
    "FileReconciliation",
    "Note",
    "StoredLoad",
    "damaged_loads",
    "last_standing",
    "list_loads",
    "load_folders",
    "next_id",
    "previous_id",
    "read_reconciliation",
    "read_rejects",
    "rejects_of",
    "rejects_table",
]


def list_loads(warehouse: Path) -> tuple[StoredLoad, ...]:
    """Return the loads of a warehouse that count, oldest first; none where nothing was loaded.

    Every file is compared with what was recorded of it. Raises LoadDamagedError for the first load that is
    not as it was written: figures from part of the rows would look like figures from all of them.
    """
    standing = last_standing(warehouse)
    withdrawn = standing.withdrawn if standing else {}
    found = []
    for folder in _in_one_row(warehouse, withdrawn):
        if int(folder.name) in withdrawn:
            continue
        entry = read_entry(folder)
        if isinstance(entry, StoredLoad):
            found.append(_as_it_counts(entry, standing))
    return tuple(found)


def damaged_loads(warehouse: Path) -> tuple[LoadDamagedError, ...]:
    """Return what is wrong with each load that is not as it was written, oldest first."""
    found = []
    for folder in load_folders(warehouse):
        try:
            read_entry(folder)
        except LoadDamagedError as error:
            found.append(error)
    try:
        standing = last_standing(warehouse)
        for _ in _in_one_row(warehouse, standing.withdrawn if standing else {}):
            pass
    except LoadDamagedError as error:
        if not found:
            found.append(error)
    return tuple(found)


def last_standing(warehouse: Path) -> Standing | None:
    """Return the entry that says which loads count, None where none was ever withdrawn.

    Raises LoadDamagedError.
    """
    for folder in reversed(list(load_folders(warehouse))):
        if is_standing(folder):
            entry = read_entry(folder)
            if isinstance(entry, Standing):
                return entry
    return None


def next_id(warehouse: Path) -> int:
    """Return the number of the next entry; that of a load that went is never given again."""
    return previous_id(warehouse) + 1


def previous_id(warehouse: Path) -> int:
    """Return the number of the last entry, 0 where there is none. Raises LoadDamagedError."""
    standing = last_standing(warehouse)
    gone = standing.withdrawn if standing else {}
    return max([0, *gone, *(int(folder.name) for folder in load_folders(warehouse))])


def read_reconciliation(warehouse: Path) -> pd.DataFrame:
    """Return one row per file and load: load_id, file, read, accepted, duplicate, rejected.

    Raises LoadDamagedError.
    """
    rows = [
        [getattr(file, column) for column in RECONCILIATION_COLUMNS]
        for load in list_loads(warehouse)
        for file in load.files
    ]
    frame = pd.DataFrame(rows, columns=list(RECONCILIATION_COLUMNS))
    types = {column: "str" if column == "file" else "int64" for column in RECONCILIATION_COLUMNS}
    return frame.astype(types)


def read_rejects(warehouse: Path) -> pd.DataFrame:
    """Return one row per rejected input row: where it stood, what it said, and why it was rejected.

    Raises LoadDamagedError.
    """
    return rejects_table(warehouse).select(REJECT_COLUMNS).to_pandas()


def rejects_table(warehouse: Path) -> pa.Table:
    """Return all rejects of the loads that count as an Arrow table, with the hash of the file each stood in.

    A file that was loaded again is listed with its first load. Raises LoadDamagedError.
    """
    tables = [REJECTS_SCHEMA.empty_table()]
    seen: set[tuple[Any, ...]] = set()
    for load in list_loads(warehouse):
        rejected = rejects_of(load)
        sheets = {file.file_no: file.layout.sheet if file.layout else None for file in load.files}
        found = zip(*(rejected[name].to_pylist() for name in _PLACE), strict=True)
        places = [(sheets.get(file_no), *place) for file_no, *place in found]
        is_new = [place not in seen and not seen.add(place) for place in places]  # type: ignore[func-returns-value]
        tables.append(rejected.filter(pa.array(is_new, pa.bool_())))
    return pa.concat_tables(tables)


def rejects_of(load: StoredLoad) -> pa.Table:
    """Return the rejects of one load as REJECTS_SCHEMA has them."""
    path = load.path / "rejects.parquet"
    if not path.exists():
        return REJECTS_SCHEMA.empty_table()
    table = pq.read_table(path)
    if "file_no" not in table.column_names:  # written before rejects knew their file by number
        numbers = {(file.sha256, file.table): file.file_no for file in reversed(load.files)}
        named = zip(table["file_sha256"].to_pylist(), table["table"].to_pylist(), strict=True)
        table = table.append_column("file_no", pa.array([numbers.get(one, 0) for one in named], pa.int32()))
    return table.select(REJECTS_SCHEMA.names).cast(REJECTS_SCHEMA)


def _in_one_row(warehouse: Path, withdrawn: Mapping[int, object]) -> Iterator[Path]:
    """Yield every entry; a load that is gone without having been withdrawn is damage like any other."""
    seen = set(withdrawn)
    for folder in load_folders(warehouse):
        number = int(folder.name)
        before = previous_of(folder)
        if before and before not in seen:
            lost = f"{before:06d}"
            raise LoadDamagedError("load_missing", load=lost, number=before, folder=folder.with_name(lost))
        seen.add(number)
        yield folder


def _as_it_counts(load: StoredLoad, standing: Standing | None) -> StoredLoad:
    instead = standing.instead.get(load.load_id) if standing else None
    if instead is None:
        return load
    files = tuple(
        replace(file, accepted=counts[0], duplicate=counts[1])
        if (counts := instead.counts.get(file.file_no))
        else file
        for file in load.files
    )
    both = {**load.tables, **instead.tables}
    return replace(load, tables={table: path for table, path in both.items() if path}, files=files)
