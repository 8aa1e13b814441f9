"""Loading: files in, where every row went out; all of it is stored in one step, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa

from kayoi.contract import TABLES
from kayoi.keys import bind
from kayoi.load import originals
from kayoi.load.draft import Draft
from kayoi.load.files import Assignment, assign, find_files
from kayoi.load.layout import Layout
from kayoi.load.mapping import MAPPINGS_DIR, load_mapping
from kayoi.load.stored import REJECT_COLUMNS, REJECTS_SCHEMA, FileReconciliation
from kayoi.lock import WAIT_SECONDS, Told, writing
from kayoi.room import require_room

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Parcel:
    """Files and folders that are read the same way: with one mapping (a file, a shipped id), or none.

    `layouts` says where the table stands in a file, where a person said so.
    """

    paths: Sequence[Path]
    mapping: Path | str | None = None
    layouts: Mapping[Path, Layout] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """What loading would do: where the rows of each file would go, and every row it would refuse.

    `rejects` has the columns of the exported table; its load_id is the number the load would get.
    """

    files: list[FileReconciliation]
    rejects: pd.DataFrame


def load_files(  # noqa: PLR0913 - what a load may be told
    warehouse: Path,
    paths: Sequence[Path],
    *,
    mapping: Path | str | None = None,
    key: bytes,
    progress: Progress | None = None,
    dry_run: bool = False,
    keep_originals: bool = True,
) -> list[FileReconciliation]:
    """Load files and folders into *warehouse* as one load, and return where the rows of each file went.

    *mapping* is a mapping file or the id of a shipped one. *dry_run* stores nothing. For the rest, and for
    what is raised, see `load_parcels`.
    """
    parcel = Parcel(paths, mapping)
    if dry_run:
        return try_parcels(warehouse, [parcel], key=key, progress=progress).files
    return load_parcels(warehouse, [parcel], key=key, progress=progress, keep_originals=keep_originals)


def load_parcels(  # noqa: PLR0913 - what a load may be told
    warehouse: Path,
    parcels: Sequence[Parcel],
    *,
    key: bytes,
    progress: Progress | None = None,
    keep_originals: bool = True,
    wait_seconds: float = WAIT_SECONDS,
    told: Told | None = None,
) -> list[FileReconciliation]:
    """Load files of several kinds into *warehouse* as one load, and return where the rows of each file went.

    *progress* is called with a file's name, how many files are done and how many there are. *keep_originals*
    keeps the files, locked with the key, for as long as the warehouse is told to. *wait_seconds* and *told*
    are those of `kayoi.lock.writing`. Nothing is stored when anything is refused. Raises FileRefusedError,
    MappingError, KeyMaterialError, LoadDamagedError, WarehouseBusyError, MachineError.
    """
    assigned = _assigned(parcels)
    require_room(warehouse, sum(one.path.stat().st_size for one in assigned))
    with writing(warehouse, wait_seconds=wait_seconds, doing="load", told=told):
        bind(warehouse, key)
        draft = Draft.begin(warehouse, key)
        draft.keeps = keep_originals and originals.days_kept(warehouse) > 0
        try:
            _add_all(draft, assigned, progress)
            used = [load_mapping(one.mapping) for one in parcels if one.mapping is not None]
            texts = [_mapping_text(one.mapping) for one in parcels if one.mapping is not None]
            draft.publish(texts, {"id": used[0].id, "version": used[0].version} if used else {})
        finally:
            draft.discard()
        if progress and assigned:
            progress(assigned[-1].file, len(assigned), len(assigned))
    return draft.files


def try_parcels(
    warehouse: Path, parcels: Sequence[Parcel], *, key: bytes, progress: Progress | None = None
) -> Trial:
    """Return what `load_parcels` would do, and store nothing: no file, no folder, no key.

    Raises what `load_parcels` raises but for the lock, which it does not need: loads never change.
    """
    draft = Draft.on_trial(warehouse, key)
    _add_all(draft, _assigned(parcels), progress)
    found = pa.concat_tables([REJECTS_SCHEMA.empty_table(), *draft.refused])
    return Trial(draft.files, found.select(REJECT_COLUMNS).to_pandas())


def _assigned(parcels: Sequence[Parcel]) -> list[Assignment]:
    """Return what each file fills; coverage of any parcel before what it bounds."""
    assigned: list[Assignment] = []
    for one in parcels:
        described = load_mapping(one.mapping) if one.mapping is not None else None
        assigned += assign(find_files(one.paths), described, dict(one.layouts))
    order = list(TABLES)
    return sorted(assigned, key=lambda one: order.index(one.table))


def _add_all(draft: Draft, assigned: Sequence[Assignment], progress: Progress | None) -> None:
    for done, assignment in enumerate(assigned):
        if progress:
            progress(assignment.file, done, len(assigned))
        draft.add(assignment)


def _mapping_text(mapping: Path | str) -> bytes:
    path = Path(mapping)
    return (path if path.is_file() else MAPPINGS_DIR / f"{mapping}.toml").read_bytes()
