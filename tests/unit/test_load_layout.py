"""Where a table stands in a file: titles above, headings of several lines, totals and notes among rows."""

from pathlib import Path

import openpyxl
import pytest

from kayoi.errors import FileRefusedError
from kayoi.load import Layout, inspect_file, load_files, read_rejects, sheets_of
from kayoi.load.asides import is_note, is_total
from kayoi.load.files import assign
from tests.unit.hostile import MAIN, parts, row_xml, sheet_xml, zipped
from tests.unit.load_parts import KEY, csv_text, load, stored, write
from tests.unit.workbooks import book, rows_of

HEADINGS = ["person_id", "municipality_code", "arrived_on"]
MAPPING = """
id = "inns"
version = "1"
table = "visits"

[name]
ja = "宿"
en = "Inns"

[columns]
person_id = "会員ID"
municipality_code = "市町村"
arrived_on = "{arrived_on}"
departed_on = "{departed_on}"
"""
# as exports come: a title, two lines of headings with merged cells, subtotals, the headings again, a note
EXPORT = """
令和7年度 来訪記録 |       |            |            |
-
会員ID             | 市町村 | 宿泊       |            | 備考
                   |       | 開始日     | 終了日     |
1001               | 20448 | 2025-07-01 | 2025-07-02 |
1002               | 20448 | 2025-07-03 | 2025-07-03 | 初回
7月計              |       | 2          |            |
会員ID             | 市町村 | 宿泊       |            | 備考
                   |       | 開始日     | 終了日     |
1003               | 20448 | 2025-08-01 | 2025-08-04 |
合計               |       | 3          |            |
-
※ 速報値です       |       |            |            |
"""
MERGED = ["A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "A8:A9", "B8:B9", "C8:D8", "E8:E9", "A13:E13"]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w"


def mapping(folder: Path, arrived_on: str = "開始日", departed_on: str = "終了日") -> Path:
    path = folder / "inns.toml"
    path.write_text(MAPPING.format(arrived_on=arrived_on, departed_on=departed_on), encoding="utf-8")
    return path


def csv_of(drawn: str) -> str:
    return "".join(",".join(str(cell or "") for cell in row) + "\r\n" for row in rows_of(drawn))


def export(folder: Path, kind: str) -> Path:
    path = folder / f"export.{'csv' if kind == 'csv' else 'xlsx'}"
    if kind == "csv":
        path.write_bytes(csv_of(EXPORT).encode("cp932"))
    else:
        path.write_bytes(book({"来訪": rows_of(EXPORT)}, {"来訪": MERGED} if kind == "merged" else None))
    return path


KINDS = ["csv", "xlsx", "merged"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("names", [("開始日", "終了日"), ("宿泊／開始日", "宿泊/終了日")])
def test_headings_of_two_lines_answer_to_their_joined_and_to_their_lowest_part(
    warehouse, tmp_path, kind, names
):
    [found] = load_files(warehouse, [export(tmp_path, kind)], mapping=mapping(tmp_path, *names), key=KEY)
    assert (found.read, found.accepted, found.duplicate, found.rejected) == (6, 3, 0, 3)
    assert stored(warehouse, "visits", "arrived_on", "departed_on", "line") == [
        ["2025-07-01", "2025-07-02", "5"],
        ["2025-07-03", "2025-07-03", "6"],
        ["2025-08-01", "2025-08-04", "10"],
    ]
    assert {note.key: (note.count, note.what) for note in found.notes} == {
        "load.note.ignored_columns": (1, "備考"),
        "load.note.title_rows": (1, "3–4"),
        "load.note.blank_rows": (2, ""),
        "load.note.repeated_headings": (2, ""),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_totals_and_notes_are_rejected_for_what_they_are(warehouse, tmp_path, kind):
    load(warehouse, export(tmp_path, kind), mapping=mapping(tmp_path))
    rejected = read_rejects(warehouse)
    assert rejected["line"].tolist() == [7, 11, 13]
    assert ["合計" in reason for reason in rejected["reason_ja"]] == [True, True, False]
    assert "注記" in rejected["reason_ja"][2]


@pytest.mark.parametrize(
    "text",
    [
        "合計",
        "合　計",
        "小計",
        "計",
        "総計",
        "【合計】",
        "令和6年度計",
        "4月小計",
        "市町村計",
        "県計",
        "ＴＯＴＡＬ",
        "Sub-total",
        "累計（速報）",
        "総　数",
        "平均",
    ],
)
def test_a_total_goes_by_many_names(text):
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["時計", "会計", "設計", "計画", "合計年齢", "1001", "", "計良", "家計調査", "totally"]
)
def test_words_that_only_look_like_a_total_are_none(text):
    assert not is_total(text)


@pytest.mark.parametrize(
    "text",
    ["※ 速報値", "注1) 宿泊者", "（注）速報", "出典：福井県", "資料: 観光課", "備考", "以上", "作成日 7/1"],
)
def test_a_note_begins_with_its_mark(text):
    assert is_note(text)


@pytest.mark.parametrize("text", ["以上の宿", "注文1", "作成太郎", "資料館", "1001", ""])
def test_other_words_are_no_note(text):
    assert not is_note(text)


def test_a_total_in_the_place_of_an_id_is_no_visit_though_its_row_is_whole(warehouse, tmp_path):
    file = write(
        tmp_path,
        "visits.csv",
        """
        person_id | municipality_code | arrived_on
        p1        | 20448             | 2025-07-01
        合計      | 20448             | 2025-07-31
        """,
    )
    assert load(warehouse, file) == [("visits.csv", 2, 1, 0, 1)]
    assert "合計" in read_rejects(warehouse)["reason_ja"][0]


def test_a_total_in_a_column_of_its_own_is_a_value_where_the_row_is_a_record(warehouse, tmp_path):
    file = write(
        tmp_path,
        "area_stats.csv",
        """
        区分 | municipality_code | month   | metric | value
        計   | 20448             | 2025-07 | 住基人口 | 1615
        男   | 20448             | 2025-08 | 住基人口 | 800
        """,
    )
    assert load(warehouse, file) == [("area_stats.csv", 2, 2, 0, 0)]


def test_a_cell_merged_downwards_says_the_same_in_each_of_its_rows(warehouse, tmp_path):
    rows = [
        HEADINGS,
        ["p1", "20448", "2025-07-01"],
        ["p2", None, "2025-07-02"],
        [None, None, None],
        ["p3", None, "2025-07-03"],
    ]
    (tmp_path / "visits.xlsx").write_bytes(book({"visits": rows}, {"visits": ["B2:B4"]}))
    assert load(warehouse, tmp_path / "visits.xlsx") == [("visits.xlsx", 3, 2, 0, 1)]
    assert stored(warehouse, "visits", "municipality_code", "line") == [["20448", "2"], ["20448", "3"]]


def test_headings_may_carry_a_mark_padding_and_line_breaks(warehouse, tmp_path):
    text = (
        '\ufeff\ufeff　person_id　,"municipality\n_code", Arrived_On\u200b,,\r\np1,20448,2025-07-01,,\n'
        + ",,,,\r" * 5_000
    )
    (tmp_path / "visits.csv").write_bytes(text.encode())
    [found] = load_files(warehouse, [tmp_path / "visits.csv"], key=KEY)
    assert (found.read, found.accepted) == (1, 1)
    assert [(note.key, note.count) for note in found.notes] == [("load.note.blank_rows", 5_000)]


def test_the_readings_of_names_are_no_part_of_a_cell(warehouse, tmp_path):
    reading = '<rPh sb="0" eb="2"><t>シュクハク</t></rPh><phoneticPr fontId="1"/>'
    shared = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>宿泊</t>{reading}</si></sst>'
    row = row_xml(2, ["p1", "20448", "2025-07-01"]).replace("</row>", '<c r="D2" t="s"><v>0</v></c></row>')
    sheet = sheet_xml(row_xml(1, [*HEADINGS, "source"]) + row)
    (tmp_path / "visits.xlsx").write_bytes(zipped(parts(sheet, shared)))
    load(warehouse, tmp_path / "visits.xlsx")
    assert stored(warehouse, "visits", "source") == [["宿泊"]]


def test_cells_in_error_are_read_as_empty_and_counted(warehouse, tmp_path):
    rows = [[*HEADINGS, "source"], ["p1", "20448", "2025-07-01", "#N/A"], ["p2", "#REF!", "2025-07-01", "宿"]]
    (tmp_path / "visits.xlsx").write_bytes(book({"visits": rows}))
    [found] = load_files(warehouse, [tmp_path / "visits.xlsx"], key=KEY)
    assert (found.accepted, found.rejected) == (1, 1)
    assert [(note.key, note.count) for note in found.notes] == [("load.note.error_cells", 2)]


# --- the sheets of a workbook -----------------------------------------------------------------------


def month(*days: str) -> list[list[object]]:
    return [HEADINGS, *(["p1", "20448", day] for day in days)]


def test_every_sheet_with_the_wanted_headings_is_read_one_per_month(warehouse, tmp_path):
    sheets = {"説明": [["この表は月ごと"]], "4月": month("2025-04-01"), "5月": month("2025-05-01", "bad")}
    (tmp_path / "visits_2025.xlsx").write_bytes(book(sheets))
    found = load_files(warehouse, [tmp_path / "visits_2025.xlsx"], key=KEY)
    assert [(one.file, one.read, one.accepted, one.rejected) for one in found] == [
        ("visits_2025.xlsx［4月］", 1, 1, 0),
        ("visits_2025.xlsx［5月］", 2, 1, 1),
    ]
    assert [[(note.key, note.what) for note in one.notes] for one in found] == [
        [("load.note.other_sheets", "説明")]
    ] * 2
    assert load(warehouse, tmp_path / "visits_2025.xlsx")[1] == ("visits_2025.xlsx［5月］", 2, 0, 1, 1)


def test_a_workbook_of_several_tables_fills_each_by_the_name_or_the_headings_of_its_sheet(
    warehouse, tmp_path
):
    sheets = {
        "来訪": month("2025-04-01", "2025-06-01"),
        "coverage": [["municipality_code", "covered_through"], ["20448", "2025-05-31"]],
        "グラフ用": [["月", "数"], ["4", "1"]],
    }
    (tmp_path / "観光課.xlsx").write_bytes(book(sheets))
    found = load_files(warehouse, [tmp_path / "観光課.xlsx"], key=KEY)
    assert [(one.file, one.table, one.accepted, one.rejected) for one in found] == [
        ("観光課.xlsx［coverage］", "coverage", 1, 0),
        ("観光課.xlsx［来訪］", "visits", 1, 1),
    ]
    assert found[0].notes[-1].what == "グラフ用"


def test_a_sheet_named_as_the_table_is_read_alone_and_the_others_are_named(warehouse, tmp_path):
    sheets = {"旧": month("2025-04-01"), "visits": month("2025-05-01"), "空": [], "控え": [["x"]]}
    (tmp_path / "visits.xlsx").write_bytes(book(sheets, hidden=["控え"]))
    [found] = load_files(warehouse, [tmp_path / "visits.xlsx"], key=KEY)
    assert (found.file, found.accepted, found.notes[-1].what) == ("visits.xlsx", 1, "旧、控え")
    assert stored(warehouse, "visits", "arrived_on") == [["2025-05-01"]]


def test_a_hidden_sheet_is_not_read_where_another_fits_but_it_is_named(warehouse, tmp_path):
    sheets = {"4月": month("2025-04-01"), "旧": month("2025-03-01")}
    (tmp_path / "visits_4.xlsx").write_bytes(book(sheets, hidden=["旧"]))
    [found] = load_files(warehouse, [tmp_path / "visits_4.xlsx"], key=KEY)
    assert (found.file, found.accepted, found.notes[-1].what) == ("visits_4.xlsx", 1, "旧")


def test_a_person_may_name_the_sheet_and_the_lines_of_the_headings(tmp_path):
    sheets = {"4月": month("2025-04-01"), "5月": [["x", "y", "z"], *month("2025-05-01")]}
    path = tmp_path / "visits.xlsx"
    path.write_bytes(book(sheets))
    given = Layout("5月", 2, 1)
    assert [one.layout for one in assign([path], None, {path: given})] == [given]
    found = inspect_file(path, layout=given, table="visits")
    assert (found.layout, found.is_certain, found.headings, found.rows) == (given, True, tuple(HEADINGS), 1)
    assert inspect_file(path, layout=Layout("5月", 1, 1), table="visits").headings == ("x", "y", "z")
    for wrong in (Layout("6月"), Layout("5月", 61), Layout("5月", 9, 3)):
        with pytest.raises(FileRefusedError):
            inspect_file(path, layout=wrong)


def test_the_sheets_of_a_workbook_are_listed_with_their_sizes(tmp_path):
    path = tmp_path / "visits.xlsx"
    path.write_bytes(book({"表紙": [["題"]], "4月": month("2025-04-01"), "空": []}, hidden=["空"]))
    found = [
        (one.name, one.rows, one.columns, one.is_table, one.is_visible)
        for one in sheets_of(path, table="visits")
    ]
    assert found == [("表紙", 1, 1, False, True), ("4月", 2, 3, True, True), ("空", 0, 0, False, False)]


# --- what a person is shown -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_nobody_knows_is_shown_with_the_likeliest_headings(tmp_path, kind):
    found = inspect_file(export(tmp_path, kind))
    assert found.layout == Layout(None if kind == "csv" else "来訪", 3, 2)
    assert not found.is_certain
    assert found.headings == ("会員ID", "市町村", "宿泊／開始日", "宿泊／終了日", "備考")
    assert [line for line, _ in found.first_rows] == list(range(1, 14))
    assert found.first_rows[0][1][0] == "令和7年度 来訪記録"
    assert found.encoding == ("cp932" if kind == "csv" else "xlsx")


@pytest.mark.parametrize(
    ("drawn", "line", "lines"),
    [
        ("a | b\n1 | 2\n3 | 4", 1, 1),
        ("題\na | b | c\n1 | 2 | 3\n4 | 5 | 6", 2, 1),
        ("題\n作成 | 観光課\n-\n年月日 | 宿 | 人数 | 備考\n2025/4/1 | 湯 | 3 |\n2025/4/2 | 湯 | 4 |", 4, 1),
        ("名前\n湯の宿\n山の宿", 1, 1),
        ("区分 | 来訪 | |\n | 日付 | 人数 | 計\n宿 | 2025-04-01 | 3 | 3\n宿 | 2025-04-02 | 3 | 3", 1, 2),
        ("1 | 2\n3 | 4", 1, 1),
    ],
)
def test_the_likeliest_headings_are_the_first_line_with_labels_across_the_table(tmp_path, drawn, line, lines):
    path = tmp_path / "unknown.csv"
    path.write_text(csv_of(drawn), encoding="utf-8")
    found = inspect_file(path).layout
    assert (found.first_heading_line, found.heading_lines) == (line, lines)


def test_a_file_is_inspected_from_bytes_alone_and_its_name_is_only_shown():
    data = csv_text("person_id | municipality_code | arrived_on\np1 | 20448 | 2025-07-01").encode()
    found = inspect_file(Path("../../etc/visits\u202e.csv"), data, table="visits")
    assert (found.file, found.rows, found.sheets[0].rows) == ("visits.csv", 1, 1)


def test_dates_of_a_workbook_that_counts_from_1904_are_the_days_it_shows(warehouse, tmp_path):
    import datetime as dt

    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    sheet.append(HEADINGS)
    sheet.append(["p1", "20448", dt.date(2025, 7, 1)])
    workbook.save(tmp_path / "visits.xlsx")
    load(warehouse, tmp_path / "visits.xlsx")
    assert stored(warehouse, "visits", "arrived_on") == [["2025-07-01"]]
