"""What the machine did to DuckDB: no room, no memory, no access, stopped; anything else is a bug of ours."""

from typing import Final, Literal

import duckdb

Trouble = Literal["disk_full", "memory", "denied", "input_output", "interrupted"]

EngineError: Final = duckdb.Error

# DuckDB gives the system's words, in English, and no number of the error.
_WORDS: Final[tuple[tuple[str, Trouble], ...]] = (
    ("no space left", "disk_full"),
    ("file too large", "disk_full"),
    ("quota exceeded", "disk_full"),
    ("max_temp_directory_size", "disk_full"),
    ("permission denied", "denied"),
    ("read-only file system", "denied"),
)


def trouble_of(error: BaseException) -> Trouble | None:
    """Return what the machine did, None where *error* is not DuckDB's or tells of a bug of ours."""
    text = str(error).lower()
    # Where Python sees Ctrl-C first, DuckDB gives up with a plain RuntimeError.
    if isinstance(error, duckdb.InterruptException) or (
        isinstance(error, RuntimeError) and "query interrupted" in text
    ):
        return "interrupted"
    if not isinstance(error, duckdb.Error):
        return None
    for words, trouble in _WORDS:
        if words in text:
            return trouble
    if isinstance(error, duckdb.OutOfMemoryException):
        return "memory"
    return "input_output" if isinstance(error, duckdb.IOException) else None
