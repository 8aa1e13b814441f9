"""One writer at a time, and everybody else is told who it is; nothing begins without room on the disk."""

import subprocess
import sys
from pathlib import Path

import pytest

from kayoi import room
from kayoi.build import build
from kayoi.durable import SealBrokenError, read_sealed_json, sealed_json, write_whole
from kayoi.errors import MachineError, WarehouseBusyError
from kayoi.load import load_files
from kayoi.load.recovery import clear_leftovers, leftovers
from kayoi.lock import Holder, holder, writing
from tests.conftest import ROOT
from tests.unit.load_parts import KEY, write

HOLD = """
import sys
from pathlib import Path
from kayoi.lock import writing
with writing(Path(sys.argv[1]), doing="build"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path):
    """A warehouse another process writes to until its input is closed."""
    words = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        yield other
        if not other.stdin.closed:
            other.stdin.close()


def test_who_comes_second_is_told_who_writes_since_when_and_what(held, tmp_path):
    told: list[Holder | None] = []
    with pytest.raises(WarehouseBusyError) as busy, writing(tmp_path, wait_seconds=0.3, told=told.append):
        pytest.fail("two writers")
    [found] = told
    assert found == holder(tmp_path)
    assert (found.doing, found.pid) == ("build", held.pid)
    for locale in ("ja", "en"):
        assert str(held.pid) in busy.value.text(locale)
        assert found.who in busy.value.text(locale)


def test_a_writer_that_was_killed_holds_nothing_and_is_nobody(held, tmp_path):
    held.kill()
    held.wait()
    assert holder(tmp_path) is None
    with writing(tmp_path, wait_seconds=0, doing="load"):
        assert (tmp_path / "lock").read_text(encoding="utf-8")
    assert (tmp_path / "lock").read_bytes() == b""


def test_nobody_writes_to_what_is_not_there(tmp_path):
    assert holder(tmp_path / "w") is None
    assert leftovers(tmp_path / "w") == ()


def test_a_load_without_room_for_three_times_its_files_is_not_begun(tmp_path, monkeypatch):
    file = write(tmp_path, "visits.csv", "person_id | municipality_code | arrived_on\np | 20448 | 2025-06-01")
    monkeypatch.setattr(room, "RESERVE_BYTES", 2**60)
    with pytest.raises(MachineError, match="GiB free"):
        load_files(tmp_path / "w", [file], key=KEY)
    assert not (tmp_path / "w").exists()
    load_files(tmp_path / "w", [file], key=KEY, dry_run=True)


def test_what_was_left_half_done_is_named_and_cleared_by_the_next_writer(tmp_path):
    file = write(tmp_path, "visits.csv", "person_id | municipality_code | arrived_on\np | 20448 | 2025-06-01")
    warehouse = tmp_path / "w"
    load_files(warehouse, [file], key=KEY)
    build(warehouse)
    for folder in ("loads/.tmp-7-000009", "snapshots/.draft-x", "loads/.gone-000004"):
        (warehouse / folder / "inside").mkdir(parents=True)
    for name in ("originals/.part-7-ab", ".CURRENT-7", ".part-7-warehouse.json"):
        (warehouse / name).write_bytes(b"half")
    found = {one.work for one in leftovers(warehouse)}
    assert found == {"load", "build", "withdrawn", "original", "pointer", "record"}
    assert len(clear_leftovers(warehouse)) == 6
    assert leftovers(warehouse) == ()


def test_a_file_is_written_whole_or_stays_what_it_was(tmp_path):
    write_whole(tmp_path / "a", [b"one"], mode=0o600)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600

    def broken():
        yield b"tw"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        write_whole(tmp_path / "a", broken())
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"one"


def test_a_sealed_record_tells_any_change_of_it(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(sealed_json({"rows": 12, "file": "来訪"}), encoding="utf-8")
    assert read_sealed_json(path) == {"rows": 12, "file": "来訪"}
    path.write_text(path.read_text(encoding="utf-8").replace("12", "13"), encoding="utf-8")
    with pytest.raises(SealBrokenError):
        read_sealed_json(path)


def test_a_record_from_before_there_were_seals_is_read(tmp_path):
    Path(tmp_path / "a.json").write_text('{"rows": 12}', encoding="utf-8")
    assert read_sealed_json(tmp_path / "a.json") == {"rows": 12}
