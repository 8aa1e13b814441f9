"""The first records of a file as they stand and as they would be read, side by side."""

import secrets
from typing import Final, Literal

import pandas as pd
import streamlit as st

from kayoi import municipalities
from kayoi.contract import TABLES
from kayoi.errors import KayoiError
from kayoi.load.columns import mapped_columns, refuse_missing
from kayoi.load.mapping import Target, heading_key
from kayoi.load.rows import read_rows
from kayoi.load.sheet import Sheet
from kayoi.ui.import_columns import Form
from kayoi.ui.import_desk import Desk
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain

PREVIEWED: Final = 20  # records
_HEIGHT: Final = 320  # pixels
_LOW: Final = 8  # rows that need no scrolling
_STORED_AS: Final = {"person": ("person_key",), "yen": ("spend_yen", "spend_low", "spend_high")}


def draw_preview(desk: Desk, form: Form) -> None:
    """Draw the two tables, or say what keeps the file from being read."""
    st.markdown(f"**{desk.t('import.preview', count=len(form.reading.head.lines))}**")
    try:
        after = as_read(desk, form.reading.head, form.proposal.mapping.target)
    except KayoiError as error:
        st.warning(error.text(desk.locale))
        return
    height: int | Literal["content"] = "content" if len(after) <= _LOW else _HEIGHT
    left, right = st.columns(2)
    with left:
        draw_note(desk.t("import.preview.before"))
        st.dataframe(
            as_written(desk, form),
            hide_index=True,
            height=height,
            key=f"import.{form.id}.before",
            alt=desk.t("import.preview.before"),
        )
    with right:
        draw_note(desk.t("import.preview.after"))
        st.dataframe(
            after,
            hide_index=True,
            height=height,
            key=f"import.{form.id}.after",
            placeholder="",
            alt=desk.t("import.preview.after"),
        )
    refused = int((after[desk.t("import.preview.result")] != desk.t("import.preview.taken")).sum())
    if refused:
        st.markdown(plain(desk.t("import.preview.refused", count=refused)))


def as_written(desk: Desk, form: Form) -> pd.DataFrame:
    """Return the first records as they stand: the headings that are read first, then the others."""
    sheet = form.reading.head
    reads = [heading_key(heading) for heading in form.proposal.mapping.reads]
    order = sorted(
        range(len(sheet.headings)),
        key=lambda place: (
            reads.index(key) if (key := heading_key(sheet.headings[place])) in reads else len(reads)
        ),
    )
    table: dict[str, list[object]] = {desk.t("import.layout.line_number"): list(sheet.lines)}
    for place in order:
        cells = sheet.columns[place]
        name = sheet.headings[place].strip() or f"#{place + 1}"
        table[name if name not in table else f"{name} #{place + 1}"] = [
            cells.texts[code] for code in cells.codes
        ]
    return pd.DataFrame(table)


def as_read(desk: Desk, sheet: Sheet, target: Target) -> pd.DataFrame:
    """Return the first records as they would be stored, people numbered instead of named.

    Raises FileRefusedError where a heading is missing or stands twice.
    """
    refuse_missing("", sheet, target)
    mapped = mapped_columns("", sheet, target)
    # The key of the warehouse is not needed to show which rows are of one person.
    rows = read_rows(target.table, mapped, sheet.rows, secrets.token_bytes(32), {})
    table: dict[str, list[object]] = {desk.t("import.layout.line_number"): list(sheet.lines)}
    reasons = [None if at < 0 else rows.reasons[at] for at in rows.reason_of]
    table[desk.t("import.preview.result")] = [
        desk.t("import.preview.taken" if one is None else "import.preview.not_taken") for one in reasons
    ]
    for column in TABLES[target.table].columns:
        for name in _STORED_AS.get(column.type, (column.name,)):
            if name not in rows.columns:
                continue
            values = rows.columns[name].to_pylist()
            shown = [None if why else value for value, why in zip(values, reasons, strict=True)]
            if all(value is None for value in shown):
                continue
            table[_label(desk, name, column.name)] = _shown(desk, name, column.type, shown)
    if any(one is not None for one in reasons):
        table[desk.t("import.rejects.reason")] = [
            "" if one is None else one.error.text(desk.locale) for one in reasons
        ]
    return pd.DataFrame(table)


def _label(desk: Desk, stored: str, column: str) -> str:
    if stored in ("spend_low", "spend_high"):
        return desk.t(f"import.preview.{stored}")
    return desk.t(f"import.column.{column}")


def _shown(desk: Desk, stored: str, kind: str, values: list[object]) -> list[object]:
    if stored == "person_key":
        numbers = {value: number for number, value in enumerate(dict.fromkeys(values), start=1)}
        return ["" if one is None else desk.t("import.preview.person", number=numbers[one]) for one in values]
    if kind in ("code", "code_or_prefecture"):
        known = municipalities.municipalities()
        names = {
            code: place.name_ja if desk.locale == "ja" else place.name_en for code, place in known.items()
        }
        return ["" if one is None else f"{one} {names.get(str(one), '')}".strip() for one in values]
    return ["" if one is None else str(one) for one in values]
