"""Load, withdraw, restore, build, killed or refused by the disk at every step: the old state or the new."""

import os
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kayoi.load import load_files
from kayoi.load.recovery import leftovers
from tests.conftest import ROOT
from tests.crash.harm import HARMED, NAMED, environment, killed_after, run, touches
from tests.crash.states import COMMANDS, Loaded, copied, loaded, made, require_sound, shown, words
from tests.unit.load_parts import KEY

KILLS = int(os.environ.get("KAYOI_KILLS", "6"))  # at random moments; `make crash` asks for 500
EVERY = int(os.environ.get("KAYOI_EVERY", "9"))  # every n-th touch of the disk; `make crash` takes each

# The steps by name: the functions that leave something on disk, of each command.
STEPS = {
    "load": (
        "bind",
        "begin",
        "add",
        "_keep",
        "write_whole",
        "_write_rejects",
        "publish",
        "load_json",
        "sync",
    ),
    "withdraw": ("_stand", "_write_instead", "sealed_json", "sync", "clear"),
    "restore": ("_stand", "_write_instead", "sealed_json", "sync"),
    "build": ("put_before", "expose", "measure", "write_marts", "seal", "publish", "sync", "prune"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with a history; copied by every test."""
    return made(tmp_path_factory.mktemp("whole") / "files")


@pytest.fixture(scope="module")
def after(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Loaded]:
    """What is loaded when each command has done its work."""
    found = {}
    for command in COMMANDS:
        own = copied(whole, tmp_path_factory.mktemp(command) / "files")
        ran = subprocess.run(
            [sys.executable, "-m", "kayoi", *map(str, words(own, command)), "--warehouse", str(own)],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        found[command] = loaded(own)
    return found


def require_old_or_new(whole: Path, own: Path, after: Loaded, *, ended_well: bool) -> None:
    """Assert that a command did all of its work or none of it, and that the next one recovers by itself."""
    require_sound(own)
    now, before = loaded(own), loaded(whole)
    assert now in (before, after)
    if ended_well:
        assert now == after
    if shown(own)[0] == shown(whole)[0]:
        assert shown(own) == shown(whole)
    # the next writer clears up whatever was left, and brings in what there is
    load_files(own, [own.parent / "visits_new.csv"], key=KEY)
    assert leftovers(own) == ()
    require_sound(own)


@pytest.mark.parametrize(("command", "step"), [(one, step) for one, steps in STEPS.items() for step in steps])
def test_killed_at_a_named_step_it_did_everything_or_nothing(whole, after, tmp_path, command, step):
    own = copied(whole, tmp_path / "files")
    ran = run(NAMED, own, step, *words(own, command))
    assert ran.returncode == -9, f"{step} is no step of {command} any more"
    require_old_or_new(whole, own, after[command], ended_well=False)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("harm", ["kill", "full"])
def test_at_each_touch_of_the_disk_it_does_everything_or_nothing(whole, after, tmp_path, command, harm):
    count = touches(copied(whole, tmp_path / "counted"), *words(tmp_path / "counted" / "w", command))
    assert count > 3
    for number in range(1, count + 1, EVERY):
        own = copied(whole, tmp_path / str(number))
        ran = run(HARMED, own, harm, number, *words(own, command))
        if harm == "kill":
            assert ran.returncode == -9
        else:
            assert ran.returncode in (0, 1)
            assert "Traceback" not in ran.stderr, ran.stderr
        require_old_or_new(whole, own, after[command], ended_well=ran.returncode == 0)
        shutil.rmtree(own.parent)


def test_killed_at_any_moment_it_did_everything_or_nothing(whole, after, tmp_path):
    chance = random.Random(int(os.environ.get("KAYOI_SEED", "1")))
    for number in range(KILLS):
        command = chance.choice(COMMANDS)
        own = copied(whole, tmp_path / str(number))
        code = killed_after(chance.uniform(0.0, 4.0), own, *words(own, command))
        require_old_or_new(whole, own, after[command], ended_well=code == 0)
        shutil.rmtree(own.parent)


@pytest.mark.parametrize("room", [0, 4_096, 300_000])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_that_takes_no_more_leaves_everything_or_nothing(whole, after, tmp_path, command, room):
    own = copied(whole, tmp_path / "files")
    ran = subprocess.run(
        [sys.executable, "-m", "kayoi", *map(str, words(own, command)), "--warehouse", str(own)],
        cwd=ROOT,
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, 1)
    assert "Traceback" not in ran.stderr
    require_old_or_new(whole, own, after[command], ended_well=ran.returncode == 0)


LITTLE_MEMORY = """
import sys
from pathlib import Path
from kayoi.__main__ import main
from kayoi.engine import Engine
whole = Engine.working.__func__
def little(cls, folder, slots, **options):
    return whole(cls, folder, slots, memory_limit="3MB")
Engine.working = classmethod(little)
sys.exit(main(["build", "--warehouse", sys.argv[1], "--lang", "en"]))
"""


def test_a_build_without_enough_memory_says_so_and_the_old_snapshot_stays(whole, tmp_path):
    own = copied(whole, tmp_path / "files")
    ran = run(LITTLE_MEMORY, own)
    assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 1)
    assert "memory" in ran.stderr
    assert shown(own) == shown(whole)
    require_sound(own)


def test_half_a_file_is_refused_or_accounted_for_and_the_whole_one_brings_the_rest(whole, tmp_path):
    own = copied(whole, tmp_path / "files")
    text = (own.parent / "visits_new.csv").read_bytes()
    half = own.parent / "visits_half.csv"
    half.write_bytes(text[: len(text) // 2])
    [file] = load_files(own, [half], key=KEY)
    assert file.accepted + file.duplicate + file.rejected == file.read
    [rest] = load_files(own, [own.parent / "visits_new.csv"], key=KEY)
    assert file.accepted + rest.accepted + rest.duplicate >= rest.accepted
    require_sound(own)


def test_two_loads_at_once_both_come_in_or_the_second_says_who_is_writing(whole, tmp_path):
    own = copied(whole, tmp_path / "files")
    files = []
    for number in range(4):
        file = own.parent / f"visits_x{number}.csv"
        file.write_text(f"person_id,municipality_code,arrived_on\nx{number},20448,2025-06-01\n")
        files.append(file)
    commands = [
        [sys.executable, "-m", "kayoi", "load", str(file), "--warehouse", str(own), "--lang", "en"]
        for file in files
    ]
    running = [
        subprocess.Popen(one, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for one in commands
    ]
    said = [one.communicate()[1].decode() for one in running]
    codes = [one.returncode for one in running]
    assert set(codes) <= {0, 1}
    assert all("writing to w since" in words for words, code in zip(said, codes, strict=True) if code)
    people = len(loaded(own)) - len(loaded(whole))
    assert people == 2 * codes.count(0)  # a row and an account of its file
    require_sound(own)
