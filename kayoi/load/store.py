"""One load, from files to a folder of Parquet that appears whole or not at all."""

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kayoi import __version__
from kayoi.contract import TABLES, stored_columns
from kayoi.errors import CheckFailedError
from kayoi.keys import bind
from kayoi.load.columns import refuse_missing
from kayoi.load.decode import read_sheet
from kayoi.load.files import Assignment, assign, find_files, read_bytes
from kayoi.load.fingerprints import is_repeated
from kayoi.load.horizons import today
from kayoi.load.mapping import Mapping as MappingFile
from kayoi.load.mapping import canonical, load_mapping
from kayoi.load.reconcile import (
    Candidates,
    notes,
    read_also,
    read_candidates,
    refuse_personal,
    rejects,
)
from kayoi.load.rows import ARROW_TYPES, Mask
from kayoi.load.stored import REJECTS_SCHEMA, FileReconciliation, Note, StoredLoad, list_loads, load_json
from kayoi.lock import writing

Progress = Callable[[str, int, int], None]

_ORDER_STEP: Final = 2**32  # input_order of load n starts at n times this


def load_files(
    warehouse: Path,
    paths: Sequence[Path],
    *,
    mapping: Path | str | None = None,
    key: bytes,
    progress: Progress | None = None,
) -> list[FileReconciliation]:
    """Load files and folders into *warehouse* as one load, and return where the rows of each file went.

    *mapping* is a mapping file or the id of a shipped one; *progress* is called with a file's name, how many
    files are done and how many there are. Nothing is stored when anything is refused. Raises
    FileRefusedError, MappingError, KeyMaterialError, LoadDamagedError, WarehouseBusyError.
    """
    described = load_mapping(mapping) if mapping is not None else None
    assigned = assign(find_files(paths), described)
    with writing(warehouse):
        bind(warehouse, key)
        load = _Load.begin(warehouse, key)
        try:
            for done, assignment in enumerate(assigned):
                if progress:
                    progress(assignment.path.name, done, len(assigned))
                load.add(assignment)
            load.publish(described)
        finally:
            load.discard()
        if progress and assigned:
            progress(assigned[-1].path.name, len(assigned), len(assigned))
    return load.files


@dataclass
class _Load:
    """A load being written: rows go to Parquet file by file, so that only one file is in memory."""

    warehouse: Path
    key: bytes
    load_id: int
    folder: Path
    earlier: tuple[StoredLoad, ...]
    horizons: dict[str, dt.date]
    files: list[FileReconciliation] = field(default_factory=list)
    stored_rows: int = 0
    _writers: dict[str, Any] = field(default_factory=dict)
    _hashes: dict[str, list[Any]] = field(default_factory=dict)
    _rejected: dict[tuple[str, str], set[tuple[int, str]]] = field(default_factory=dict)

    @classmethod
    def begin(cls, warehouse: Path, key: bytes) -> "_Load":
        """Open the next load. The caller holds the lock, so what other loads left unfinished is dead."""
        loads = warehouse / "loads"
        loads.mkdir(exist_ok=True)
        for left in loads.glob(".tmp-*"):
            shutil.rmtree(left)
        earlier = list_loads(warehouse)
        load_id = max((load.load_id for load in earlier), default=0) + 1
        folder = loads / f".tmp-{os.getpid()}-{load_id:06d}"
        folder.mkdir()
        begun = cls(warehouse, key, load_id, folder, earlier, {})
        for load in earlier:
            if "coverage" in load.tables:
                begun.extend_horizons(pq.read_table(load.tables["coverage"]))
        return begun

    def add(self, assignment: Assignment) -> None:
        """Read one file, write the rows that can be taken, and keep account of every row."""
        data = read_bytes(assignment.path)
        file, table = assignment.path.name, assignment.table
        sheet = read_sheet(assignment.path, data, table)
        digest, size = hashlib.sha256(data).hexdigest(), len(data)
        del data
        mapping = assignment.mapping
        target = mapping.target if mapping else canonical(TABLES[table], sheet.headings)
        also = mapping.also if mapping else ()
        for one in (target, *also):
            refuse_missing(file, sheet, one)
        refuse_personal(file, sheet, (target, *also))
        found = read_candidates(file, sheet, target, self.key, self.horizons)
        duplicate = self._duplicates(table, found)
        accepted = found.rows.taken & ~duplicate
        rejected = rejects(found)
        file_no = len(self.files) + 1
        self._write(table, found, accepted, file_no)
        said = notes(sheet, (target, *also), found.rows, accepted, today())
        for second in also:
            extra = read_also(file, sheet, second, accepted, self.key)
            new = extra.rows.taken & ~self._duplicates(second.table, extra)
            self._write(second.table, extra, new, file_no)
            said.append(Note("load.note.also", int(new.sum()), second.table))
        reconciled = FileReconciliation(
            load_id=self.load_id,
            file_no=file_no,
            file=file,
            table=table,
            sha256=digest,
            size=size,
            encoding=sheet.encoding,
            mapping=mapping.id if mapping else "",
            read=sheet.rows,
            accepted=int(accepted.sum()),
            duplicate=int(duplicate.sum()),
            rejected=rejected.num_rows,
            notes=tuple(said),
        )
        if reconciled.accepted + reconciled.duplicate + reconciled.rejected != reconciled.read:
            raise CheckFailedError("check_failed", check="reconciliation", rows=sheet.rows, example=file)
        self._write_rejects(reconciled, rejected)
        self.files.append(reconciled)

    def publish(self, mapping: MappingFile | None) -> None:
        """Give the load its number: everything is on disk before the one rename that makes it exist."""
        for writer in self._writers.values():
            writer.close()
        loaded_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        tables = {table: self.folder / f"{table}.parquet" for table in self._writers if table != "rejects"}
        load = StoredLoad(self.load_id, self.folder, loaded_at, tuple(self.files), tables)
        used = {"id": mapping.id, "version": mapping.version} if mapping else {}
        (self.folder / "load.json").write_text(
            load_json(loaded_at, __version__, used, load), encoding="utf-8"
        )
        for path in (*self.folder.iterdir(), self.folder):
            _sync(path)
        self.folder.rename(self.folder.parent / f"{self.load_id:06d}")
        _sync(self.folder.parent)

    def discard(self) -> None:
        """Leave nothing behind of a load that was not published."""
        for writer in self._writers.values():
            writer.close()
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def extend_horizons(self, coverage: pa.Table) -> None:
        """Take the last day vouched for per municipality; a later declaration never shortens it."""
        codes = coverage.column("municipality_code").to_pylist()
        for code, through in zip(codes, coverage.column("covered_through").to_pylist(), strict=True):
            self.horizons[code] = max(through, self.horizons.get(code, through))

    def _duplicates(self, table: str, found: Candidates) -> Mask:
        taken = found.rows.taken
        duplicate = np.zeros(len(taken), dtype=np.bool_)
        hashes = found.hashes.filter(pa.array(taken))
        duplicate[taken] = is_repeated(hashes, self._known(table))
        return duplicate

    def _known(self, table: str) -> Iterator[Any]:
        """Yield the row hashes of this table in earlier loads and in earlier files of this one."""
        for load in self.earlier:
            if table in load.tables:
                yield pq.read_table(load.tables[table], columns=["row_hash"]).column("row_hash")
        yield from self._hashes.get(table, ())

    def _write(self, table: str, found: Candidates, keep: Mask, file_no: int) -> None:
        count = int(keep.sum())
        if not count:
            return
        mask = pa.array(keep)
        types = {name: ARROW_TYPES[kind] for name, kind in stored_columns(table).items()}
        start = self.load_id * _ORDER_STEP + self.stored_rows + 1
        hashes = found.hashes.filter(mask)
        trace = {
            "load_id": pa.array(np.full(count, self.load_id, dtype=np.int32)),
            "file_no": pa.array(np.full(count, file_no, dtype=np.int32)),
            "line": pa.array(found.lines[keep]),
            "input_order": pa.array(np.arange(start, start + count, dtype=np.int64)),
            "row_hash": hashes,
        }
        columns = {
            name: trace[name] if name in trace else found.rows.columns[name].filter(mask) for name in types
        }
        rows = pa.table(columns, schema=pa.schema(list(types.items())))
        self._writer(table, rows.schema).write_table(rows)
        self._hashes.setdefault(table, []).append(hashes)
        self.stored_rows += count
        if table == "coverage":
            self.extend_horizons(rows)

    def _write_rejects(self, file: FileReconciliation, rejected: pa.Table) -> None:
        known = self._rejected.setdefault((file.sha256, file.table), self._known_rejects(file))
        places = list(zip(rejected["line"].to_pylist(), rejected["column"].to_pylist(), strict=True))
        new = rejected.filter(pa.array([place not in known for place in places], pa.bool_()))
        known.update(places)
        if not new.num_rows:
            return
        same = {
            "load_id": self.load_id,
            "file": file.file,
            "table": file.table,
            "file_sha256": file.sha256,
        }
        columns = {
            field.name: pa.repeat(pa.scalar(same[field.name], field.type), new.num_rows)
            if field.name in same
            else new[field.name]
            for field in REJECTS_SCHEMA
        }
        self._writer("rejects", REJECTS_SCHEMA).write_table(pa.table(columns, schema=REJECTS_SCHEMA))

    def _known_rejects(self, file: FileReconciliation) -> set[tuple[int, str]]:
        """Return where rejects of this very file already stand: loaded again, they are not written again."""
        same = [load for load in self.earlier if any(one.sha256 == file.sha256 for one in load.files)]
        known: set[tuple[int, str]] = set()
        for load in same:
            path = load.path / "rejects.parquet"
            if path.exists():
                table = pq.read_table(path, columns=["line", "column", "file_sha256", "table"])
                mine = pc.and_(
                    pc.equal(table["file_sha256"], file.sha256), pc.equal(table["table"], file.table)
                )
                kept = table.filter(mine)
                known |= set(zip(kept["line"].to_pylist(), kept["column"].to_pylist(), strict=True))
        return known

    def _writer(self, table: str, schema: pa.Schema) -> pq.ParquetWriter:
        if table not in self._writers:
            path = self.folder / f"{table}.parquet"
            self._writers[table] = pq.ParquetWriter(path, schema, compression="zstd")
        return self._writers[table]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
