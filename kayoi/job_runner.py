"""The process of one job: `python -m kayoi.job_runner WAREHOUSE JOB`, started by kayoi.jobs."""

import contextlib
import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from kayoi import build, keys
from kayoi.durable import write_whole
from kayoi.errors import KayoiError, UsageError
from kayoi.failures import machine_error
from kayoi.jobs import State, job_folder
from kayoi.load import FileReconciliation, Layout, Parcel, load_parcels, restore, try_parcels, withdraw
from kayoi.lock import Holder
from kayoi.warehouse import data_label

_WAIT_SECONDS: Final = 6 * 3600.0  # a build of the whole country may be before it
_EVERY_SECONDS: Final = 0.2
_REJECTS_TOLD: Final = 1_000


class _Progress:
    """Lines of progress: one per step and fifth of a second, appended whole."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._step = ""
        self._since = time.monotonic()
        self._told = 0.0

    def report(self, step: str, done: int, total: int) -> None:
        """Tell how much of a step is done."""
        now = time.monotonic()
        # the files of a load are one step, whatever each is called
        if done <= 1 and step != self._step:
            self._since = now
        is_new = step != self._step or done >= total
        self._step = step
        if is_new or now - self._told >= _EVERY_SECONDS:
            self._told = now
            seconds = round(now - self._since, 2)
            self._write({"step": step, "done": done, "total": total, "seconds": seconds, "waits": False})

    def waits(self, holder: Holder | None) -> None:
        """Tell that another writer has to end first."""
        self._write({"waits": True, "holder": asdict(holder) if holder else None})

    def _write(self, told: Mapping[str, Any]) -> None:
        with contextlib.suppress(OSError):  # a disk too full for progress may do for the work
            os.write(self._descriptor, (json.dumps(told, ensure_ascii=False) + "\n").encode())


def run(warehouse: Path, job_id: str) -> int:
    """Do what the job asks for and write down how it ended; return the exit code of the process."""
    folder = job_folder(warehouse, job_id)
    described = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    progress = _Progress(folder / "progress.jsonl")
    result: dict[str, Any] = {}
    state: State = "done"
    error: dict[str, str] = {}
    try:
        for kind in described["kinds"]:
            progress.report(kind, 0, 0)
            result[kind] = _DOES[kind](warehouse, folder, described["request"], progress)
    except KayoiError as refused:
        state, error = "refused", _said(refused)
    except BaseException as failed:  # whatever it is, it is written down: nobody watches this process
        traceback.print_exc()
        known = machine_error(failed, warehouse)
        state, error = "failed", _said(known or KayoiError("job_failed", job=job_id))
    finally:
        shutil.rmtree(folder / "files", ignore_errors=True)
    ended = {"state": state, "result": result, "error": error, "ended_at": _now()}
    text = json.dumps(ended, ensure_ascii=False, default=str)
    with contextlib.suppress(OSError):
        write_whole(folder / "result.json", [text.encode()], mode=0o600)
    return 0 if state == "done" else 1


def _try(warehouse: Path, folder: Path, request: Mapping[str, Any], progress: _Progress) -> dict[str, Any]:
    trial = try_parcels(
        warehouse,
        _parcels(folder, request),
        key=_key(warehouse, request, is_trial=True),
        progress=progress.report,
    )
    shown = trial.rejects.head(_REJECTS_TOLD).to_dict("records")
    return {**_accounted(trial.files), "rejects": shown, "rejects_total": len(trial.rejects)}


def _load(warehouse: Path, folder: Path, request: Mapping[str, Any], progress: _Progress) -> dict[str, Any]:
    if data_label(warehouse):
        raise UsageError("load_into_demo", warehouse=warehouse)
    files = load_parcels(
        warehouse,
        _parcels(folder, request),
        key=_key(warehouse, request, is_trial=False),
        progress=progress.report,
        keep_originals=request["keep_originals"],
        wait_seconds=_WAIT_SECONDS,
        told=progress.waits,
    )
    inbox = (warehouse / "inbox").resolve()
    for batch in request["batches"]:
        for file in batch["files"]:
            if Path(file["path"]).is_relative_to(inbox):
                Path(file["path"]).unlink(missing_ok=True)
    return _accounted(files)


def _build(warehouse: Path, _folder: Path, request: Mapping[str, Any], progress: _Progress) -> dict[str, Any]:
    report = build.build(
        warehouse,
        ruleset=request["ruleset"],
        progress=progress.report,
        wait_seconds=_WAIT_SECONDS,
        told=progress.waits,
    )
    return asdict(report)


def _withdraw(
    warehouse: Path, _folder: Path, request: Mapping[str, Any], progress: _Progress
) -> dict[str, Any]:
    entry = withdraw(
        warehouse, request["load_id"], why=request["why"], wait_seconds=_WAIT_SECONDS, told=progress.waits
    )
    return {"entry_id": entry.entry_id, "load_id": entry.of}


def _restore(
    warehouse: Path, _folder: Path, request: Mapping[str, Any], progress: _Progress
) -> dict[str, Any]:
    entry = restore(
        warehouse, request["load_id"], why=request["why"], wait_seconds=_WAIT_SECONDS, told=progress.waits
    )
    return {"entry_id": entry.entry_id, "load_id": entry.of}


_DOES: Final = {"try": _try, "load": _load, "build": _build, "withdraw": _withdraw, "restore": _restore}


def _parcels(folder: Path, request: Mapping[str, Any]) -> list[Parcel]:
    """Give every file the name it came with, as a link in this job's own folder."""
    parcels = []
    for number, batch in enumerate(request["batches"], 1):
        paths, layouts = [], {}
        for place, file in enumerate(batch["files"], 1):
            path = folder / "files" / f"{number}-{place}" / file["name"]
            path.parent.mkdir(parents=True)
            path.symlink_to(file["path"])
            paths.append(path)
            if file["layout"]:
                layouts[path] = Layout(**file["layout"])
        mapping: Path | str | None = batch["mapping"]
        if batch["mapping_toml"] is not None:
            mapping = folder / "files" / f"mapping-{number}.toml"
            mapping.write_text(batch["mapping_toml"], encoding="utf-8")
        parcels.append(Parcel(paths, mapping, layouts))
    return parcels


def _key(warehouse: Path, request: Mapping[str, Any], *, is_trial: bool) -> bytes:
    key_file = Path(request["key_file"]) if request["key_file"] else None
    return keys.key_to_try(warehouse, key_file) if is_trial else keys.key_for(warehouse, key_file)


def _accounted(files: list[FileReconciliation]) -> dict[str, Any]:
    counts = ("read", "accepted", "duplicate", "rejected")
    return {
        "files": [asdict(file) for file in files],
        **{name: sum(getattr(file, name) for file in files) for name in counts},
    }


def _said(error: KayoiError) -> dict[str, str]:
    return {"key": error.key, "ja": error.text("ja"), "en": error.text("en")}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2]))
