"""What is read of a file: encodings, line numbers, workbooks, Parquet, and which table it is."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from kayoi.errors import FileRefusedError
from kayoi.load import list_loads, load_files, read_rejects
from kayoi.load.decode import encoding_of
from kayoi.load.files import table_named, table_of_headings
from kayoi.load.reader import read_sheet
from tests.unit.load_parts import KEY, load, stored, write

HEADINGS = "person_id,municipality_code,arrived_on,source\n"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w"


def refusal(*paths: Path, warehouse: Path) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as refused:
        load_files(warehouse, paths, key=KEY)
    assert paths[-1].name in refused.value.text("ja")
    assert list_loads(warehouse) == ()
    return refused.value


# --- text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_every_encoding_of_the_ladder_gives_the_same_text(warehouse, tmp_path, encoding):
    file = tmp_path / "visits.csv"
    file.write_bytes((HEADINGS + "p1,長野県生坂村,令和7年7月1日,アプリ\n").encode(encoding))
    assert load(warehouse, file) == [("visits.csv", 1, 1, 0, 0)]
    assert stored(warehouse, "visits", "municipality_code", "source") == [["20448", "アプリ"]]


def test_cp932_keeps_the_characters_that_shift_jis_loses(warehouse, tmp_path):
    events = "municipality_code,starts_on,label_ja\n20448,2025-07-01,～①髙﨑㈱\n".encode("cp932")
    (tmp_path / "events.csv").write_bytes(events)
    load(warehouse, tmp_path / "events.csv")
    assert stored(warehouse, "events", "label_ja") == [["～①髙﨑㈱"]]


def test_half_width_kana_are_no_reason_to_take_a_file_for_another_encoding():
    assert encoding_of("氏,ﾌｸｲ,表\nｱｲｳ,ｴｵ,能\n".encode("cp932"), "f") == "cp932"
    assert encoding_of("区分,ひと\n福井,まち\n".encode("euc_jp"), "f") == "euc_jp"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "error.file_empty"),
        (b"\n\n,,\n", "error.file_empty"),
        (b"person_id,\x00\x01", "error.file_not_text"),
        (b"person_id,\x81\x00"[:-1] + b"\xff\xfd\x80\xa0\n", "error.file_encoding"),
        (HEADINGS.encode() + b'p1,20448,2025-07-01,"open\np2,20448,2025-07-02,b\n', "error.file_quote_open"),
    ],
)
def test_what_cannot_be_read_with_certainty_is_refused_by_name(warehouse, tmp_path, content, key):
    (tmp_path / "visits.csv").write_bytes(content)
    assert refusal(tmp_path / "visits.csv", warehouse=warehouse).key == key


def test_an_open_quotation_mark_is_named_by_the_line_it_stands_on(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text(
        HEADINGS + 'p1,20448,2025-07-01,"a\nb"\np1,20448,2025-07-02,"open\n\n'
    )
    assert refusal(tmp_path / "visits.csv", warehouse=warehouse).values["line"] == 4


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_number_counts_the_lines_of_the_file_not_its_records(warehouse, tmp_path, end):
    lines = [
        "",
        HEADINGS.strip(),
        'p1,20448,2025-07-01,"two',
        'lines"',
        "",
        "p2,20448,bad,a",
        ",,,",
        "p3,20448,2025-07-01,a",
    ]
    (tmp_path / "visits.csv").write_bytes(end.join(lines).encode())
    [reconciled] = load_files(warehouse, [tmp_path / "visits.csv"], key=KEY)
    assert (reconciled.read, reconciled.accepted, reconciled.rejected) == (3, 2, 1)
    assert stored(warehouse, "visits", "line") == [["3"], ["8"]]
    assert read_rejects(warehouse)["line"].tolist() == [6]
    assert [(note.key, note.count) for note in reconciled.notes] == [("load.note.blank_rows", 3)]


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_tabs_and_semicolons_separate_where_the_heading_says_so(warehouse, tmp_path, mark):
    content = (HEADINGS + "p1,20448,2025-07-01,a\n").replace(",", mark)
    (tmp_path / "visits.csv").write_text(content)
    assert load(warehouse, tmp_path / "visits.csv") == [("visits.csv", 1, 1, 0, 0)]


def test_a_short_row_lacks_its_last_cells_and_trailing_commas_are_no_cells(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text(HEADINGS + "p1,20448,2025-07-01\np2,20448,2025-07-01,a,,,\n\x1a")
    assert load(warehouse, tmp_path / "visits.csv") == [("visits.csv", 2, 2, 0, 0)]
    assert stored(warehouse, "visits", "source") == [[""], ["a"]]


def test_a_column_without_a_heading_is_noted_and_no_reason_to_reject(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text(HEADINGS.strip() + ",,\np1,20448,2025-07-01,a,memo,\n")
    [reconciled] = load_files(warehouse, [tmp_path / "visits.csv"], key=KEY)
    assert (reconciled.accepted, reconciled.notes[0].what) == (1, "#5")


def test_a_heading_that_stands_twice_is_refused(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text(
        "person_id,Person_ID,municipality_code,arrived_on\np1,p2,20448,2025-07-01\n"
    )
    assert refusal(tmp_path / "visits.csv", warehouse=warehouse).key == "error.file_column_twice"


def test_headings_may_be_full_width_and_spaced_and_unknown_columns_are_noted(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text(
        "Ｐｅｒｓｏｎ＿ｉｄ, Municipality_Code ,arrived_on,天気\np1,20448,2025-07-01,晴\n"
    )
    [reconciled] = load_files(warehouse, [tmp_path / "visits.csv"], key=KEY)
    assert reconciled.accepted == 1
    assert [(note.key, note.count, note.what) for note in reconciled.notes] == [
        ("load.note.ignored_columns", 1, "天気")
    ]
    assert "天気" in reconciled.notes[0].text("ja")


PEOPLE = "".join(f"会員{n},20448,2025-07-0{n},松本の宿\n" for n in range(1, 9))
KANA = "\n".join(",".join(["ﾐﾔｻﾞｷ ﾊﾅｺ", "ﾄｳｷｮｳ", "ﾎﾃﾙ", "ﾅｶﾞﾉｹﾝ ｲｸｻｶﾑﾗ", "ｱｲｳｴｵ", "ﾃｽﾄ"]) for _ in range(50))


@pytest.mark.parametrize("lost", [1, 2])
def test_a_file_cut_inside_a_character_is_refused_not_read_as_other_people(warehouse, tmp_path, lost):
    whole = (HEADINGS + PEOPLE).rstrip("\n").encode()
    (tmp_path / "visits.csv").write_bytes(whole[:-lost])
    refused = refusal(tmp_path / "visits.csv", warehouse=warehouse)
    assert (refused.key, refused.values["line"]) == ("error.file_cut", 9)


def test_a_file_cut_inside_its_only_japanese_character_is_refused(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_bytes((HEADINGS + "p1,20448,2025-07-01,宿").encode()[:-1])
    assert refusal(tmp_path / "visits.csv", warehouse=warehouse).key == "error.file_cut"


@pytest.mark.parametrize(("line", "mark"), [(5, b""), (2, b""), (2, b"\xef\xbb\xbf")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_damaged_place_refuses_the_file_and_names_the_line(warehouse, tmp_path, line, mark, end):
    lines = (HEADINGS + PEOPLE * 4).encode().split(b"\n")
    lines[line - 1] = lines[line - 1].replace("宿".encode(), b"\xe5\xae")
    (tmp_path / "visits.csv").write_bytes(mark + end.encode().join(lines))
    refused = refusal(tmp_path / "visits.csv", warehouse=warehouse)
    assert (refused.key, refused.values["line"]) == ("error.file_damaged", line)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KANA, "cp932"),  # many pairs of half-width kana are letters of UTF-8
        ("ﾄｳ,ﾄｳ\n" * 20 + "ｱ,ﾀ", "cp932"),
        ("p1,ﾀ", "cp932"),
        (HEADINGS + PEOPLE, "cp932"),
        (HEADINGS + PEOPLE, "euc_jp"),
        (HEADINGS + PEOPLE.rstrip("\n") + "渡邉", "cp932"),
    ],
)
def test_files_of_other_encodings_are_not_taken_for_damaged_ones(text, encoding):
    assert encoding_of(text.encode(encoding), "f") == encoding


def test_a_cell_longer_than_any_table_holds_is_refused_by_the_line_it_starts_on(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text(
        HEADINGS + "p1,20448,2025-07-01,a\np1,20448,2025-07-02," + "a" * 140_000
    )
    refused = refusal(tmp_path / "visits.csv", warehouse=warehouse)
    assert (refused.key, refused.values["line"]) == ("error.file_cell_long", 3)


def test_a_heading_line_without_any_separator_is_refused(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text("\n" + "person_id " * 20_000)
    refused = refusal(tmp_path / "visits.csv", warehouse=warehouse)
    assert (refused.key, refused.values["line"]) == ("error.file_cell_long", 2)


def test_a_hundred_thousand_columns_are_refused(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text(
        HEADINGS.strip() + "".join(f",c{n}" for n in range(100_000)) + "\np1\n"
    )
    refused = refusal(tmp_path / "visits.csv", warehouse=warehouse)
    assert (refused.key, refused.values["columns"]) == ("error.file_wide", "100,004")


# --- a title above the headings -------------------------------------------------------------------

TITLED = [
    ["令和7年度 来訪記録"],
    [],
    ["作成: 観光課", "10月1日"],
    HEADINGS.strip().split(","),
    ["p1", "20448", "2025-07-01", "宿"],
]


@pytest.mark.parametrize("name", ["visits.csv", "来訪.csv", "visits.xlsx", "来訪.xlsx"])
def test_a_title_above_the_headings_is_passed_over_and_noted(warehouse, tmp_path, name):
    if name.endswith(".xlsx"):
        (tmp_path / name).write_bytes(book(visits=TITLED))
    else:
        (tmp_path / name).write_text("\n".join(map(",".join, TITLED)), encoding="utf-8")
    [reconciled] = load_files(warehouse, [tmp_path / name], key=KEY)
    assert (reconciled.read, reconciled.accepted) == (1, 1)
    noted = {note.key: (note.count, note.what) for note in reconciled.notes}
    assert noted == {"load.note.blank_rows": (1, ""), "load.note.title_rows": (2, "4")}
    assert stored(warehouse, "visits", "line") == [["5"]]


@pytest.mark.parametrize("titles", [29, 33])
def test_headings_are_looked_for_from_the_first_thirty_lines_on(warehouse, tmp_path, titles):
    (tmp_path / "visits.csv").write_text(
        "表題\n" * titles + HEADINGS + "p1,20448,2025-07-01,a", encoding="utf-8"
    )
    if titles == 29:
        assert load(warehouse, tmp_path / "visits.csv") == [("visits.csv", 1, 1, 0, 0)]
    else:
        assert refusal(tmp_path / "visits.csv", warehouse=warehouse).key == "error.file_lacks_columns"


def test_a_lacking_column_is_named_with_the_line_that_was_taken_as_the_headings(warehouse, tmp_path):
    (tmp_path / "visits.csv").write_text(
        "来訪記録\n" + HEADINGS.replace("arrived_on", "日") + "p1,20448,2025-07-01,a"
    )
    refused = refusal(tmp_path / "visits.csv", warehouse=warehouse)
    assert (refused.key, refused.values["line"]) == ("error.file_lacks_columns_at", 2)


# --- workbooks and Parquet ------------------------------------------------------------------------


def book(**sheets: list[list[object]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def test_a_workbook_gives_dates_as_days_and_codes_their_lost_zero(warehouse, tmp_path):
    rows = [
        ["person_id", "municipality_code", "arrived_on", "departed_on", "spend_yen"],
        [101, 1633, dt.datetime(2025, 7, 1), 45841, 1200.0],
        [None, None, None, None, None],
        [101.0, "01633", dt.datetime(2025, 8, 1, 9, 30), None, "5,000円"],
        [102, 1633, "そのうち", None, None],
    ]
    (tmp_path / "visits.xlsx").write_bytes(book(表紙=[["何か"]], visits=rows))
    assert load(warehouse, tmp_path / "visits.xlsx") == [("visits.xlsx", 3, 2, 0, 1)]
    columns = ("municipality_code", "arrived_on", "departed_on", "spend_yen", "line")
    assert stored(warehouse, "visits", *columns) == [
        ["01633", "2025-07-01", "2025-07-03", "1200", "2"],
        ["01633", "2025-08-01", "2025-08-01", "5000", "4"],
    ]
    assert len({row[0] for row in stored(warehouse, "visits", "person_key")}) == 1
    assert read_rejects(warehouse)[["line", "value"]].values.tolist() == [[5, "そのうち"]]


def test_a_workbook_without_a_sheet_of_that_name_gives_its_first_with_data(warehouse, tmp_path):
    rows = [[], ["municipality_code", "covered_through"], ["20448", dt.date(2025, 6, 30)]]
    (tmp_path / "coverage.xlsx").write_bytes(book(空=[], データ=rows))
    assert load(warehouse, tmp_path / "coverage.xlsx") == [("coverage.xlsx", 1, 1, 0, 0)]


def test_the_same_rows_in_a_workbook_and_in_text_are_duplicates(warehouse, tmp_path):
    headings = ["person_id", "municipality_code", "arrived_on"]
    (tmp_path / "visits_a.xlsx").write_bytes(book(visits=[headings, ["p1", "20448", dt.date(2025, 7, 1)]]))
    text = write(
        tmp_path, "visits_b.csv", "person_id | municipality_code | arrived_on\np1 | 20448 | 2025-07-01"
    )
    assert [one[3] for one in load(warehouse, tmp_path / "visits_a.xlsx", text)] == [0, 1]


def test_parquet_is_read_in_its_own_types(warehouse, tmp_path):
    frame = pd.DataFrame(
        {
            "person_id": [7, 8, 9],
            "municipality_code": ["20448", None, "20448"],
            "arrived_on": [dt.date(2025, 7, 1), dt.date(2025, 7, 2), None],
            "nights": pd.array([2, None, 1], dtype="Int64"),
            "spend_yen": [1500.0, float("nan"), 10.5],
        }
    )
    frame.to_parquet(tmp_path / "visits.parquet")
    assert load(warehouse, tmp_path / "visits.parquet") == [("visits.parquet", 3, 1, 0, 2)]
    assert stored(warehouse, "visits", "departed_on", "spend_yen", "line") == [["2025-07-03", "1500", "2"]]
    assert read_rejects(warehouse)["line"].tolist() == [3, 4]


@pytest.mark.parametrize("name", ["visits.xlsx", "visits.parquet"])
def test_a_damaged_workbook_or_parquet_file_is_refused(warehouse, tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04 broken")
    refusal(tmp_path / name, warehouse=warehouse)


def test_a_workbook_that_unfolds_into_far_more_than_it_is_refused_unopened(warehouse, tmp_path):
    with zipfile.ZipFile(tmp_path / "visits.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    assert refusal(tmp_path / "visits.xlsx", warehouse=warehouse).key == "error.file_too_large"


# --- which file is which table --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "table"),
    [
        ("visits", "visits"),
        ("Visits_2024-09", "visits"),
        ("visits（９月）", "visits"),
        ("area_stats-2025", "area_stats"),
        ("visitsummary", None),
        ("福井_visits", None),
        ("202409", None),
    ],
)
def test_a_file_is_the_table_its_name_begins_with(stem, table):
    assert table_named(stem) == table


@pytest.mark.parametrize(
    ("headings", "table"),
    [
        ("person_id municipality_code arrived_on", "visits"),
        ("person_id municipality_code engaged_on kind", "engagements"),
        ("municipality_code covered_through", "coverage"),
        ("person_id gender", "people"),
        ("organization_id name", "organizations"),
        ("person_id", None),
        ("a b c", None),
    ],
)
def test_a_file_of_another_name_is_the_table_its_headings_are(headings, table):
    assert table_of_headings(headings.split()) == table


def test_a_file_that_is_no_table_is_refused_with_the_names_it_could_bear(warehouse, tmp_path):
    file = write(tmp_path, "data.csv", "a | b\n1 | 2")
    assert "visits" in str(refusal(file, warehouse=warehouse))


def test_a_folder_gives_its_tables_by_name_and_a_file_named_twice_is_read_once(warehouse, tmp_path):
    folder = tmp_path / "in"
    for month in ("09", "08"):
        drawn = f"person_id | municipality_code | arrived_on\np1 | 20448 | 2024-{month}-01"
        write(folder, f"visits_2024-{month}.csv", drawn)
    (folder / "README.md").write_text("about")
    (folder / "~$visits.xlsx").write_bytes(b"open in Excel")
    found = load(warehouse, folder, folder / "visits_2024-08.csv")
    assert [one[0] for one in found] == ["visits_2024-08.csv", "visits_2024-09.csv"]


@pytest.mark.parametrize("name", ["none.csv", "visits.xls", "empty"])
def test_a_path_that_leads_to_no_table_is_refused(warehouse, tmp_path, name):
    if name == "visits.xls":
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    if name == "empty":
        (tmp_path / name).mkdir()
    refusal(tmp_path / name, warehouse=warehouse)


MESSY = Path(__file__).parents[3] / "shared" / "messy"


@pytest.mark.skipif(not MESSY.exists(), reason="needs the files nobody here wrote")
@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("localgovjp2019_sjis.csv", "cp932"),
        ("fukui_rsv_sum.csv", "utf-8-sig"),
        ("ishikawa_170003_tourism.csv", "utf-8-sig"),
        ("estat_juki_daicho.csv", "utf-8-sig"),
    ],
)
def test_published_files_decode_whole(name, encoding):
    path = MESSY / name
    sheet = read_sheet(path, path.read_bytes(), None)
    assert sheet.encoding == encoding
    assert sheet.rows == len(pd.read_csv(path, encoding=encoding, dtype=str).dropna(how="all"))
    assert len(sheet.headings) == len(sheet.columns)


SURVEY = sorted((MESSY.parent / "real" / "fukui").glob("*.csv"))


@pytest.mark.skipif(not SURVEY, reason="needs the files nobody here wrote")
def test_every_file_of_a_published_survey_is_read_whole():
    for path in SURVEY:
        sheet = read_sheet(path, path.read_bytes(), None)
        assert (sheet.encoding, sheet.layout.first_heading_line, sheet.title_rows) == ("utf-8-sig", 1, 0)
        assert sheet.rows == len(pd.read_csv(path, dtype=str).dropna(how="all"))
