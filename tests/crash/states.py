"""What a warehouse holds, said in a way that can be compared, and what must hold of it at any moment."""

import shutil
from pathlib import Path

from kayoi.access import Scope
from kayoi.build import build
from kayoi.load import history, list_loads, load_files, read_reconciliation, withdraw
from kayoi.warehouse import damaged_files, open_snapshot, published_id, snapshot_ids
from tests.unit.load_parts import KEY, stored, write

VISITS = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2025-05-10
    p1        | 20448             | 2025-06-10
    p2        | 20202             | 2025-06-30
    p3        | 20202             | not a day
"""
COMMANDS = ("load", "withdraw", "restore", "build")

Loaded = tuple[tuple[str, ...], ...]


def made(folder: Path) -> Path:
    """Make a warehouse with two loads, one of them withdrawn, a snapshot, and files to load beside it."""
    warehouse = folder / "w"
    for number, person in ((1, "p1"), (2, "p5"), (3, "p6")):
        drawn = VISITS.replace("p1", person)
        load_files(warehouse, [write(folder, f"visits_{number}.csv", drawn)], key=KEY)
    withdraw(warehouse, 3)
    build(warehouse)
    write(folder, "visits_new.csv", VISITS.replace("p1", "p9"))
    return warehouse


def words(warehouse: Path, command: str) -> list[object]:
    """Return the words of one of COMMANDS for a warehouse that `made` made."""
    return {
        "load": ["load", warehouse.parent / "visits_new.csv"],
        "withdraw": ["withdraw", 1],
        "restore": ["withdraw", 3, "--undo"],
        "build": ["build"],
    }[command]


def copied(warehouse: Path, folder: Path) -> Path:
    """Return a copy with the files beside it."""
    shutil.copytree(warehouse.parent, folder)
    return folder / warehouse.name


def loaded(warehouse: Path) -> Loaded:
    """Return every row that counts, and what the reconciliation says."""
    rows = stored(warehouse, "visits", "load_id", "line", "row_hash")
    accounts = read_reconciliation(warehouse).astype(str).to_numpy().tolist()
    return tuple(map(tuple, [*rows, *accounts]))


def shown(warehouse: Path) -> tuple[str, str]:
    """Return which snapshot is published and what it says."""
    snapshot = open_snapshot(warehouse, Scope.everything())
    try:
        assert snapshot.instead_of == ""
        return snapshot.snapshot_id, snapshot.fetch("kpis_to_compare", {}).to_csv()
    finally:
        snapshot.close()


def require_sound(warehouse: Path) -> None:
    """Assert what holds whatever happened: nothing partial, nothing lost, every row accounted for."""
    for load in list_loads(warehouse):
        for file in load.files:
            assert file.accepted + file.duplicate + file.rejected == file.read
    assert "damaged" not in {entry.state for entry in history(warehouse)}
    assert damaged_files(warehouse, published_id(warehouse)) == ()
    for name in snapshot_ids(warehouse):
        assert damaged_files(warehouse, name) == ()
