"""What a file with unknown headings seems to hold: proposed to a person, never loaded by itself."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field

from kayoi.contract import TABLES
from kayoi.i18n import Locale, translate
from kayoi.load.clues import LOOKED_AT
from kayoi.load.mapping import Condition, Mapping, Source, Target, parse_mapping
from kayoi.load.mapping_text import mapping_toml
from kayoi.load.sheet import Sheet


@dataclass(frozen=True)
class Because:
    """One thing a guess rests on: a key of the locales and the values it names. Never a personal value."""

    key: str
    values: Dictionary[str, object] = field(default_factory=dict)

    def text(self, locale: Locale) -> str:
        """Return the reason in *locale*."""
        return translate(locale, self.key, **self.values)


@dataclass(frozen=True)
class ColumnGuess:
    """Where one column of the table seems to come from; `confidence` is 0 to 1."""

    column: str
    source: Source
    confidence: float
    because: tuple[Because, ...]
    alternatives: tuple[str, ...] = ()  # other headings of the file, the likeliest first


@dataclass(frozen=True)
class BlockedHeading:
    """A heading of personal data: the file is refused while it is there; `because` says what to do."""

    heading: str
    because: Because


@dataclass(frozen=True)
class Guess:
    """A proposal to look at; nothing is loaded by it before somebody accepts it.

    `table` is None where nothing fits. `mapping_id` names a shipped mapping whose headings these are.
    `needs_mapping` is False where the headings are an input table's own. `lacking` are required columns
    nothing was found for, `unused` headings no column takes, `other_tables` the next best tables. `also` and
    `leave_out` are the second tables and the rows left out, as in a mapping.
    """

    table: str | None
    confidence: float
    because: tuple[Because, ...]
    columns: tuple[ColumnGuess, ...] = ()
    lacking: tuple[str, ...] = ()
    blocked: tuple[BlockedHeading, ...] = ()
    unused: tuple[str, ...] = ()
    other_tables: tuple[str, ...] = ()
    mapping_id: str | None = None
    needs_mapping: bool = True
    also: tuple[Target, ...] = ()
    leave_out: tuple[Condition, ...] = ()

    def mapping(
        self,
        mapping_id: str,
        *,
        name_ja: str = "",
        name_en: str = "",
        constants: Dictionary[str, str] | None = None,
        headings: Dictionary[str, str] | None = None,
    ) -> Mapping:
        """Return the mapping this guess proposes, with what a person added or changed.

        *constants* gives a column the same text in every row (the municipality of the whole file);
        *headings* gives a column another heading, and an empty one leaves the column out.
        Raises MappingError where a required column is lacking or a column is none of the table's.
        """
        sources = {one.column: one.source for one in self.columns}
        for column, heading in (headings or {}).items():
            sources.pop(column, None)
            if heading:
                sources[column] = Source(headings=(heading,))
        for column, text in (constants or {}).items():
            sources[column] = Source(constant=text)
        order = [column.name for column in TABLES[self.table].columns] if self.table else []
        ordered = {name: sources.pop(name) for name in order if name in sources} | sources
        target = Target(self.table or "", ordered, self.leave_out)
        name = name_ja or mapping_id
        proposed = Mapping(mapping_id, "1", name, name_en or name, target, self.also)
        return parse_mapping(mapping_toml(proposed), f"{mapping_id}.toml")


def guess_mapping(
    headings: Sequence[str], samples: Sequence[Sequence[str]], *, table: str | None = None
) -> Guess:
    """Return what a file with these *headings* seems to hold.

    `samples[i]` are some texts of the column under `headings[i]`. *table* asks for that table alone.
    """
    from kayoi.load.guessing import guessed  # it builds what this module defines

    return guessed(headings, samples, table)


def guess_sheet(sheet: Sheet, *, table: str | None = None) -> Guess:
    """Return what a sheet seems to hold, from its headings and the first texts of every column."""
    samples = [list(cells.texts[:LOOKED_AT]) for cells in sheet.columns]
    return guess_mapping(sheet.headings, samples, table=table)


def guess_toml(mapping: Mapping, guess: Guess, locale: Locale) -> str:
    """Return the mapping of a guess as TOML, with what made each column above it, for review."""
    comments = {
        one.column: [f"{one.confidence:.0%} " + " / ".join(because.text(locale) for because in one.because)]
        for one in guess.columns
        if mapping.target.columns.get(one.column) == one.source
    }
    return mapping_toml(mapping, comments)
