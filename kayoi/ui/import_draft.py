"""What an administrator is about to bring in: files received, how each is read, what was decided."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

import streamlit as st

from kayoi.errors import KayoiError
from kayoi.load import Guess, Layout, SheetSize
from kayoi.load.mapping import heading_key
from kayoi.load.sheet import Sheet

_STATE: Final = "import.draft"


@dataclass(frozen=True)
class Received:
    """A file as it arrived; `name` is text to show and nothing else."""

    name: str
    sha256: str
    size: int
    path: Path


@dataclass(frozen=True)
class Reading:
    """How a file looks: what was found where, its first records, and what they seem to be."""

    encoding: str
    sheets: tuple[SheetSize, ...]
    layout: Layout
    is_certain: bool
    headings: tuple[str, ...]
    first_rows: tuple[tuple[int, tuple[str, ...]], ...]
    rows: int
    head: Sheet  # the first records, for the preview
    samples: tuple[tuple[str, ...], ...]  # some texts of each column

    @property
    def form_id(self) -> str:
        """Return what files with the same headings have in common."""
        keys = "\n".join(heading_key(heading) for heading in self.headings)
        return sha256(keys.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Choice:
    """What a person decided for all files with the same headings."""

    table: str | None = None  # None: as guessed
    mapping: str = ""  # id of a shipped or saved mapping; empty: as guessed
    columns: Dictionary[str, str] = field(default_factory=dict)  # column → how, see kayoi.ui.import_mapping
    prefectures: Dictionary[str, str] = field(default_factory=dict)  # column → where its prefecture is
    meanings: Dictionary[str, Dictionary[str, str]] = field(default_factory=dict)  # column → text → meaning
    dropped: frozenset[str] = frozenset()
    is_accepted: bool = False

    def told(self, column: str, meanings: Dictionary[str, str]) -> "Choice":
        """Return the choice with what some texts of *column* mean."""
        merged = {**self.meanings, column: {**self.meanings.get(column, {}), **meanings}}
        return replace(self, meanings=merged)


@dataclass
class Draft:
    """Everything of one import that is not in the warehouse yet; one per session."""

    round: int = 0  # of the upload box: a new one is empty
    received: dict[str, Received] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)  # said by the person, by file
    readings: dict[str, Reading | KayoiError] = field(default_factory=dict)
    guesses: dict[tuple[str, str | None], Guess] = field(default_factory=dict)  # by form and table
    choices: dict[str, Choice] = field(default_factory=dict)  # by form
    try_again: bool = False
    trial: str | None = None  # the job that tried
    tried: str = ""  # what it tried

    def forms(self) -> dict[str, list[str]]:
        """Return the files that can be read, those with the same headings together."""
        found: dict[str, list[str]] = {}
        for file in self.received:
            reading = self.readings.get(file)
            if isinstance(reading, Reading):
                found.setdefault(reading.form_id, []).append(file)
        return found

    def reading(self, form: str) -> Reading:
        """Return how the first file of a form looks."""
        return next(one for one in self.readings.values() if isinstance(one, Reading) and one.form_id == form)

    def choice(self, form: str) -> Choice:
        """Return what was decided for a form."""
        return self.choices.get(form, Choice())

    def decide(self, form: str, choice: Choice) -> None:
        """Take a decision."""
        self.choices[form] = choice

    def take_out(self, file: str) -> None:
        """Forget a file that is not to be brought in after all."""
        for kept in (self.received, self.layouts, self.readings):
            kept.pop(file, None)


def draft() -> Draft:
    """Return the draft of this session."""
    if not isinstance(st.session_state.get(_STATE), Draft):
        st.session_state[_STATE] = Draft()
    kept: Draft = st.session_state[_STATE]
    return kept


def start_over() -> None:
    """Forget the draft: its files are in the warehouse, or are not wanted."""
    st.session_state[_STATE] = Draft(round=draft().round + 1)
