"""A mapping file: how the headings of one supplier's export become the columns of an input table."""

import re
import tomllib
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kayoi.contract import TABLES, Table
from kayoi.errors import MappingError
from kayoi.load.bands import Bound
from kayoi.load.dates import Side
from kayoi.load.headings import heading_key, headings_of
from kayoi.load.signs import normalized

__all__ = [
    "MAPPINGS_DIR",
    "Condition",
    "Mapping",
    "Rule",
    "Source",
    "Target",
    "canonical",
    "heading_key",
    "lacking_columns",
    "load_mapping",
    "own_headings",
    "parse_mapping",
    "shipped_mappings",
]

# between the answers of one cell; ・ stands within an answer (親戚・友人)
_BETWEEN_ANSWERS: Final = re.compile(r"[;、,，/|\n\t]")

MAPPINGS_DIR: Final = Path(__file__).parent.parent.parent / "data" / "mappings"


@dataclass(frozen=True)
class Condition:
    """Holds in rows where *heading* equals *equals*, or names it among several answers (`is_among`).

    Texts are compared after NFKC and trimming.
    """

    heading: str
    equals: str
    is_among: bool = False

    def holds(self, text: str) -> bool:
        """Whether a cell of the heading says so."""
        plain = normalized(text)
        if not self.is_among or plain == self.equals:
            return plain == self.equals
        return self.equals in (answer.strip() for answer in _BETWEEN_ANSWERS.split(plain))


@dataclass(frozen=True)
class Rule:
    """The column takes *value* in rows where the condition holds."""

    when: Condition
    value: str


@dataclass(frozen=True)
class Source:
    """Where one target column comes from and how its texts are meant (docs/mappings.md has every field)."""

    headings: tuple[str, ...] = ()
    joined_by: str = ""
    either: tuple[str, ...] = ()  # until the mapping is fitted to a file
    is_optional: bool = False
    constant: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    name_heading: str | None = None
    prefecture_heading: str | None = None
    prefecture_code: str | None = None
    unresolved: tuple[str, ...] = ()
    era: str | None = None
    order: str | None = None
    period: Side | None = None
    bound: Bound | None = None
    unit: str | None = None
    per: tuple[str, ...] = ()  # one heading once fitted
    age_on: str | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """Every heading this column needs in the file, those it may choose among left out."""
        ruled = (rule.when.heading for rule in self.rules)
        per = self.per[0] if len(self.per) == 1 else None
        named = (self.prefecture_heading, self.name_heading, per, self.age_on)
        return (*self.headings, *ruled, *(one for one in named if one))

    @property
    def is_plain(self) -> bool:
        """Whether the texts are read as in any file: no form is declared for them."""
        forms = (self.era, self.order, self.period, self.bound, self.unit, self.age_on)
        return not self.per and forms == (None,) * len(forms)

    def fitted(self, present: Set[str]) -> "Source | None":
        """Return this source for a file with the headings *present* (as keys); None where it is left out."""
        found = [heading for heading in self.either if heading_key(heading) in present]
        if not found and self.either and not self.is_optional:
            found = ["・".join(self.either)]  # what the refusal of the file names
        one = replace(self, either=(), headings=tuple(found[:1])) if self.either else self
        if self.per:
            shares = [heading for heading in self.per if heading_key(heading) in present]
            one = replace(one, per=tuple(shares[:1]) or ("・".join(self.per),))
        if self.is_optional:
            is_there = all(heading_key(heading) in present for heading in one.reads)
            has_any = bool(one.reads) or one.constant is not None
            return replace(one, is_optional=False) if is_there and has_any else None
        return one


@dataclass(frozen=True)
class Target:
    """The table one mapping fills, the source of each of its columns, and the rows it leaves out."""

    table: str
    columns: Dictionary[str, Source]
    leave_out: tuple[Condition, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Every heading that has to be in the file."""
        needed = [source for source in self.columns.values() if not source.is_optional]
        headings = [heading for source in needed for heading in source.reads]
        return tuple(dict.fromkeys(headings))

    @property
    def knows(self) -> tuple[str, ...]:
        """Every heading that is read where it is in the file."""
        headings = [
            heading for one in self.columns.values() for heading in (*one.either, *one.per, *one.reads)
        ]
        return tuple(dict.fromkeys([*headings, *(condition.heading for condition in self.leave_out)]))

    def fitted(self, headings: Sequence[str]) -> "Target":
        """Return this target for a file: of the headings to choose among the one that is there."""
        present = {heading_key(heading) for heading in headings}
        fitting = {name: source.fitted(present) for name, source in self.columns.items()}
        leave_out = tuple(one for one in self.leave_out if heading_key(one.heading) in present)
        columns = {name: source for name, source in fitting.items() if source is not None}
        return Target(self.table, columns, leave_out)


@dataclass(frozen=True)
class Mapping:
    """One mapping file; `also` fills further tables with the distinct rows of the same file.

    A guess proposes a shipped mapping only for a file with one of the headings `known_by`. Nothing is read
    of the columns under the headings `drop`: how a file with a column of personal data is taken all the same.
    """

    id: str
    version: str
    name_ja: str
    name_en: str
    target: Target
    also: tuple[Target, ...] = ()
    note: str = ""
    known_by: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Every heading that has to be in the file."""
        return tuple(
            dict.fromkeys(heading for target in (self.target, *self.also) for heading in target.reads)
        )

    def fitted(self, headings: Sequence[str]) -> "Mapping":
        """Return this mapping for a file with these headings.

        A second table is left out where the file lacks a required column of it.
        """
        fitted = [target.fitted(headings) for target in self.also]
        also = tuple(target for target in fitted if lacking_columns(target) == ())
        return replace(self, target=self.target.fitted(headings), also=also)


def lacking_columns(target: Target) -> tuple[str, ...]:
    """Return the required columns of its table that a target does not fill."""
    columns = TABLES[target.table].columns
    return tuple(one.name for one in columns if one.required and one.name not in target.columns)


def shipped_mappings() -> tuple[str, ...]:
    """Return the ids of the mappings that come with the package."""
    return tuple(sorted(path.stem for path in MAPPINGS_DIR.glob("*.toml")))


def canonical(table: Table, headings: Sequence[str]) -> Target:
    """Return the mapping of a file whose headings are the table's own, by id or in Japanese (templates)."""
    own = own_headings(table, headings)
    return Target(table.name, {column: Source(headings=(heading,)) for column, heading in own.items()})


def own_headings(table: Table, headings: Sequence[str]) -> dict[str, str]:
    """Return column → heading for the headings that are the table's own, by id or in Japanese."""
    present = {heading_key(heading): heading for heading in headings}
    japanese = headings_of(table.name)
    named = {column.name: (column.name, heading_key(japanese[column.name])) for column in table.columns}
    return {
        column: present[key] for column, keys in named.items() for key in reversed(keys) if key in present
    }


def load_mapping(path_or_id: Path | str) -> Mapping:
    """Read a mapping file, or the shipped mapping of that id.

    Raises MappingError, naming the field, for anything unknown, missing or contradictory.
    """
    path = Path(path_or_id)
    shipped = MAPPINGS_DIR / f"{path_or_id}.toml"
    if not path.is_file() and path.name == str(path_or_id) and shipped.is_file():
        path = shipped
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MappingError(
            "mapping_missing", mapping=path.name, known=", ".join(shipped_mappings())
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError("mapping_toml", mapping=path.name, reason=str(error)) from error
    return parse_mapping(text, path.name)


def parse_mapping(text: str, file: str) -> Mapping:
    """Return the mapping that *text* (TOML) says; *file* names it in what is raised, as by `load_mapping`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError("mapping_toml", mapping=file, reason=str(error)) from error
    from kayoi.load.mapping_reader import read_mapping

    return read_mapping(file, raw)
