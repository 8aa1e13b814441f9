"""Parts of workbooks and zips that no spreadsheet program writes."""

import io
import struct
import zipfile
import zlib

HEADINGS = "person_id,municipality_code,arrived_on,source"
ROW = "p1,20448,2025-07-01,宿"
GOOD = f"{HEADINGS}\n{ROW}\n"


# --- parts of a workbook ----------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CELL = '<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row_xml(number: int, texts: list[str]) -> str:
    cells = "".join(CELL.format(place=f"{chr(65 + n)}{number}", text=text) for n, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'


def sheet_xml(rows: str = "", after: str = "", before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


TABLE_XML = row_xml(1, HEADINGS.split(",")) + row_xml(2, ROW.split(","))


def parts(sheet: str | None = None, shared: str | None = None, **more: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook with one sheet, visits, as its XML is given."""
    listed = '<sheet name="visits" sheetId="1" r:id="rId1"/>' if sheet is not None else ""
    found = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
    }
    if sheet is not None:
        found["xl/worksheets/sheet1.xml"] = sheet
    if shared is not None:
        found["xl/sharedStrings.xml"] = shared
    return {name: text.encode() for name, text in found.items()} | more


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", method, compresslevel=9 if method == zipfile.ZIP_DEFLATED else None
    ) as one:
        for name, data in files.items():
            one.writestr(name, data)
    return out.getvalue()


def workbook(rows: str = TABLE_XML, **named: str) -> bytes:
    return zipped(parts(sheet_xml(rows, **named)))


def deflated(piece: bytes, times: int, before: bytes = b"", after: bytes = b"") -> tuple[bytes, int, int]:
    """Return *piece* many times over, deflated; its size and its CRC. It never stands whole in memory."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed, size, crc = [], 0, 0
    for one, count in ((before, 1), (piece, times), (after, 1)):
        for _ in range(count):
            packed.append(squeeze.compress(one))
            size += len(one)
            crc = zlib.crc32(one, crc)
    packed.append(squeeze.flush())
    return b"".join(packed), size, crc


def with_entry(data: bytes, name: str, packed: bytes, declared: int, crc: int) -> bytes:
    """Return a zip with one more entry, whose size is what is *declared*, true or not."""
    at = data.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack("<HLL", data[at + 10 : at + 20])
    label = name.encode()
    header = (20, 0, 8, 0, 0, crc, len(packed), declared, len(label))
    local = b"PK\x03\x04" + struct.pack("<HHHHHLLLHH", *header, 0) + label + packed
    central = b"PK\x01\x02" + struct.pack("<HHHHHHLLLHHHHHLL", 20, *header, 0, 0, 0, 0, 0, start) + label
    directory = data[start:at] + central
    end = struct.pack("<HHHHLLH", 0, 0, count + 1, count + 1, size + len(central), start + len(local), 0)
    return data[:start] + local + directory + b"PK\x05\x06" + end


def bomb(megabytes: int, declared: int | None = None, filler: bytes = b"") -> bytes:
    """Return a workbook whose one sheet holds a cell of that many MB, and declares another size."""
    head, tail = sheet_xml(TABLE_XML + row_xml(3, ["\x00"])).replace("\x00", "|").split("|")
    packed, size, crc = deflated(b"A" * 2**20, megabytes, head.encode(), tail.encode())
    known = parts("")
    del known["xl/worksheets/sheet1.xml"]
    return with_entry(
        zipped(known | {"xl/media/noise.png": filler}),
        "xl/worksheets/sheet1.xml",
        packed,
        size if declared is None else declared,
        crc,
    )
