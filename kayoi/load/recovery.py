"""What a writer that was killed left behind: what it is, and how the next one clears it away."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# What is written aside until it is whole; whoever holds the lock knows that nobody writes to it any more.
_DRAFTS: Final = {
    "load": "loads/.tmp-*",
    "withdrawn": "loads/.gone-*",
    "build": "snapshots/.draft-*",
    "original": "originals/.part-*",
    "pointer": ".CURRENT-*",
    "record": ".part-*",
}


@dataclass(frozen=True)
class Leftover:
    """Something nobody finished: of which work (load, withdrawn, build, original, pointer, record), where."""

    work: str
    path: Path


def leftovers(warehouse: Path) -> tuple[Leftover, ...]:
    """Return what was left unfinished, or is being written by whoever holds the lock now."""
    return tuple(
        Leftover(work, path) for work, pattern in _DRAFTS.items() for path in sorted(warehouse.glob(pattern))
    )


def clear_leftovers(warehouse: Path) -> tuple[Leftover, ...]:
    """Remove what was left unfinished; return it. The caller holds the lock."""
    found = leftovers(warehouse)
    for one in found:
        if one.path.is_dir():
            shutil.rmtree(one.path, ignore_errors=True)
        else:
            one.path.unlink(missing_ok=True)
    return found
