"""Snapshots: sealed files in a folder of their own, published by one atomic step, opened by scope."""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from kayoi import keys, queries, room
from kayoi.access import Scope
from kayoi.durable import forget_hashes, read_sealed_json, sealed_json, sha256_of
from kayoi.durable import sync as _flush
from kayoi.errors import NoSnapshotError, SnapshotDamagedError

MANIFEST: Final = "manifest.json"
MARTS: Final = "marts.duckdb"
KEPT: Final = 3  # snapshots that stay: the published one and two to go back to
_STAYS_SECONDS: Final = 24 * 3600
# Up to this size every file is compared with its seal when a snapshot is first opened (about two seconds);
# of a larger one the aggregates, and each file of people before it is first read.
_WHOLE_BYTES: Final = 2 * 2**30
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
    (draft / MANIFEST).write_text(sealed_json({**manifest, "files": files}), encoding="utf-8")
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
    """Remove drafts nobody finished and snapshots that were superseded; the published one always stays.

    The last KEPT stay, and those superseded less than a day ago, which a reader may still have open, as long
    as the disk has room for another build.
    """
    published = published_id(warehouse)
    folder = warehouse / "snapshots"
    for draft in folder.glob(".draft-*"):
        shutil.rmtree(draft, ignore_errors=True)
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    size = sum(path.stat().st_size for path in (folder / published).rglob("*") if path.is_file())
    is_short = shutil.disk_usage(folder).free < room.TIMES * size + room.RESERVE_BYTES
    for name, later in pairwise(names[: 1 - KEPT]):
        superseded = time.time() - (folder / later).stat().st_mtime
        if name != published and (is_short or superseded > _STAYS_SECONDS):
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
    if not (snapshots / name).is_dir():
        raise NoSnapshotError("no_snapshot", folder=warehouse)
    return name


def manifest_of(warehouse: Path, snapshot_id: str) -> dict[str, object]:
    """Return the manifest of a snapshot; raises SnapshotDamagedError where it cannot be read."""
    return _manifest(warehouse / "snapshots" / snapshot_id)


def _manifest(folder: Path) -> dict[str, object]:
    try:
        return read_sealed_json(folder / MANIFEST)
    except (OSError, ValueError) as error:
        raise SnapshotDamagedError("snapshot_damaged", snapshot=folder.name, file=MANIFEST) from error


def data_label(warehouse: Path) -> str:
    """Return what the data of a warehouse are: `fictitious`, or empty. Raises KeyMaterialError."""
    return str(keys.read_described(warehouse).get("data_label", ""))


def label_data(warehouse: Path, label: str) -> None:
    """Write what the data of a warehouse are (`fictitious`). Raises KeyMaterialError."""
    keys.describe(warehouse, {"data_label": label})


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

    def __init__(self, folder: Path, scope: Scope, instead_of: str = "") -> None:
        """Open the aggregates; people's files are opened when asked for.

        *instead_of* names the published snapshot where that is damaged and this is one before it.
        Raises SnapshotDamagedError where a file is not what was sealed.
        """
        self.folder = folder
        self.snapshot_id = folder.name
        self.scope = scope
        self.instead_of = instead_of
        self._sealed = {str(file["path"]): file for file in _files(_manifest(folder))}
        self._require_whole(MARTS)
        if sum(int(str(file["bytes"])) for file in self._sealed.values()) <= _WHOLE_BYTES:
            for path in self._sealed:
                self._require_whole(path)
        self._marts = _open_sealed(folder / MARTS)

    def _require_whole(self, path: str) -> None:
        """Compare a file with its seal before it is read; one that did not change since is known already."""
        sealed = self._sealed.get(path)
        try:
            is_whole = sealed is not None and sha256_of(self.folder / path) == sealed["sha256"]
        except OSError:
            is_whole = False
        if not is_whole:
            raise SnapshotDamagedError.of(self.folder / path)

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
        path = detail_path(region_level, region_code)
        self._require_whole(path)
        return self.folder / path

    def close(self) -> None:
        """Close the aggregates."""
        self._marts.close()


def open_snapshot(warehouse: Path, scope: Scope) -> Snapshot:
    """Open the published snapshot for *scope*: the one way to it.

    Where it is damaged the latest whole one before it is opened, which says so in `instead_of`. Raises
    NoSnapshotError where there is none, or it was built by a version with other tables, and
    SnapshotDamagedError where none before it is whole.
    """
    published = published_id(warehouse)
    try:
        return _opened(warehouse, published, scope)
    except SnapshotDamagedError:
        for name in reversed(snapshot_ids(warehouse)):
            if name < published:
                with suppress(SnapshotDamagedError, NoSnapshotError):
                    return _opened(warehouse, name, scope, instead_of=published)
        raise


def snapshot_ids(warehouse: Path) -> tuple[str, ...]:
    """Return the names of the snapshots that are there, damaged or not, oldest first."""
    found = (warehouse / "snapshots").glob("[!.]*")
    return tuple(sorted(path.name for path in found if path.is_dir() and not path.is_symlink()))


def _opened(warehouse: Path, snapshot_id: str, scope: Scope, instead_of: str = "") -> Snapshot:
    if manifest_of(warehouse, snapshot_id).get("shape") != shape():
        raise NoSnapshotError("snapshot_outdated", folder=warehouse)
    return Snapshot(warehouse / "snapshots" / snapshot_id, scope, instead_of)


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
            forget_hashes()  # it changed without a sign: the next to open it looks at every byte
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
