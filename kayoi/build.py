"""Loads → staging → intermediate → marts → checks → a sealed, published snapshot."""

import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pandas as pd

import kayoi
from kayoi import queries, rulesets, warehouse
from kayoi.changes import put_before
from kayoi.contract import TABLES, stored_columns
from kayoi.engine import Engine
from kayoi.errors import NoSnapshotError
from kayoi.load import StoredLoad, list_loads
from kayoi.lock import WAIT_SECONDS, Told, writing
from kayoi.measure import Progress, ask, measure, month_ends
from kayoi.municipalities import load_groups
from kayoi.reference_tables import put_reference

# What a reader gets of each municipality's people: table → query.
PEOPLE_TABLES: Final = {
    "visits": "detail_visits",
    "stage_spells": "detail_stage_spells",
    "engagements": "detail_engagements",
    "enrollments": "detail_enrollments",
    "supports": "detail_supports",
    "people": "detail_people",
    "homes": "detail_homes",
    "nights": "detail_nights",
}
_FACTS: Final = {
    "snapshot_id": "varchar",
    "built_at": "timestamp",
    "ruleset_id": "varchar",
    "ruleset_version": "varchar",
    "data_label": "varchar",
    "rows_read": "bigint",
    "rows_accepted": "bigint",
    "rows_duplicate": "bigint",
    "rows_rejected": "bigint",
}
_FILES: Final = {
    "load_id": "integer",
    "file_no": "integer",
    "file": "varchar",
    "table_name": "varchar",
    "loaded_at": "varchar",
    "rows_read": "bigint",
    "rows_accepted": "bigint",
    "rows_duplicate": "bigint",
    "rows_rejected": "bigint",
}


@dataclass(frozen=True)
class BuildReport:
    """What was built: the snapshot, its ruleset, and how much is in it."""

    snapshot_id: str
    ruleset: str
    visits: int
    spells: int
    regions: int
    as_ofs: int


def build(
    folder: Path,
    *,
    ruleset: str | Path = rulesets.DEFAULT,
    progress: Progress | None = None,
    wait_seconds: float = WAIT_SECONDS,
    told: Told | None = None,
) -> BuildReport:
    """Build a new snapshot from everything loaded into *folder* and publish it in one step.

    *wait_seconds* and *told* are those of `kayoi.lock.writing`.
    Raises NoSnapshotError where nothing is loaded or no row was accepted, RulesetError for a wrong ruleset,
    CheckFailedError where a check finds a row that must not be (nothing is published then),
    WarehouseBusyError where another process is writing.
    """
    rules = rulesets.load(ruleset)
    with writing(folder, wait_seconds=wait_seconds, doing="build", told=told):
        loads = list_loads(folder)
        if not loads:
            raise NoSnapshotError("no_loads", folder=folder)
        with _draft_in(folder) as draft:
            snapshot_id = _new_id(folder)
            with closing(Engine.working(draft, rules.slots())) as engine:
                before = put_before(engine, folder)
                report = _built(engine, folder, draft, loads, rules, snapshot_id, progress or _silent)
            _clear_working_files(draft)
            manifest = {
                "shape": warehouse.shape(),
                "snapshot_id": snapshot_id,
                "kayoi": kayoi.__version__,
                "ruleset": {"id": rules.id, "version": rules.version},
                "loads": [load.load_id for load in loads],
                "before": before,
            }
            warehouse.publish(folder, draft, snapshot_id, manifest)
        warehouse.prune(folder)
    return report


@contextmanager
def _draft_in(folder: Path) -> Iterator[Path]:
    """Give a folder for a snapshot in the making; it goes, whatever happens, unless it was published."""
    snapshots = folder / "snapshots"
    snapshots.mkdir(parents=True, exist_ok=True)
    for left in snapshots.glob(".draft-*"):  # of builds that were killed: nobody else holds the lock
        shutil.rmtree(left, ignore_errors=True)
    draft = snapshots / f".draft-{uuid.uuid4().hex[:8]}"
    try:
        (draft / "detail").mkdir(parents=True)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def prepare(engine: Engine, tables: Sequence[str]) -> None:
    """Build the named tables in the order in which they read each other."""
    for name in queries.in_build_order(tables):
        engine.create(name)


def people_stage_tables() -> list[str]:
    """Return the tables between the loads and the first one that depends on the days asked about."""
    return [
        name
        for folder in ("staging", "intermediate")
        for name in queries.names(folder)
        if not queries.depends_on(name, "ask_days")
    ]


def _built(  # noqa: PLR0913 - what one build knows, handed over once
    engine: Engine,
    folder: Path,
    draft: Path,
    loads: Sequence[StoredLoad],
    rules: rulesets.Ruleset,
    snapshot_id: str,
    progress: Progress,
) -> BuildReport:
    expose_loads(engine, loads)
    put_reference(engine, load_groups(folder / "groups.toml"))
    engine.put("ask_facts", _facts(folder, loads, rules, snapshot_id), _FACTS)
    engine.put("ask_files", _files(loads), _FILES)
    wanted = queries.in_build_order(people_stage_tables())
    for done, name in enumerate(wanted, 1):
        engine.create(name)
        progress("people", done, len(wanted))
    dimensions = [name for name in queries.names("marts") if name.startswith("dim_")]
    prepare(engine, [name for name in dimensions if not queries.depends_on(name, "ask_previous")])
    covered = engine.table("int_horizons")
    if covered.empty:
        raise NoSnapshotError("no_rows", folder=folder)
    horizons = [stamp.date() for stamp in covered["horizon_on"]]
    first_on = min(stamp.date() for stamp in covered["first_on"])
    days = month_ends(first_on, max(horizons))
    measure(engine, ask(engine, days, horizons, first_on), progress)
    engine.create("dim_as_ofs")
    engine.create("mart_changes")
    for name in queries.names("checks"):
        engine.check(name)
    regions = _write_files(engine, draft, progress)
    return BuildReport(
        snapshot_id=snapshot_id,
        ruleset=rules.id,
        visits=engine.rows("int_visits"),
        spells=engine.rows("int_municipality_spells") + engine.rows("int_regional_spells"),
        regions=regions,
        as_ofs=len(days),
    )


def expose_loads(engine: Engine, loads: Sequence[StoredLoad]) -> None:
    """Make raw_<table> of every table of the contract from the loads."""
    for table in TABLES:
        files = [load.tables[table] for load in loads if table in load.tables]
        engine.expose(f"raw_{table}", files, stored_columns(table))


def _write_files(engine: Engine, draft: Path, progress: Progress) -> int:
    engine.write_marts(draft / warehouse.MARTS, queries.names("marts"))
    members = engine.table("int_membership")
    regions = sorted(set(zip(members["region_level"], members["region_code"], strict=True)))
    for done, (level, code) in enumerate(regions, 1):
        tables = PEOPLE_TABLES if level == "municipality" else {"stage_spells": PEOPLE_TABLES["stage_spells"]}
        params = {"region_level": level, "region_code": code}
        engine.write_queries(
            draft / warehouse.detail_path(level, code),
            [(table, query, params) for table, query in tables.items()],
        )
        progress("seal", done, len(regions))
    return len(regions)


def _facts(
    folder: Path, loads: Sequence[StoredLoad], rules: rulesets.Ruleset, snapshot_id: str
) -> pd.DataFrame:
    files = [file for load in loads for file in load.files]
    row = {
        "snapshot_id": snapshot_id,
        "built_at": datetime.now(UTC).replace(tzinfo=None),
        "ruleset_id": rules.id,
        "ruleset_version": rules.version,
        "data_label": warehouse.data_label(folder),
        "rows_read": sum(file.read for file in files),
        "rows_accepted": sum(file.accepted for file in files),
        "rows_duplicate": sum(file.duplicate for file in files),
        "rows_rejected": sum(file.rejected for file in files),
    }
    return pd.DataFrame([row])


def _files(loads: Sequence[StoredLoad]) -> pd.DataFrame:
    rows = [
        (
            *(load.load_id, file.file_no, file.file, file.table, load.loaded_at),
            *(file.read, file.accepted, file.duplicate, file.rejected),
        )
        for load in loads
        for file in load.files
    ]
    return pd.DataFrame(rows, columns=list(_FILES))


def _new_id(folder: Path) -> str:
    """Return a name that sorts after every snapshot there is, even where the clock was set back."""
    now = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    taken = sorted(path.name for path in (folder / "snapshots").iterdir() if not path.name.startswith("."))
    latest = max(now, taken[-1].split("-")[0]) if taken else now
    number = sum(name.startswith(latest) for name in taken)
    return f"{latest}-{number:03d}"


def _clear_working_files(draft: Path) -> None:
    shutil.rmtree(draft / "spill", ignore_errors=True)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""
