"""A corpus of files nobody should have to trust, made when it is needed, with what is to become of each."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from tests.unit.hostile import (
    GOOD,
    HEADINGS,
    ROW,
    TABLE_XML,
    bomb,
    parts,
    sheet_xml,
    workbook,
    zipped,
)
from tests.unit.workbooks import book


@dataclass(frozen=True)
class Hostile:
    """A file: its name, how to make it, and what is declared of it.

    `outcome` is the key of the refusal, or (accepted, rejected) where it is read.
    """

    name: str
    make: Callable[[], bytes]
    outcome: str | tuple[int, int]
    title: str


def text(content: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: content.encode(encoding)


def noise(size: int) -> bytes:
    return random.Random(26).randbytes(size)


def parquet(columns: dict[str, object], **options: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def huge_parquet(rows: int) -> bytes:
    """Return a small Parquet file of very many equal rows."""
    out = io.BytesIO()
    names = [*HEADINGS.split(","), *(f"c{n}" for n in range(36))]
    batch = pa.table(
        {
            name: pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), 2**20), ["x"])
            for name in names
        }
    )
    with pq.ParquetWriter(out, batch.schema, compression="zstd") as writer:
        for _ in range(rows // 2**20):
            writer.write_table(batch)
    return out.getvalue()


LOL = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def csv_file(name: str, content: str, outcome: str | tuple[int, int], title: str) -> Hostile:
    return Hostile(name, text(content), outcome, title)


def row_of(person: str = "p1", place: str = "20448", day: str = "2025-07-01", source: str = "宿") -> str:
    return f"{HEADINGS}\n{person},{place},{day},{source}\n"


CORPUS: tuple[Hostile, ...] = (
    # other kinds of file under a name of ours
    Hostile("visits.csv", lambda: b"\x89PNG\r\n\x1a\n" + noise(2_000), "file_disguised", "a picture"),
    Hostile("visits.csv", lambda: b"%PDF-1.7\n" + noise(2_000), "file_disguised", "a PDF"),
    Hostile("visits.csv", lambda: zipped({"visits.csv": GOOD.encode()}), "file_disguised", "a zip"),
    Hostile("visits.csv", lambda: workbook(), "file_disguised", "a workbook called CSV"),
    Hostile("visits.csv", lambda: OLD, "file_old_office", "an old workbook called CSV"),
    Hostile("visits.csv", lambda: b"\x1f\x8b\x08\x00" + noise(500), "file_disguised", "a gzip"),
    Hostile("visits.csv", lambda: b"SQLite format 3\x00" + noise(500), "file_disguised", "a database"),
    csv_file("visits.csv", "<!DOCTYPE html><html><table><tr><td>p1</table>", "file_disguised", "a page"),
    csv_file("visits.csv", "\n  <TABLE border=1><tr><td>p1</table>", "file_disguised", "a table of HTML"),
    csv_file("visits.csv", '<?xml version="1.0"?><Workbook/>', "file_disguised", "XML"),
    Hostile("visits.csv", lambda: noise(100_000), "file_not_text", "noise"),
    Hostile("visits.csv", lambda: bytes(2**20), "file_not_text", "nothing but NUL"),
    Hostile("visits.xlsx", lambda: GOOD.encode(), "file_workbook", "text called XLSX"),
    Hostile("visits.xlsx", lambda: OLD, "file_old_office", "an old workbook called XLSX"),
    Hostile(
        "visits.xlsx", lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "file_password", "a password"
    ),
    Hostile("visits.xlsx", lambda: b"%PDF-1.7\n", "file_disguised", "a PDF called XLSX"),
    Hostile("visits.parquet", lambda: GOOD.encode(), "file_parquet", "text called Parquet"),
    Hostile("visits.parquet", lambda: zipped({"a": b"b"}), "file_disguised", "a zip called Parquet"),
    csv_file("visits.exe", GOOD, "file_kind", "another suffix"),
    csv_file("visits", GOOD, "file_kind", "no suffix"),
    Hostile("visits.csv", lambda: b"", "file_empty", "nothing"),
    csv_file("visits.csv", "\n" * 100_000, "file_empty", "blank lines alone"),
    csv_file("visits.csv", "\ufeff", "file_empty", "a mark alone"),
    # text
    Hostile("visits.csv", lambda: GOOD.encode()[:-2], "file_cut", "cut inside a character"),
    Hostile(
        "visits.csv",
        lambda: (GOOD * 30).encode().replace(b"\xe5\xae\xbf", b"\xe5\xae", 1),
        "file_damaged",
        "damaged",
    ),
    csv_file("visits.csv", GOOD.replace("宿", "\x00"), "file_not_text", "NUL in a cell"),
    Hostile("visits.csv", text(GOOD.replace("宿", "\x00"), "utf-16"), "file_not_text", "NUL in UTF-16"),
    Hostile("visits.csv", text(GOOD, "utf-32"), "file_not_text", "UTF-32"),
    Hostile("visits.csv", text(GOOD, "utf-16-le"), "file_not_text", "UTF-16 without a mark"),
    Hostile("visits.csv", lambda: GOOD.encode("utf-16")[:-1], "file_encoding", "UTF-16 cut"),
    Hostile(
        "visits.csv", lambda: HEADINGS.encode() + b"\n\x81\xff\xfd\x80\xa0", "file_encoding", "no encoding"
    ),
    csv_file(
        "visits.csv",
        f'{HEADINGS}\np1,20448,2025-07-01,"open\n' + ROW * 1_000,
        "file_quote_open",
        "an open quotation mark",
    ),
    csv_file(
        "visits.csv",
        f"{HEADINGS}\np1,20448,2025-07-01," + "あ" * 2_000_000,
        "file_cell_long",
        "a cell of 6 MB",
    ),
    csv_file(
        "visits.csv",
        f'{HEADINGS}\np1,20448,2025-07-01,"' + "a\n" * 20_000_000,
        "file_cell_long",
        "40 MB in quotation marks",
    ),
    csv_file("visits.csv", "a" * 50_000_000, "file_cell_long", "50 MB without a separator"),
    csv_file("visits.csv", HEADINGS + ",c" * 100_000 + "\np1\n", "file_wide", "100,000 columns"),
    csv_file("visits.csv", GOOD + ROW + ",x" * 100_000 + "\n", (1, 1), "a row of 100,000 cells"),
    csv_file("visits.csv", GOOD + "," * 1_000_000 + "\n", (1, 0), "a million separators"),
    csv_file("visits.csv", GOOD + "\r\n\r\n\n" * 1_000_000, (1, 0), "3,000,000 blank lines"),
    csv_file("visits.csv", f"{HEADINGS}\n" + '"' * 32 + "\n", (0, 1), "quotation marks alone"),
    csv_file("visits.csv", HEADINGS + "\n" + '"\n",' * 30_000, (0, 0), "cells of line breaks"),
    Hostile(
        "visits.csv",
        text(f"{HEADINGS},備考\n{ROW},\u202e宿\n"),
        (1, 0),
        "U+202E in a column that is not read",
    ),
    csv_file("visits.csv", f"{HEADINGS},person_id\n{ROW},p2\n", "file_column_twice", "a heading twice"),
    csv_file("visits.csv", "a,b\n1,2\n", "file_lacks_columns", "other headings"),
    csv_file("unknown.csv", "a,b\n1,2\n", "file_table_unknown", "nobody's table"),
    csv_file(
        "visits.csv",
        GOOD.replace("\n", "\r") + ROW.replace("p1", "p2") + "\r\n\n" + ROW.replace("p1", "p3"),
        (3, 0),
        "three kinds of line ends",
    ),
    csv_file("visits.csv", GOOD + "=cmd|' /C calc'!A0,20448,2025-07-01,=1+1\n", (2, 0), "formulas are text"),
    # signs that nobody sees
    csv_file("visits.csv", row_of(person="p\u202e1"), (0, 1), "U+202E in an id"),
    csv_file("visits.csv", row_of(person="p\u20661"), (0, 1), "an isolate in an id"),
    csv_file("visits.csv", row_of(person="p\x071"), (0, 1), "a bell in an id"),
    csv_file("visits.csv", row_of(person="p\u200b1"), (0, 1), "a zero-width space in an id"),
    csv_file("visits.csv", row_of(place="2044\u202e8"), (0, 1), "U+202E in a code"),
    csv_file("visits.csv", row_of(place="20448\u200b"), (1, 0), "a zero-width space behind a code"),
    csv_file("visits.csv", row_of(day="2025-07-01\u200e"), (1, 0), "a mark of direction behind a day"),
    csv_file("visits.csv", row_of(day="2025-07-01\x1b[31m"), (0, 1), "an escape behind a day"),
    csv_file("visits.csv", row_of(source="\u202e宿"), (0, 1), "U+202E in a source"),
    csv_file("visits.csv", GOOD.replace("person_id", "person\u202e_id"), (1, 0), "U+202E in a heading"),
    csv_file("visits.csv", f"\ufeff\ufeff{GOOD}", (1, 0), "two marks"),
    # names
    csv_file("visits\u202evsc.csv", GOOD, (1, 0), "a name that reads backwards"),
    csv_file("visits\n.csv", GOOD, (1, 0), "a line break in the name"),
    csv_file("visits" + "あ" * 70 + ".csv", GOOD, (1, 0), "a long name"),
    # workbooks
    Hostile("visits.xlsx", lambda: bomb(1_000), "file_too_large", "a cell of 1 GB, declared"),
    Hostile(
        "visits.xlsx", lambda: bomb(1_000, declared=2_000), "file_too_large", "a cell of 1 GB that says 2 kB"
    ),
    Hostile(
        "visits.xlsx",
        lambda: bomb(300, filler=noise(4_000_000)),
        "file_not_readable",
        "a cell of 300 MB behind noise",
    ),
    Hostile(
        "visits.xlsx", lambda: bomb(1_000, declared=0), "file_too_large", "a cell of 1 GB that says nothing"
    ),
    Hostile(
        "visits.xlsx",
        lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(10**7)})})}),
        "file_workbook",
        "a zip in a zip in a zip",
    ),
    Hostile(
        "visits.xlsx",
        lambda: zipped(parts(sheet_xml(TABLE_XML)) | {"xl/embeddings/a.xlsx": zipped({"b": bytes(10**6)})}),
        (1, 0),
        "a workbook with one inside, never opened",
    ),
    Hostile(
        "visits.xlsx",
        lambda: zipped({f"x{n}": b"" for n in range(5_000)} | parts(sheet_xml())),
        "file_too_large",
        "5,000 entries",
    ),
    Hostile("visits.xlsx", lambda: workbook(before=LOL), "file_workbook", "a billion laughs"),
    Hostile("visits.xlsx", lambda: workbook(before=OUTSIDE), "file_workbook", "an entity from outside"),
    Hostile(
        "visits.xlsx",
        lambda: zipped(
            parts(sheet_xml(TABLE_XML))
            | {"xl/workbook.xml": (LOL + parts("")["xl/workbook.xml"].decode()).encode()}
        ),
        "file_workbook",
        "laughs in the list of sheets",
    ),
    Hostile("visits.xlsx", lambda: workbook("<row>" * 100_000), "file_empty", "rows in rows"),
    Hostile(
        "visits.xlsx",
        lambda: workbook(TABLE_XML + '<row r="3"><c r="XFD1048576"><v>1</v></c></row>'),
        "file_not_readable",
        "a cell at the far corner",
    ),
    Hostile(
        "visits.xlsx",
        lambda: workbook(TABLE_XML + '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'),
        "file_not_readable",
        "a row that cannot be",
    ),
    Hostile("visits.xlsx", lambda: zipped(parts(None)), "file_empty", "no sheet"),
    Hostile(
        "visits.xlsx",
        lambda: zipped(parts(None) | {"xl/workbook.xml": b"<workbook/>"}),
        "file_empty",
        "no list of sheets",
    ),
    Hostile("visits.xlsx", lambda: workbook()[: len(workbook()) // 2], "file_workbook", "cut in half"),
    Hostile(
        "visits.xlsx",
        lambda: zipped(parts(sheet_xml(TABLE_XML)[:-40])),
        "file_workbook",
        "a sheet cut in half",
    ),
    Hostile(
        "visits.xlsx",
        lambda: workbook().replace(b"sheet1.xml", b"sheet2.xml"),
        "file_workbook",
        "a sheet that is not there",
    ),
    Hostile("visits.xlsx", lambda: workbook(""), "file_empty", "a sheet without rows"),
    Hostile(
        "visits.xlsx",
        lambda: zipped(
            parts(sheet_xml(TABLE_XML.replace("</row>", '<c r="E2"><f>[1]S!A1</f><v>7</v></c></row>', 2)))
            | {"xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="x"/>'}
        ),
        (1, 0),
        "links to another workbook are not followed",
    ),
    Hostile(
        "visits.xlsx",
        lambda: zipped(
            parts(
                sheet_xml(
                    TABLE_XML, after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                )
            )
        ),
        (1, 0),
        "everything merged",
    ),
    Hostile(
        "visits.xlsx",
        lambda: zipped(
            parts(
                sheet_xml(
                    TABLE_XML,
                    after="<mergeCells>" + '<mergeCell ref="A2:A1048576"/>' * 50_000 + "</mergeCells>",
                )
            )
        ),
        (1, 0),
        "50,000 merges of a column",
    ),
    Hostile(
        "visits.xlsx",
        lambda: zipped({"../../etc/cron.d/x": b"x", "/etc/passwd": b"x"} | parts(sheet_xml(TABLE_XML))),
        (1, 0),
        "entries that lead outside",
    ),
    Hostile(
        "visits.xlsx",
        lambda: workbook().replace(b"\x08\x00", b"\x63\x00"),
        "file_workbook",
        "a way of packing nobody knows",
    ),
    Hostile(
        "visits.xlsx", lambda: book({f"s{n}": [["a"]] for n in range(250)}), "file_too_large", "250 sheets"
    ),
    Hostile("visits.xlsx", lambda: workbook() + noise(100_000), "file_workbook", "noise behind the end"),
    # Parquet
    Hostile(
        "visits.parquet", lambda: parquet({"person_id": [["a"], ["b"]]}), "file_nested", "a list in a cell"
    ),
    Hostile(
        "visits.parquet", lambda: parquet({"person_id": [{"a": 1}]}), "file_nested", "a record in a cell"
    ),
    Hostile(
        "visits.parquet",
        lambda: parquet({f"c{n}": [1] for n in range(20_000)}),
        "file_wide",
        "20,000 columns",
    ),
    Hostile("visits.parquet", lambda: huge_parquet(2**23), "file_too_large", "300 million cells in a few kB"),
    Hostile("visits.parquet", lambda: parquet({"person_id": [1, 2]})[:-5], "file_parquet", "cut"),
    Hostile(
        "visits.parquet",
        lambda: parquet({"person_id": [1, 2]}).replace(b"PAR1", b"PAR1" + noise(50), 1),
        "file_parquet",
        "moved",
    ),
    Hostile(
        "visits.parquet",
        lambda: parquet({"person_id": ["a" * 200_000_000]}, compression="zstd"),
        "file_too_large",
        "a cell of 200 MB",
    ),
    Hostile(
        "visits.parquet", lambda: parquet({"a": pa.nulls(10)}), "file_lacks_columns", "columns without a type"
    ),
)
