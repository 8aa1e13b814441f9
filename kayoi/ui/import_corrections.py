"""Values that were not understood, once each, and what a person says they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import pandas as pd
import streamlit as st

from kayoi import municipalities
from kayoi.contract import TABLES, Column
from kayoi.i18n import Locale
from kayoi.load.mapping import Source
from kayoi.load.signs import normalized
from kayoi.ui.import_columns import Form, places, values_of
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_draft import Draft
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain

_ASKED: Final = 30  # values at a time; the most frequent first
_SUGGESTED: Final = 5
_ALIKE: Final = 0.4
_CODES: Final = ("code", "code_or_prefecture")
_LEAVE: Final = ""
_NO_VALUE: Final = "none"
_MEANS: Final = "means:"


@dataclass(frozen=True)
class Misread:
    """One value of one column that was not understood, and in how many rows."""

    column: Column
    heading: str
    text: str  # as the value table of a mapping has it
    shown: str
    rows: int
    reason: str


def misread(form: Form, rejects: pd.DataFrame, locale: Locale) -> list[Misread]:
    """Return what was not understood in the files of a form, the most frequent first.

    A row without a value, or with too many cells, is not mended by saying what a text means.
    """
    by_heading = {
        _heading_of(source): (name, source)
        for name, source in form.proposal.sources.items()
        if source.constant is None and not source.rules
    }
    counted = rejects.groupby(["column", "value", f"reason_{locale}"], dropna=False).size()
    found = []
    for (heading, value, reason), rows in counted.sort_values(ascending=False).items():
        known = by_heading.get(heading)
        if known is None or not str(value).strip():
            continue
        column = TABLES[form.proposal.table].column(known[0])
        if column.type == "person":
            continue
        found.append(Misread(column, heading, _text_of(str(value), known[1]), str(value), int(rows), reason))
    return found


def draw_corrections(desk: Desk, draft: Draft, form: Form, rejects: pd.DataFrame) -> None:
    """Draw a box for every value that was not understood, and the button that tries again."""
    found = misread(form, rejects, desk.locale)
    if not found:
        st.info(desk.t("import.mistakes.none"))
        return
    st.markdown(f"**{desk.t('import.mistakes', count=len(found))}**")
    draw_note(desk.t("import.mistakes.note"))
    with st.form(f"import.{form.id}.mistakes"):
        keys = [_box(desk, form, number, one) for number, one in enumerate(found[:_ASKED])]
        if len(found) > _ASKED:
            draw_note(desk.t("import.mistakes.more", count=len(found) - _ASKED))
        st.form_submit_button(
            desk.t("import.mistakes.apply"),
            type="primary",
            icon=":material/refresh:",
            on_click=_applied,
            args=(draft, form, found[:_ASKED], keys),
        )


def _box(desk: Desk, form: Form, number: int, one: Misread) -> str:
    # Named after the value: a box left over from another try never fills this one.
    key = f"import.{form.id}.mistake.{one.column.name}.{one.text}"
    label = desk.t("import.mistakes.value", heading=one.heading, value=one.shown, count=f"{one.rows:,}")
    if one.column.type in _CODES or one.column.type == "enum":
        words = _meanings(desk, form, one)
        st.selectbox(
            plain(label),
            list(words),
            format_func=words.__getitem__,
            key=key,
            filter_mode="contains",
            help=plain(one.reason),
        )
    else:
        st.text_input(
            plain(label),
            key=key,
            help=plain(one.reason),
            placeholder=desk.t(f"import.form_of.{one.column.type}"),
        )
    draw_note(one.reason)
    return key


def _meanings(desk: Desk, form: Form, one: Misread) -> dict[str, str]:
    words = {_LEAVE: desk.t("import.mistakes.leave")}
    if not one.column.required:
        words[_NO_VALUE] = desk.t("import.mistakes.no_value")
    known = values_of(one.column, form.proposal.table, desk.locale)
    suggested = suggestions(one.shown) if one.column.type in _CODES else []
    for value in [*suggested, *(value for value in known if value not in suggested)]:
        name = known[value]
        said = desk.t("import.mistakes.suggested", name=name) if value in suggested else name
        words[f"{_MEANS}{value}"] = said
    return words


def suggestions(text: str) -> list[str]:
    """Return the codes of today's municipalities whose names are most like *text*, the likeliest first."""
    names = {code: name.split(" (")[0] for code, name in places("ja").items()}
    prefectures = {one.code: one.name_ja for one in municipalities.prefectures().values()}
    asked = normalized(text).replace(" ", "")
    within = [code for code, name in prefectures.items() if asked.startswith(name)]
    asked = asked.removeprefix(prefectures[within[0]]) if within else asked
    likeness = {}
    for code, name in names.items():
        if within and code[:2] != within[0]:
            continue
        short = name.removeprefix(prefectures[code[:2]])
        likeness[code] = _likeness(asked, short)
    likely = [code for code, score in likeness.items() if score >= _ALIKE]
    return sorted(likely, key=lambda code: (-likeness[code], code))[:_SUGGESTED]


def _likeness(asked: str, name: str) -> float:
    """Return how alike two names are; 市, 町, 村, 郡 and 区 at the end say little."""
    left, right = asked.rstrip("市町村郡区"), name.rstrip("市町村郡区")
    return SequenceMatcher(None, left or asked, right or name, autojunk=False).ratio()


def _applied(draft: Draft, form: Form, found: Sequence[Misread], keys: Sequence[str]) -> None:
    choice = draft.choice(form.id)
    for one, key in zip(found, keys, strict=True):
        said = str(st.session_state.get(key) or "").strip()
        if said == _LEAVE:
            continue
        choice = choice.told(one.column.name, {one.text: _meaning(one, said)})
    draft.decide(form.id, choice)
    draft.try_again = True


def _meaning(one: Misread, said: str) -> str:
    if said == _NO_VALUE:
        return ""
    value = said.removeprefix(_MEANS)
    if one.column.type in _CODES:
        # A name with its prefecture is read where a code stands and where a name stands.
        return places("ja").get(value, value).split(" (")[0]
    return value


def _heading_of(source: Source) -> str:
    return " + ".join(heading.strip() for heading in source.reads)


def _text_of(value: str, source: Source) -> str:
    """Return what the value table is asked for: of prefecture and name, the name."""
    return value.split(" ", 1)[-1] if source.name_heading else value
