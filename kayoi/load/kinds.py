"""What kind of file bytes are, by their first marks: a suffix says nothing."""

import re
from typing import Final

from kayoi.errors import FileRefusedError

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MARKS: Final = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90\x00", "EXE"),
)
_MARKUP: Final = re.compile(rb"\s*<(?:!doctype\s+html|html|head|table|\?xml|svg)[\s>]", re.IGNORECASE)


def refuse_disguised(file: str, data: bytes, suffix: str) -> None:
    """Raise FileRefusedError where the first bytes of *data* are another kind of file than *suffix* says."""
    if data.startswith(_OLD_OFFICE):
        raise FileRefusedError("file_password" if _ENCRYPTED in data else "file_old_office", file=file)
    kind = kind_of(data)
    expected = {".xlsx": "ZIP", ".parquet": "Parquet"}.get(suffix)
    if kind is not None and kind != expected:
        raise FileRefusedError("file_disguised", file=file, suffix=suffix, kind=kind)


def kind_of(data: bytes) -> str | None:
    """Return the kind of file the first bytes say it is; None for text and for what is not known."""
    if data.startswith(_ZIP):
        return "ZIP"
    for mark, kind in _MARKS:
        if data.startswith(mark):
            return kind
    return "HTML/XML" if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:1024]) else None
