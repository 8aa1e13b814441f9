"""Progress on a terminal, none in a pipe; a reader may leave early."""

import io
import os
import subprocess
import sys

from kayoi.i18n import translate
from kayoi.progress import reporter
from tests.cli.running import write_input
from tests.conftest import ROOT


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def in_a_pipe(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kayoi", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "KAYOI_KEY": "a key for tests only"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_in_a_pipe_a_command_says_its_answer_and_nothing_else(tmp_path):
    warehouse = tmp_path / "warehouse"
    loaded = in_a_pipe("load", write_input(tmp_path / "input"), "--warehouse", warehouse)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    built = in_a_pipe("build", "--warehouse", warehouse)
    assert (built.returncode, built.stderr) == (0, "")
    assert len(built.stdout.splitlines()) == 1
    assert "\r" not in built.stdout


def test_a_reader_who_leaves_early_gets_no_traceback(valley):
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "kayoi", "kpi", "--region", "JP", "--warehouse", str(valley)],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_on_a_terminal_one_line_is_kept_up_to_date():
    terminal = Terminal()
    report = reporter("ja", terminal)
    report("measure", 1, 2)
    report("measure", 2, 2)
    lines = terminal.getvalue().split("\r\x1b[K")
    words = translate("ja", "progress.measure")
    assert [line.split("（")[0] for line in lines] == ["", f"{words} 1/2", f"{words} 2/2"]
    assert terminal.getvalue().endswith("\n")


def test_in_a_pipe_progress_says_nothing():
    pipe = io.StringIO()
    reporter("ja", pipe)("measure", 2, 2)
    assert pipe.getvalue() == ""
