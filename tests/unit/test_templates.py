"""The empty templates, and what becomes of them when they are filled in (架空データ)."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest

from kayoi.contract import TABLES
from kayoi.errors import UsageError
from kayoi.load import guess_mapping, load_files, read_rejects
from kayoi.load.headings import dictionary
from kayoi.templates import template_bytes, template_name, words_of, write_templates
from tests.unit.load_parts import KEY, load, stored


def opened(table: str, locale="ja"):
    return openpyxl.load_workbook(io.BytesIO(template_bytes(table, locale)))


def filled(folder: Path, table: str, *rows: list[object], name: str = "") -> Path:
    """Fill a template in as somebody would in Excel, from line 2."""
    book = opened(table)
    for line, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            book[table].cell(line, place, value)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or template_name(table))
    book.save(path)
    return path


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("table", TABLES)
def test_a_template_has_the_tables_headings_and_a_note_on_every_one(table, locale):
    sheet = opened(table, locale)[table]
    named = dictionary()[table]
    assert [cell.value for cell in sheet[1]] == [one.japanese for one in named.values()]
    assert sheet.max_row == 1
    assert sheet.freeze_panes == "A2"
    for cell, column in zip(sheet[1], TABLES[table].columns, strict=True):
        assert named[column.name].example in cell.comment.text
        required = {"ja": "必須", "en": "required"}[locale]
        assert (required in cell.comment.text) == column.required


@pytest.mark.parametrize("table", TABLES)
def test_codes_and_ids_are_text_and_days_are_days(table):
    sheet = opened(table)[table]
    for place, column in enumerate(TABLES[table].columns, start=1):
        letter = openpyxl.utils.get_column_letter(place)
        shown = sheet.column_dimensions[letter].number_format
        if column.type in ("person", "code", "code_or_prefecture", "codes", "scope", "text", "enum", "month"):
            assert shown == "@"
        if column.type == "date":
            assert shown == "yyyy-mm-dd"


def test_the_words_of_an_enum_are_chosen_from_a_list_and_each_is_read_as_its_id():
    book = opened("visits")
    validations = {str(one.sqref): one for one in book["visits"].data_validations.dataValidation}
    place = [column.name for column in TABLES["visits"].columns].index("purpose") + 1
    letter = openpyxl.utils.get_column_letter(place)
    chosen = validations[f"{letter}2:{letter}1048576"]
    assert chosen.type == "list"
    sheet, cells = chosen.formula1.split("!")
    listed = [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]
    assert listed == [word for _, word in words_of("visits", "purpose")]
    assert listed[0] == "観光"


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_template_loads_as_nothing(tmp_path, table):
    path = tmp_path / template_name(table)
    path.write_bytes(template_bytes(table))
    assert load(tmp_path / "w", path) == [(path.name, 0, 0, 0, 0)]


@pytest.mark.parametrize("table", TABLES)
def test_a_template_filled_in_with_its_examples_loads_under_any_name(tmp_path, table):
    named = dictionary()[table]
    row = ["" if name == "nights" else one.example for name, one in named.items()]
    for folder, name in (("a", ""), ("b", "七月分.xlsx")):
        path = filled(tmp_path / folder, table, row, name=name)
        assert load(tmp_path / f"w{folder}", path) == [(path.name, 1, 1, 0, 0)]


@pytest.mark.parametrize("table", TABLES)
def test_every_word_that_can_be_chosen_is_accepted(tmp_path, table):
    columns = TABLES[table].columns
    for column in [one for one in columns if one.values]:
        named = dictionary()[table]
        rows = [
            [
                word if one.name == column.name else "" if one.name == "nights" else named[one.name].example
                for one in columns
            ]
            for _, word in words_of(table, column.name)
        ]
        for number, row in enumerate(rows):
            if table in ("programs", "people"):
                row[0] = f"{row[0]}-{number}"
        path = filled(tmp_path / column.name, table, *rows)
        assert load(tmp_path / f"w-{column.name}", path) == [(path.name, len(rows), len(rows), 0, 0)]


def test_a_template_filled_in_with_the_usual_slips_loads_but_for_the_rows_that_cannot_be_read(tmp_path):
    path = filled(
        tmp_path,
        "visits",
        # a code typed as a number, a day as a day of Excel, an amount with its unit
        [
            "A001",
            1633,
            dt.datetime(2025, 7, 1),
            dt.datetime(2025, 7, 3),
            None,
            None,
            "観光",
            "１２，０００円",
            13101,
        ],
        # a name, a day of an era, nights, a word of one's own for the purpose, the home by name
        ["A002", "長野県生坂村", "令和7年7月5日", None, 2, None, "出張など仕事関係", None, "東京都千代田区"],
        [],
        # an id typed as a number, a day as text with its weekday
        [123, "20448", "2025/7/9(水)", None, None, None, None, "1,000円未満", None],
        # a day that is none, and a municipality that may be two
        ["A003", "20448", "2025/2/30"],
        ["A004", "府中市", "2025-07-01"],
    )
    [file] = load_files(tmp_path / "w", [path], key=KEY)
    assert (file.read, file.accepted, file.rejected) == (5, 3, 2)
    assert stored(
        tmp_path / "w", "visits", "municipality_code", "arrived_on", "departed_on", "purpose", "spend_yen"
    ) == [
        ["01633", "2025-07-01", "2025-07-03", "leisure", "12000"],
        ["20448", "2025-07-05", "2025-07-07", "business", ""],
        ["20448", "2025-07-09", "2025-07-09", "", ""],
    ]
    assert read_rejects(tmp_path / "w")[["line", "column", "value"]].values.tolist() == [
        [6, "到着日", "2025/2/30"],
        [7, "市区町村コード", "府中市"],
    ]


def test_a_guess_knows_the_headings_of_a_template():
    headings = [cell.value for cell in opened("enrollments")["enrollments"][1]]
    guess = guess_mapping(headings, [])
    assert (guess.table, guess.needs_mapping) == ("enrollments", False)


def test_a_template_that_may_be_filled_in_is_not_written_over(tmp_path):
    assert len(write_templates(tmp_path / "t")) == len(TABLES)
    with pytest.raises(UsageError):
        write_templates(tmp_path / "t", ("visits",))
    assert [path.name for path in write_templates(tmp_path / "u", ("visits",))] == ["visits_来訪.xlsx"]
