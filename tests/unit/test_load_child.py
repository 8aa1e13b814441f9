"""The process that parses: what it knows, what it may take, and that its death takes nothing else down."""

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from kayoi.errors import FileRefusedError
from kayoi.load import list_loads, load_files, reader
from kayoi.load.child import Limits, Worker
from kayoi.load.decode import parse_file
from kayoi.load.reader import read_sheet, wanted_of
from kayoi.load.sheet import Cells, Sheet
from kayoi.load.wire import received, send
from tests.unit.load_parts import KEY, load, write

DRAWN = "person_id | municipality_code | arrived_on\np1 | 20448 | 2025-07-01"
FILE = Path("visits.csv")
DATA = b"person_id,municipality_code,arrived_on\np1,20448,2025-07-01\n"
LARGE = DATA + b"p2,20448,2025-07-02\n" * 200_000


def texts(sheet: Sheet) -> list[list[str]]:
    return [[column.texts[code] for code in column.codes] for column in sheet.columns]


def ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_sheet_comes_through_the_process_as_it_is_read_in_it():
    there, here = (
        read_sheet(FILE, LARGE, "visits"),
        parse_file(FILE.name, LARGE, "visits", wanted_of("visits", None)),
    )
    assert (there.headings, there.encoding, there.layout, there.opening) == (
        here.headings,
        here.encoding,
        here.layout,
        here.opening,
    )
    assert texts(there) == texts(here)
    assert there.lines.tolist() == here.lines.tolist()
    assert there.cells_in_row.tolist() == here.cells_in_row.tolist()


def test_the_process_is_told_neither_the_key_nor_anything_else(monkeypatch):
    monkeypatch.setenv("KAYOI_KEY", "a secret nobody else may know")
    worker = Worker.start()
    try:
        told = Path(f"/proc/{worker.process.pid}/environ")
        if not told.exists():
            pytest.skip("needs /proc")
        assert worker.sheet(request(), DATA).rows == 1
        assert b"secret" not in told.read_bytes()
        assert b"KAYOI" not in told.read_bytes()
    finally:
        worker.end()


def request(limits: Limits = reader.LIMITS) -> dict[str, object]:
    layout = {"sheet": None, "first_heading_line": None, "heading_lines": None}
    return {
        "name": "visits.csv",
        "table": None,
        "wanted": [],
        "layout": layout,
        "limits": limits.of(".csv", 0),
    }


@pytest.mark.parametrize(
    ("limits", "key", "data"),
    [
        (Limits(seconds=0.01), "error.file_too_slow", LARGE),
        (Limits(least_memory=0, memory_per_byte=0), "error.file_not_readable", DATA + b"," * 200_000_000),
        (Limits(file_bytes=2**16), "error.file_not_readable", LARGE),
    ],
)
def test_a_file_that_takes_too_much_is_refused_by_name_and_the_next_is_read(
    tmp_path, monkeypatch, limits, key, data
):
    path = tmp_path / "visits.csv"
    path.write_bytes(data)
    monkeypatch.setattr(reader, "LIMITS", limits)
    with pytest.raises(FileRefusedError) as refused:
        load_files(tmp_path / "w", [path], key=KEY)
    assert (refused.value.key, refused.value.values) == (key, {"file": "visits.csv"})
    assert list_loads(tmp_path / "w") == ()
    monkeypatch.undo()
    assert load(tmp_path / "w", write(tmp_path, "visits.csv", DRAWN)) == [("visits.csv", 1, 1, 0, 0)]


def test_a_process_that_was_killed_is_started_again():
    killed = Worker.shared()
    os.kill(killed.process.pid, signal.SIGKILL)
    killed.process.wait()
    assert read_sheet(FILE, DATA, "visits").rows == 1
    assert Worker.shared().process.pid != killed.process.pid


def test_a_process_that_dies_while_it_reads_is_a_refusal_and_is_started_again():
    worker = Worker.shared()
    os.kill(worker.process.pid, signal.SIGSTOP)
    timer = threading.Timer(0.1, worker.process.kill)
    timer.start()
    with pytest.raises(FileRefusedError) as refused:
        read_sheet(FILE, DATA, "visits")
    timer.join()
    assert refused.value.values["file"] == "visits.csv"
    assert read_sheet(FILE, DATA, "visits").rows == 1


def test_the_process_ends_when_its_parent_does():
    worker = Worker.start()
    assert not ended(worker.process.pid)
    worker.process.stdin.close()
    assert worker.process.wait(timeout=30) == 0


def test_files_read_at_the_same_time_are_not_confused():
    found: dict[int, int] = {}

    def read(number: int) -> None:
        found[number] = read_sheet(FILE, DATA + b"p2,20448,2025-07-02\n" * number, "visits").rows

    threads = [threading.Thread(target=read, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: number + 1 for number in range(8)}


@pytest.mark.parametrize("lost", ["headings", "layout", "columns", "codes"])
def test_what_the_process_says_is_not_believed(tmp_path, lost):
    sheet = parse_file("visits.csv", DATA, "visits")
    with (tmp_path / "columns").open("w+b") as file:
        if lost == "codes":
            sheet = replace(sheet, columns=(Cells(["p1"], np.array([7], dtype=np.int32)), *sheet.columns[1:]))
        facts = send(sheet, file.fileno())
        if lost == "columns":
            file.truncate(100)
        facts.pop(lost, None)
        with pytest.raises((ValueError, LookupError, pa.ArrowException)):
            received(facts, file.fileno())
