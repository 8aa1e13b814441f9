"""What has been loaded: the load folders of a warehouse and what their load.json says."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

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
    """Return the whole loads of a warehouse, oldest first; none where nothing was loaded."""
    return tuple(_stored_load(folder) for folder in load_folders(warehouse))


def load_folders(warehouse: Path) -> Iterator[Path]:
    """Yield the folders of the whole loads, oldest first; a load still being written has another name."""
    yield from sorted(folder for folder in (warehouse / "loads").glob("[0-9]*") if folder.name.isdecimal())


def read_reconciliation(warehouse: Path) -> pd.DataFrame:
    """Return one row per file and load: load_id, file, read, accepted, duplicate, rejected."""
    rows = [
        [getattr(file, column) for column in RECONCILIATION_COLUMNS]
        for load in list_loads(warehouse)
        for file in load.files
    ]
    frame = pd.DataFrame(rows, columns=list(RECONCILIATION_COLUMNS))
    types = {column: "str" if column == "file" else "int64" for column in RECONCILIATION_COLUMNS}
    return frame.astype(types)


def read_rejects(warehouse: Path) -> pd.DataFrame:
    """Return one row per rejected input row: where it stood, what it said, and why it was rejected."""
    return rejects_table(warehouse).select(REJECT_COLUMNS).to_pandas()


def rejects_table(warehouse: Path) -> pa.Table:
    """Return all rejects as an Arrow table, with the hash of the file each stood in."""
    found = [folder / "rejects.parquet" for folder in load_folders(warehouse)]
    tables = [pq.read_table(path) for path in found if path.exists()]
    return pa.concat_tables([REJECTS_SCHEMA.empty_table(), *tables])


def load_json(loaded_at: str, version: str, mapping: Mapping[str, str], load: StoredLoad) -> str:
    """Return what load.json holds."""
    described = {
        "load_id": load.load_id,
        "loaded_at": loaded_at,
        "kayoi_version": version,
        "mapping": dict(mapping),
        "tables": sorted(load.tables),
        "files": [asdict(file) for file in load.files],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _stored_load(folder: Path) -> StoredLoad:
    described = json.loads((folder / "load.json").read_text(encoding="utf-8"))
    return StoredLoad(
        load_id=described["load_id"],
        path=folder,
        loaded_at=described["loaded_at"],
        files=tuple(_file(one) for one in described["files"]),
        tables={table: folder / f"{table}.parquet" for table in described["tables"]},
    )


def _file(described: dict[str, Any]) -> FileReconciliation:
    return FileReconciliation(**described | {"notes": tuple(Note(**note) for note in described["notes"])})
