"""Where the headings stand in a file: what was found, and how a person corrects it."""

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from kayoi.load import Layout
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_draft import Draft, Reading
from kayoi.ui.text import plain

_MOST_LINES = 200  # a table that begins further down is another kind of file
_MOST_HEADING_LINES = 5
_ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp932": "Shift_JIS",
    "euc-jp": "EUC-JP",
    "xlsx": "Excel",
    "parquet": "Parquet",
}


def draw_layout(desk: Desk, draft: Draft, form: str, *, is_plausible: bool) -> None:
    """Draw what was found (encoding, sheet, heading lines), and the boxes that correct it.

    Where the headings make a table (*is_plausible*), nobody need be troubled about where they stand.
    """
    reading = draft.reading(form)
    found = reading.layout
    facts = [
        desk.t("import.layout.encoding", encoding=encoding_name(reading.encoding)),
        desk.t("import.layout.rows", rows=f"{reading.rows:,}"),
        _where(desk, found),
    ]
    if found.sheet:
        facts.insert(1, desk.t("import.layout.sheet", sheet=found.sheet))
    st.markdown(plain(desk.t("import.join").join(facts)))
    is_doubtful = not (reading.is_certain or is_plausible)
    if is_doubtful:
        st.warning(desk.t("import.layout.uncertain"))
    with st.expander(desk.t("import.layout.correct"), expanded=is_doubtful, key=f"import.{form}.layout"):
        _first_rows(desk, form, reading)
        with st.form(f"import.{form}.layout.form", border=False):
            _boxes(desk, draft, form)


def encoding_name(encoding: str) -> str:
    """Return the name of an encoding as spreadsheets have it."""
    return _ENCODINGS.get(encoding.lower().replace("_", "-"), encoding or "–")


def _where(desk: Desk, found: Layout) -> str:
    first, lines = found.first_heading_line or 1, found.heading_lines or 1
    if lines == 1:
        return desk.t("import.layout.line", line=first)
    return desk.t("import.layout.lines", first=first, last=first + lines - 1)


def _first_rows(desk: Desk, form: str, reading: Reading) -> None:
    rows = reading.first_rows
    width = max((len(row) for _, row in rows), default=0)
    table = pd.DataFrame(
        [[line, *row, *[""] * (width - len(row))] for line, row in rows],
        columns=[desk.t("import.layout.line_number"), *(str(number) for number in range(1, width + 1))],
    )
    st.dataframe(
        table,
        hide_index=True,
        key=f"import.{form}.layout.rows",
        height="content" if len(rows) < 10 else 320,
        alt=desk.t("import.layout.first_rows"),
    )


def _boxes(desk: Desk, draft: Draft, form: str) -> None:
    reading = draft.reading(form)
    found = reading.layout
    key = f"import.{form}.layout."
    row = st.container(horizontal=True, vertical_alignment="bottom")
    if len(reading.sheets) > 1:
        names = {
            one.name: desk.t(
                "import.layout.sheet_size", name=one.name, rows=f"{one.rows:,}", columns=one.columns
            )
            for one in reading.sheets
        }
        listed = list(names)
        row.selectbox(
            desk.t("import.layout.sheet_label"),
            listed,
            index=listed.index(found.sheet) if found.sheet in listed else 0,
            format_func=names.__getitem__,
            key=f"{key}sheet",
        )
    row.number_input(
        desk.t("import.layout.first_label"),
        1,
        _MOST_LINES,
        min(found.first_heading_line or 1, _MOST_LINES),
        key=f"{key}first",
    )
    row.number_input(
        desk.t("import.layout.lines_label"),
        1,
        _MOST_HEADING_LINES,
        min(found.heading_lines or 1, _MOST_HEADING_LINES),
        key=f"{key}lines",
    )
    row.form_submit_button(
        desk.t("import.layout.read_again"),
        icon=":material/refresh:",
        on_click=_read_again,
        args=(draft, form, key),
    )


def _read_again(draft: Draft, form: str, key: str) -> None:
    found = draft.reading(form).layout
    said = Layout(
        sheet=st.session_state.get(f"{key}sheet", found.sheet),
        first_heading_line=int(st.session_state[f"{key}first"]),
        heading_lines=int(st.session_state[f"{key}lines"]),
    )
    if said.sheet != found.sheet and replace(said, sheet=None) == replace(found, sheet=None):
        said = Layout(sheet=said.sheet)  # another sheet: its headings are looked for anew
    for file in draft.forms()[form]:
        draft.layouts[file] = said
        draft.readings.pop(file, None)
