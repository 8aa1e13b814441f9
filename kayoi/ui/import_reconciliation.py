"""Where every row went: read = accepted + duplicate + rejected, for each file and in all."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from kayoi.load import FileReconciliation
from kayoi.ui.import_desk import Desk
from kayoi.ui.panels import number_columns
from kayoi.ui.text import plain

COUNTS: Final = ("read", "accepted", "duplicate", "rejected")
_SIGNS: Final = ("", "= ", "+ ", "+ ")
_WIDTH: Final = 190  # pixels


def draw_reconciliation(desk: Desk, files: Sequence[FileReconciliation], key: str) -> None:
    """Draw the sums, the files, and what is worth knowing about them."""
    with st.container(horizontal=True):
        for name, sign in zip(COUNTS, _SIGNS, strict=True):
            with st.container(border=True, width=_WIDTH):
                count = sum(getattr(file, name) for file in files)
                st.metric(
                    f"{sign}{desk.t(f'import.count.{name}')}",
                    desk.t("import.count", count=f"{count:,}"),
                    help=desk.t(f"import.count.{name}.help"),
                )
    table = pd.DataFrame(
        {
            desk.t("import.col.file"): [file.file for file in files],
            desk.t("import.col.table"): [desk.t(f"import.table.{file.table}") for file in files],
            **{desk.t(f"import.count.{name}"): [getattr(file, name) for file in files] for name in COUNTS},
        }
    )
    if len(files) > 1:
        st.dataframe(
            table,
            hide_index=True,
            column_config=number_columns(table),
            key=f"{key}.files",
            alt=desk.t("import.reconciliation"),
        )
    notes: dict[tuple[str, str], int] = {}
    for file in files:
        for note in file.notes:
            notes[note.key, note.what] = notes.get((note.key, note.what), 0) + note.count
    if notes:
        lines = [plain(desk.t(key_, count=f"{count:,}", what=what)) for (key_, what), count in notes.items()]
        with st.expander(desk.t("import.notes", count=len(lines)), key=f"{key}.notes"):
            st.markdown("\n".join(f"- {line}" for line in lines))
