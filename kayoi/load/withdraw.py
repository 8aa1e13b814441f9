"""Taking a load back, bringing it in again, and the history of both."""

import datetime as dt
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kayoi.contract import TABLES
from kayoi.durable import account, sealed_json, sync
from kayoi.errors import LoadDamagedError, UnknownLoadError
from kayoi.load import originals
from kayoi.load.entries import (
    STANDING,
    FileReconciliation,
    Standing,
    StoredLoad,
    file_of,
    load_folders,
    read_entry,
    seal,
)
from kayoi.load.horizons import today
from kayoi.load.recovery import clear_leftovers
from kayoi.load.stored import last_standing, list_loads, previous_id
from kayoi.lock import WAIT_SECONDS, Told, writing

State = Literal["counts", "withdrawn", "erased", "damaged"]
_KEPT: Final = ("row_hash", "input_order", "file_no")


@dataclass(frozen=True)
class HistoryEntry:
    """One thing that happened to what is loaded: a load, its withdrawal, or its return.

    `of` is the load concerned. `state` is that of the load today: counts, withdrawn (can be brought back),
    erased (withdrawn for good) or damaged. `at` is UTC.
    """

    entry_id: int
    kind: Literal["load", "withdrawal", "restoration"]
    of: int
    at: str
    by: str
    why: str
    state: State
    files: tuple[FileReconciliation, ...] = ()


def withdraw(  # noqa: PLR0913 - what a withdrawal may be told
    warehouse: Path,
    load_id: int,
    *,
    why: str = "",
    erase: bool = False,
    wait_seconds: float = WAIT_SECONDS,
    told: Told | None = None,
) -> Standing:
    """Let load *load_id* count no longer: from the next build on it is as if it had never been loaded.

    Rows of later loads that were duplicates of its rows count again. The history keeps who, when and *why*;
    the files it came from go at once, its rows stay until they are erased, with *erase* now. A damaged or
    lost load can be withdrawn. Raises UnknownLoadError, LoadDamagedError of another, WarehouseBusyError.
    """
    with writing(warehouse, wait_seconds=wait_seconds, doing="withdraw", told=told):
        clear_leftovers(warehouse)
        standing = last_standing(warehouse)
        withdrawn = dict(standing.withdrawn) if standing else {}
        folder = warehouse / "loads" / f"{load_id:06d}"
        if load_id in withdrawn:
            if not erase:
                raise UnknownLoadError("load_withdrawn", load=load_id)
        else:
            if not (0 < load_id <= previous_id(warehouse)) or (folder / STANDING).exists():
                raise UnknownLoadError("load_unknown", load=load_id)
            withdrawn[load_id] = {**_described(folder), "withdrawn_at": _now(), "why": why}
            standing = _stand(warehouse, "withdrawal", load_id, withdrawn, why)
        originals.clear(warehouse, _used(list_loads(warehouse)), today())
        if erase and folder.exists():
            gone = folder.with_name(f".gone-{load_id:06d}")
            folder.rename(gone)
            sync(folder.parent)
            shutil.rmtree(gone)
    if standing is None:
        raise UnknownLoadError("load_unknown", load=load_id)
    return standing


def restore(
    warehouse: Path,
    load_id: int,
    *,
    why: str = "",
    wait_seconds: float = WAIT_SECONDS,
    told: Told | None = None,
) -> Standing:
    """Let a withdrawn load count again, at its old place in the order of loads.

    Raises UnknownLoadError where it is not withdrawn or was erased, LoadDamagedError, WarehouseBusyError.
    """
    with writing(warehouse, wait_seconds=wait_seconds, doing="withdraw", told=told):
        clear_leftovers(warehouse)
        standing = last_standing(warehouse)
        withdrawn = dict(standing.withdrawn) if standing else {}
        folder = warehouse / "loads" / f"{load_id:06d}"
        if load_id not in withdrawn:
            is_known = 0 < load_id <= previous_id(warehouse)
            raise UnknownLoadError("load_counts" if is_known else "load_unknown", load=load_id)
        if not folder.exists():
            raise UnknownLoadError("load_purged", load=load_id)
        del withdrawn[load_id]
        return _stand(warehouse, "restoration", load_id, withdrawn, why)


def history(warehouse: Path) -> tuple[HistoryEntry, ...]:
    """Return everything that was loaded, withdrawn and brought back, oldest first.

    Damage is a state here, never an error: this is what one looks at when something is wrong.
    """
    try:
        standing = last_standing(warehouse)
    except LoadDamagedError:
        standing = None
    withdrawn = standing.withdrawn if standing else {}
    numbers = {int(folder.name): folder for folder in load_folders(warehouse)}
    entries = []
    for number in sorted(numbers.keys() | withdrawn.keys()):
        known = withdrawn.get(number)
        try:
            entry = read_entry(numbers[number]) if number in numbers else None
        except LoadDamagedError:
            files = _files(known or _described(numbers[number]))
            entries.append(HistoryEntry(number, "load", number, "", "", "", "damaged", files))
            continue
        if entry is None:
            found = withdrawn[number]
            entries.append(_loaded(number, found["loaded_at"], found["by"], "erased", _files(found)))
        elif isinstance(entry, StoredLoad):
            state: State = "withdrawn" if known else "counts"
            entries.append(_loaded(number, entry.loaded_at, entry.by, state, entry.files))
        else:
            of: State = "counts"
            if entry.of in withdrawn:
                of = "withdrawn" if entry.of in numbers else "erased"
            entries.append(HistoryEntry(number, entry.kind, entry.of, entry.at, entry.by, entry.why, of))
    return tuple(entries)


def _loaded(
    number: int, at: str, by: str, state: State, files: tuple[FileReconciliation, ...]
) -> HistoryEntry:
    return HistoryEntry(number, "load", number, at, by, "", state, files)


def _stand(
    warehouse: Path,
    kind: Literal["withdrawal", "restoration"],
    load_id: int,
    withdrawn: Mapping[int, dict[str, Any]],
    why: str,
) -> Standing:
    """Write an entry from which on all loads but *withdrawn* count; one rename makes it hold."""
    loads = [
        entry
        for folder in load_folders(warehouse)
        if int(folder.name) not in withdrawn and isinstance(entry := read_entry(folder), StoredLoad)
    ]
    before = previous_id(warehouse)
    folder = warehouse / "loads" / f".tmp-{os.getpid()}-{before + 1:06d}"
    try:
        folder.mkdir(parents=True)
        described = {
            "entry_id": before + 1,
            "previous": before,
            "kind": kind,
            "of": load_id,
            "at": _now(),
            "by": account(),
            "why": why,
            "withdrawn": {str(number): one for number, one in sorted(withdrawn.items())},
            "instead": _write_instead(loads, folder),
        }
        described["sealed"] = {path.name: seal(path) for path in sorted(folder.glob("*.parquet"))}
        (folder / STANDING).write_text(sealed_json(described), encoding="utf-8")
        for path in (*folder.iterdir(), folder):
            sync(path)
        named = folder.rename(folder.with_name(f"{before + 1:06d}"))
        sync(named.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    written = read_entry(named)
    if not isinstance(written, Standing):
        raise LoadDamagedError("load_undescribed", load=named.name, folder=named)
    return written


def _write_instead(loads: Sequence[StoredLoad], folder: Path) -> dict[str, Any]:
    """Write the tables of the loads that now count for other rows than they brought, and describe them.

    Of equal rows the first counts, in the order of the loads that count: what was a duplicate of a row that
    went counts, what came while a row was away no longer does.
    """
    tables: dict[str, dict[str, str | None]] = {}
    moved: dict[str, dict[int, int]] = {}
    kinds = {(load.load_id, file.file_no): file.table for load in loads for file in load.files}
    for table in TABLES:
        rows = _rows_of(loads, table)
        rows["counts"] = ~rows.duplicated("row_hash")
        for number in rows.loc[rows["counts"] != rows["own"], "load_id"].unique().tolist():
            mine = rows[rows["load_id"] == number]
            load = next(one for one in loads if one.load_id == number)
            counting = pa.array(mine.loc[mine["counts"], "input_order"].to_numpy())
            name = f"{number:06d}.{table}.parquet" if len(counting) else None
            tables.setdefault(str(number), {})[table] = name
            if name:
                _write_rows(load, table, counting, folder / name)
            change = mine["counts"].astype(int) - mine["own"].astype(int)
            for file_no, count in change.groupby(mine["file_no"]).sum().items():
                if kinds.get((number, int(file_no))) == table:
                    moved.setdefault(str(number), {})[int(file_no)] = int(count)
    counts = {
        str(load.load_id): {
            str(file.file_no): [file.accepted + more, file.duplicate - more]
            for file in load.files
            if (more := moved.get(str(load.load_id), {}).get(file.file_no))
        }
        for load in loads
    }
    return {number: {"tables": one, "counts": counts[number]} for number, one in tables.items()}


def _rows_of(loads: Sequence[StoredLoad], table: str) -> pd.DataFrame:
    """Return every row the loads have of *table*, brought or repeated, in the order of the input."""
    found = [pd.DataFrame({"row_hash": [], "input_order": [], "file_no": [], "load_id": [], "own": []})]
    if any(table in load.repeats for load in loads) or _may_repeat(loads, table):
        found = []
        for load in loads:
            for paths, own in ((load.tables, True), (load.repeats, False)):
                if table in paths:
                    rows = pq.read_table(paths[table], columns=list(_KEPT)).to_pandas()
                    found.append(rows.assign(load_id=load.load_id, own=own))
    return pd.concat(found, ignore_index=True).sort_values("input_order", ignore_index=True)


def _may_repeat(loads: Sequence[StoredLoad], table: str) -> bool:
    """Whether two loads may have brought the same row, one of them while the other was withdrawn."""
    return sum(table in load.tables for load in loads) > 1


def _write_rows(load: StoredLoad, table: str, orders: pa.Array, path: Path) -> None:
    both = [paths[table] for paths in (load.tables, load.repeats) if table in paths]
    rows = pa.concat_tables([pq.read_table(one) for one in both]).sort_by("input_order")
    keep = pa.compute.is_in(rows["input_order"], value_set=orders)
    pq.write_table(rows.filter(keep), path, compression="zstd")


def _described(folder: Path) -> dict[str, Any]:
    """Return what the history keeps of a load, as far as it can still be read."""
    try:
        entry = read_entry(folder)
    except LoadDamagedError:
        return {"loaded_at": "", "by": "", "files": []}
    if isinstance(entry, Standing):
        raise UnknownLoadError("load_unknown", load=entry.entry_id)
    return {"loaded_at": entry.loaded_at, "by": entry.by, "files": [asdict(file) for file in entry.files]}


def _files(described: Mapping[str, Any]) -> tuple[FileReconciliation, ...]:
    return tuple(file_of(one) for one in described["files"])


def _used(loads: Sequence[StoredLoad]) -> set[str]:
    return {file.sha256 for load in loads for file in load.files}


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
