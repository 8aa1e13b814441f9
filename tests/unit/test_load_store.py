"""A load appears whole or not at all, and leaves nothing behind that it did not publish."""

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kayoi import __version__
from kayoi.build import build
from kayoi.errors import KeyMaterialError, LoadDamagedError
from kayoi.load import (
    damaged_loads,
    draft,
    ends_after,
    list_loads,
    load_files,
    read_reconciliation,
    read_rejects,
)
from tests.unit.load_parts import KEY, load, write

DRAWN = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2025-07-01
    p2        | 20448             | bad
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_loaded_reads_as_nothing(warehouse):
    assert list_loads(warehouse) == ()
    assert list(read_reconciliation(warehouse)) == [
        "load_id",
        "file",
        "read",
        "accepted",
        "duplicate",
        "rejected",
    ]
    assert len(read_reconciliation(warehouse)) == 0
    assert len(read_rejects(warehouse)) == 0


def test_a_load_is_a_numbered_folder_that_says_what_was_loaded(warehouse, tmp_path):
    file = write(tmp_path / "somewhere", "visits.csv", DRAWN)
    load(warehouse, file)
    assert names(warehouse / "loads") == ["000001"]
    assert names(warehouse / "loads" / "000001") == ["load.json", "rejects.parquet", "visits.parquet"]
    described = json.loads((warehouse / "loads" / "000001" / "load.json").read_text())
    assert described["kayoi_version"] == __version__
    assert described["files"][0]["size"] == file.stat().st_size
    assert "somewhere" not in json.dumps(described)
    [stored] = list_loads(warehouse)
    assert (stored.load_id, set(stored.tables), stored.files[0].table) == (1, {"visits"}, "visits")


@pytest.mark.parametrize("step", ["read_sheet", "rejects", "load_json", "_sync"])
def test_a_load_that_fails_at_any_step_leaves_the_earlier_ones_as_they_were(
    warehouse, tmp_path, monkeypatch, step
):
    load(warehouse, write(tmp_path, "visits.csv", DRAWN))
    second = write(tmp_path, "visits_2.csv", DRAWN.replace("p1", "p3"))
    third = write(tmp_path, "visits_3.csv", DRAWN.replace("p1", "p4"))
    whole = getattr(draft, step)
    calls = iter([True, False])

    def failing(*arguments, **named):
        if step in ("read_sheet", "rejects") and next(calls):
            return whole(*arguments, **named)
        raise OSError("no space left on device")

    before = read_reconciliation(warehouse)
    monkeypatch.setattr(draft, step, failing)
    with pytest.raises(OSError, match="no space"):
        load(warehouse, second, third)
    monkeypatch.undo()
    assert names(warehouse / "loads") == ["000001"]
    assert read_reconciliation(warehouse).equals(before)
    assert load(warehouse, second, third) == [("visits_2.csv", 2, 1, 0, 1), ("visits_3.csv", 2, 1, 0, 1)]


KILLED = """
import os, signal, sys
from pathlib import Path
from kayoi.load import draft, load_files
draft.load_json = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)
load_files(Path(sys.argv[1]), [Path(sys.argv[2])], key=b"a key for tests")
"""


def test_what_a_killed_load_left_is_cleared_by_the_next_one(warehouse, tmp_path):
    file = write(tmp_path, "visits.csv", DRAWN)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(warehouse), str(file)], check=False)
    assert killed.returncode == -9
    assert [name.startswith(".tmp-") for name in names(warehouse / "loads")] == [True]
    assert list_loads(warehouse) == ()
    assert load(warehouse, file) == [("visits.csv", 2, 1, 0, 1)]
    assert names(warehouse / "loads") == ["000001"]


def test_another_key_is_refused_before_anything_is_read(warehouse, tmp_path):
    file = write(tmp_path, "visits.csv", DRAWN)
    load(warehouse, file)
    with pytest.raises(KeyMaterialError):
        load_files(warehouse, [file], key=b"another")
    assert names(warehouse / "loads") == ["000001"]


def test_progress_is_told_file_by_file(warehouse, tmp_path):
    files = [write(tmp_path, f"visits_{n}.csv", DRAWN) for n in (1, 2)]
    told: list[tuple[str, int, int]] = []
    load_files(warehouse, files, key=KEY, progress=lambda *step: told.append(step))
    assert told == [("visits_1.csv", 0, 2), ("visits_2.csv", 1, 2), ("visits_2.csv", 2, 2)]


def test_no_row_hash_can_be_had_without_the_key(tmp_path):
    file = write(tmp_path, "visits.csv", DRAWN)
    hashes = []
    for name, key in (("one", b"one"), ("two", b"two")):
        load_files(tmp_path / name, [file], key=key)
        hashes.append((tmp_path / name / "loads" / "000001" / "visits.parquet").read_bytes())
    assert hashes[0] != hashes[1]


def harmed(warehouse: Path, harm: str) -> None:  # noqa: C901 - a list of harms
    load = warehouse / "loads" / "000001"
    described = json.loads((load / "load.json").read_text())
    match harm:
        case "no load.json":
            (load / "load.json").unlink()
        case "load.json cut short":
            (load / "load.json").write_text("{")
        case "load.json of something else":
            (load / "load.json").write_text("[]")
        case "load.json without files":
            (load / "load.json").write_text(json.dumps(described | {"files": [{}]}))
        case "a copy of the folder":
            shutil.copytree(load, warehouse / "loads" / "000007")
        case "no table":
            (load / "visits.parquet").unlink()
        case "a table cut short":
            (load / "visits.parquet").write_bytes((load / "visits.parquet").read_bytes()[:-20])
        case "a byte changed":
            data = bytearray((load / "visits.parquet").read_bytes())
            data[40] ^= 1
            (load / "visits.parquet").write_bytes(data)
        case "no rejects":
            (load / "rejects.parquet").unlink()
        case "a file nobody wrote":
            shutil.copy(load / "visits.parquet", load / "people.parquet")
        case _:  # before loads were sealed, the rows alone were known
            del described["sealed"], described["seal"]
            (load / "load.json").write_text(json.dumps(described))
            rows = pq.read_table(load / "visits.parquet")
            pq.write_table(rows.slice(1), load / "visits.parquet")


HARMS = [
    "no load.json",
    "load.json cut short",
    "load.json of something else",
    "load.json without files",
    "a copy of the folder",
    "no table",
    "a table cut short",
    "a byte changed",
    "no rejects",
    "a file nobody wrote",
    "a row lost of an unsealed load",
]


@pytest.mark.parametrize("harm", HARMS)
def test_a_load_that_is_not_as_it_was_written_is_refused_by_everything_that_reads_it(
    warehouse, tmp_path, harm
):
    file = write(tmp_path, "visits.csv", DRAWN)
    load(warehouse, file)
    harmed(warehouse, harm)
    [found] = damaged_loads(warehouse)
    assert found.values["load"] in found.text("ja")
    reading = (list_loads, read_reconciliation, read_rejects, lambda folder: load(folder, file), build)
    for read in reading:
        with pytest.raises(LoadDamagedError) as refused:
            read(warehouse)
        assert refused.value.text("ja") == found.text("ja")
    assert not [name for name in names(warehouse / "loads") if name.startswith(".tmp")]


def test_a_damaged_table_names_the_files_to_load_again(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits_2025.csv", DRAWN))
    harmed(warehouse, "no table")
    [found] = damaged_loads(warehouse)
    assert (found.values["file"], found.values["files"]) == ("visits.parquet", "visits_2025.csv")


def test_a_load_made_before_loads_were_sealed_is_still_read(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", DRAWN))
    path = warehouse / "loads" / "000001" / "load.json"
    described = json.loads(path.read_text())
    del described["sealed"], described["seal"]
    path.write_text(json.dumps(described))
    assert damaged_loads(warehouse) == ()
    assert [one.load_id for one in list_loads(warehouse)] == [1]


ENDS = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2030-01-01
    p1        | 20448             | 2025-01-01
    p1        | 20202             | 2030-01-01
    p1        | 20204             | 2029-12-31
"""


def test_a_last_day_is_the_declared_one_else_that_of_the_rows(warehouse, tmp_path):
    coverage = "municipality_code | covered_through\n20202 | 2025-06-30\n20206 | 2031-03-31"
    supports = "person_id | municipality_code | supported_on | kind\np1 | 20204 | 2030-01-02 | fare"
    load(warehouse, write(tmp_path, "visits.csv", ENDS))
    load(warehouse, write(tmp_path, "coverage.csv", coverage), write(tmp_path, "supports.csv", supports))
    ends = ends_after(list_loads(warehouse), dt.date(2029, 12, 31))
    assert [(end.municipality_code, str(end.last_on), end.is_declared) for end in ends] == [
        ("20204", "2030-01-02", False),
        ("20206", "2031-03-31", True),
        ("20448", "2030-01-01", False),
    ]
    assert [end.municipality_code for end in ends_after(list_loads(warehouse), dt.date(2030, 1, 2))] == [
        "20206"
    ]
