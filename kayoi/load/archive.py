"""A workbook's zip, looked through before it is read: what it unfolds into is counted, entities refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from kayoi.errors import FileRefusedError

# a workbook is a zip: a small file can unfold into more than the machine holds
MOST_BYTES: Final = 400 * 1024 * 1024
_MOST_ENTRIES: Final = 1_000
_MOST_RATIO: Final = 200
_SMALL: Final = 4 * 1024 * 1024  # unfolds into so little that its ratio says nothing
_CHUNK: Final = 1024 * 1024
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_STORED: Final = 0
_DEFLATED: Final = 8
_ENTITIES: Final = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_LONGEST_MARK: Final = max(map(len, _ENTITIES))
ERROR_CELL: Final = b't="e"'


def check_archive(file: str, data: bytes) -> int:
    """Inflate every entry of a workbook's zip without keeping any; return how many cells hold an error.

    Sizes are counted, not believed. Raises FileRefusedError for what is no workbook, unfolds too far, is
    encrypted, or declares entities, which no spreadsheet program writes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefusedError("file_workbook", file=file) from error
    limit = min(MOST_BYTES, max(_SMALL, _MOST_RATIO * len(data)))
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > limit:
        raise FileRefusedError("file_too_large", file=file)
    if "xl/workbook.xml" not in {_plain(entry.filename) for entry in entries}:
        raise FileRefusedError("file_workbook", file=file)
    left = limit
    errors = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise FileRefusedError("file_password", file=file)
        tail = b""
        for chunk in _inflated(file, data, entry):
            left -= len(chunk)
            if left < 0:
                raise FileRefusedError("file_too_large", file=file)
            seen = tail + chunk
            if entry.filename.endswith((".xml", ".rels")):
                if any(mark in seen for mark in _ENTITIES):
                    raise FileRefusedError("file_workbook", file=file)
                errors += seen.count(ERROR_CELL) - tail.count(ERROR_CELL)
            tail = chunk[-_LONGEST_MARK:]
    return errors


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _inflated(file: str, data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what an entry holds, a piece at a time, by its compressed bytes alone."""
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise FileRefusedError("file_workbook", file=file)
    _, name, extra = _LOCAL_HEADER.unpack(header)
    start = entry.header_offset + _LOCAL_HEADER.size + name + extra
    packed = memoryview(data)[start : start + entry.compress_size]
    if len(packed) < entry.compress_size or entry.compress_type not in (_STORED, _DEFLATED):
        raise FileRefusedError("file_workbook", file=file)
    if entry.compress_type == _STORED:
        for place in range(0, len(packed), _CHUNK):
            yield bytes(packed[place : place + _CHUNK])
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for place in range(0, len(packed), _CHUNK):
            waiting = bytes(packed[place : place + _CHUNK])
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, _CHUNK)
                waiting = inflater.unconsumed_tail
    except zlib.error as error:
        raise FileRefusedError("file_workbook", file=file) from error
    if not inflater.eof and entry.file_size:
        raise FileRefusedError("file_workbook", file=file)
