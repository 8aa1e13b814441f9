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
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_BOM: Final = b"\xef\xbb\xbf"
# kana, kanji, full-width signs: three bytes in UTF-8, which other encodings hardly ever make by chance
_JAPANESE: Final = re.compile("[\u0800-\ufffc]")
_ENOUGH_JAPANESE: Final = 10
_SAMPLE_BYTES: Final = 2**20  # behind the first damage: enough to tell an exception from another encoding
_MOST_COLUMNS: Final = 16_384  # as many as a sheet of Excel has
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
    A UTF-8 file that is cut or damaged is refused: CP932 would read it all, as other people's names.
    Raises FileRefusedError.
    """
    if data.startswith(_UTF16_MARKS):
        if _decoded(data, "utf-16") is None:
            raise FileRefusedError("file_encoding", file=file)
        return "utf-16"
    if b"\x00" in data:
        raise FileRefusedError("file_not_text", file=file)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse_broken_utf8(data, error, file)
    else:
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


def _refuse_broken_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> None:
    """Raise FileRefusedError where *data* is UTF-8 but for a cut at its end or for damaged places."""
    has_mark = data.startswith(_BOM)
    # the decoder counts from behind the mark
    start = len(data) - len(error.object) + error.start
    before = len(_JAPANESE.findall(data[:start].decode("utf-8")))
    line = len(_LINE_END.findall(data[:start])) + 1
    is_cut = error.reason == "unexpected end of data"
    # a lone half-width kana of CP932 is the first byte of two in UTF-8, never the first of three
    if is_cut and (has_mark or before or data[start] >= 0xE0):
        raise FileRefusedError("file_cut", file=file, line=line)
    if has_mark or before >= _ENOUGH_JAPANESE or _is_mostly_utf8(data[: start + _SAMPLE_BYTES]):
        raise FileRefusedError("file_damaged", file=file, line=line)


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the damage is an exception: Japanese characters stand ten to one against it."""
    text = data.decode("utf-8", errors="replace")
    return len(_JAPANESE.findall(text)) >= _ENOUGH_JAPANESE * max(1, text.count("\ufffd"))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _read_csv(file: str, data: bytes) -> Sheet:
    data = data.rstrip(b"\x1a")  # the end-of-file mark of old systems
    encoding = encoding_of(data, file)
    delimiter = _delimiter(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""), file)
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    # the last record must be our own mark: otherwise a quotation mark was left open and has swallowed rows
    lines = chain(text, ["\r\n", _END])
    reader = csv.reader(lines, delimiter=delimiter)
    records = _records(reader, file)
    headings, heading_line = next(
        ((row, line) for row, line in records if any(map(str.strip, row))), ([_END], 0)
    )
    if headings == [_END]:
        raise FileRefusedError("file_empty", file=file)
    if len(headings) > _MOST_COLUMNS:
        raise FileRefusedError(
            "file_wide", file=file, columns=f"{len(headings):,}", most=f"{_MOST_COLUMNS:,}"
        )
    collector = Collector(len(headings))
    collector.open_with(headings, heading_line)
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
        raise FileRefusedError("file_cell_long", file=file, line=start) from error


def _ends_its_last_line(data: bytes) -> int:
    return int(data.endswith((b"\n", b"\r", b"\n\x00", b"\x00\n")))


def _delimiter(text: io.TextIOWrapper, file: str) -> str:
    """Return the separator that splits the heading line into the most cells; a comma where it is even."""
    lines = ((line, place) for place, line in enumerate(text, start=1) if line.strip(" \t\r\n,;"))
    heading, line = next(lines, ("", 1))
    counts = {mark: _cells_of(heading, mark) for mark in _DELIMITERS}
    if heading and not any(counts.values()):
        raise FileRefusedError("file_cell_long", file=file, line=line)
    return max(_DELIMITERS, key=lambda mark: counts[mark])


def _cells_of(heading: str, mark: str) -> int:
    """Return into how many cells *mark* splits a line; 0 where one of them is longer than any table holds."""
    try:
        return len(next(csv.reader([heading], delimiter=mark), []))
    except csv.Error:
        return 0
