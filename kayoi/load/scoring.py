"""How well the headings and texts of a file fit the columns of one input table."""

import re
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from kayoi.contract import Column, Table
from kayoi.load.clues import Clue, are_ranges, clue_for, filled, order_of, reading_of
from kayoi.load.headings import Heading, dictionary, heading_key
from kayoi.load.personal import is_house, kind_of_heading

How = Literal["own", "synonym", "pattern", "like", "values"]

_BRACKETS: Final = re.compile(r"[(\[【〔「][^)\]】〕」]*[)\]】〕」]")
_POLITE: Final = re.compile("^[ごお御]|さま|さん|様")
_LEAST_WORD: Final = 3  # letters of a word that may stand within a longer heading
_LEAST: Final = 0.25
_HALF: Final = 0.5
_UNFIT: Final = 0.3  # what is left of a heading whose values do not read so


@dataclass(frozen=True)
class Candidate:
    """One heading (by place) as the source of one column, and what speaks for it."""

    column: str
    place: int
    score: float
    how: How
    word: str
    clue: Clue | None


@dataclass(frozen=True)
class File:
    """The headings of a file and some texts of each column."""

    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    read: dict[tuple[str, int], Clue | None] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, headings: Sequence[str], samples: Sequence[Sequence[str]]) -> "File":
        """Return a file; a column without samples has none."""
        padded = [tuple(samples[place]) if place < len(samples) else () for place in range(len(headings))]
        return cls(tuple(headings), tuple(padded))

    def clue(self, table: Table, column: Column, place: int) -> Clue | None:
        """Return how well a column of the file reads as *column*; what reads alike is read once."""
        alike = reading_of(table.name, column), place
        if alike not in self.read:
            self.read[alike] = clue_for(table.name, column, self.samples[place])
        return self.read[alike]

    def keys(self) -> dict[str, int]:
        """Return heading as compared → its place; the first where one stands twice, and no empty one."""
        found: dict[str, int] = {}
        for place, heading in enumerate(self.headings):
            if heading_key(heading):
                found.setdefault(heading_key(heading), place)
        return found


def candidates(table: Table, file: File) -> list[Candidate]:
    """Return every heading that may feed a column of *table*, the likeliest first."""
    found = []
    for column in table.columns:
        for place in range(len(file.headings)):
            one = _candidate(table, column, file, place)
            if one is not None and one.score >= _LEAST:
                found.append(one)
    return sorted(found, key=lambda one: (-one.score, one.place))


def chosen(found: Sequence[Candidate], table: Table) -> Dictionary[str, Candidate]:
    """Return the likeliest heading of each column, each used once; in a tie a required column goes first."""
    required = {column.name for column in table.columns if column.required}
    ordered = sorted(found, key=lambda one: (-round(one.score, 2), one.column not in required, one.place))
    taken: dict[str, Candidate] = {}
    used: set[int] = set()
    for one in ordered:
        if one.column not in taken and one.place not in used:
            taken[one.column] = one
            used.add(one.place)
    return taken


def _candidate(table: Table, column: Column, file: File, place: int) -> Candidate | None:
    heading, texts = file.headings[place], file.samples[place]
    kind = kind_of_heading(heading, table.name)
    allowed = {"contact": "person_id", "address": "home_municipality_code", "birthday": "birth_year"}
    if kind is not None and allowed[kind] != column.name:
        return None
    name, how, word = _name_score(column, dictionary()[table.name][column.name], heading)
    if kind == "contact" and how not in ("own", "synonym"):
        return None  # a name is no id, however it is called
    if not name and not column.required:
        return None
    if column.type.startswith("code") and any(map(is_house, texts)):
        return None
    clue = file.clue(table, column, place)
    if clue is not None and column.type == "date" and order_of(texts):
        clue = Clue("dates", clue.filled, clue.filled)
    if clue is None or not clue.filled:
        # nothing to look at, or any text would do: the heading alone speaks
        return Candidate(column.name, place, name * 0.9, how, word, None) if name else None
    if not name:
        return _by_values(column, place, texts, clue)
    if clue.share < _HALF and not column.required:
        return None  # most rows would be rejected for the sake of a column nobody has to have
    fits = 0.25 + 0.75 * clue.share if clue.share >= _HALF else _UNFIT
    return Candidate(column.name, place, name * fits, how, word, clue)


def _name_score(column: Column, named: Heading, heading: str) -> tuple[float, How, str]:
    key = heading_key(heading)
    if key in (column.name, heading_key(named.japanese)):
        return 1.0, "own", heading
    if key in named.synonyms:
        return 0.95, "synonym", heading
    bare = _POLITE.sub("", _BRACKETS.sub("", key))
    if bare and any(bare == _POLITE.sub("", word) for word in named.synonyms):
        return 0.85, "synonym", heading
    if named.pattern is not None and named.pattern.fullmatch(bare):
        return 0.75, "pattern", bare
    within = [word for word in named.synonyms if len(word) >= _LEAST_WORD and word in bare]
    if not within:
        return 0.0, "values", ""
    longest = max(within, key=len)
    return 0.35 + 0.4 * len(longest) / len(bare), "like", longest


def _by_values(column: Column, place: int, texts: Sequence[str], clue: Clue) -> Candidate | None:
    """Return a column told by its values alone: only what hardly anything else looks like."""
    if clue.share < 0.9 or clue.filled < 3 or not column.required:
        return None
    if column.type == "date":
        if are_ranges(texts):  # years and months: of what, nobody knows
            return None
        return Candidate(column.name, place, 0.4 * clue.share, "values", "", clue)
    is_named = column.type == "code" and not any(text.strip().isdecimal() for text in filled(texts))
    return Candidate(column.name, place, 0.45 * clue.share, "values", "", clue) if is_named else None
