"""A load while it is written: rows go to Parquet file by file, and appear in one step or not at all."""

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kayoi import __version__
from kayoi.contract import TABLES, stored_columns
from kayoi.durable import account
from kayoi.durable import sync as _sync
from kayoi.errors import CheckFailedError
from kayoi.load import originals
from kayoi.load.columns import refuse_missing
from kayoi.load.entries import load_json
from kayoi.load.files import Assignment
from kayoi.load.fingerprints import is_repeated
from kayoi.load.horizons import today
from kayoi.load.mapping import Target, canonical
from kayoi.load.mended import without_reasons
from kayoi.load.reader import read_bytes, read_sheet, wanted_of
from kayoi.load.reconcile import (
    Candidates,
    notes,
    read_also,
    read_candidates,
    refuse_personal,
    rejects,
)
from kayoi.load.recovery import clear_leftovers
from kayoi.load.rows import ARROW_TYPES, Mask
from kayoi.load.sheet import Codes, Sheet
from kayoi.load.stored import (
    REJECTS_SCHEMA,
    FileReconciliation,
    Note,
    StoredLoad,
    list_loads,
    previous_id,
)

Orders = npt.NDArray[np.int64]

_ORDER_STEP: Final = 2**32  # input_order of load n starts at n times this


@dataclass
class Draft:
    """A load being written: rows go to Parquet file by file, so that only one file is in memory."""

    warehouse: Path
    key: bytes
    load_id: int
    folder: Path | None  # None: a trial, which writes nothing
    earlier: tuple[StoredLoad, ...]
    horizons: dict[str, dt.date] = field(default_factory=dict)
    files: list[FileReconciliation] = field(default_factory=list)
    refused: list[pa.Table] = field(default_factory=list)  # of a trial
    keeps: bool = False
    _kept: list[str] = field(default_factory=list)
    _order: int = 0
    _writers: dict[str, Any] = field(default_factory=dict)
    _hashes: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def begin(cls, warehouse: Path, key: bytes) -> "Draft":
        """Open the next load. The caller holds the lock, so what others left unfinished is dead."""
        clear_leftovers(warehouse)
        (warehouse / "loads").mkdir(exist_ok=True)
        begun = cls.on_trial(warehouse, key)
        used = {file.sha256 for load in begun.earlier for file in load.files}
        originals.clear(warehouse, used, today())
        begun.folder = warehouse / "loads" / f".tmp-{os.getpid()}-{begun.load_id:06d}"
        begun.folder.mkdir()
        return begun

    @classmethod
    def on_trial(cls, warehouse: Path, key: bytes) -> "Draft":
        """Return the next load as it would be."""
        begun = cls(warehouse, key, previous_id(warehouse) + 1, None, list_loads(warehouse))
        for load in begun.earlier:
            if "coverage" in load.tables:
                begun.extend_horizons(pq.read_table(load.tables["coverage"]))
        return begun

    def add(self, assignment: Assignment) -> None:
        """Read one file, write the rows that can be taken, and keep account of every row."""
        data = read_bytes(assignment.path)
        file, table, mapping = assignment.file, assignment.table, assignment.mapping
        sheet = without_reasons(
            read_sheet(
                assignment.path,
                data,
                table,
                wanted=wanted_of(table, mapping),
                layout=assignment.layout,
                siblings=assignment.siblings,
            )
        )
        digest, size = hashlib.sha256(data).hexdigest(), len(data)
        mapping = mapping.fitted(sheet.headings) if mapping else None
        target = mapping.target if mapping else canonical(TABLES[table], sheet.headings)
        also = mapping.also if mapping else ()
        for one in (target, *also):
            refuse_missing(file, sheet, one)
        refuse_personal(file, sheet, (target, *also), mapping.drop if mapping else ())
        self._keep(digest, data)
        del data
        found = read_candidates(file, sheet, target, self.key, self.horizons)
        duplicate = self._repeated(table, found)
        accepted = found.rows.taken & ~duplicate.any_kind
        orders = self._orders(sheet, found.lines)
        self._write(table, found, accepted, table, orders)
        self._write(table, found, duplicate.of_earlier, f"{table}.repeats", orders)
        said = notes(sheet, (target, *also), found.rows, accepted, today())
        said += self._said_before(digest, table)
        for second in also:
            self._order += sheet.rows
            new = self._add_also(file, sheet, second, accepted, duplicate.of_earlier)
            said.append(Note("load.note.also", new, second.table))
        self._order += sheet.rows
        rejected = rejects(found)
        reconciled = FileReconciliation(
            load_id=self.load_id,
            file_no=len(self.files) + 1,
            file=file,
            table=table,
            sha256=digest,
            size=size,
            encoding=sheet.encoding,
            mapping=mapping.id if mapping else "",
            read=sheet.rows,
            accepted=int(accepted.sum()),
            duplicate=int(duplicate.any_kind.sum()),
            rejected=rejected.num_rows,
            notes=tuple(said),
            layout=sheet.layout,
        )
        if reconciled.accepted + reconciled.duplicate + reconciled.rejected != reconciled.read:
            raise CheckFailedError("check_failed", check="reconciliation", rows=sheet.rows, example=file)
        self._write_rejects(reconciled, rejected)
        self.files.append(reconciled)

    def _add_also(self, file: str, sheet: Sheet, second: Target, accepted: Mask, repeats: Mask) -> int:
        """Write what a second table takes from the same file; return its new rows."""
        count = 0
        for rows, are_new in ((accepted, True), (repeats, False)):
            if not rows.any():
                continue
            extra = read_also(file, sheet, second, rows, self.key)
            repeated = self._repeated(second.table, extra)
            orders = self._orders(sheet, extra.lines)
            if are_new:
                new = extra.rows.taken & ~repeated.any_kind
                self._write(second.table, extra, new, second.table, orders)
                count = int(new.sum())
            self._write(second.table, extra, repeated.of_earlier, f"{second.table}.repeats", orders)
        return count

    def publish(self, mappings: Sequence[bytes], used: Mapping[str, str]) -> None:
        """Give the load its number: everything is on disk before the one rename that makes it exist."""
        folder = self._required_folder()
        for writer in self._writers.values():
            writer.close()
        tables = {
            name: folder / f"{name}.parquet"
            for name in self._writers
            if name != "rejects" and not name.endswith(".repeats")
        }
        loaded_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        load = StoredLoad(self.load_id, folder, loaded_at, tuple(self.files), tables, by=account())
        for text in mappings:
            name = f"mapping-{hashlib.sha256(text).hexdigest()[:12]}.toml"
            (folder / name).write_bytes(text)
        described = {"kayoi_version": __version__, "mapping": used, "previous": self.load_id - 1}
        (folder / "load.json").write_text(load_json(described, load), encoding="utf-8")
        for path in (*folder.iterdir(), folder):
            _sync(path)
        folder.rename(folder.parent / f"{self.load_id:06d}")
        self._kept.clear()  # the load is there, and its files with it
        _sync(folder.parent)

    def discard(self) -> None:
        """Leave nothing behind of a load that was not published."""
        for writer in self._writers.values():
            writer.close()
        if self.folder is not None and self.folder.exists():
            shutil.rmtree(self.folder)
        for sha256 in self._kept:
            (self.warehouse / "originals" / sha256).unlink(missing_ok=True)

    def extend_horizons(self, coverage: pa.Table) -> None:
        """Take the last day vouched for per municipality; a later declaration never shortens it."""
        codes = coverage.column("municipality_code").to_pylist()
        for code, through in zip(codes, coverage.column("covered_through").to_pylist(), strict=True):
            self.horizons[code] = max(through, self.horizons.get(code, through))

    def _required_folder(self) -> Path:
        if self.folder is None:
            raise CheckFailedError("check_failed", check="trial", rows=0, example="")
        return self.folder

    def _keep(self, sha256: str, data: bytes) -> None:
        if self.keeps and originals.keep(self.warehouse, sha256, data, self.key):
            self._kept.append(sha256)

    def _said_before(self, sha256: str, table: str) -> list[Note]:
        same = [
            load
            for load in self.earlier
            if any((file.sha256, file.table) == (sha256, table) for file in load.files)
        ]
        return [
            Note("load.note.loaded_before", 1, f"{one.load_id}, {one.loaded_at[:10]}") for one in same[:1]
        ]

    def _repeated(self, table: str, found: Candidates) -> "_Repeated":
        """Return which of the rows that can be taken are repeated, and which of those from earlier loads.

        Of the latter each is marked once: it is stored beside the load, to count again where the earlier
        load is withdrawn.
        """
        taken = found.rows.taken
        hashes = found.hashes.filter(pa.array(taken))
        here = is_repeated(hashes, self._hashes.get(table, ()))
        before = np.zeros(len(hashes), dtype=np.bool_)
        for known in self._known(table):
            before |= pc.is_in(hashes, value_set=known.filter(pc.is_in(known, value_set=hashes))).to_numpy(
                zero_copy_only=False
            )
        any_kind, of_earlier = np.zeros(len(taken), np.bool_), np.zeros(len(taken), np.bool_)
        any_kind[taken] = here | before
        of_earlier[taken] = before & ~here
        return _Repeated(any_kind, of_earlier)

    def _known(self, table: str) -> Iterator[Any]:
        """Yield the row hashes of this table that earlier loads brought, themselves or once more."""
        for load in self.earlier:
            for paths in (load.tables, load.repeats):
                if table in paths:
                    yield pq.read_table(paths[table], columns=["row_hash"]).column("row_hash")

    def _write(self, table: str, found: Candidates, keep: Mask, name: str, orders: Orders) -> None:
        """Add the rows of *keep* to the file *name* of this load."""
        count = int(keep.sum())
        if not count:
            return
        mask = pa.array(keep)
        types = {column: ARROW_TYPES[kind] for column, kind in stored_columns(table).items()}
        hashes = found.hashes.filter(mask)
        trace = {
            "load_id": pa.array(np.full(count, self.load_id, dtype=np.int32)),
            "file_no": pa.array(np.full(count, len(self.files) + 1, dtype=np.int32)),
            "line": pa.array(found.lines[keep]),
            "input_order": pa.array(orders[keep]),
            "row_hash": hashes,
        }
        columns = {
            column: trace[column] if column in trace else found.rows.columns[column].filter(mask)
            for column in types
        }
        rows = pa.table(columns, schema=pa.schema(list(types.items())))
        self._put(name, rows)
        self._hashes.setdefault(table, []).append(hashes)
        if name == "coverage":
            self.extend_horizons(rows)

    def _write_rejects(self, file: FileReconciliation, rejected: pa.Table) -> None:
        if not rejected.num_rows:
            return
        same = {
            "load_id": self.load_id,
            "file": file.file,
            "table": file.table,
            "file_sha256": file.sha256,
            "file_no": file.file_no,
        }
        columns = {
            field.name: pa.repeat(pa.scalar(same[field.name], field.type), rejected.num_rows)
            if field.name in same
            else rejected[field.name]
            for field in REJECTS_SCHEMA
        }
        rows = pa.table(columns, schema=REJECTS_SCHEMA)
        self.refused.append(rows) if self.folder is None else self._put("rejects", rows)

    def _put(self, name: str, rows: pa.Table) -> None:
        if self.folder is None:
            return
        if name not in self._writers:
            path = self.folder / f"{name}.parquet"
            self._writers[name] = pq.ParquetWriter(path, rows.schema, compression="zstd")
        self._writers[name].write_table(rows)

    def _orders(self, sheet: Sheet, lines: Codes) -> Orders:
        """Return the place of each row in the order of all input, by the line it starts on."""
        start = self.load_id * _ORDER_STEP + self._order + 1
        return np.asarray(start + np.searchsorted(sheet.lines, lines), dtype=np.int64)


@dataclass(frozen=True)
class _Repeated:
    any_kind: Mask
    of_earlier: Mask
