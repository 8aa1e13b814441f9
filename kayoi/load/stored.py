"""What has been loaded: the load folders of a warehouse and what their load.json says."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kayoi.contract import TABLES
from kayoi.errors import LoadDamagedError
from kayoi.i18n import Locale, translate

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
    ]
)


@dataclass(frozen=True)
class Note:
    """Something worth knowing about a file that is no error, and how many rows or columns it concerns."""

    key: str  # of locales/*.toml
    count: int
    what: str = ""

    def text(self, locale: Locale) -> str:
        """Return the note in the reader's language."""
        return translate(locale, self.key, count=f"{self.count:,}", what=self.what)


@dataclass(frozen=True)
class FileReconciliation:
    """Where the rows of one file went: read = accepted + duplicate + rejected."""

    load_id: int
    file_no: int
    file: str
    table: str
    sha256: str
    size: int
    encoding: str
    mapping: str
    read: int
    accepted: int
    duplicate: int
    rejected: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class StoredLoad:
    """One load: its folder, its files and the Parquet file of each table it added rows to."""

    load_id: int
    path: Path
    loaded_at: str
    files: tuple[FileReconciliation, ...]
    tables: Mapping[str, Path] = field(default_factory=dict)


def list_loads(warehouse: Path) -> tuple[StoredLoad, ...]:
    """Return the loads of a warehouse, oldest first; none where nothing was loaded.

    Every file is compared with what was recorded of it. Raises LoadDamagedError for the first load that is
    not as it was written: figures from part of the rows would look like figures from all of them.
    """
    return tuple(_stored_load(folder) for folder in load_folders(warehouse))


def damaged_loads(warehouse: Path) -> tuple[LoadDamagedError, ...]:
    """Return what is wrong with each load that is not as it was written, oldest first."""
    found = []
    for folder in load_folders(warehouse):
        try:
            _stored_load(folder)
        except LoadDamagedError as error:
            found.append(error)
    return tuple(found)


def load_folders(warehouse: Path) -> Iterator[Path]:
    """Yield the folders of the whole loads, oldest first; a load still being written has another name."""
    yield from sorted(folder for folder in (warehouse / "loads").glob("[0-9]*") if folder.name.isdecimal())


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
    """Return all rejects as an Arrow table, with the hash of the file each stood in.

    Raises LoadDamagedError.
    """
    found = [load.path / "rejects.parquet" for load in list_loads(warehouse)]
    tables = [pq.read_table(path) for path in found if path.exists()]
    return pa.concat_tables([REJECTS_SCHEMA.empty_table(), *tables])


def load_json(loaded_at: str, version: str, mapping: Mapping[str, str], load: StoredLoad) -> str:
    """Return what load.json holds; the Parquet files are whole and closed by now."""
    described = {
        "load_id": load.load_id,
        "loaded_at": loaded_at,
        "kayoi_version": version,
        "mapping": dict(mapping),
        "tables": sorted(load.tables),
        "sealed": {path.name: _seal(path) for path in sorted(load.path.glob("*.parquet"))},
        "files": [asdict(file) for file in load.files],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _stored_load(folder: Path) -> StoredLoad:
    try:
        described = json.loads((folder / "load.json").read_text(encoding="utf-8"))
        load = StoredLoad(
            load_id=described["load_id"],
            path=folder,
            loaded_at=described["loaded_at"],
            files=tuple(_file(one) for one in described["files"]),
            tables={table: folder / f"{table}.parquet" for table in described["tables"]},
        )
        sealed = _sealed(described.get("sealed"))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise LoadDamagedError("load_undescribed", load=folder.name, folder=folder) from error
    is_ours = load.load_id == int(folder.name) and load.tables.keys() <= TABLES.keys()
    if not is_ours:
        raise LoadDamagedError("load_undescribed", load=folder.name, folder=folder)
    for name in sorted(_not_as_written(load, sealed)):
        files = "、".join(file.file for file in load.files)
        raise LoadDamagedError("load_damaged", load=folder.name, folder=folder, file=name, files=files)
    return load


def _file(described: dict[str, Any]) -> FileReconciliation:
    return FileReconciliation(**described | {"notes": tuple(Note(**note) for note in described["notes"])})


def _sealed(described: Mapping[str, Any] | None) -> dict[str, dict[str, Any]] | None:
    if described is None:
        return None
    return {name: {"rows": one["rows"], "sha256": one["sha256"]} for name, one in described.items()}


def _not_as_written(load: StoredLoad, sealed: Mapping[str, dict[str, Any]] | None) -> set[str]:
    """Return the files of a load that are missing, altered, or not among those it wrote."""
    if sealed is not None:
        found = {path.name for path in load.path.glob("*.parquet")}
        altered = {name for name in sealed.keys() & found if _seal(load.path / name) != sealed[name]}
        return altered | (sealed.keys() ^ found) | ({path.name for path in load.tables.values()} - found)
    # written before loads were sealed: the rows are known from the reconciliation
    rows = dict.fromkeys(load.tables, 0)
    for file in load.files:
        rows[file.table] = rows.get(file.table, 0) + file.accepted
        for note in file.notes:
            if note.key == "load.note.also":
                rows[note.what] = rows.get(note.what, 0) + note.count
    return {f"{table}.parquet" for table, count in rows.items() if count != _rows(load.path, table)}


def _rows(folder: Path, table: str) -> int:
    return int(_seal(folder / f"{table}.parquet")["rows"])


def _seal(path: Path) -> dict[str, Any]:
    """Return what tells a Parquet file from any other: its rows and its hash; -1 rows where it is none."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"rows": int(pq.read_metadata(path).num_rows), "sha256": digest}
    except (OSError, pa.ArrowException):
        return {"rows": -1 if path.exists() else 0, "sha256": ""}
