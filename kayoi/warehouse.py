"""Snapshots: sealed files in a folder of their own, published by one atomic step, opened by scope."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from kayoi import keys, queries
from kayoi.access import Scope
from kayoi.errors import NoSnapshotError, SnapshotDamagedError

MANIFEST: Final = "manifest.json"
MARTS: Final = "marts.duckdb"
KEPT: Final = 3  # snapshots that stay: the published one and two to go back to
_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


@dataclass(frozen=True)
class SealedFile:
    """One file of a snapshot as its manifest lists it; `path` is relative to the snapshot."""

    path: str
    bytes: int
    sha256: str
    tables: dict[str, int]  # rows, counted again after sealing


def detail_path(region_level: str, region_code: str) -> str:
    """Return where in a snapshot the people of a region are."""
    return f"detail/{region_level}-{region_code}.duckdb"


def seal(snapshot: Path) -> tuple[SealedFile, ...]:
    """Close the book on every file: no write-ahead log, counted again, hashed, on disk.

    Raises SnapshotDamagedError where a write-ahead log is left or a file cannot be opened again.
    """
    sealed = []
    for path in sorted(snapshot.rglob("*.duckdb")):
        if path.with_name(path.name + ".wal").exists():
            raise SnapshotDamagedError("snapshot_damaged", snapshot=snapshot.name, file=path.name)
        sealed.append(
            SealedFile(
                path=path.relative_to(snapshot).as_posix(),
                bytes=path.stat().st_size,
                sha256=_sha256(path),
                tables=_counted(path),
            )
        )
        _flush(path)
    return tuple(sealed)


def publish(warehouse: Path, draft: Path, snapshot_id: str, manifest: Mapping[str, object]) -> None:
    """Seal *draft*, name it *snapshot_id* and make it the published snapshot, all or nothing."""
    files = [asdict(file) for file in seal(draft)]
    text = json.dumps({**manifest, "files": files}, ensure_ascii=False, indent=1)
    (draft / MANIFEST).write_text(text + "\n", encoding="utf-8")
    _flush(draft / MANIFEST)
    for folder in (draft / "detail", draft):
        _flush(folder)
    pointer = warehouse / f".CURRENT-{os.getpid()}"
    try:
        # Before the snapshot has its name: on a full disk there is no snapshot that nothing points to.
        pointer.write_text(snapshot_id + "\n", encoding="utf-8")
        _flush(pointer)
        draft.rename(warehouse / "snapshots" / snapshot_id)
        _flush(warehouse / "snapshots")
        pointer.replace(warehouse / "CURRENT")
    finally:
        pointer.unlink(missing_ok=True)
    _flush(warehouse)


def prune(warehouse: Path) -> None:
    """Remove drafts nobody finished and all but the last KEPT snapshots; the published one always stays."""
    published = published_id(warehouse)
    folder = warehouse / "snapshots"
    for draft in folder.glob(".draft-*"):
        shutil.rmtree(draft, ignore_errors=True)
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    for name in names[:-KEPT]:
        if name != published:
            shutil.rmtree(folder / name, ignore_errors=True)


def published_id(warehouse: Path) -> str:
    """Return the name of the published snapshot; raises NoSnapshotError.

    Raises SnapshotDamagedError where CURRENT holds anything but the name of a folder of this warehouse.
    """
    try:
        name = (warehouse / "CURRENT").read_text(encoding="utf-8").strip()
    except (IsADirectoryError, UnicodeDecodeError):
        raise SnapshotDamagedError("current_damaged", folder=warehouse) from None
    except OSError:
        name = ""
    if not name:
        raise NoSnapshotError("no_snapshot", folder=warehouse)
    snapshots = warehouse / "snapshots"
    # What it names must lie here, also by way of a link: figures are never another warehouse's.
    if not _NAME.fullmatch(name) or (snapshots / name).resolve().parent != snapshots.resolve():
        raise SnapshotDamagedError("current_damaged", folder=warehouse)
    if not (snapshots / name / MANIFEST).is_file():
        raise NoSnapshotError("no_snapshot", folder=warehouse)
    return name


def manifest_of(warehouse: Path, snapshot_id: str) -> dict[str, object]:
    """Return the manifest of a snapshot; raises SnapshotDamagedError where it cannot be read."""
    path = warehouse / "snapshots" / snapshot_id / MANIFEST
    try:
        loaded: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotDamagedError("snapshot_damaged", snapshot=snapshot_id, file=MANIFEST) from error
    return loaded


def data_label(warehouse: Path) -> str:
    """Return what the data of a warehouse are: `fictitious`, or empty. Raises KeyMaterialError."""
    return str(keys.read_described(warehouse).get("data_label", ""))


def label_data(warehouse: Path, label: str) -> None:
    """Write what the data of a warehouse are (`fictitious`). Raises KeyMaterialError."""
    path = warehouse / "warehouse.json"
    described = {**keys.read_described(warehouse), "data_label": label}
    draft = path.with_name(f".warehouse-{os.getpid()}.json")
    draft.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)


def damaged_files(warehouse: Path, snapshot_id: str) -> tuple[str, ...]:
    """Return the files of a snapshot that are missing, altered, or not in its manifest.

    Raises SnapshotDamagedError where the manifest itself cannot be read.
    """
    folder = warehouse / "snapshots" / snapshot_id
    listed = {str(file["path"]): file for file in _files(manifest_of(warehouse, snapshot_id))}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*.duckdb*")}
    wrong = {path for path in listed.keys() & found if _sha256(folder / path) != listed[path]["sha256"]}
    return tuple(sorted(wrong | (listed.keys() ^ found)))


class Snapshot:
    """One published snapshot, opened read-only for one scope.

    A snapshot never changes: its name is all that a cache needs to know. Reads run on a cursor of their
    own, so one Snapshot may serve several threads.
    """

    def __init__(self, folder: Path, scope: Scope) -> None:
        """Open the aggregates; people's files are opened when asked for."""
        self.folder = folder
        self.snapshot_id = folder.name
        self.scope = scope
        self._marts = _open_sealed(folder / MARTS)

    def fetch(self, name: str, params: Mapping[str, object]) -> pd.DataFrame:
        """Run the read query *name* on the aggregates; params it does not declare are left out."""
        return _run(self._marts, self.folder / MARTS, name, params)

    def fetch_people(
        self, region_level: str, region_code: str, name: str, params: Mapping[str, object]
    ) -> pd.DataFrame:
        """Run the read query *name* on one region's people; raises NoAccessError outside the scope."""
        path = self.people_file(region_level, region_code)
        with _open_sealed(path) as con:
            return _run(con, path, name, params)

    def people_file(self, region_level: str, region_code: str) -> Path:
        """Return the file of one region's people; raises NoAccessError outside the scope."""
        self.scope.require_people(region_level, region_code)
        return self.folder / detail_path(region_level, region_code)

    def close(self) -> None:
        """Close the aggregates."""
        self._marts.close()


def open_snapshot(warehouse: Path, scope: Scope) -> Snapshot:
    """Open the published snapshot for *scope*: the one way to it.

    Raises NoSnapshotError where there is none, or it was built by a version with other tables.
    """
    snapshot_id = published_id(warehouse)
    if manifest_of(warehouse, snapshot_id).get("shape") != shape():
        raise NoSnapshotError("snapshot_outdated", folder=warehouse)
    return Snapshot(warehouse / "snapshots" / snapshot_id, scope)


@cache
def shape() -> str:
    """Return a name for the tables and columns that this version writes into a snapshot and reads from it."""
    written = sorted((*queries.names("marts"), *queries.names("detail")))
    columns = [(name, *queries.load(name).columns.items()) for name in written]
    return hashlib.sha256(repr(columns).encode()).hexdigest()[:16]


def _open_sealed(path: Path) -> duckdb.DuckDBPyConnection:
    """Open one sealed file, read-only, without a way to anything else on the machine.

    Raises SnapshotDamagedError where it cannot be opened.
    """
    try:
        return duckdb.connect(
            str(path),
            read_only=True,
            config={
                "enable_external_access": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "python_enable_replacements": "false",
                "lock_configuration": "true",
            },
        )
    except duckdb.Error as error:
        raise SnapshotDamagedError.of(path) from error


def _run(con: duckdb.DuckDBPyConnection, path: Path, name: str, params: Mapping[str, object]) -> pd.DataFrame:
    query = queries.load(name)
    bound = {key: value for key, value in params.items() if key in query.params}
    try:
        return con.cursor().execute(query.sql, bound).df()
    except duckdb.Error as error:
        if "corrupt" in str(error).lower():  # a block is first checked when it is read
            raise SnapshotDamagedError.of(path) from error
        raise


def _counted(path: Path) -> dict[str, int]:
    with _open_sealed(path) as con:
        listed = con.execute("select table_name from duckdb_tables() order by 1").fetchall()
        counts = {}
        for (name,) in listed:
            found = con.execute(f"select count(*) from {name}").fetchall()  # noqa: S608 - our own tables
            counts[name] = int(found[0][0])
        return counts


def _files(manifest: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
    files = manifest.get("files")
    return files if isinstance(files, list) else []


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _flush(path: Path) -> None:
    """Make sure the disk has it: without this, a power cut may leave a name without its contents."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
