"""What a build changed: the figures of the new snapshot beside those of the one before it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from kayoi import queries, warehouse
from kayoi.access import Scope
from kayoi.engine import Engine
from kayoi.errors import NoSnapshotError, SnapshotDamagedError
from kayoi.regions import Region
from kayoi.warehouse import Snapshot, manifest_of

# What a build compares with → the query that reads it from the snapshot before.
BEFORE: Final = {"ask_kpis_before": "kpis_to_compare", "ask_rows_before": "rows_to_compare"}


@dataclass(frozen=True)
class Changes:
    """What a snapshot says differently from the one before it.

    `added` and `removed` are loads. `kpis` has a row per KPI and day (queries/reads/kpi_changes.sql), `rows`
    a row per load, table, municipality and month (row_changes.sql), `regions` a row per region with a change
    (changed_regions.sql). `previous_id` is empty where there was no snapshot to compare with.
    """

    snapshot_id: str
    previous_id: str
    added: tuple[int, ...]
    removed: tuple[int, ...]
    ruleset_before: str
    ruleset_after: str
    kpis: pd.DataFrame
    rows: pd.DataFrame
    regions: pd.DataFrame


def read_changes(snapshot: Snapshot, region: Region) -> Changes:
    """Return what changed in one region when *snapshot* was built."""
    manifest = manifest_of(snapshot.folder.parent.parent, snapshot.snapshot_id)
    before = manifest.get("before")
    known = before if isinstance(before, dict) else {}
    loads, earlier = set(_numbers(manifest.get("loads"))), set(_numbers(known.get("loads")))
    return Changes(
        snapshot_id=snapshot.snapshot_id,
        previous_id=str(known.get("snapshot_id", "")),
        added=tuple(sorted(loads - earlier)) if known else (),
        removed=tuple(sorted(earlier - loads)) if known else (),
        ruleset_before=str(known.get("ruleset", "")),
        ruleset_after=_ruleset(manifest),
        kpis=snapshot.fetch("kpi_changes", region.params),
        rows=snapshot.fetch("row_changes", region.params),
        regions=snapshot.fetch("changed_regions", {}),
    )


def put_before(engine: Engine, folder: Path) -> dict[str, object]:
    """Make the tables a build compares with; return what the manifest keeps of the snapshot before.

    Empty where there is none, where it is damaged, or where another version built it.
    """
    try:
        snapshot = warehouse.open_snapshot(folder, Scope())
    except (NoSnapshotError, SnapshotDamagedError):
        for table, query in BEFORE.items():
            columns = queries.load(query).columns
            engine.put(table, pd.DataFrame(columns=list(columns)), columns)
        return {}
    try:
        for table, query in BEFORE.items():
            engine.put(table, snapshot.fetch(query, {}), queries.load(query).columns)
        manifest = manifest_of(folder, snapshot.snapshot_id)
    finally:
        snapshot.close()
    return {
        "snapshot_id": snapshot.snapshot_id,
        "loads": _numbers(manifest.get("loads")),
        "ruleset": _ruleset(manifest),
    }


def _ruleset(manifest: dict[str, object]) -> str:
    described = manifest.get("ruleset")
    return f"{described.get('id')} {described.get('version')}" if isinstance(described, dict) else ""


def _numbers(listed: object) -> list[int]:
    return [int(one) for one in listed] if isinstance(listed, list) else []
