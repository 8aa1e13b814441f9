"""What was guessed and what a person decided → the mapping a file is read by."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from typing import Final

from kayoi.contract import TABLES, Column
from kayoi.load import Because, Guess
from kayoi.load.mapping import Mapping, Source, Target
from kayoi.load.signs import normalized
from kayoi.ui.import_draft import Choice

# How a column is filled, as a select box has it: `heading:到着日`, `same:20448`.
KEEP: Final = "keep"
NONE: Final = "none"
HEADING: Final = "heading:"
SAME: Final = "same:"
CODE: Final = "code:"  # of a prefecture


@dataclass(frozen=True)
class Proposal:
    """How the files of one form would be read: what was proposed, with what a person changed."""

    table: str
    proposed: Dictionary[str, Source]  # before any change
    sources: Dictionary[str, Source]
    reasons: Dictionary[str, tuple[Because, ...]]
    mapping: Mapping

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return the required columns nothing fills."""
        wanted = TABLES[self.table].columns
        return tuple(column.name for column in wanted if column.required and column.name not in self.sources)


def propose(choice: Choice, guess: Guess, base: Mapping | None, name: str, title: str) -> Proposal | None:
    """Return how a form is to be read; None while nobody knows which table it is.

    *base* is the mapping that was chosen instead of the guess; a mapping made here has *name* as its id and
    *title* as what a reader sees of it.
    """
    table = base.target.table if base else (choice.table or guess.table)
    if table is None:
        return None
    if base:
        proposed = dict(base.target.columns)
        reasons: dict[str, tuple[Because, ...]] = {}
    else:
        proposed = {one.column: one.source for one in guess.columns}
        reasons = {one.column: one.because for one in guess.columns}
    sources = {}
    for column in TABLES[table].columns:
        source = _source(column, choice, proposed.get(column.name))
        if source is not None:
            sources[column.name] = _with_meanings(source, choice.meanings.get(column.name, {}))
    drop = tuple(sorted({*(base.drop if base else ()), *choice.dropped}))
    mapping = Mapping(
        id=name,
        version="1",
        name_ja=base.name_ja if base else title,
        name_en=base.name_en if base else title,
        target=Target(table, sources, base.target.leave_out if base else guess.leave_out),
        also=base.also if base else guess.also,
        drop=drop,
    )
    if base and sources == proposed and drop == base.drop:
        mapping = base  # nothing was changed: it keeps its name
    return Proposal(table, proposed, sources, reasons, mapping)


def how(column: str, choice: Choice, proposed: Dictionary[str, Source]) -> str:
    """Return how a column is filled now, as its select box has it."""
    said = choice.columns.get(column)
    if said is not None:
        return said
    source = proposed.get(column)
    if source is None:
        return NONE
    return f"{HEADING}{source.headings[0]}" if is_plain(source) else KEEP


def is_plain(source: Source) -> bool:
    """Tell whether a source is one heading and nothing else, apart from what texts mean."""
    return replace(source, values=(), missing=()) == Source(headings=source.headings[:1])


def _source(column: Column, choice: Choice, proposed: Source | None) -> Source | None:
    said = choice.columns.get(column.name, KEEP)
    if said == KEEP:
        return proposed
    if said.startswith(SAME):
        return Source(constant=said.removeprefix(SAME)) if said != SAME else None
    if not said.startswith(HEADING):
        return None
    heading = said.removeprefix(HEADING)
    if proposed is not None and is_plain(proposed) and proposed.headings == (heading,):
        source = proposed
    else:
        source = Source(headings=(heading,))
    prefecture = choice.prefectures.get(column.name, "")
    if prefecture.startswith(HEADING):
        return Source(name_heading=heading, prefecture_heading=prefecture.removeprefix(HEADING))
    if prefecture.startswith(CODE):
        return Source(name_heading=heading, prefecture_code=prefecture.removeprefix(CODE))
    return source


def _with_meanings(source: Source, meanings: Dictionary[str, str]) -> Source:
    if not meanings:
        return source
    table = dict(source.values) | {normalized(text): meaning for text, meaning in meanings.items()}
    return replace(source, values=tuple(table.items()))
