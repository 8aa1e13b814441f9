"""The secret behind person_key: where it comes from, and the fingerprint that ties it to a warehouse."""

import hmac
import json
import os
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from kayoi.durable import write_whole
from kayoi.errors import KeyMaterialError

ENVIRONMENT_VARIABLE: Final = "KAYOI_KEY"
_FORMAT: Final = 1


def key_file_beside(warehouse: Path) -> Path:
    """Return where a key nobody supplied is kept: beside the folder of *warehouse*, never in it."""
    folder = warehouse.absolute()
    return folder.with_name(f"{folder.name}.key")


def key_for(warehouse: Path, key_file: Path | None = None) -> bytes:
    """Return the secret: KAYOI_KEY (UTF-8 bytes), else *key_file*, else the file beside the warehouse.

    The file beside the warehouse is made once, mode 0600. It is not made again for a warehouse that was
    already loaded: a new key would give every person a new person_key. Raises KeyMaterialError.
    """
    from_environment = os.environ.get(ENVIRONMENT_VARIABLE)
    if from_environment:
        return from_environment.encode()
    if key_file is not None:
        return _read(key_file)
    beside = key_file_beside(warehouse)
    if not beside.exists():
        if (warehouse / "warehouse.json").exists() or has_loads(warehouse):
            raise KeyMaterialError("key_missing", file=beside.name)
        _make(beside)
    return _read(beside)


def key_to_try(warehouse: Path, key_file: Path | None = None) -> bytes:
    """Return the secret a load would use, and where none was made yet one that is forgotten again.

    Raises KeyMaterialError, also where it is not the key the warehouse was loaded with.
    """
    is_new = not (warehouse / "warehouse.json").exists() and not has_loads(warehouse)
    is_given = os.environ.get(ENVIRONMENT_VARIABLE) or key_file or key_file_beside(warehouse).exists()
    if is_new and not is_given:
        return secrets.token_bytes(32)
    key = key_for(warehouse, key_file)
    if bound_fingerprint(warehouse) not in (None, fingerprint(key)):
        raise KeyMaterialError("key_other", warehouse=warehouse.name)
    return key


def is_exposed(key_file: Path) -> bool:
    """Whether other accounts of this machine may read the key file."""
    return bool(key_file.stat().st_mode & 0o077)


def fingerprint(key: bytes) -> str:
    """Return 8 hex digits that tell two keys apart and give neither away."""
    return hmac.digest(key, b"kayoi", "sha256").hex()[:8]


def bind(warehouse: Path, key: bytes) -> None:
    """Write the key's fingerprint into warehouse.json, or check it against the one that is there.

    Raises KeyMaterialError when the warehouse was loaded with another key, or when nothing says with which:
    a second key would make two people of each. Other fields are left alone.
    """
    known = bound_fingerprint(warehouse)
    if known == fingerprint(key):
        return
    if known is not None:
        raise KeyMaterialError("key_other", warehouse=warehouse.name)
    warehouse.mkdir(parents=True, exist_ok=True)
    describe(warehouse, {"format": _FORMAT, **read_described(warehouse), "key_fingerprint": fingerprint(key)})


def describe(warehouse: Path, fields: Mapping[str, Any]) -> None:
    """Write *fields* into warehouse.json beside what it says already. Raises KeyMaterialError, OSError."""
    described = {**read_described(warehouse), **fields}
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    write_whole(warehouse / "warehouse.json", [text.encode()])


def read_described(warehouse: Path) -> dict[str, Any]:
    """Return what warehouse.json says, nothing where there is none; raises KeyMaterialError."""
    path = warehouse / "warehouse.json"
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise KeyMaterialError("key_record_unreadable", file=path) from error
    if not isinstance(described, dict):
        raise KeyMaterialError("key_record_unreadable", file=path)
    return described


def bound_fingerprint(warehouse: Path) -> str | None:
    """Return the fingerprint of the key a warehouse was loaded with; None while nothing was loaded.

    Raises KeyMaterialError where there are loads and warehouse.json does not say with which key.
    """
    known = read_described(warehouse).get("key_fingerprint")
    if known is None and not has_loads(warehouse):
        return None
    if not isinstance(known, str):
        raise KeyMaterialError("key_record_missing", file=warehouse / "warehouse.json")
    return known


def has_loads(warehouse: Path) -> bool:
    """Whether anything was ever loaded into *warehouse* that is still there."""
    return any((warehouse / "loads").glob("[0-9]*"))


def normalized_person(text: str) -> str:
    """Return a person_id as it is hashed: NFKC, then trimmed; empty where there is none."""
    return unicodedata.normalize("NFKC", text).strip()


def person_keys(key: bytes, person_ids: Iterable[str]) -> list[int]:
    """Return person_key per id: first 8 bytes of HMAC-SHA256(key, id), signed, big-endian."""
    return [
        int.from_bytes(hmac.digest(key, normalized_person(text).encode(), "sha256")[:8], "big", signed=True)
        for text in person_ids
    ]


def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise KeyMaterialError("key_unreadable", file=path.name) from error
    if not key:
        raise KeyMaterialError("key_empty", file=path.name)
    return key


def _make(path: Path) -> None:
    """Write a new key whole and mode 0600 before it has its name, so that two first loads agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return  # another process made it meanwhile; that one counts
    except OSError as error:
        raise KeyMaterialError("key_unwritable", file=path.name) from error
    finally:
        temporary.unlink(missing_ok=True)
