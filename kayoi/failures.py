"""Failures of the machine as our errors: one sentence that says what to do, in the reader's language."""

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kayoi.engine import EngineError, Trouble, trouble_of
from kayoi.errors import MachineError, StoppedError

_BY_NUMBER: Final[dict[int, Trouble]] = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOMEM: "memory",
}


def machine_error(error: BaseException, place: Path) -> MachineError | StoppedError | None:
    """Return what to say about *error* at *place*, the file or folder the reader named; None for a bug."""
    for one in _causes(error):
        trouble = _trouble(one)
        if trouble == "interrupted":
            return StoppedError("stopped")
        if trouble:
            return MachineError(f"machine_{trouble}", file=place, reason=_reason(one))
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and what it came after: clearing up after a failure of the machine often fails too.

    A bug that shows while a failure is handled stays a bug.
    """
    current: BaseException | None = error
    while isinstance(current, EngineError | OSError):
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    if current is not None:
        yield current


def _trouble(error: BaseException) -> Trouble | None:
    if isinstance(error, KeyboardInterrupt):
        return "interrupted"
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0, "input_output")
    return trouble_of(error)


def _reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    # DuckDB puts the system's words after the name of a file of ours that the reader never heard of.
    return str(error).strip().rpartition('": ')[2] or type(error).__name__
