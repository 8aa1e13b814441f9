"""One folder of loads/: a load, or a word on which loads count, and whether it is as it was written."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from kayoi.contract import TABLES
from kayoi.durable import read_sealed_json, sealed_json, sha256_of
from kayoi.errors import LoadDamagedError
from kayoi.i18n import Locale, translate
from kayoi.load.layout import Layout

STANDING: Final = "standing.json"  # in the place of load.json: which loads count from here on
REPEATS: Final = ".repeats.parquet"


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
    layout: Layout | None = None  # where the table stood in the file


@dataclass(frozen=True)
class StoredLoad:
    """One load: its folder, its files and the Parquet file of each table it added rows to.

    `repeats` holds, per table, the rows that an earlier load had brought already: they count again where that
    load is withdrawn.
    """

    load_id: int
    path: Path
    loaded_at: str
    files: tuple[FileReconciliation, ...]
    tables: Mapping[str, Path] = field(default_factory=dict)
    repeats: Mapping[str, Path] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True)
class Instead:
    """What one load counts for since others went or came back: tables (None: no row), and file counts."""

    tables: Mapping[str, Path | None]
    counts: Mapping[int, tuple[int, int]]  # file_no → accepted, duplicate


@dataclass(frozen=True)
class Standing:
    """An entry that changed which loads count: a load withdrawn, or one brought back."""

    entry_id: int
    path: Path
    kind: Literal["withdrawal", "restoration"]
    of: int
    at: str
    by: str
    why: str
    withdrawn: Mapping[int, dict[str, Any]] = field(default_factory=dict)  # all that do not count since then
    instead: Mapping[int, Instead] = field(default_factory=dict)


def load_folders(warehouse: Path) -> Iterator[Path]:
    """Yield the folders of the whole loads, oldest first; a load still being written has another name."""
    yield from sorted(folder for folder in (warehouse / "loads").glob("[0-9]*") if folder.name.isdecimal())


def is_standing(folder: Path) -> bool:
    """Whether an entry is a withdrawal or a restoration; what cannot be read is taken for a load."""
    return (folder / STANDING).exists()


def load_json(described: Mapping[str, Any], load: StoredLoad) -> str:
    """Return what load.json holds, with what else is *described*; the Parquet files are whole and closed."""
    return sealed_json(
        {
            "load_id": load.load_id,
            "loaded_at": load.loaded_at,
            "by": load.by,
            **described,
            "tables": sorted(load.tables),
            "sealed": {path.name: seal(path) for path in sorted(load.path.glob("*.parquet"))},
            "files": [asdict(file) for file in load.files],
        }
    )


def read_entry(folder: Path) -> StoredLoad | Standing:
    """Return what one folder of loads/ is, as it was written. Raises LoadDamagedError."""
    name = STANDING if is_standing(folder) else "load.json"
    try:
        described = read_sealed_json(folder / name)
        entry = _standing(folder, described) if name == STANDING else _load(folder, described)
        sealed = _sealed(described.get("sealed"))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise LoadDamagedError("load_undescribed", load=folder.name, folder=folder) from error
    if isinstance(entry, Standing):
        wrong = _not_as_sealed(folder, sealed or {})
        files = ""
    else:
        wrong = _not_as_written(entry, sealed)
        files = "、".join(file.file for file in entry.files)
    for one in sorted(wrong):
        raise LoadDamagedError("load_damaged", load=folder.name, folder=folder, file=one, files=files)
    return entry


def _load(folder: Path, described: Mapping[str, Any]) -> StoredLoad:
    load = StoredLoad(
        load_id=described["load_id"],
        path=folder,
        loaded_at=described["loaded_at"],
        files=tuple(file_of(one) for one in described["files"]),
        tables={table: folder / f"{table}.parquet" for table in described["tables"]},
        repeats={path.name.removesuffix(REPEATS): path for path in sorted(folder.glob(f"*{REPEATS}"))},
        by=described.get("by", ""),
    )
    if load.load_id != int(folder.name) or not load.tables.keys() | load.repeats.keys() <= TABLES.keys():
        raise ValueError(folder.name)
    return load


def _standing(folder: Path, described: Mapping[str, Any]) -> Standing:
    if described["entry_id"] != int(folder.name):
        raise ValueError(folder.name)
    instead = {
        int(load_id): Instead(
            {table: folder / name if name else None for table, name in one["tables"].items()},
            {int(file_no): (counts[0], counts[1]) for file_no, counts in one["counts"].items()},
        )
        for load_id, one in described["instead"].items()
    }
    return Standing(
        entry_id=described["entry_id"],
        path=folder,
        kind=described["kind"],
        of=described["of"],
        at=described["at"],
        by=described["by"],
        why=described["why"],
        withdrawn={int(load_id): one for load_id, one in described["withdrawn"].items()},
        instead=instead,
    )


def previous_of(folder: Path) -> int:
    """Return the number of the entry before this one as it says itself; 0 where it says none."""
    name = STANDING if is_standing(folder) else "load.json"
    try:
        return int(json.loads((folder / name).read_text(encoding="utf-8")).get("previous", 0))
    except (OSError, ValueError, AttributeError, TypeError):
        return 0  # reading the entry itself says what is wrong with it


def file_of(described: dict[str, Any]) -> FileReconciliation:
    """Return the account of a file as it was written down."""
    notes = tuple(Note(**note) for note in described["notes"])
    layout = Layout(**described["layout"]) if described.get("layout") else None
    return FileReconciliation(**described | {"notes": notes, "layout": layout})


def _sealed(described: Mapping[str, Any] | None) -> dict[str, dict[str, Any]] | None:
    if described is None:
        return None
    return {name: {"rows": one["rows"], "sha256": one["sha256"]} for name, one in described.items()}


def _not_as_written(load: StoredLoad, sealed: Mapping[str, dict[str, Any]] | None) -> set[str]:
    """Return the files of a load that are missing, altered, or not among those it wrote."""
    if sealed is not None:
        wrong = _not_as_sealed(load.path, sealed)
        return wrong | ({path.name for path in load.tables.values()} - sealed.keys())
    # written before loads were sealed: the rows are known from the reconciliation
    rows = dict.fromkeys(load.tables, 0)
    for file in load.files:
        rows[file.table] = rows.get(file.table, 0) + file.accepted
        for note in file.notes:
            if note.key == "load.note.also":
                rows[note.what] = rows.get(note.what, 0) + note.count
    return {f"{table}.parquet" for table, count in rows.items() if count != _rows(load.path, table)}


def _not_as_sealed(folder: Path, sealed: Mapping[str, dict[str, Any]]) -> set[str]:
    found = {path.name for path in folder.glob("*.parquet")}
    altered = {name for name in sealed.keys() & found if seal(folder / name) != sealed[name]}
    return altered | (sealed.keys() ^ found)


def _rows(folder: Path, table: str) -> int:
    return int(seal(folder / f"{table}.parquet")["rows"])


def seal(path: Path) -> dict[str, Any]:
    """Return what tells a Parquet file from any other: its rows and its hash; -1 rows where it is none."""
    try:
        digest = sha256_of(path)
        return {"rows": int(pq.read_metadata(path).num_rows), "sha256": digest}
    except (OSError, pa.ArrowException):
        return {"rows": -1 if path.exists() else 0, "sha256": ""}
