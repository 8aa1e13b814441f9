"""Mappings a person can choose: those that ship, and those saved in the warehouse for the next time."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from kayoi.durable import write_whole
from kayoi.errors import KayoiError
from kayoi.load.mapping import MAPPINGS_DIR, load_mapping
from kayoi.load.mapping_text import mapping_toml
from kayoi.ui.import_columns import Form
from kayoi.ui.import_desk import Desk

FOLDER: Final = "mappings"
_DIGITS: Final = 8  # of the hash of the headings


def known_mappings(warehouse: Path) -> dict[str, Path]:
    """Return the mappings by id: those saved in the warehouse, those its loads were read by, those that ship.

    Of one id the first of these counts.
    """
    saved = {path.stem: path for path in sorted((warehouse / FOLDER).glob("*.toml"))}
    loaded = {}
    for path in sorted((warehouse / "loads").glob("[0-9]*/mapping-*.toml")):
        mapping_id = _id_of(path)
        if mapping_id:
            loaded[mapping_id] = path  # the latest of one id
    shipped = {path.stem: path for path in sorted(MAPPINGS_DIR.glob("*.toml"))}
    known = saved | {name: path for name, path in loaded.items() if name not in saved.keys() | shipped.keys()}
    return known | {name: path for name, path in shipped.items() if name not in known}


@cache  # what a load was read by never changes
def _id_of(path: Path) -> str | None:
    try:
        return load_mapping(path).id
    except KayoiError:
        return None


def name_for(table: str, form: str) -> str:
    """Return the id of the mapping for files with these headings."""
    return f"{table}-{form[:_DIGITS]}"


def saved_for(warehouse: Path, form: str) -> str | None:
    """Return the mapping by which files with these headings were read before; None where none was."""
    return next((name for name in known_mappings(warehouse) if name.endswith(f"-{form[:_DIGITS]}")), None)


def save_mapping(warehouse: Path, mapping_id: str, text: str) -> Path:
    """Write a mapping, whole or not at all, and return where; one of the same id is replaced."""
    path = warehouse / FOLDER / f"{mapping_id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, [text.encode()])
    return path


def draw_saving(desk: Desk, form: Form) -> None:
    """Draw the ways to keep how a form is read: in the warehouse, and as a file."""
    with st.expander(
        desk.t("import.save", name=desk.t(f"import.table.{form.proposal.table}")),
        icon=":material/save:",
        key=f"import.{form.id}.save",
    ):
        st.markdown(desk.t("import.save.why"))
        key = f"import.{form.id}.save.name"
        name = st.text_input(
            desk.t("import.save.name"), form.proposal.mapping.name_ja, max_chars=60, key=key
        ).strip()
        mapping_id = name_for(form.proposal.table, form.id)
        named = replace(
            form.proposal.mapping, id=mapping_id, name_ja=name or mapping_id, name_en=name or mapping_id
        )
        text = mapping_toml(named)
        with st.container(horizontal=True):
            st.button(
                desk.t("import.save.here"),
                key=f"import.{form.id}.save.here",
                on_click=_save,
                args=(desk, form, mapping_id, text),
            )
            st.download_button(
                desk.t("import.save.file"),
                data=text.encode(),
                file_name=f"{mapping_id}.toml",
                mime="application/toml",
                key=f"import.{form.id}.save.file",
                icon=":material/download:",
                on_click="ignore",
            )
        if st.session_state.get(f"import.{form.id}.saved") == text:
            st.success(desk.t("import.save.done", name=name), icon=":material/check:")


def _save(desk: Desk, form: Form, mapping_id: str, text: str) -> None:
    save_mapping(desk.warehouse, mapping_id, text)
    st.session_state[f"import.{form.id}.saved"] = text
