"""Which heading fills which column: what was guessed, what made the guess, and a select box to correct it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from kayoi import municipalities
from kayoi.contract import TABLES, Column
from kayoi.errors import KayoiError
from kayoi.i18n import Locale
from kayoi.load import BlockedHeading, Guess
from kayoi.load.mapping import Source, heading_key
from kayoi.load.places import parse_place
from kayoi.templates import words_of
from kayoi.ui.import_desk import Desk
from kayoi.ui.import_draft import Choice, Draft, Reading
from kayoi.ui.import_mapping import CODE, HEADING, KEEP, NONE, SAME, Proposal, how, is_plain
from kayoi.ui.panels import draw_note
from kayoi.ui.text import plain

_EXAMPLES: Final = 3
_LOOKED_AT: Final = 50  # texts of a column of places
_LONGEST_EXAMPLE: Final = 24  # characters
_CODES: Final = ("code", "code_or_prefecture")


@dataclass(frozen=True)
class Form:
    """Files with the same headings, and how they are to be read."""

    id: str
    files: tuple[str, ...]
    reading: Reading
    choice: Choice
    guess: Guess
    proposal: Proposal


def draw_columns(desk: Desk, draft: Draft, form: Form) -> None:
    """Draw a select box for every column of the table: the filled and required ones first."""
    st.markdown(f"**{desk.t('import.columns')}**")
    draw_note(desk.t("import.columns_note"))
    columns = TABLES[form.proposal.table].columns
    first = [one for one in columns if one.required or one.name in form.proposal.sources]
    for column in first:
        _column(desk, draft, form, column)
    rest = [column for column in columns if column not in first]
    if rest:
        with st.expander(desk.t("import.columns_other", count=len(rest)), key=f"import.{form.id}.other"):
            for column in rest:
                _column(desk, draft, form, column)
    unused = _unused(form)
    if unused:
        join = desk.t("import.join")
        draw_note(desk.t("import.columns_unused", count=len(unused), names=join.join(unused)))


def draw_blocked(desk: Desk, draft: Draft, form: Form) -> None:
    """Draw the columns that look like personal data, and the two things that can be done with each."""
    for number, blocked in enumerate(form.guess.blocked):
        with st.container(border=True):
            st.markdown(f":material/shield_person: **{plain(blocked.heading)}**")
            kind = _kind(blocked)
            st.markdown(desk.t(f"import.blocked.kind.{kind}"))
            key = f"import.{form.id}.blocked.{number}"
            st.session_state[key] = _fate(form, blocked.heading)
            st.segmented_control(
                desk.t("import.blocked", heading=plain(blocked.heading)),
                ["drop", "person"] if kind == "contact" else ["drop"],
                format_func=_words(desk, "import.blocked"),
                key=key,
                on_change=_blocked_decided,
                args=(draft, form, blocked.heading, key),
            )


def undecided(form: Form) -> tuple[str, ...]:
    """Return the personal headings nobody has decided about."""
    used = {heading_key(one) for one in form.proposal.mapping.reads}
    return tuple(
        one.heading
        for one in form.guess.blocked
        if _fate(form, one.heading) is None
        # A day of birth may give the year, an address the municipality.
        and (_kind(one) == "contact" or heading_key(one.heading) not in used)
    )


def _kind(blocked: BlockedHeading) -> str:
    return blocked.because.key.rpartition(".")[2]


def _column(desk: Desk, draft: Draft, form: Form, column: Column) -> None:
    left, right = st.columns([2, 3])
    proposed, now = form.proposal.proposed, how(column.name, form.choice, form.proposal.proposed)
    headings = [f"{HEADING}{one}" for one in dict.fromkeys(form.reading.headings) if one.strip()]
    source = proposed.get(column.name)
    kept = [KEEP] if source is not None and not is_plain(source) else []
    options = [*kept, NONE, *headings, SAME]
    chosen = SAME if now.startswith(SAME) else now if now in options else NONE
    key = f"import.{form.id}.column.{column.name}"
    st.session_state[key] = chosen
    name = desk.t(f"import.column.{column.name}")
    with left:
        st.selectbox(
            desk.t("import.required", name=name) if column.required else name,
            options,
            format_func=lambda option: _option(desk, option, source),
            key=key,
            filter_mode="contains",
            on_change=_column_decided,
            args=(draft, form, column.name, key),
        )
    with right:
        if chosen == SAME:
            _same(desk, draft, form, column, now.removeprefix(SAME))
        elif chosen.startswith(HEADING) and _needs_prefecture(form, column, chosen):
            _prefecture(desk, draft, form, column)
        _reasons(desk, form, column, chosen)


def _option(desk: Desk, option: str, source: Source | None) -> str:
    if option == KEEP and source is not None:
        return desk.t("import.how.keep", what=describe(desk.t, source))
    if option in (NONE, SAME):
        return desk.t(f"import.how.{option.rstrip(':')}")
    return option.removeprefix(HEADING)


def describe(t: Callable[..., str], source: Source) -> str:
    """Return in plain words where a column comes from."""
    if source.rules:
        return t("import.source.rules", count=len(source.rules))
    if source.constant is not None:
        return t("import.source.same", value=source.constant)
    if source.name_heading:
        where = source.prefecture_heading
        if where:
            return t("import.source.place", prefecture=where, name=source.name_heading)
        names = {one.code: one.name_ja for one in municipalities.prefectures().values()}
        prefecture = names.get(source.prefecture_code or "", source.prefecture_code)
        return t("import.source.place_in", prefecture=prefecture, name=source.name_heading)
    return " + ".join(source.headings)


def _reasons(desk: Desk, form: Form, column: Column, chosen: str) -> None:
    lines = []
    source = form.proposal.sources.get(column.name)
    if source is None:
        if column.required:
            lines.append(f":red[:material/error: {plain(desk.t('import.column_lacking'))}]")
    elif column.name not in form.choice.columns:
        because = form.proposal.reasons.get(column.name, ())
        words = desk.t("import.join").join(one.text(desk.locale) for one in because)
        if words:
            lines.append(plain(desk.t("import.because", reasons=words)))
    examples = [] if column.type == "person" or source is None else _examples(form.reading, source)
    if examples:
        lines.append(plain(desk.t("import.examples", values=desk.t("import.join").join(examples))))
    if lines:
        st.markdown("  \n".join(f":small[{line}]" for line in lines))


def _examples(reading: Reading, source: Source) -> list[str]:
    found = _texts(reading, source.reads[-1]) if source.reads else []
    cut = [text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…" for text in found]
    return cut[:_EXAMPLES]


def _texts(reading: Reading, heading: str) -> list[str]:
    key = heading_key(heading)
    return [
        text
        for one, texts in zip(reading.headings, reading.samples, strict=True)
        if heading_key(one) == key
        for text in texts
        if text.strip()
    ]


def _same(desk: Desk, draft: Draft, form: Form, column: Column, value: str) -> None:
    key = f"import.{form.id}.same.{column.name}"
    label = desk.t("import.same", name=desk.t(f"import.column.{column.name}"))
    words = values_of(column, form.proposal.table, desk.locale)
    if words:
        st.session_state[key] = value if value in words else None
        st.selectbox(
            label,
            list(words),
            format_func=words.__getitem__,
            key=key,
            filter_mode="contains",
            index=None,
            placeholder=desk.t("import.same_choose"),
            on_change=_same_decided,
            args=(draft, form, column.name, key),
        )
    else:
        st.session_state[key] = value
        st.text_input(label, key=key, on_change=_same_decided, args=(draft, form, column.name, key))


def _prefecture(desk: Desk, draft: Draft, form: Form, column: Column) -> None:
    key = f"import.{form.id}.prefecture.{column.name}"
    names = {f"{CODE}{one.code}": _prefecture_name(one, desk.locale) for one in _prefectures()}
    headings = {f"{HEADING}{one}": one for one in dict.fromkeys(form.reading.headings) if one.strip()}
    options = {
        "": desk.t("import.prefecture_none"),
        **{option: desk.t("import.prefecture_heading", heading=name) for option, name in headings.items()},
        **{option: desk.t("import.prefecture_all", name=name) for option, name in names.items()},
    }
    chosen = form.choice.prefectures.get(column.name, "")
    st.session_state[key] = chosen if chosen in options else ""
    st.selectbox(
        desk.t("import.prefecture"),
        list(options),
        format_func=options.__getitem__,
        key=key,
        filter_mode="contains",
        on_change=_prefecture_decided,
        args=(draft, form, column.name, key),
    )


def _needs_prefecture(form: Form, column: Column, chosen: str) -> bool:
    """Tell whether a column holds names that are not told apart without their prefecture."""
    if column.type not in _CODES:
        return False
    if form.choice.prefectures.get(column.name):
        return True
    texts = _texts(form.reading, chosen.removeprefix(HEADING))
    return not all(_is_place(text, column) for text in texts[:_LOOKED_AT])


def _is_place(text: str, column: Column) -> bool:
    try:
        parse_place(text, prefecture_allowed=column.type == "code_or_prefecture")
    except KayoiError:
        return False
    return True


def places(locale: Locale) -> dict[str, str]:
    """Return today's municipalities, code → full name, as a person chooses among them."""
    names = {one.code: _prefecture_name(one, locale) for one in _prefectures()}
    known = (one for one in municipalities.municipalities().values() if one.type != "ward")
    return {one.code: _place_name(one, names[one.prefecture_code], locale) for one in known}


def _place_name(place: municipalities.Municipality, prefecture: str, locale: Locale) -> str:
    if locale == "ja":
        return f"{prefecture}{place.name_ja} ({place.code})"
    return f"{place.name_en} {place.name_ja}, {prefecture} ({place.code})"


def _prefectures() -> list[municipalities.Prefecture]:
    return list(municipalities.prefectures().values())


def _prefecture_name(prefecture: municipalities.Prefecture, locale: Locale) -> str:
    return prefecture.name_ja if locale == "ja" else prefecture.name_en


def values_of(column: Column, table: str, locale: Locale) -> dict[str, str]:
    """Return the values a column may have everywhere, with their words; none where any text will do."""
    if column.type == "code":
        return places(locale)
    if column.type == "code_or_prefecture":
        return {one.code: _prefecture_name(one, locale) for one in _prefectures()} | places(locale)
    if column.type != "enum":
        return {}
    if locale == "en":
        return {value: value for value in column.values}
    japanese = dict(words_of(table, column.name))
    return {value: f"{japanese.get(value, value)} ({value})" for value in column.values}


def _unused(form: Form) -> list[str]:
    used = {heading_key(one) for one in form.proposal.mapping.reads}
    blocked = {heading_key(one.heading) for one in form.guess.blocked}
    return [
        heading.strip()
        for heading in form.reading.headings
        if heading.strip() and heading_key(heading) not in used | blocked
    ]


def _fate(form: Form, heading: str) -> str | None:
    if heading in form.proposal.mapping.drop:
        return "drop"
    persons = [form.proposal.sources[one] for one in ("person_id",) if one in form.proposal.sources]
    reads = {heading_key(one) for source in persons for one in source.reads}
    return "person" if heading_key(heading) in reads else None


def _words(desk: Desk, prefix: str) -> Callable[[str], str]:
    return lambda option: desk.t(f"{prefix}.{option}")


def _blocked_decided(draft: Draft, form: Form, heading: str, key: str) -> None:
    said = st.session_state[key]
    columns, dropped = dict(form.choice.columns), set(form.choice.dropped) - {heading}
    if said == "drop":
        dropped.add(heading)
    if said == "person":
        columns["person_id"] = f"{HEADING}{heading}"
    elif _fate(form, heading) == "person":
        columns["person_id"] = NONE
    draft.decide(
        form.id, replace(form.choice, columns=columns, dropped=frozenset(dropped), is_accepted=False)
    )


def _column_decided(draft: Draft, form: Form, column: str, key: str) -> None:
    columns = {**form.choice.columns, column: st.session_state[key]}
    draft.decide(form.id, replace(form.choice, columns=columns, is_accepted=False))


def _same_decided(draft: Draft, form: Form, column: str, key: str) -> None:
    columns = {**form.choice.columns, column: f"{SAME}{(st.session_state[key] or '').strip()}"}
    draft.decide(form.id, replace(form.choice, columns=columns, is_accepted=False))


def _prefecture_decided(draft: Draft, form: Form, column: str, key: str) -> None:
    prefectures = {**form.choice.prefectures, column: st.session_state[key] or ""}
    columns = {
        **form.choice.columns,
        column: form.choice.columns.get(column, how(column, form.choice, form.proposal.proposed)),
    }
    draft.decide(form.id, replace(form.choice, columns=columns, prefectures=prefectures, is_accepted=False))
