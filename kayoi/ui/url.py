"""Widgets whose value is the URL: a link opens the same view, and the browser's back button works.

Streamlit's own `bind="query-params"` writes the words shown on screen into the URL (long, and different in
each language). So the URL is the only truth here: a widget is set from it before it is drawn, and writes
to it when it is changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kayoi.i18n import Locale, translate
from kayoi.ui.text import plain

Look = Literal["list", "row"]


@dataclass
class Address:
    """The query string of one run; says what a link asked for in vain."""

    locale: Locale
    refused: list[str] = field(default_factory=list)
    notices: DeltaGenerator | None = None

    def asked(self, name: str) -> str | None:
        """Return the value the URL has for *name*."""
        return st.query_params.get(name)

    def pick(self, name: str, options: Mapping[str, str], default: str) -> str:
        """Return the option the URL names; the default where it names none or one that is not there."""
        asked = self.asked(name)
        if asked is not None and asked in options:
            return asked
        if asked is not None:
            used = plain(options[default])
            self._say(translate(self.locale, "app.notice.value", name=name, value=plain(asked), used=used))
        return default

    def show_notices(self, where: DeltaGenerator) -> None:
        """Say in *where* what was asked for in vain, until now and from now on."""
        self.notices = where
        for text in self.refused:
            where.warning(text)

    def _say(self, text: str) -> None:
        self.refused.append(text)
        if self.notices is not None:
            self.notices.warning(text)

    def choose(  # noqa: PLR0913 - one widget, said once
        self,
        where: DeltaGenerator,
        name: str,
        label: str,
        options: Mapping[str, str],
        default: str,
        look: Look = "list",
    ) -> str:
        """Draw a choice among *options* (value in the URL → words on screen) and return the chosen value."""
        chosen = self.pick(name, options, default)
        key = f"url.{name}"
        st.session_state[key] = chosen
        words: Callable[[str], str] = options.__getitem__
        if look == "row":
            where.segmented_control(
                label,
                list(options),
                format_func=words,
                key=key,
                required=True,
                on_change=_changed,
                args=(name, default),
            )
        else:
            where.selectbox(
                label,
                list(options),
                format_func=words,
                key=key,
                filter_mode="contains",
                on_change=_changed,
                args=(name, default),
            )
        return chosen


def put(name: str, value: str, default: str | None = None) -> None:
    """Write one value into the URL; the default is left out, which keeps links short."""
    if value != default:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def link_params() -> dict[str, str]:
    """Return the query string, for a link that keeps what was chosen."""
    return st.query_params.to_dict()


def _changed(name: str, default: str) -> None:
    value = st.session_state[f"url.{name}"]
    if value is not None:
        put(name, value, default)
