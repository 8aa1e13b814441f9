"""A command run in a process that something happens to: a signal or an error at its n-th touch of disk."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.unit.load_parts import KEY

# Runs a command with an audit hook: Python reports every opening for writing, renaming, making and removing.
HARMED = """
import errno, os, signal, sys, threading
from pathlib import Path
warehouse, harm, at, *words = sys.argv[1:]
TOUCHES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.truncate", "shutil.rmtree"}
seen = 0
def hook(event, arguments):
    global seen
    if event == "open":
        path, mode, flags = arguments
        if not isinstance(path, (str, bytes, os.PathLike)) or not flags & (os.O_WRONLY | os.O_RDWR):
            return
        place = os.fsdecode(path)
    elif event in TOUCHES:
        place = os.fsdecode(arguments[0]) if isinstance(arguments[0], (str, bytes, os.PathLike)) else ""
    else:
        return
    if not place.startswith(warehouse) or place.endswith(("/lock", ".pyc")):
        return
    seen += 1
    if harm == "count":
        return
    if seen == int(at):
        if harm == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, "No space left on device", place)
from kayoi import room
room.RESERVE_BYTES = 0
from kayoi.__main__ import main
sys.addaudithook(hook)
code = main([*words, "--warehouse", warehouse])
if harm == "count":
    print("TOUCHES", seen)
sys.exit(code)
"""
NAMED = """
import os, signal, sys
warehouse, step, *words = sys.argv[1:]
from kayoi.__main__ import main
def trace(frame, event, _):
    if event == "call" and frame.f_code.co_name == step and "kayoi" in frame.f_code.co_filename:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(trace)
sys.exit(main([*words, "--warehouse", warehouse]))
"""


def environment() -> dict[str, str]:
    return {**os.environ, "KAYOI_KEY": KEY.decode(), "PYTHONDONTWRITEBYTECODE": "1"}


def run(code: str, *words: object) -> subprocess.CompletedProcess[str]:
    """Run *code* with *words* and return what it said."""
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)


def touches(warehouse: Path, *words: object) -> int:
    """Return how often a command touches the disk of *warehouse*; it is run for it."""
    ran = run(HARMED, warehouse, "count", 0, *words)
    assert ran.returncode == 0, ran.stderr
    return int(ran.stdout.split("TOUCHES")[1])


def killed_after(seconds: float, warehouse: Path, *words: object) -> int:
    """Run a command and kill it with all its children after some time; return its exit code."""
    command = [sys.executable, "-m", "kayoi", *map(str, words), "--warehouse", str(warehouse)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait()
