"""A full disk, no permission, Ctrl-C: one sentence, and what was published stays."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kayoi.i18n import translate
from tests.cli.running import KEY, VISITS, contents, kayoi, write_input
from tests.conftest import ROOT

COMMANDS = {
    "load": lambda folder: ("load", folder / "more"),
    "build": lambda folder: ("build",),
    "export": lambda folder: ("export", "visits", "--out", folder / "visits.csv"),
    "export of a mart": lambda folder: ("export", "mart_kpis", "--out", folder / "kpis.parquet"),
}
ROOM = {"load": (0, 400), "build": (0, 4_096, 400_000), "export": (0, 100), "export of a mart": (0, 5_000)}


def with_room(room: int, warehouse: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a command that may write *room* bytes to a file: as a disk that is full answers."""
    return subprocess.run(
        [sys.executable, "-m", "kayoi", *map(str, words), "--warehouse", str(warehouse)],
        cwd=ROOT,
        env={**os.environ, "KAYOI_KEY": KEY, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "room"), [(command, room) for command, rooms in ROOM.items() for room in rooms]
)
def test_a_full_disk_is_one_sentence_and_leaves_what_was_published(own_valley, tmp_path, command, room):
    more = write_input(tmp_path / "more")
    (more / "visits.csv").write_text(VISITS.replace("traveller", "another"), encoding="utf-8")
    before = contents(own_valley)
    ran = with_room(room, own_valley, *COMMANDS[command](tmp_path))
    assert (ran.returncode, ran.stdout) == (1, ""), ran.stderr
    assert ran.stderr.startswith(
        translate("ja", "error.machine_disk_full", file="|", reason="").split("|")[0]
    )
    assert len(ran.stderr.splitlines()) == 1
    assert "draft" not in ran.stderr
    after = contents(own_valley)
    assert {name: after.get(name) for name in before} == before
    assert [path.name for path in (own_valley / "snapshots").iterdir()] == [
        (own_valley / "CURRENT").read_text("utf-8").strip()
    ]
    assert not list(own_valley.glob(".CURRENT-*"))
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_file_that_cannot_be_written_is_named_as_the_reader_named_it(valley, tmp_path):
    out = tmp_path / f"{'x' * 300}.csv"
    ran = kayoi("export", "visits", "--out", out, "--warehouse", valley)
    assert (ran.code, ran.out) == (1, "")
    assert str(out) in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file_to_export_to(valley, tmp_path):
    (tmp_path / "out.csv").mkdir()
    ran = kayoi("export", "visits", "--out", tmp_path / "out.csv", "--warehouse", valley)
    assert (ran.code, ran.err.strip()) == (
        2,
        translate("ja", "error.export_is_folder", folder=tmp_path / "out.csv"),
    )
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("command", ["load", "build", "export", "kpi"])
def test_ctrl_c_is_one_line_and_130(own_valley, tmp_path, command):
    words = {
        "load": ("load", write_input(tmp_path / "more")),
        "build": ("build",),
        "export": ("export", "visits", "--out", tmp_path / "visits.csv"),
        "kpi": ("kpi", "--region", "JP"),
    }[command]
    before = contents(own_valley)
    at = {"load": "load_parcels", "build": "build", "export": "open_snapshot", "kpi": "open_snapshot"}[
        command
    ]
    # The signal comes as soon as the command's own work begins, which differs from run to run otherwise.
    stopped = (
        "import os, signal, sys\n"
        "from kayoi.__main__ import main\n"
        "def trace(frame, event, _):\n"
        f"    if frame.f_code.co_name == {at!r}:\n"
        "        sys.setprofile(None)\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.setprofile(trace)\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", stopped, *map(str, words), "--warehouse", str(own_valley)],
        cwd=ROOT,
        env={**os.environ, "KAYOI_KEY": KEY},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", translate("ja", "error.stopped") + "\n")
    assert contents(own_valley) == before


def test_ctrl_c_while_duckdb_works_is_the_same(monkeypatch, valley):
    def slow(*_arguments: object) -> None:
        import threading

        import duckdb

        threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        duckdb.sql("select sum(a.i * b.i % 7) from range(60000) a(i), range(60000) b(i)").fetchall()

    monkeypatch.setattr("kayoi.commands.kpi.open_snapshot", slow)
    # A job that a shell put in the background ignores SIGINT, and so would this test.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        ran = kayoi("kpi", "--region", "JP", "--warehouse", valley)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (ran.code, ran.err) == (130, translate("ja", "error.stopped") + "\n")


def test_an_answer_that_nobody_can_write_down_is_a_sentence_too(valley):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "kayoi", "kpi", "--region", "JP", "--warehouse", str(valley)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
