"""Rows of a table that are no records: totals among them, notes below them."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from kayoi.contract import TABLES
from kayoi.errors import ValueRefusedError
from kayoi.load.headings import heading_key
from kayoi.load.mapping import Target
from kayoi.load.personal import quotable
from kayoi.load.rows import Mask, Reason, Rows
from kayoi.load.sheet import Cells, Codes, Sheet
from kayoi.load.signs import normalized
from kayoi.load.stored import Note

_WORD: Final = r"(?:(?:総|小|中|大|累|通|延べ?|合|総合)計|(?:年度|年|月|週|日|期|四半期)計|総数|全体|平均)"
_PLACE_OR_TIME: Final = r"(?:年度?|月|週|日|期|県|都|道|府|市|町|村|区|郡|国|域|部|島|課|館|他|体)"
_TOTAL: Final = re.compile(
    rf"[\[【(〔<＜]?(?:.{{0,20}}{_WORD}|(?:.{{0,10}}{_PLACE_OR_TIME})?計|(?:grand|sub)?-?total)[\]】)〕>＞]?"
    r"(?:\([^()]{0,20}\))?[::]?",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"[※*＊†]|[((\[【]?(?:注|備考|出典|資料|出所|参考|凡例|作成|更新)[0-9一二三①-⑨]{0,2}(?:[))\]】::.、\s]|日|者|元|$)|以上$"
    r"|(?:source|note)s?\s*[::]",
    re.IGNORECASE,
)
# a label in one of these cannot be part of a record
_IDENTIFYING: Final = {"person", "code", "code_or_prefecture", "scope", "date", "month", "codes"}


def is_total(text: str) -> bool:
    """Whether a row that begins with *text* is a line of totals: 合計, 小計, 令和6年度計, 市町村計, Total."""
    plain = "".join(normalized(text[:60]).split())
    return bool(_TOTAL.fullmatch(plain))


def is_note(text: str) -> bool:
    """Whether a row that holds nothing but *text* is a note: ※…, 注1), 出典: …, 以上."""
    return bool(_NOTE.match(normalized(text[:60])))


def refuse_asides(sheet: Sheet, target: Target, rows: Rows) -> None:
    """Reject totals and notes for what they are, whatever else is wrong with the row.

    A row that begins with the name of a total is one when that stands where an id, a place or a day belongs,
    or when the row cannot be taken anyway: 計 may be a value of a column of its own.
    """
    types = _types_by_heading(target)
    places, filled = _first_filled(sheet)
    for place, column in enumerate(sheet.columns):
        begins = places == place
        if not begins.any():
            continue
        read_as = types.get(heading_key(sheet.headings[place]), set())
        totals = begins & _where(column, is_total)
        if not read_as & _IDENTIFYING:
            totals &= ~rows.taken
        notes = begins & (filled == 1) & ~rows.taken & ~totals & _where(column, is_note)
        heading = "" if "person" in read_as else sheet.headings[place].strip()
        _refuse(rows, totals, column, partial(_reason, heading, ValueRefusedError("value_total")))
        _refuse(rows, notes, column, partial(_reason, heading, ValueRefusedError("value_footnote")))


def _reason(heading: str, error: ValueRefusedError, text: str) -> Reason:
    return Reason(heading, quotable(text) if heading else "", error)


def _types_by_heading(target: Target) -> dict[str, set[str]]:
    types: dict[str, set[str]] = {}
    for name, source in target.columns.items():
        for heading in source.reads:
            types.setdefault(heading_key(heading), set()).add(TABLES[target.table].column(name).type)
    return types


def _refuse(rows: Rows, where: Mask, column: Cells, reason: Callable[[str], Reason]) -> None:
    """Reject the rows of *where*; *reason* is called once per distinct text of *column*."""
    reason_of = np.full(len(column.texts), -1, dtype=np.int32)
    for code in np.unique(column.codes[where]):
        reason_of[code] = len(rows.reasons)
        rows.reasons.append(reason(column.texts[code]))
    rows.reason_of[where] = reason_of[column.codes[where]]


def _where(column: Cells, holds: Callable[[str], bool]) -> Mask:
    distinct = np.array([holds(text) for text in column.texts], dtype=np.bool_)
    return np.asarray(distinct[column.codes], dtype=np.bool_)


def _first_filled(sheet: Sheet) -> tuple[Codes, Codes]:
    """Return the place of each row's first cell with anything in it, and how many such cells it has."""
    first = np.full(sheet.rows, -1, dtype=np.int32)
    count = np.zeros(sheet.rows, dtype=np.int32)
    for place, column in enumerate(sheet.columns):
        filled = np.array([bool(text.strip()) for text in column.texts], dtype=np.bool_)
        here = filled[column.codes] if len(filled) else np.zeros(sheet.rows, dtype=np.bool_)
        first[here & (first < 0)] = place
        count += here
    return first, count


def notes_on_layout(sheet: Sheet) -> list[Note]:
    """Return what was passed over to find the table: titles, headings again, other sheets, cells in error."""
    found = []
    if sheet.title_rows:
        first, count = sheet.layout.first_heading_line or 1, sheet.layout.heading_lines or 1
        where = str(first) if count == 1 else f"{first}–{first + count - 1}"
        found.append(Note("load.note.title_rows", sheet.title_rows, where))
    if sheet.repeated_headings:
        found.append(Note("load.note.repeated_headings", sheet.repeated_headings))
    if sheet.other_sheets:
        names = "、".join(sheet.other_sheets)
        found.append(Note("load.note.other_sheets", len(sheet.other_sheets), names))
    if sheet.error_cells:
        found.append(Note("load.note.error_cells", sheet.error_cells))
    return found
