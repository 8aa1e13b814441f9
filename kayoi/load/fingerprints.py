"""Row hashes: 128 bits that say whether two rows, as read, are equal in every column."""

import hashlib
import hmac
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kayoi.load.sheet import Cells

Halves = npt.NDArray[np.uint64]  # shape (rows, 2)


def row_hashes(key: bytes, columns: Iterable[tuple[str, Cells]], rows: int) -> pa.Array:
    """Return one hash per row, 32 hex digits, as an Arrow string array.

    It is the sum over the cells that are not empty of a keyed hash of (heading, text): neither the order
    of the columns nor an added empty column changes it, and no row can be guessed from it without the key.
    """
    secret = hmac.digest(key, b"kayoi row", "sha256")
    total = np.zeros((rows, 2), dtype=np.uint64)
    for heading, cells in columns:
        if rows:
            total += _cell_hashes(secret, heading, cells.texts)[cells.codes]
    return _hex(total)


def is_repeated(hashes: pa.Array, earlier: Iterable[pa.ChunkedArray | pa.Array]) -> npt.NDArray[np.bool_]:
    """Whether each row's hash stands before it in *hashes* or anywhere in *earlier*."""
    repeated = pd.Series(hashes.to_numpy(zero_copy_only=False)).duplicated().to_numpy(copy=True)
    for known in earlier:
        # the file is small beside what was loaded before: look up the many in the few
        met = known.filter(pc.is_in(known, value_set=hashes))
        if len(met):
            repeated |= pc.is_in(hashes, value_set=met).to_numpy(zero_copy_only=False)
    return np.asarray(repeated, dtype=np.bool_)


def _cell_hashes(secret: bytes, heading: str, texts: Iterable[str]) -> Halves:
    start = hashlib.blake2b(f"{heading}\x1f".encode(), digest_size=16, key=secret)
    digests = bytearray()
    for text in texts:
        if not text:
            digests += bytes(16)
            continue
        one = start.copy()
        one.update(text.encode("utf-8", errors="surrogatepass"))
        digests += one.digest()
    return np.frombuffer(bytes(digests), dtype=np.uint64).reshape(-1, 2)


def _hex(total: Halves) -> pa.Array:
    letters = total.tobytes().hex().encode()
    offsets = np.arange(0, 32 * len(total) + 1, 32, dtype=np.int64)
    large = pa.LargeStringArray.from_buffers(len(total), pa.py_buffer(offsets), pa.py_buffer(letters))
    return large.cast(pa.string())
