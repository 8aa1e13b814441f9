"""One file → the rows that can be stored, those that cannot with the reason, and what is worth noting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kayoi.contract import TABLES
from kayoi.errors import FileRefusedError, ValueRefusedError
from kayoi.load.asides import notes_on_layout, refuse_asides
from kayoi.load.columns import Mapped, mapped_columns
from kayoi.load.fingerprints import row_hashes
from kayoi.load.horizons import horizon_column
from kayoi.load.mapping import Target, heading_key
from kayoi.load.personal import refusal
from kayoi.load.rows import Mask, Reason, Rows, read_rows
from kayoi.load.sheet import Cells, Codes, Sheet, combined
from kayoi.load.stored import Note

_LONGEST_VALUE: Final = 200  # characters of a cell that a reject quotes


@dataclass(frozen=True)
class Candidates:
    """The rows of one table that a file holds: stored columns, row hashes, lines, and which can be taken."""

    rows: Rows
    hashes: Any
    lines: Codes


def read_candidates(
    file: str, sheet: Sheet, target: Target, key: bytes, horizons: Mapping[str, date]
) -> Candidates:
    """Read a sheet into the columns of *target*'s table.

    Raises FileRefusedError for a column that stands twice.
    """
    mapped = mapped_columns(file, sheet, target)
    rows = read_rows(target.table, mapped, sheet.rows, key, horizons)
    _refuse_left_out(sheet, target, rows)
    _refuse_long_rows(sheet, rows)
    refuse_asides(sheet, target, rows)
    return Candidates(rows, row_hashes(key, _hashed(sheet), sheet.rows), sheet.lines)


def read_also(file: str, sheet: Sheet, target: Target, accepted: Mask, key: bytes) -> Candidates:
    """Read the distinct rows of a second table that the accepted rows of a file hold.

    A row that says nothing beyond what is required is none. These rows are no part of the reconciliation.
    """
    mapped = mapped_columns(file, sheet, target)
    names = list(mapped)
    _, codes = combined([mapped[name].cells for name in names])
    _, first = np.unique(np.where(accepted, codes, -1), return_index=True)
    first = np.sort(first[accepted[first]])
    distinct = {
        name: Mapped(
            one.heading,
            Cells(one.cells.texts, one.cells.codes[first], one.cells.parts),
            Cells(one.as_read.texts, one.as_read.codes[first]),
            one.unresolved,
            one.source,
        )
        for name, one in mapped.items()
    }
    rows = read_rows(target.table, distinct, len(first), key, {})
    says_nothing = np.ones(len(first), dtype=np.bool_)
    for column in TABLES[target.table].columns:
        if not column.required and column.name in rows.columns:
            says_nothing &= rows.columns[column.name].is_null().to_numpy(zero_copy_only=False)
    reason = Reason("", "", ValueRefusedError("value_required"))
    rows.refuse_rows(says_nothing, [next(iter(distinct.values())).cells], lambda _: reason)
    hashed = [(f"also {name}", one.cells) for name, one in distinct.items()]
    return Candidates(rows, row_hashes(key, hashed, len(first)), sheet.lines[first])


def rejects(candidates: Candidates) -> pa.Table:
    """Return every row that cannot be taken, once, in the order of the file.

    Columns: line, column, value, reason_ja, reason_en. The value is cut at 200 characters.
    """
    reasons = candidates.rows.reasons
    reason_of = candidates.rows.reason_of
    refused = np.flatnonzero(reason_of >= 0)
    distinct = {
        "column": [reason.heading for reason in reasons],
        "value": [reason.value[:_LONGEST_VALUE] for reason in reasons],
        "reason_ja": [reason.error.text("ja") for reason in reasons],
        "reason_en": [reason.error.text("en") for reason in reasons],
    }
    place = pa.array(reason_of[refused])
    texts = {name: pa.array(words, pa.string()).take(place) for name, words in distinct.items()}
    return pa.table({"line": pa.array(candidates.lines[refused], pa.int32()), **texts})


def notes(sheet: Sheet, targets: Sequence[Target], rows: Rows, accepted: Mask, today: date) -> list[Note]:
    """Return what is no error but worth knowing: ignored columns, blank rows, codes carried to today's.

    Of the *accepted* rows, those dated after *today* and those whose nights and departure disagree.
    """
    used = {heading_key(heading) for target in targets for heading in target.knows}
    ignored = [
        heading.strip() or f"#{place}"  # a column without a heading is named by its place
        for place, (heading, cells) in enumerate(zip(sheet.headings, sheet.columns, strict=True), start=1)
        if heading_key(heading) not in used and (heading.strip() or any(map(str.strip, cells.texts)))
    ]
    found = []
    if ignored:
        found.append(Note("load.note.ignored_columns", len(ignored), "、".join(ignored)))
    if sheet.blank_rows:
        found.append(Note("load.note.blank_rows", sheet.blank_rows))
    found += notes_on_layout(sheet)
    for (column, how), count in sorted(rows.fallbacks.items()):
        found.append(Note(f"load.note.{how}", count, column))
    found += _count(accepted & rows.nights_differ, "load.note.nights_differ", "nights")
    ending = horizon_column(targets[0].table)
    if ending is not None:
        after = pc.greater(rows.columns[ending], pa.scalar(today, pa.date32()))
        is_future = after.fill_null(False).to_numpy(zero_copy_only=False)
        found += _count(accepted & is_future, "load.note.future", ending)
    return found


def _count(where: Mask, key: str, what: str) -> list[Note]:
    return [Note(key, int(where.sum()), what)] if where.any() else []


def refuse_personal(file: str, sheet: Sheet, targets: Sequence[Target], drop: Sequence[str] = ()) -> None:
    """Refuse a file with a column of personal data that is not the person_id, quoting no value of it.

    A column under a heading of *drop* that feeds none is no reason: a person said that it is left out.
    """
    dropped = {heading_key(heading) for heading in drop}
    feeds: dict[str, set[str]] = {}
    for target in targets:
        for name, source in target.columns.items():
            for heading in source.reads:
                feeds.setdefault(heading_key(heading), set()).add(name)
    for heading, cells in zip(sheet.headings, sheet.columns, strict=True):
        fed = feeds.get(heading_key(heading), set())
        if not fed and heading_key(heading) in dropped:
            continue
        key = refusal(heading, cells.texts, targets[0].table, fed)
        if key is not None:
            raise FileRefusedError(key, file=file, column=heading.strip())


def _refuse_left_out(sheet: Sheet, target: Target, rows: Rows) -> None:
    """Reject the rows the mapping leaves out; with nothing to mend in them, this reason comes first."""
    for condition in target.leave_out:
        place = [heading_key(heading) for heading in sheet.headings].index(heading_key(condition.heading))
        cells = sheet.columns[place]
        holds = np.array([condition.holds(text) for text in cells.texts], dtype=np.bool_)[cells.codes]
        error = ValueRefusedError("value_left_out", column=condition.heading, equals=condition.equals)
        rows.reason_of[holds] = len(rows.reasons)
        rows.reasons.append(Reason(sheet.headings[place].strip(), condition.equals, error))


def _refuse_long_rows(sheet: Sheet, rows: Rows) -> None:
    """Reject rows with more cells than headings; they are shifted somewhere, so this reason comes first."""
    width = len(sheet.headings)
    for row in np.flatnonzero(sheet.cells_in_row > width):
        error = ValueRefusedError("value_too_many_cells", cells=int(sheet.cells_in_row[row]), headings=width)
        rows.reason_of[row] = len(rows.reasons)
        rows.reasons.append(Reason("", "", error))


def _hashed(sheet: Sheet) -> list[tuple[str, Cells]]:
    """Every column of the file under its heading; a repeated heading is told apart by its place."""
    seen: dict[str, int] = {}
    columns = []
    for heading, cells in zip(sheet.headings, sheet.columns, strict=True):
        key = heading_key(heading)
        seen[key] = seen.get(key, 0) + 1
        columns.append((key if seen[key] == 1 else f"{key}#{seen[key]}", cells))
    return columns
