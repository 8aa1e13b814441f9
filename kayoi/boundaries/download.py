"""The one thing Kayoi ever fetches, and only when asked: デジタル庁's municipality boundaries."""

import hashlib
import http.client
import threading
import time
import urllib.request
from pathlib import Path
from typing import Final

from kayoi.durable import write_whole
from kayoi.errors import BoundariesRefusedError

ADDRESS: Final = (
    "https://raw.githubusercontent.com/digital-go-jp/policy-dashboard-assets/main/data/map/"
    "ja_municipality_area.json"
)
SHA256: Final = "6acf7c111dbe993abfedb754d08628e7c3673e73bf001baa792fe62c64bf18c6"

_MOST_BYTES: Final = 20_000_000
_CHUNK: Final = 1 << 16


def fetch(folder: Path, seconds: float, *, accept_changed: bool = False) -> Path:
    """Fetch the file into *folder* within *seconds* and return it; raises BoundariesRefusedError.

    Another content than the one this version was tried with is refused unless *accept_changed*.
    """
    content = _within(seconds)
    if hashlib.sha256(content).hexdigest() != SHA256 and not accept_changed:
        raise BoundariesRefusedError("boundaries_changed", address=ADDRESS)
    path = folder / ADDRESS.rsplit("/", 1)[-1]
    write_whole(path, [content])
    return path


def _within(seconds: float) -> bytes:
    """Give up after *seconds* whatever hangs: looking up a name knows no time limit of its own."""
    got: list[bytes] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            got.append(_ask(seconds))
        except (OSError, ValueError, http.client.HTTPException) as error:
            failed.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not got:
        why = failed[0] if failed else TimeoutError(f"{seconds:g} s")
        raise BoundariesRefusedError("boundaries_not_fetched", address=ADDRESS, why=why)
    return got[0]


def _ask(seconds: float) -> bytes:
    give_up_at = time.monotonic() + seconds
    content = b""
    with urllib.request.urlopen(ADDRESS, timeout=seconds) as answer:
        while chunk := answer.read(_CHUNK):
            content += chunk
            if len(content) > _MOST_BYTES or time.monotonic() > give_up_at:
                raise TimeoutError(f"{len(content):,} bytes")
    return content
