"""One writer at a time for a warehouse; readers never wait."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kayoi.durable import account
from kayoi.errors import WarehouseBusyError

WAIT_SECONDS: Final = 3.0
_RETRY_SECONDS: Final = 0.1


@dataclass(frozen=True)
class Holder:
    """Who is writing: what they do (load, build, withdraw), the account, its process, since when (UTC)."""

    doing: str
    who: str
    pid: int
    since: str


Told = Callable[[Holder | None], None]


@contextmanager
def writing(
    warehouse: Path, *, wait_seconds: float = WAIT_SECONDS, doing: str = "", told: Told | None = None
) -> Iterator[None]:
    """Hold the warehouse's write lock for the block; make the folder where it is missing.

    The system releases the lock when the process ends, however it ends, so a dead writer blocks nobody.
    *told* is called once, with who holds it, where it has to wait. Raises WarehouseBusyError, naming the
    holder, when another process still holds it after *wait_seconds*.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(warehouse / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, warehouse, wait_seconds, told)
        with _named(descriptor, doing):
            yield
    finally:
        os.close(descriptor)


def holder(warehouse: Path) -> Holder | None:
    """Return who is writing now as far as they said; None where nobody is, or nobody said."""
    path = warehouse / "lock"
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(path)
    finally:
        os.close(descriptor)
    return None


def _acquire(descriptor: int, warehouse: Path, wait_seconds: float, told: Told | None) -> None:
    deadline = time.monotonic() + wait_seconds
    is_first = True
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if is_first and told:
                told(_read(warehouse / "lock"))
            is_first = False
            if time.monotonic() >= deadline:
                raise _busy(warehouse) from None
            time.sleep(_RETRY_SECONDS)
        else:
            return


@contextmanager
def _named(descriptor: int, doing: str) -> Iterator[None]:
    """Say in the lock who holds it; a disk too full for that is no reason not to go on."""
    since = datetime.now(UTC).isoformat(timespec="seconds")
    text = json.dumps(asdict(Holder(doing, account(), os.getpid(), since)))
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _busy(warehouse: Path) -> WarehouseBusyError:
    found = _read(warehouse / "lock")
    if found is None or not found.doing:
        return WarehouseBusyError("warehouse_busy", warehouse=warehouse.name)
    local = datetime.fromisoformat(found.since).astimezone()
    return WarehouseBusyError(
        "warehouse_busy_with",
        warehouse=warehouse.name,
        doing=found.doing,
        who=found.who,
        pid=found.pid,
        since=f"{local:%Y-%m-%d %H:%M}",
    )
