"""Empty Excel templates of the input tables, which load without a mapping once they are filled in."""

import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kayoi.contract import TABLES, Column, Table
from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate
from kayoi.load.headings import dictionary
from kayoi.load.labels import LABELS

_LAST_ROW: Final = 1_048_576  # of a sheet of Excel
_TEXT: Final = "@"  # a code keeps its leading zero, a long id its last digits
_FORMATS: Final = {"date": "yyyy-mm-dd", "integer": "#,##0", "number": "#,##0.##", "month": _TEXT}
_NUMBERS: Final = ("integer", "number")
_REQUIRED: Final = PatternFill("solid", start_color="FFD9E8F6")
_OPTIONAL: Final = PatternFill("solid", start_color="FFF2F2F2")
_FIRST_DAY: Final = date(1868, 1, 25)
_LAST_DAY: Final = date(2199, 12, 31)


def template_name(table: str) -> str:
    """Return the name of the file; it begins with the table, by which a load knows it."""
    return f"{table}_{translate('ja', f'table.{table}')}.xlsx"


def template_bytes(table: str, locale: Locale = "ja") -> bytes:
    """Return the empty template of *table* as a workbook; its headings are Japanese, its notes in *locale*.

    The sheets are the table itself, the notes on every column, and the words of the lists.
    """
    described = TABLES[table]
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one sheet; for mypy
    sheet.title = table
    notes = book.create_sheet(translate(locale, "template.notes"))
    lists = book.create_sheet(translate(locale, "template.lists"))
    _write_notes(notes, described, locale)
    _write_lists(lists, described)
    _write_table(sheet, described, lists.title, locale)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_templates(folder: Path, tables: Sequence[str] = (), locale: Locale = "ja") -> tuple[Path, ...]:
    """Write the templates of *tables* (all of them where none is named) into *folder*, and return the files.

    Raises UsageError where one is already there: it may be filled in.
    """
    wanted = tables or tuple(TABLES)
    paths = [folder / template_name(table) for table in wanted]
    for path in paths:
        if path.exists():
            raise UsageError("template_exists", file=path)
    folder.mkdir(parents=True, exist_ok=True)
    for table, path in zip(wanted, paths, strict=True):
        path.write_bytes(template_bytes(table, locale))
    return tuple(paths)


@cache
def words_of(table: str, column: str) -> tuple[tuple[str, str], ...]:
    """Return id and word of every value of an enum, the word being the first one a file may use for it."""
    labels = LABELS.get(f"{table}.{column}", {})
    first: dict[str, str] = {}
    for word, value in labels.items():
        first.setdefault(value, word)
    return tuple((value, first.get(value, value)) for value in TABLES[table].column(column).values)


def _write_table(sheet: Worksheet, table: Table, lists: str, locale: Locale) -> None:
    names = dictionary()[table.name]
    for place, column in enumerate(table.columns, start=1):
        letter = get_column_letter(place)
        cell = sheet.cell(1, place, names[column.name].japanese)
        cell.font = Font(bold=True)
        cell.fill = _REQUIRED if column.required else _OPTIONAL
        cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.comment = _comment(table, column, locale)
        # the whole column, so that a row typed far below is text as well
        dimension = sheet.column_dimensions[letter]
        dimension.number_format = _format(column)
        dimension.width = max(12.0, 2.2 * len(names[column.name].japanese) + 4)
        validation = _validation(table, column, lists, locale)
        if validation is not None:
            validation.add(f"{letter}2:{letter}{_LAST_ROW}")
            sheet.add_data_validation(validation)
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "A2"


def _format(column: Column) -> str:
    return _FORMATS.get(column.type, _TEXT) if column.name not in ("birth_year", "fiscal_year") else "0"


def _comment(table: Table, column: Column, locale: Locale) -> Comment:
    comment = Comment("\n".join(_said(table, column, locale)), "Kayoi")
    comment.width, comment.height = 320, 130
    return comment


def _said(table: Table, column: Column, locale: Locale) -> list[str]:
    """Return what is said of a column: what it is, whether it has to be filled in, its form, an example."""
    needed = translate(locale, "template.required" if column.required else "template.optional")
    example = dictionary()[table.name][column.name].example
    return [
        f"{_meaning(table, column, locale)}（{needed}）"
        if locale == "ja"
        else f"{_meaning(table, column, locale)} ({needed})",
        translate(locale, f"template.form.{column.type}"),
        translate(locale, "template.example", example=example),
    ]


def _meaning(table: Table, column: Column, locale: Locale) -> str:
    own = f"template.column.{table.name}.{column.name}"
    return translate(locale, own)


def _validation(table: Table, column: Column, lists: str, locale: Locale) -> DataValidation | None:
    """Return what Excel lets be typed; a date or number in another form, which loads read, it warns of."""
    if column.type == "enum":
        place = _list_place(table, column.name)
        letter, last = get_column_letter(place), len(column.values) + 1
        source = f"'{lists}'!${letter}$2:${letter}${last}"
        checked = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        checked.error = translate(locale, "template.choose")
        return checked
    if column.type == "date":
        days = [
            f"DATE({day.year},{day.month},{day.day})"
            for day in (max(_FIRST_DAY, date(1901, 1, 1)), _LAST_DAY)
        ]
        checked = DataValidation(
            type="date", operator="between", formula1=days[0], formula2=days[1], allow_blank=True
        )
    elif column.type in _NUMBERS:
        checked = DataValidation(
            type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True
        )
    else:
        return None
    checked.errorStyle = "warning"
    checked.showErrorMessage = True
    checked.error = translate(locale, f"template.form.{column.type}")
    return checked


def _enums(table: Table) -> list[Column]:
    return [column for column in table.columns if column.type == "enum"]


def _list_place(table: Table, column: str) -> int:
    return [one.name for one in _enums(table)].index(column) + 1


def _write_lists(sheet: Worksheet, table: Table) -> None:
    """Write a column of words for each list; Excel takes no longer list from anywhere but cells."""
    for place, column in enumerate(_enums(table), start=1):
        sheet.cell(1, place, dictionary()[table.name][column.name].japanese).font = Font(bold=True)
        for row, (_, word) in enumerate(words_of(table.name, column.name), start=2):
            sheet.cell(row, place, word)
        sheet.column_dimensions[get_column_letter(place)].width = 30
    sheet.sheet_state = "hidden"


def _write_notes(sheet: Worksheet, table: Table, locale: Locale) -> None:
    """Write what each column is for; the first line is a sentence, so that no load takes it for a table."""
    sheet.cell(1, 1, translate(locale, "template.how")).alignment = Alignment(wrap_text=False)
    heads = ("heading", "id", "needed", "meaning", "form", "example")
    for place, head in enumerate(heads, start=1):
        sheet.cell(3, place, translate(locale, f"template.head.{head}")).font = Font(bold=True)
    for row, column in enumerate(table.columns, start=4):
        named = dictionary()[table.name][column.name]
        needed = translate(locale, "template.required" if column.required else "template.optional")
        form = translate(locale, f"template.form.{column.type}")
        if column.values:
            form += "、".join(word for _, word in words_of(table.name, column.name))
        cells = (named.japanese, column.name, needed, _meaning(table, column, locale), form, named.example)
        for place, text in enumerate(cells, start=1):
            cell = sheet.cell(row, place, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = _TEXT
    for letter, width in zip("ABCDEF", (22, 26, 8, 48, 52, 22), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A4"
