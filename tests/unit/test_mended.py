"""Refused rows go out with their reasons and come back mended, once."""

import csv
import hashlib
import io
import os
import re
import time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kayoi.errors import OriginalMissingError, UnknownLoadError
from kayoi.formulas import NUMBER, guarded
from kayoi.load import load_files, rejects_to_mend, withdraw
from kayoi.load.mended import MARK, Mending, without_reasons
from kayoi.load.originals import keep, kept, read
from kayoi.load.reader import read_sheet
from tests.unit.load_parts import KEY, load, stored, write

VISITS = """
    person_id | municipality_code | arrived_on | purpose | 備考
    p1        | 20448             | 2025-05-10 | leisure | =1+1
    p2        | 20448             | 7月のいつか | leisure | @here
    p3        | 99999             | 2025-05-12 | leisure | '=quoted
    p4        | 20448             | 2025-05-13 | leisure | -5
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w"


def mended(mending: Mending, folder: Path, **changes: str) -> Path:
    """Write the table to mend with some texts changed, as a person would."""
    text = mending.csv_bytes().decode("utf-8-sig")
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    path = folder / mending.file_name
    path.write_text(text, encoding="utf-8-sig", newline="")
    return path


def table(mending: Mending) -> list[list[str]]:
    return list(csv.reader(io.StringIO(mending.csv_bytes().decode("utf-8-sig"))))


def test_refused_rows_come_with_line_column_and_reason_before_the_columns_as_read(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS))
    mending = rejects_to_mend(warehouse, 1, 1, key=KEY)
    theirs = ("person_id", "municipality_code", "arrived_on", "purpose", "備考")
    assert mending.headings == (f"{MARK}元の行", f"{MARK}直す列", f"{MARK}理由", *theirs)
    assert [row[:2] + row[3:] for row in mending.rows] == [
        ("3", "arrived_on", "p2", "20448", "7月のいつか", "leisure", "@here"),
        ("4", "municipality_code", "p3", "99999", "2025-05-12", "leisure", "'=quoted"),
    ]
    assert all(row[2] for row in mending.rows)
    assert mending.csv_bytes().startswith(b"\xef\xbb\xbf")


def test_mended_rows_come_in_once_and_the_file_loaded_again_brings_nothing(warehouse, tmp_path):
    original = write(tmp_path, "visits.csv", VISITS)
    load(warehouse, original)
    file = mended(rejects_to_mend(warehouse, 1, 1, key=KEY), tmp_path, **{"7月のいつか": "2025-07-01"})
    assert load(warehouse, file) == [("visits_修正.csv", 2, 1, 0, 1)]
    assert stored(warehouse, "visits", "arrived_on")[-1] == ["2025-07-01"]
    assert load(warehouse, file) == [("visits_修正.csv", 2, 0, 1, 1)]
    assert load(warehouse, original) == [("visits.csv", 4, 0, 2, 2)]
    corrected = write(tmp_path, "visits_b.csv", VISITS.replace("7月のいつか", "2025-07-01"))
    assert load(warehouse, corrected) == [("visits_b.csv", 4, 0, 3, 1)]


def test_a_row_that_is_not_mended_is_refused_again_and_can_be_mended_from_there(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS))
    file = mended(rejects_to_mend(warehouse, 1, 1, key=KEY), tmp_path, **{"7月のいつか": "2025-07-01"})
    load(warehouse, file)
    again = rejects_to_mend(warehouse, 2, 1, key=KEY)
    assert [row[1:2] + row[3:] for row in again.rows] == [
        ("municipality_code", "p3", "99999", "2025-05-12", "leisure", "'=quoted")
    ]
    assert sum(heading.startswith(MARK) for heading in again.headings) == 3
    load(warehouse, mended(again, tmp_path, **{"99999": "20202"}))
    assert len(stored(warehouse, "visits", "line")) == 4


def test_a_mapping_of_two_tables_takes_mended_rows_as_it_took_the_file(warehouse, tmp_path):
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'id = "m"\nversion = "1"\ntable = "visits"\n[name]\nja = "例"\nen = "example"\n'
        '[columns]\nperson_id = "人"\nmunicipality_code = "町"\narrived_on = "日"\n'
        '[[also]]\ntable = "people"\n[also.columns]\nperson_id = "人"\ngender = "性"\n',
        encoding="utf-8",
    )
    drawn = "人 | 町 | 日 | 性\np1 | 20448 | 2025-06-01 | female\np2 | 20448 | x年 | male"
    load(warehouse, write(tmp_path, "記録.csv", drawn), mapping=mapping)
    assert len(stored(warehouse, "people", "gender")) == 1
    file = mended(rejects_to_mend(warehouse, 1, 1, key=KEY), tmp_path, x年="2025-06-02")
    assert load(warehouse, file, mapping=mapping) == [("記録_修正.csv", 1, 1, 0, 0)]
    assert stored(warehouse, "people", "gender") == [["female"], ["male"]]


def test_the_rows_of_a_workbook_are_mended_as_csv(warehouse, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["person_id", "municipality_code", "arrived_on"],
        ["p1", "20448", "?"],
        ["p2", "20448", "20250701"],
    ):
        book.active.append(row)
    book.save(tmp_path / "visits.xlsx")
    load(warehouse, tmp_path / "visits.xlsx")
    file = mended(rejects_to_mend(warehouse, 1, 1, key=KEY), tmp_path, **{"?": "2025-07-02"})
    assert load(warehouse, file) == [("visits_修正.csv", 1, 1, 0, 0)]


def test_english_words_of_ours_are_passed_over_as_well(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS))
    mending = rejects_to_mend(warehouse, 1, 1, key=KEY, locale="en")
    assert mending.headings[:3] == (f"{MARK}line", f"{MARK}column to mend", f"{MARK}reason")
    assert load(warehouse, mended(mending, tmp_path, **{"99999": "20202"})) == [
        ("visits_修正.csv", 2, 1, 0, 1)
    ]


def test_what_is_not_kept_or_not_there_is_said(warehouse, tmp_path):
    load_files(warehouse, [write(tmp_path, "visits.csv", VISITS)], key=KEY, keep_originals=False)
    with pytest.raises(OriginalMissingError):
        rejects_to_mend(warehouse, 1, 1, key=KEY)
    for load_id, file_no in ((1, 2), (2, 1)):
        with pytest.raises(UnknownLoadError):
            rejects_to_mend(warehouse, load_id, file_no, key=KEY)


# --- the files themselves ---


def test_a_kept_file_is_named_by_its_hash_locked_and_for_its_owner_alone(warehouse, tmp_path):
    file = write(tmp_path, "visits.csv", VISITS.replace("p1", "traveller-from-tokyo"))
    load(warehouse, file)
    [one] = kept(warehouse)
    path = warehouse / "originals" / one.sha256
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"traveller" not in path.read_bytes()
    assert read(warehouse, one.sha256, KEY) == file.read_bytes()
    with pytest.raises(OriginalMissingError):
        read(warehouse, one.sha256, b"another key")


@pytest.mark.parametrize("size", [0, 1, 4 * 2**20 - 1, 4 * 2**20, 4 * 2**20 + 1, 9 * 2**20])
def test_files_of_any_size_come_back_byte_for_byte(warehouse, size):
    warehouse.mkdir()
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    sha256 = hashlib.sha256(data).hexdigest()
    assert keep(warehouse, sha256, data, KEY)
    assert not keep(warehouse, sha256, data, KEY)
    assert read(warehouse, sha256, KEY) == data


@pytest.mark.parametrize("harm", ["cut", "changed", "cut at a piece", "pieces swapped"])
def test_a_kept_file_that_was_changed_is_not_read(warehouse, harm):
    warehouse.mkdir()
    data = os.urandom(9 * 2**20)
    sha256 = hashlib.sha256(data).hexdigest()
    keep(warehouse, sha256, data, KEY)
    path = warehouse / "originals" / sha256
    held = bytearray(path.read_bytes())
    start, first = 32, 4 + int.from_bytes(held[32:36], "big")
    second = 4 + int.from_bytes(held[start + first : start + first + 4], "big")
    match harm:
        case "cut":
            held = held[:-1]
        case "changed":
            held[len(held) // 2] ^= 1
        case "cut at a piece":
            held = held[: start + first]
        case _:
            one, two = held[start : start + first], held[start + first : start + first + second]
            held[start : start + first + second] = two + one
    path.write_bytes(held)
    with pytest.raises(OriginalMissingError):
        read(warehouse, sha256, KEY)


def test_files_go_when_their_days_are_over_or_their_load_is_withdrawn(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS))
    load(warehouse, write(tmp_path, "visits_2.csv", VISITS.replace("p1", "p8")))
    first, second = kept(warehouse)
    long_ago = time.time() - 91 * 24 * 3600
    os.utime(warehouse / "originals" / first.sha256, (long_ago, long_ago))
    load(warehouse, write(tmp_path, "visits_3.csv", VISITS.replace("p1", "p9")))
    left = {one.sha256 for one in kept(warehouse)}
    assert first.sha256 not in left
    assert second.sha256 in left
    withdraw(warehouse, 3)
    assert len(kept(warehouse)) == 1


# --- no cell of a file we write is a formula ---

# what a file can hold: one with a NUL or half a character is refused
ANY = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
HOSTILE = st.builds(
    lambda before, sign, after: before + sign + after,
    st.sampled_from(["", " ", "\u3000", "\u00a0", "\t", "\r", "\n", "\u200b", "\ufeff", "  \u200b "]),
    st.sampled_from([*"=+-@＝＋－＠", "\t", "\r"]),
    ANY,
)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would take a cell for more than text: blanks and unseen signs passed over."""
    bare = cell.lstrip(" \u3000\u00a0\u200b\u200c\u200d\u2060\ufeff\t\r\n")
    is_text = not cell or re.fullmatch(NUMBER, cell)
    return not is_text and (cell[0] in "\t\r\n" or bare[:1] in tuple("=+-@＝＋－＠"))


@settings(max_examples=500, deadline=None)
@given(cell=HOSTILE)
def test_every_hostile_cell_is_made_text(cell):
    assert not is_formula(guarded(cell))


@settings(max_examples=200, deadline=None)
@given(number=st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=2)))
def test_a_number_stays_as_it_is(number):
    text = str(number) if isinstance(number, int) else f"{number:f}"
    assert guarded(text) == text


@settings(max_examples=150, deadline=None)
@given(cells=st.lists(st.one_of(HOSTILE, ANY), min_size=1, max_size=6))
def test_whatever_stands_in_a_cell_no_cell_to_mend_is_a_formula_and_all_come_back_as_they_were(cells):
    rows = tuple(("2", "x", "why", f"p{place}", cell) for place, cell in enumerate(cells))
    mending = Mending(
        "visits.csv", (f"{MARK}元の行", f"{MARK}直す列", f"{MARK}理由", "person_id", "備考"), rows
    )
    assert not [cell for row in table(mending) for cell in row if is_formula(cell)]
    sheet = without_reasons(read_sheet(Path("visits.csv"), mending.csv_bytes(), "visits", wanted=()))
    assert sheet.headings == ("person_id", "備考")
    column = sheet.columns[1]
    assert [column.texts[code] for code in column.codes] == cells
