"""A file's bytes → a sheet of text: CSV in the encodings municipalities use, XLSX, Parquet."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from kayoi.errors import FileRefusedError
from kayoi.load.headings import heading_key
from kayoi.load.kinds import refuse_disguised
from kayoi.load.layout import LOOKED_AT, Layout, Row, Wanted, find_headings
from kayoi.load.parquet import read_parquet
from kayoi.load.sheet import MOST_COLUMNS, OPENING_ROWS, Collector, Sheet, preview, without_repeated
from kayoi.load.workbook import outline_workbook, read_workbook

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
_END: Final = "\x1aend of file\x1a"


def parse_file(
    name: str,
    data: bytes,
    table: str | None = None,
    wanted: Sequence[Wanted] = (),
    layout: Layout | None = None,
) -> Sheet:
    """Return what the file called *name* with the bytes *data* says; *table* names the sheet of a workbook.

    *wanted* are headings that tell where the table begins; *layout* says it outright. What is read here was
    written by anybody: call it through `reader.read_sheet`, which runs it in a process with limits.
    Raises FileRefusedError, which names the file, for what cannot be read with certainty.
    """
    suffix, given = checked_suffix(name, data), layout or Layout()
    if suffix == ".xlsx":
        return read_workbook(name, data, table, wanted, given)
    if suffix == ".parquet":
        return read_parquet(name, data)
    return _read_csv(name, data, wanted, given)


def outline_file(name: str, data: bytes, wanted: Sequence[Wanted], layout: Layout) -> list[dict[str, object]]:
    """Return name, size and headings of each sheet of a file, and whether it holds what is *wanted*.

    Of text only the beginning is looked at. Raises FileRefusedError.
    """
    suffix = checked_suffix(name, data)
    if suffix == ".xlsx":
        return [
            {
                "name": one.name,
                "rows": one.rows,
                "columns": one.columns,
                "is_table": one.found is not None and one.found.is_certain,
                "is_visible": one.is_visible,
                "headings": one.found.headings if one.found else (),
            }
            for one in outline_workbook(name, data, wanted, layout)
        ]
    sheet = (
        read_parquet(name, data)
        if suffix == ".parquet"
        else _read_csv(name, data, wanted, layout, is_whole_wanted=False)
    )
    size = {"rows": sheet.rows, "columns": len(sheet.headings), "headings": sheet.headings}
    return [{"name": "", "is_table": sheet.is_certain, **size}]


def checked_suffix(name: str, data: bytes) -> str:
    """Return the suffix of *name*, lower case, where *data* can be such a file. Raises FileRefusedError."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise FileRefusedError("file_kind", file=name, known=", ".join(SUFFIXES))
    if not data:
        raise FileRefusedError("file_empty", file=name)
    refuse_disguised(name, data, suffix)
    return suffix


def encoding_of(data: bytes, file: str) -> str:
    """Return the one encoding all of *data* decodes under, strictly; never a guess from a sample.

    The ladder is UTF-16 with a mark, UTF-8, CP932, EUC-JP. Shift_JIS is CP932 (～ ① 髙 stay what they are).
    A UTF-8 file that is cut or damaged is refused: CP932 would read it all, as other people's names.
    Raises FileRefusedError.
    """
    if data.startswith(_UTF16_MARKS):
        text = _decoded(data, "utf-16")
        if text is None:
            raise FileRefusedError("file_encoding", file=file)
        if "\x00" in text:
            raise FileRefusedError("file_not_text", file=file)
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


def _read_csv(
    file: str, data: bytes, wanted: Sequence[Wanted], given: Layout, *, is_whole_wanted: bool = True
) -> Sheet:
    data = data.rstrip(b"\x1a")  # the end-of-file mark of old systems
    encoding = encoding_of(data, file)
    delimiter = _delimiter(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""), file, wanted)
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    # the last record must be our own mark: otherwise a quotation mark was left open and has swallowed rows
    lines = chain(text, (_END,))
    records = _records(csv.reader(lines, delimiter=delimiter), file)
    opening = [(line, row) for row, line in islice(records, OPENING_ROWS)]
    is_whole = bool(opening) and opening[-1][1] == [_END]
    if is_whole:
        opening.pop()
    found = find_headings([(line, row[: MOST_COLUMNS + 1]) for line, row in opening], wanted, given)
    if found is None:
        _refuse_without_headings(file, given, opening)
    if len(found.headings) > MOST_COLUMNS:
        width = max(len(opening[place][1]) for place in found.places)
        raise FileRefusedError("file_wide", file=file, columns=f"{width:,}", most=f"{MOST_COLUMNS:,}")
    collector = Collector(len(found.headings))
    for line, row in opening[found.places.stop :]:
        collector.add(row, line)
    line, ended = opening[-1][0], is_whole or not is_whole_wanted
    for row, line in records if is_whole_wanted else ():
        ended = row == [_END]
        if not ended:
            collector.add(row, line)
    if not ended:
        raise FileRefusedError("file_quote_open", file=file, line=line)
    above = [row for _, row in opening[: found.places.start]]
    title_rows = sum(1 for row in above if any(map(str.strip, row)))
    collector.blank_rows += len(above) - title_rows
    sheet = replace(
        collector.finish(found.headings, encoding),
        layout=found.layout(None),
        is_certain=found.is_certain,
        title_rows=title_rows,
        opening=preview(opening),
    )
    return without_repeated(sheet, found.rows)


def _refuse_without_headings(file: str, given: Layout, opening: Sequence[Row]) -> NoReturn:
    if given.first_heading_line is not None and any(any(map(str.strip, row)) for _, row in opening):
        raise FileRefusedError("file_heading_line", file=file, line=given.first_heading_line)
    raise FileRefusedError("file_empty", file=file)


def _records(reader: "_csv.Reader", file: str) -> Iterator[tuple[list[str], int]]:
    """Yield each record with the physical line it starts on; cells may hold line breaks."""
    start = 1
    try:
        for row in reader:
            yield row, start
            start = reader.line_num + 1
    except csv.Error as error:  # a cell longer than any table holds
        raise FileRefusedError("file_cell_long", file=file, line=start) from error


def _delimiter(text: io.TextIOWrapper, file: str, wanted: Sequence[Wanted]) -> str:
    """Return the separator by which a line near the top is one of the *wanted* headings.

    Else the one that splits the first line that can be split into the most cells; a comma where it is even.
    """
    lines = [
        (line, place) for place, line in enumerate(islice(text, LOOKED_AT), 1) if line.strip(" \t\r\n,;")
    ]
    for line, _ in lines:
        for mark in _DELIMITERS:
            keys = {heading_key(cell) for cell in _cells_of(line, mark)}
            if any(len(one.required) > 1 and all(either & keys for either in one.needs()) for one in wanted):
                return mark
    for line, place in lines:
        counts = {mark: len(_cells_of(line, mark)) for mark in _DELIMITERS}
        if not any(counts.values()):
            raise FileRefusedError("file_cell_long", file=file, line=place)
        if max(counts.values()) > 1:
            return max(_DELIMITERS, key=lambda mark: counts[mark])
    return _DELIMITERS[0]


def _cells_of(line: str, mark: str) -> list[str]:
    """Return the cells *mark* splits a line into; none where one of them is longer than any table holds."""
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []
