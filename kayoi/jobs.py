"""Work that outlives a page: loading and building in a process of their own, started, watched and stopped."""

import fcntl
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from kayoi import rulesets
from kayoi.durable import account, write_whole
from kayoi.errors import UnknownJobError
from kayoi.load.layout import Layout

Kind = Literal["try", "load", "build", "withdraw", "restore"]
State = Literal["waiting", "running", "done", "refused", "failed", "cancelled", "died"]

ENDED: Final = ("done", "refused", "failed", "cancelled", "died")
KEPT: Final = 50  # jobs that are remembered
_ROOT: Final = Path(__file__).parent.parent
_ID: Final = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{6}")
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Upload:
    """A file that arrived: where its bytes are, the name to show, and where its table stands."""

    path: Path
    name: str
    layout: Layout | None = None


@dataclass(frozen=True)
class Batch:
    """Files that are read with one mapping: the id of a shipped one, a mapping file, or its TOML text."""

    files: Sequence[Upload]
    mapping: Path | str | None = None
    mapping_toml: str | None = None


@dataclass(frozen=True)
class Job:
    """One piece of work as it stands now.

    `step` is a key of the locales below `job.step.`, or the name of a file; `done` of `total` of it are done.
    `seconds_left` is a guess from the speed so far, None where there is none yet. `result` holds, by step,
    what the command prints with --json (`load`: files, totals and the first rejects; `build`: the report).
    `error` is what went wrong, in `ja` and `en`. Times are UTC.
    """

    job_id: str
    kinds: tuple[Kind, ...]
    state: State
    by: str
    started_at: str
    ended_at: str
    step: str = ""
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    seconds_left: float | None = None
    result: Mapping[str, Any] = field(default_factory=dict)
    error: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED


def start_load(  # noqa: PLR0913 - what a load may be told
    warehouse: Path,
    batches: Sequence[Batch],
    *,
    dry_run: bool = False,
    then_build: bool = False,
    keep_originals: bool = True,
    key_file: Path | None = None,
    ruleset: str = rulesets.DEFAULT,
) -> Job:
    """Start loading in a process of its own; what a dry run would do is in `result["try"]`.

    Uploads below `inbox/` are removed when they are loaded. Raises OSError.
    """
    described = [
        {
            "mapping": str(batch.mapping) if batch.mapping is not None else None,
            "mapping_toml": batch.mapping_toml,
            "files": [
                {
                    "path": str(file.path.resolve()),
                    "name": clean_name(file.name),
                    "layout": asdict(file.layout) if file.layout else None,
                }
                for file in batch.files
            ],
        }
        for batch in batches
    ]
    kinds: list[Kind] = ["try"] if dry_run else ["load"]
    if then_build and not dry_run:
        kinds.append("build")
    request = {
        "batches": described,
        "keep_originals": keep_originals,
        "key_file": str(key_file.resolve()) if key_file else None,
        "ruleset": ruleset,
    }
    return _start(warehouse, kinds, request)


def start_build(warehouse: Path, *, ruleset: str = rulesets.DEFAULT) -> Job:
    """Start a build in a process of its own. Raises OSError."""
    return _start(warehouse, ["build"], {"ruleset": ruleset})


def start_withdraw(
    warehouse: Path,
    load_id: int,
    *,
    why: str = "",
    then_build: bool = True,
    ruleset: str = rulesets.DEFAULT,
) -> Job:
    """Start withdrawing a load, and building without it. Raises OSError."""
    kinds: list[Kind] = ["withdraw", "build"] if then_build else ["withdraw"]
    return _start(warehouse, kinds, {"load_id": load_id, "why": why, "ruleset": ruleset})


def start_restore(
    warehouse: Path,
    load_id: int,
    *,
    why: str = "",
    then_build: bool = True,
    ruleset: str = rulesets.DEFAULT,
) -> Job:
    """Start bringing a withdrawn load back, and building with it. Raises OSError."""
    kinds: list[Kind] = ["restore", "build"] if then_build else ["restore"]
    return _start(warehouse, kinds, {"load_id": load_id, "why": why, "ruleset": ruleset})


def read_job(warehouse: Path, job_id: str) -> Job:
    """Return how a job stands, whoever started it. Raises UnknownJobError."""
    folder = job_folder(warehouse, job_id)
    try:
        described = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnknownJobError("job_unknown", job=job_id) from error
    is_alive = _is_alive(folder)  # first: a job that ends meanwhile has written its result before
    told = _last_told(folder / "progress.jsonl")
    ended = _ended(folder)
    state: State = "waiting" if told.get("waits", True) else "running"
    if ended:
        state = ended["state"]
    elif not is_alive:
        state = "cancelled" if (folder / "cancelled").exists() else "died"
    done, total = int(told.get("done", 0)), int(told.get("total", 0))
    seconds = float(told.get("seconds", 0.0))
    is_running = state == "running" and 0 < done < total
    return Job(
        job_id=job_id,
        kinds=tuple(described["kinds"]),
        state=state,
        by=described["by"],
        started_at=described["started_at"],
        ended_at=ended.get("ended_at", ""),
        step=str(told.get("step", "")),
        done=done,
        total=total,
        seconds=seconds,
        seconds_left=seconds * (total - done) / done if is_running else None,
        result=ended.get("result", {}),
        error=ended.get("error", {}),
    )


def list_jobs(warehouse: Path) -> tuple[Job, ...]:
    """Return the jobs that are remembered, the latest first."""
    names = sorted((path.name for path in (warehouse / "jobs").glob("2*")), reverse=True)
    found = []
    for name in names:
        try:
            found.append(read_job(warehouse, name))
        except UnknownJobError:
            continue  # being made, or of something else
    return tuple(found)


def cancel(warehouse: Path, job_id: str, *, wait_seconds: float = 10.0) -> Job:
    """Stop a job; what was published and loaded before stays as it was. Raises UnknownJobError.

    Everything it does appears in one step or not at all, so it can be stopped at any moment; one that has
    just ended stays what it is.
    """
    folder = job_folder(warehouse, job_id)
    if not read_job(warehouse, job_id).has_ended:
        write_whole(folder / "cancelled", [account().encode()])
        deadline = time.monotonic() + wait_seconds
        while _is_alive(folder) and time.monotonic() < deadline:
            _kill(folder)
            time.sleep(0.05)
        shutil.rmtree(folder / "files", ignore_errors=True)
    return read_job(warehouse, job_id)


def job_folder(warehouse: Path, job_id: str) -> Path:
    """Return where a job is written down. Raises UnknownJobError for what is no name of a job."""
    if not _ID.fullmatch(job_id):
        raise UnknownJobError("job_unknown", job=job_id)
    return warehouse / "jobs" / job_id


def clean_name(name: str) -> str:
    """Return the name of an upload as a file may be called: no folders, no signs that nobody sees."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = _UNSAFE.sub("", last).lstrip(".").strip()
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:80]}{dot}{suffix[:10]}" if stem else (plain[:80] or "file")


def _start(warehouse: Path, kinds: Sequence[Kind], request: Mapping[str, Any]) -> Job:
    """Write down what is wanted and start the process that does it, apart from this one."""
    now = datetime.now(UTC)
    job_id = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"  # they sort as they began
    folder = job_folder(warehouse, job_id)
    folder.mkdir(parents=True, mode=0o700)
    _forget_old(warehouse)
    described = {
        "job_id": job_id,
        "kinds": list(kinds),
        "by": account(),
        "started_at": now.isoformat(timespec="seconds"),
        "request": dict(request),
    }
    write_whole(folder / "job.json", [json.dumps(described, ensure_ascii=False).encode()], mode=0o600)
    # The lock is taken here and handed down open, so the job is alive from its first moment to its last.
    alive = os.open(folder / "alive", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(alive, fcntl.LOCK_EX)
        with (folder / "log").open("wb") as log:
            child = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "kayoi.job_runner", str(warehouse.resolve()), job_id],
                cwd=_ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[alive],
            )
        write_whole(folder / "pid", [str(child.pid).encode()])
    finally:
        os.close(alive)
    return read_job(warehouse, job_id)


def _is_alive(folder: Path) -> bool:
    """Whether a process of the job still runs: the system lets go of its lock however it ends."""
    try:
        descriptor = os.open(folder / "alive", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _kill(folder: Path) -> None:
    """End the job's process group; asked for only while the job's lock is held, so the number is its own."""
    try:
        os.killpg(int((folder / "pid").read_text(encoding="utf-8")), signal.SIGKILL)
    except (OSError, ValueError):
        return  # it ended meanwhile, or was started this moment


def _ended(folder: Path) -> dict[str, Any]:
    try:
        ended: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return ended


def _last_told(path: Path) -> dict[str, Any]:
    """Return the last whole line of progress."""
    try:
        lines = path.read_bytes()[-4096:].split(b"\n")
    except OSError:
        return {}
    for line in reversed(lines[:-1]):
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            return told
    return {}


def _forget_old(warehouse: Path) -> None:
    for job in list_jobs(warehouse)[KEPT:]:
        if job.has_ended:
            shutil.rmtree(warehouse / "jobs" / job.job_id, ignore_errors=True)
