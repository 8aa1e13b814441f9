"""One writer at a time for a warehouse; readers never wait."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kayoi.errors import WarehouseBusyError

_RETRY_SECONDS: Final = 0.1


@contextmanager
def writing(warehouse: Path, *, wait_seconds: float = 3.0) -> Iterator[None]:
    """Hold the warehouse's write lock for the block; make the folder where it is missing.

    The system releases the lock when the process ends, however it ends, so a dead writer blocks nobody.
    Raises WarehouseBusyError when another process still holds it after *wait_seconds*.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(warehouse / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, warehouse, wait_seconds)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, warehouse: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WarehouseBusyError("warehouse_busy", warehouse=warehouse.name) from None
            time.sleep(_RETRY_SECONDS)
        else:
            return
