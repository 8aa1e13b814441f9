"""One form: files with the same headings, how they would be read, and the button that accepts it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from kayoi.contract import TABLES
from kayoi.errors import KayoiError
from kayoi.load import guess_mapping
from kayoi.load.mapping import Mapping, load_mapping
from kayoi.ui.import_columns import Form, draw_blocked, draw_columns, undecided
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_draft import Choice, Draft, Reading
from kayoi.ui.import_layout import draw_layout
from kayoi.ui.import_mapping import propose
from kayoi.ui.import_preview import draw_preview
from kayoi.ui.import_saved import known_mappings, name_for, saved_for
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain


def find_form(desk: Desk, draft: Draft, form: str, files: Sequence[str]) -> Form | None:
    """Return how a form would be read now; None while nobody knows what it holds."""
    reading, choice = draft.reading(form), draft.choice(form)
    asked = (form, choice.table)
    if asked not in draft.guesses:
        draft.guesses[asked] = guess_mapping(reading.headings, reading.samples, table=choice.table)
    guess = draft.guesses[asked]
    if choice.table is None and not choice.mapping:
        # What was kept for these very headings goes before what ships.
        choice = replace(choice, mapping=saved_for(desk.warehouse, form) or guess.mapping_id or "")
    name = name_for(guess.table or choice.table or "", form)
    title = desk.t("import.mapping_of", file=draft.received[files[0]].name)
    proposal = propose(choice, guess, _base(desk, choice), name, title)
    return None if proposal is None else Form(form, tuple(files), reading, choice, guess, proposal)


def draw_form(desk: Desk, draft: Draft, number: int, form: str, files: Sequence[str]) -> None:
    """Draw a form: open while it waits for a decision, one line once it was accepted."""
    found = find_form(desk, draft, form, files)
    with st.container(border=True, key=f"import.form.{number}"):
        _heading(desk, draft, number, form, found)
        if draft.choice(form).is_accepted:
            st.button(
                desk.t("import.form.change"),
                key=f"import.{form}.change",
                icon=":material/edit:",
                on_click=_accept,
                args=(draft, form, False),
            )
            return
        draw_layout(desk, draft, form, is_plausible=found is not None and not found.proposal.lacking)
        _what(desk, draft, form, found)
        if found is None:
            return
        if found.guess.blocked:
            st.markdown(f"**{desk.t('import.blocked_heading')}**")
            st.markdown(desk.t("import.blocked_why"))
            draw_blocked(desk, draft, found)
        draw_columns(desk, draft, found)
        draw_preview(desk, found)
        _accept_button(desk, draft, found)


def _base(desk: Desk, choice: Choice) -> Mapping | None:
    path = known_mappings(desk.warehouse).get(choice.mapping)
    return load_mapping(path) if path else None


def _heading(desk: Desk, draft: Draft, number: int, form: str, found: Form | None) -> None:
    names = [draft.received[file].name for file in draft.forms()[form]]
    key = "import.form.file" if len(names) == 1 else "import.form.files"
    title = desk.t(key, file=names[0], more=len(names) - 1)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(f"{number}. {plain(title)}", anchor=False, width="content")
        if draft.choice(form).is_accepted:
            st.badge(desk.t("import.form.accepted"), icon=":material/check:", color="green")
        else:
            st.badge(desk.t("import.form.waiting"), icon=":material/pending:", color="orange")
    if found is not None and found.choice.is_accepted:
        rows = sum(one.rows for file in found.files if isinstance(one := draft.readings[file], Reading))
        table = desk.t(f"import.table.{found.proposal.table}")
        draw_note(desk.t("import.form.summary", table=table, rows=f"{rows:,}", files=len(found.files)))


def _what(desk: Desk, draft: Draft, form: str, found: Form | None) -> None:
    choice = draft.choice(form)
    guess = draft.guesses[form, choice.table]
    left, right = st.columns(2)
    mappings = known_mappings(desk.warehouse)
    used = found.choice.mapping if found else ""
    tables = {table: desk.t(f"import.table.{table}") for table in TABLES}
    key = f"import.{form}.table"
    st.session_state[key] = found.proposal.table if found else None
    with left:
        st.selectbox(
            desk.t("import.what"),
            list(tables),
            format_func=tables.__getitem__,
            key=key,
            index=None,
            placeholder=desk.t("import.same_choose"),
            filter_mode="contains",
            disabled=bool(used),
            on_change=_table_decided,
            args=(draft, form, key),
        )
        because = desk.t("import.join").join(one.text(desk.locale) for one in guess.because)
        if found is None:
            st.warning(desk.t("import.what_unknown"))
        elif because and not used and choice.table is None:
            draw_note(desk.t("import.because", reasons=because))
    key = f"import.{form}.mapping"
    st.session_state[key] = used if used in mappings else ""
    with right:
        st.selectbox(
            desk.t("import.by"),
            ["", *mappings],
            format_func=lambda one: _mapping_name(desk, mappings, one),
            key=key,
            filter_mode="contains",
            on_change=_mapping_decided,
            args=(draft, form, key),
        )


def _mapping_name(desk: Desk, mappings: dict[str, Path], one: str) -> str:
    if not one:
        return desk.t("import.by_guess")
    try:
        mapping = load_mapping(mappings[one])
    except KayoiError:
        return one
    return mapping.name_ja if desk.locale == "ja" else mapping.name_en


def _accept_button(desk: Desk, draft: Draft, form: Form) -> None:
    lacking = [desk.t(f"import.column.{column}") for column in form.proposal.lacking]
    open_questions = undecided(form)
    join = desk.t("import.join")
    if lacking:
        st.warning(plain(desk.t("import.accept_lacking", columns=join.join(lacking))))
    if open_questions:
        st.warning(plain(desk.t("import.accept_personal", columns=join.join(open_questions))))
    st.button(
        desk.t("import.accept"),
        key=f"import.{form.id}.accept",
        type="primary",
        icon=":material/check:",
        disabled=bool(lacking or open_questions),
        on_click=_accept,
        args=(draft, form.id, True),
    )


def _accept(draft: Draft, form: str, is_accepted: bool) -> None:
    draft.decide(form, replace(draft.choice(form), is_accepted=is_accepted))


def _table_decided(draft: Draft, form: str, key: str) -> None:
    draft.decide(form, Choice(table=st.session_state[key], dropped=draft.choice(form).dropped))


def _mapping_decided(draft: Draft, form: str, key: str) -> None:
    # A table that was chosen tells that the guess is wanted, also where a shipped mapping would fit.
    table = draft.guesses[form, draft.choice(form).table].table if not st.session_state[key] else None
    draft.decide(form, Choice(table=table, mapping=st.session_state[key], dropped=draft.choice(form).dropped))
