"""Made-up files of every shape: each row ends in one place, nothing but a refusal escapes, twice is once."""

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kayoi.contract import TABLES
from kayoi.errors import FileRefusedError
from kayoi.load.columns import refuse_missing
from kayoi.load.decode import parse_file
from kayoi.load.fingerprints import is_repeated
from kayoi.load.mapping import canonical
from kayoi.load.reader import wanted_of
from kayoi.load.reconcile import read_candidates, refuse_personal, rejects
from kayoi.load.sheet import Sheet
from tests.unit.load_parts import KEY, load
from tests.unit.workbooks import book

FILES, WORKBOOKS, LOADS = 1_000, 120, 15
OURS = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
COLUMNS = [column.name for column in TABLES["visits"].columns]
NEEDED = [column.name for column in TABLES["visits"].columns if column.required]

PEOPLE = st.sampled_from(
    ["p1", "p2", "会員3", " p1 ", "ｐ１", "", "-", "合計", "p\u202e1", "p\u200b1", "1.2E+05", "※注"]
)
PLACES = st.sampled_from(["20448", "204480", "長野県生坂村", "1633", "99999", "", "小計", "20448\u200b"])
DAYS = st.sampled_from(
    ["2025-07-01", "令和7年7月1日", "R7.7.1", "45839", "20250230", "", "7月計", "２０２５/7/1"]
)
ANYTHING = st.one_of(
    st.sampled_from(
        ["", "0", "=1+1", "5,000円", "a\nb", 'a"b', "\r", "\t", ";", "　", "#N/A", "\x1a", "'", "髙﨑①～"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6),
)
CELLS = {"person_id": PEOPLE, "municipality_code": PLACES, "arrived_on": DAYS, "departed_on": DAYS}
USUAL = {
    "person_id": st.sampled_from(["p1", "p2", "会員3", "ｐ１"]),
    "municipality_code": st.sampled_from(["20448", "204480", "長野県生坂村"]),
    "arrived_on": st.sampled_from(["2025-07-01", "令和7年7月1日", "45839"]),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], int]:
    """Return rows of cells as a file holds them, and how many stand above the headings."""
    others = draw(
        st.lists(st.sampled_from([one for one in COLUMNS if one not in NEEDED]), unique=True, max_size=4)
    )
    headings = draw(st.permutations([*NEEDED, *others, *draw(st.sampled_from([[], [""], ["備考", "メモ"]]))]))
    titles = draw(st.lists(st.sampled_from([["来訪記録"], [], ["", "作成", "観光課"], [""] * 9]), max_size=3))
    record = st.tuples(*(CELLS.get(heading, ANYTHING) for heading in headings)).map(list)
    usual = st.tuples(*(USUAL.get(heading, st.just("")) for heading in headings)).map(list)
    row = st.one_of(
        usual,
        usual,
        usual,
        usual,
        record,
        record,
        st.just(list(headings)),
        st.just([]),
        st.just([""] * len(headings)),
        st.sampled_from([["合計", "", "3"], ["※ 速報"], ["", "小計"]]),
        st.tuples(record, st.lists(ANYTHING, max_size=3)).map(lambda two: [*two[0], *two[1]]),
        record.flatmap(lambda whole: st.integers(1, len(whole)).map(lambda cells: whole[:cells])),
    )
    return [*titles, list(headings), *draw(st.lists(row, max_size=8))], len(titles)


@st.composite
def written(draw: st.DrawFn) -> tuple[bytes, str, str]:
    """Return a CSV file, its separator and its encoding."""
    rows, _ = draw(tables())
    mark = draw(st.sampled_from([",", ",", ",", "\t", ";"]))
    end = draw(st.sampled_from(["\r\n", "\n", "\r"]))
    out = io.StringIO(newline="")
    for number, row in enumerate(rows):
        is_last = number == len(rows) - 1
        one = io.StringIO(newline="")
        csv.writer(one, delimiter=mark, lineterminator="", quoting=draw(st.sampled_from([0, 1]))).writerow(
            row
        )
        out.write(one.getvalue() + ("" if is_last and draw(st.booleans()) else end))
        if draw(st.integers(0, 9)) == 0:
            end = draw(st.sampled_from(["\r\n", "\n"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"]))
    text = out.getvalue().encode(encoding, errors="ignore").decode(encoding)
    return text.encode(encoding), mark, encoding


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a CSV file cut, or with bytes put in or changed anywhere."""
    data, _, _ = draw(written())
    place = draw(st.integers(0, len(data)))
    piece = draw(st.binary(max_size=3))
    return draw(
        st.sampled_from(
            [
                data[:place],
                data[:place] + piece + data[place:],
                data[:place] + piece + data[place + len(piece) :],
            ]
        )
    )


def ends_in_one_place(sheet: Sheet) -> tuple[int, int]:
    """Read a sheet as visits; return how many rows can be taken and how many cannot."""
    target = canonical(TABLES["visits"], sheet.headings)
    refuse_missing("visits.csv", sheet, target)
    refuse_personal("visits.csv", sheet, (target,))
    found = read_candidates("visits.csv", sheet, target, KEY, {})
    taken = found.rows.taken
    hashes = found.hashes.filter(pa.array(taken))
    repeated = is_repeated(hashes, ())
    accepted, duplicate, rejected = int((~repeated).sum()), int(repeated.sum()), rejects(found).num_rows
    assert accepted + duplicate + rejected == sheet.rows == len(sheet.lines)
    assert np.all(np.diff(sheet.lines) > 0)
    # the same file once more: every row that can be taken was there before
    assert is_repeated(hashes, [hashes]).all()
    return accepted + duplicate, rejected


def records(data: bytes, encoding: str, mark: str) -> int:
    """Count the records of a file with the csv module alone."""
    text = data.rstrip(b"\x1a").decode("utf-8-sig" if encoding == "utf-8" else encoding)
    return sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=mark))


@settings(OURS, max_examples=FILES)
@given(written())
def test_every_record_of_a_text_file_ends_in_one_place(file):
    data, mark, encoding = file
    try:
        sheet = parse_file("visits.csv", data, "visits", wanted_of("visits", None))
        ends_in_one_place(sheet)
    except FileRefusedError as refused:
        assert refused.text("ja")
        return
    passed_over = sheet.blank_rows + sheet.repeated_headings + sheet.title_rows
    if sheet.encoding in (encoding, "utf-8-sig"):
        heading_lines = sheet.layout.heading_lines or 0
        assert sheet.rows + passed_over + heading_lines == records(data, encoding, mark)


@settings(OURS, max_examples=FILES // 2)
@given(damaged())
def test_nothing_but_a_refusal_escapes_from_a_damaged_file(data):
    try:
        ends_in_one_place(parse_file("visits.csv", data, "visits", wanted_of("visits", None)))
    except FileRefusedError as refused:
        assert refused.text("en")


@settings(OURS, max_examples=WORKBOOKS)
@given(tables(), st.data())
def test_every_row_of_a_workbook_ends_in_one_place(table, data):
    rows = [[cell.replace("\x1a", "") for cell in row] for row in table[0]]
    rows = [
        [cell if cell.isprintable() else "".join(filter(str.isprintable, cell)) for cell in row]
        for row in rows
    ]
    packed = book({"visits": rows})
    cut = data.draw(st.sampled_from([None, None, None, len(packed) // 2, len(packed) - 30]))
    try:
        sheet = parse_file("visits.xlsx", packed[:cut], "visits", wanted_of("visits", None))
        ends_in_one_place(sheet)
    except FileRefusedError as refused:
        assert refused.text("ja")
        return
    passed_over = sheet.blank_rows + sheet.repeated_headings + sheet.title_rows
    last = max((number for number, row in enumerate(rows, 1) if any(row)), default=0)
    assert sheet.rows + passed_over + (sheet.layout.heading_lines or 0) == last


@settings(OURS, max_examples=LOADS)
@given(written())
def test_a_made_up_file_loaded_twice_changes_nothing(file):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.csv"
        path.write_bytes(file[0])
        try:
            [(_, read, accepted, duplicate, rejected)] = load(Path(folder) / "w", path)
        except FileRefusedError:
            return
        assert load(Path(folder) / "w", path) == [("visits.csv", read, 0, accepted + duplicate, rejected)]
