"""The files as they came, locked away by content hash: what rejects are mended from."""

import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kayoi import keys
from kayoi.durable import write_whole
from kayoi.errors import OriginalMissingError

DEFAULT_DAYS: Final = 90
SETTING: Final = "originals_days"  # of warehouse.json

_MARK: Final = b"KAYOI-ORIGINAL-1"
_SALT_BYTES: Final = 16
_CHUNK_BYTES: Final = 4 * 2**20
_SIZE_BYTES: Final = 4


@dataclass(frozen=True)
class Original:
    """A file that is kept: the SHA-256 of what came, the bytes it takes here, the day it came (UTC)."""

    sha256: str
    size: int
    kept_on: dt.date


def keep(warehouse: Path, sha256: str, data: bytes, key: bytes) -> bool:
    """Keep *data* under its hash, locked with the warehouse's key; return whether it was not there yet.

    Only who holds the key, which lies outside the warehouse, can read it: no raw person id is in the
    warehouse or in a backup of it. Raises OSError, and then leaves nothing.
    """
    path = warehouse / "originals" / sha256
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_whole(path, _locked(sha256, data, key), mode=0o600)
    return True


def read(warehouse: Path, sha256: str, key: bytes) -> bytes:
    """Return the bytes of the file with that hash; raises OriginalMissingError where they cannot be had."""
    try:
        locked = (warehouse / "originals" / sha256).read_bytes()
        data = b"".join(_unlocked(sha256, locked, key))
    except (OSError, InvalidTag, ValueError, pa.ArrowException) as error:
        raise OriginalMissingError("original_missing", sha256=sha256[:12]) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise OriginalMissingError("original_missing", sha256=sha256[:12])
    return data


def kept(warehouse: Path) -> tuple[Original, ...]:
    """Return what is kept, oldest first."""
    found = []
    for path in (warehouse / "originals").glob("[0-9a-f]*"):
        stat = path.stat()
        day = dt.datetime.fromtimestamp(stat.st_mtime, dt.UTC).date()
        found.append(Original(path.name, stat.st_size, day))
    return tuple(sorted(found, key=lambda one: (one.kept_on, one.sha256)))


def days_kept(warehouse: Path) -> int:
    """Return for how many days files are kept, 0 where none are. Raises KeyMaterialError."""
    days = keys.read_described(warehouse).get(SETTING, DEFAULT_DAYS)
    return days if isinstance(days, int) and days >= 0 else DEFAULT_DAYS


def set_days_kept(warehouse: Path, days: int) -> None:
    """Decide for how many days files are kept; the caller holds the lock. Raises KeyMaterialError."""
    keys.describe(warehouse, {SETTING: days})


def clear(warehouse: Path, used: Collection[str], today: dt.date) -> tuple[Original, ...]:
    """Remove what is none of *used* and what is past its days; return it. The caller holds the lock."""
    folder = warehouse / "originals"
    for draft in folder.glob(".part-*"):  # of a load that was killed
        draft.unlink(missing_ok=True)
    oldest = today - dt.timedelta(days=days_kept(warehouse))
    gone = tuple(one for one in kept(warehouse) if one.sha256 not in used or one.kept_on <= oldest)
    for one in gone:
        (folder / one.sha256).unlink(missing_ok=True)
    return gone


def _locked(sha256: str, data: bytes, key: bytes) -> Iterator[bytes]:
    salt = os.urandom(_SALT_BYTES)
    cipher = _cipher(key, salt)
    yield _MARK + salt
    starts = range(0, max(1, len(data)), _CHUNK_BYTES)
    codec = pa.Codec("zstd")
    for number, start in enumerate(starts):
        chunk = data[start : start + _CHUNK_BYTES]
        packed = len(chunk).to_bytes(_SIZE_BYTES, "big") + bytes(codec.compress(chunk, asbytes=True))
        is_last = number == len(starts) - 1
        sealed = cipher.encrypt(_nonce(number, is_last=is_last), packed, sha256.encode())
        yield len(sealed).to_bytes(_SIZE_BYTES, "big") + sealed


def _unlocked(sha256: str, locked: bytes, key: bytes) -> Iterator[bytes]:
    start = len(_MARK) + _SALT_BYTES
    if locked[: len(_MARK)] != _MARK:
        raise ValueError(sha256)
    cipher = _cipher(key, locked[len(_MARK) : start])
    codec = pa.Codec("zstd")
    number = 0
    while start < len(locked):
        end = start + _SIZE_BYTES + int.from_bytes(locked[start : start + _SIZE_BYTES], "big")
        nonce = _nonce(number, is_last=end >= len(locked))
        packed = cipher.decrypt(nonce, locked[start + _SIZE_BYTES : end], sha256.encode())
        size = int.from_bytes(packed[:_SIZE_BYTES], "big")
        yield codec.decompress(packed[_SIZE_BYTES:], decompressed_size=size, asbytes=True)
        start, number = end, number + 1


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    """Return a cipher with a key of its own for one file, so that no nonce is ever used twice under a key."""
    return AESGCM(hmac.digest(hmac.digest(salt, key, "sha256"), b"kayoi original\x01", "sha256"))


def _nonce(number: int, *, is_last: bool) -> bytes:
    """Return the number of a piece and whether it is the last: none can be left out or moved unnoticed."""
    return number.to_bytes(11, "big") + bytes([is_last])
