"""Files that are whole or not there: written aside, on disk, then named; and known again by their hash."""

import getpass
import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

_SETTLED_SECONDS: Final = 2  # a file younger than this may change again within one tick of the clock


class SealBrokenError(ValueError):
    """A sealed JSON file is not what was written; its reader says so in its own words."""


def account() -> str:
    """Return the name of the account this runs under; its number where the system knows no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without an entry for its user
        return str(os.getuid())


def sync(path: Path) -> None:
    """Make sure the disk has it: without this, a power cut may leave a name without its contents."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, chunks: Iterable[bytes], *, mode: int = 0o644) -> None:
    """Write a file that has its name only when every byte is on disk; an earlier one is replaced.

    Raises OSError, and then leaves the earlier one and nothing else.
    """
    draft = path.with_name(f".part-{os.getpid()}-{path.name}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def sealed_json(described: Mapping[str, Any]) -> str:
    """Return *described* as JSON with a last field `seal`, the hash of all the others."""
    sealed = {**described, "seal": _seal(described)}
    return json.dumps(sealed, ensure_ascii=False, indent=1) + "\n"


def read_sealed_json(path: Path) -> dict[str, Any]:
    """Return what a JSON file says, without its seal; one written before there were seals is taken as it is.

    Raises SealBrokenError (a ValueError) where it does not fit its seal, OSError, ValueError.
    """
    described = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(described, dict):
        raise SealBrokenError(path.name)
    seal = described.pop("seal", None)
    if seal is not None and seal != _seal(described):
        raise SealBrokenError(path.name)
    return described


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; of one that has not changed since this process hashed it, from memory.

    Raises OSError.
    """
    stat = path.stat()
    if time.time() - stat.st_mtime < _SETTLED_SECONDS:
        return _hashed(path)
    return _remembered(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def forget_hashes() -> None:
    """Forget what was hashed: something on disk changed without its date changing."""
    _remembered.cache_clear()


@lru_cache(maxsize=20_000)
def _remembered(path: Path, _size: int, _mtime: int, _ctime: int, _inode: int) -> str:
    return _hashed(path)


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal(described: Mapping[str, Any]) -> str:
    canonical = json.dumps(described, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
