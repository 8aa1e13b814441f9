"""A file's bytes → a sheet of text: CSV in the encodings municipalities use, XLSX, Parquet."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kayoi.errors import FileRefusedError
from kayoi.load.sheet import Collector, Sheet
from kayoi.load.workbook import read_parquet, read_workbook

if TYPE_CHECKING:
    import _csv

SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
_DELIMITERS: Final = (",", "\t", ";")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_HALF_WIDTH_OR_PRIVATE: Final = re.compile("[\uff61-\uff9f\ue000-\uf8ff]")
_EVERYDAY: Final = re.compile("[ぁ-んァ-ヶー市町村都道府県年月日]")
_END: Final = "\x1aend of file\x1a"


def read_sheet(path: Path, data: bytes, table: str | None) -> Sheet:
    """Return what the file at *path* with the bytes *data* says; *table* names the sheet of a workbook.

    Raises FileRefusedError, which names the file, for what cannot be read with certainty.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise FileRefusedError("file_kind", file=path.name, known=", ".join(SUFFIXES))
    if not data:
        raise FileRefusedError("file_empty", file=path.name)
    if suffix == ".xlsx":
        return read_workbook(path.name, data, table)
    if suffix == ".parquet":
        return read_parquet(path.name, data)
    return _read_csv(path.name, data)


def encoding_of(data: bytes, file: str) -> str:
    """Return the one encoding all of *data* decodes under, strictly; never a guess from a sample.

    The ladder is UTF-16 with a mark, UTF-8, CP932, EUC-JP. Shift_JIS is CP932 (～ ① 髙 stay what they are).
    Raises FileRefusedError.
    """
    if data.startswith(_UTF16_MARKS):
        if _decoded(data, "utf-16") is None:
            raise FileRefusedError("file_encoding", file=file)
        return "utf-16"
    if b"\x00" in data:
        raise FileRefusedError("file_not_text", file=file)
    if _decoded(data, "utf-8-sig") is not None:
        return "utf-8-sig"
    cp932 = _decoded(data, "cp932")
    euc_jp = _decoded(data, "euc_jp")
    if cp932 is None and euc_jp is None:
        raise FileRefusedError("file_encoding", file=file)
    if cp932 is None:
        return "euc_jp"
    # EUC-JP bytes often pass for half-width kana in CP932; the kanji of a CP932 file never pass in EUC-JP
    if euc_jp is not None and _HALF_WIDTH_OR_PRIVATE.search(cp932) and _EVERYDAY.search(euc_jp):
        return "euc_jp"
    return "cp932"


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _read_csv(file: str, data: bytes) -> Sheet:
    data = data.rstrip(b"\x1a")  # the end-of-file mark of old systems
    encoding = encoding_of(data, file)
    delimiter = _delimiter(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""))
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    # the last record must be our own mark: otherwise a quotation mark was left open and has swallowed rows
    lines = chain(text, ["\r\n", _END])
    reader = csv.reader(lines, delimiter=delimiter)
    records = _records(reader, file)
    headings, _ = next(((row, line) for row, line in records if any(map(str.strip, row))), ([_END], 0))
    if headings == [_END]:
        raise FileRefusedError("file_empty", file=file)
    collector = Collector(len(headings))
    line = 1
    ended = False
    for row, line in records:
        ended = row == [_END]
        if not ended:
            collector.add(row, line)
    if not ended:
        raise FileRefusedError("file_quote_open", file=file, line=line)
    collector.blank_rows -= _ends_its_last_line(data)
    return collector.finish(headings, encoding)


def _records(reader: "_csv.Reader", file: str) -> Iterator[tuple[list[str], int]]:
    """Yield each record with the physical line it starts on; cells may hold line breaks."""
    start = 1
    try:
        for row in reader:
            yield row, start
            start = reader.line_num + 1
    except csv.Error as error:  # a cell longer than any table holds
        raise FileRefusedError("file_quote_open", file=file, line=start) from error


def _ends_its_last_line(data: bytes) -> int:
    return int(data.endswith((b"\n", b"\r", b"\n\x00", b"\x00\n")))


def _delimiter(text: io.TextIOWrapper) -> str:
    """Return the separator that splits the heading line into the most cells; a comma where it is even."""
    heading = next((line for line in text if line.strip(" \t\r\n,;")), "")
    return max(_DELIMITERS, key=lambda mark: len(next(csv.reader([heading], delimiter=mark), [])))
