"""Room on disk: what has to be free before something large is begun."""

import shutil
from pathlib import Path
from typing import Final

from kayoi.errors import MachineError

RESERVE_BYTES: Final = 2 * 2**30  # stays free, so that other programs and the next build go on
TIMES: Final = 3  # what is stored, a draft of it, and the snapshot built from it


def require_room(folder: Path, size: int) -> None:
    """Raise MachineError where less than three times *size* bytes and 2 GiB are free at *folder*."""
    present = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(present).free
    needed = TIMES * size + RESERVE_BYTES
    if free < needed:
        raise MachineError("room_short", folder=folder, free=_gib(free), needed=_gib(needed))


def _gib(size: int) -> str:
    return f"{size / 2**30:.1f}"
