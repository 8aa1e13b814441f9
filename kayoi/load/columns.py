"""A target and a sheet → the cells of each target column, still text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from kayoi.contract import TABLES
from kayoi.errors import FileRefusedError
from kayoi.load.mapping import Source, Target, heading_key
from kayoi.load.sheet import Cells, Sheet, combined
from kayoi.load.values import normalized


@dataclass(frozen=True)
class Mapped:
    """One target column before its texts are read; `heading` is what the file calls it."""

    heading: str
    cells: Cells
    as_read: Cells  # before value tables, for the reject that quotes it
    unresolved: tuple[str, ...] = ()
    source: Source = field(default_factory=Source)  # the form its texts are declared to have


def mapped_columns(file: str, sheet: Sheet, target: Target) -> dict[str, Mapped]:
    """Return the cells of every column of *target*, whose headings are all there (`refuse_missing`).

    Raises FileRefusedError when a heading stands twice.
    """
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(sheet.headings):
        places.setdefault(heading_key(heading), []).append(place)
    for heading in target.reads:
        if len(places[heading_key(heading)]) > 1:
            raise FileRefusedError("file_column_twice", file=file, column=heading)
    by_key = {key: sheet.columns[at[0]] for key, at in places.items()}
    shown = {key: sheet.headings[at[0]].strip() for key, at in places.items()}

    def cells(heading: str) -> Cells:
        return by_key[heading_key(heading)]

    mapped: dict[str, Mapped] = {}
    for column, source in target.columns.items():
        heading = " + ".join(shown[heading_key(one)] for one in source.reads) or column
        if source.name_heading:
            name = cells(source.name_heading)
            as_read = _named(source, name, source.prefecture_heading, cells)
            found = _named(source, _translated(name, source), source.prefecture_heading, cells)
            mapped[column] = Mapped(heading, found, as_read, source.unresolved)
        elif source.headings:
            as_read = _joined([cells(one) for one in source.headings], source.joined_by)
            found = _translated(as_read, source)
            beside = source.per[0] if source.per else source.age_on
            if beside is not None:
                as_read, found = _beside(as_read, found, cells(beside))
            mapped[column] = Mapped(heading, found, as_read, source.unresolved, source)
        else:
            asked = {rule.when.heading for rule in source.rules}
            ruled = _ruled(source, sheet.rows, {heading: cells(heading) for heading in asked})
            mapped[column] = Mapped(heading, ruled, ruled)
    return mapped


def refuse_missing(file: str, sheet: Sheet, target: Target) -> None:
    """Raise FileRefusedError where a required column or a heading of the mapping is not in the sheet.

    The line that was taken as the headings is named: another may be meant.
    """
    required = [column.name for column in TABLES[target.table].columns if column.required]
    present = {heading_key(heading) for heading in sheet.headings}
    lacking = [name for name in required if name not in target.columns]
    lacking += [heading for heading in target.reads if heading_key(heading) not in present]
    if not lacking:
        return
    named = {"file": file, "columns": "、".join(lacking), "table": target.table}
    line = sheet.layout.first_heading_line
    if line is not None and line > 1:
        raise FileRefusedError("file_lacks_columns_at", line=line, **named)
    raise FileRefusedError("file_lacks_columns", **named)


def _joined(columns: Sequence[Cells], joined_by: str) -> Cells:
    if len(columns) == 1:
        return columns[0]
    combinations, codes = combined(columns)
    return Cells([joined_by.join(texts) for texts in combinations], codes)


def _beside(as_read: Cells, translated: Cells, other: Cells) -> tuple[Cells, Cells]:
    """Return the texts of a column as read, and together with those of the column they depend on."""
    pairs, codes = combined([translated, other])
    first = np.zeros(len(pairs), dtype=np.int64)
    first[codes] = np.arange(len(codes))
    quoted = [as_read.texts[as_read.codes[row]] for row in first]
    return Cells(quoted, codes), Cells([text for text, _ in pairs], codes, pairs)


def _translated(cells: Cells, source: Source) -> Cells:
    if not source.values and not source.missing:
        return cells
    table = dict(source.values) | dict.fromkeys(source.missing, "")
    return Cells([table.get(normalized(text), text) for text in cells.texts], cells.codes)


def _ruled(source: Source, rows: int, columns: dict[str, Cells]) -> Cells:
    """Rules in order, the first that holds decides; then the constant, else nothing."""
    texts = [*(rule.value for rule in source.rules), source.constant or ""]
    codes = np.full(rows, len(source.rules), dtype=np.int32)
    for place in reversed(range(len(source.rules))):
        rule = source.rules[place]
        column = columns[rule.when.heading]
        holds = np.array([rule.when.holds(text) for text in column.texts], dtype=np.bool_)
        codes[holds[column.codes]] = place
    return Cells(texts, codes)


def _named(source: Source, name: Cells, prefecture: str | None, cells: Callable[[str], Cells]) -> Cells:
    columns = [cells(prefecture), name] if prefecture else [name]
    combinations, codes = combined(columns)
    parts = [texts if prefecture else (source.prefecture_code or "", *texts) for texts in combinations]
    return Cells([" ".join(texts).strip() for texts in combinations], codes, parts)
