"""A mapping file: how the headings of one supplier's export become the columns of an input table."""

import tomllib
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NoReturn

from kayoi.contract import TABLES, Table
from kayoi.errors import MappingError
from kayoi.load.values import normalized

MAPPINGS_DIR: Final = Path(__file__).parent.parent.parent / "data" / "mappings"

UNRESOLVED: Final = ("single_in_district", "prefecture")
_TOP: Final = {"id", "version", "name", "note", "table", "columns", "also"}
_ALSO: Final = {"table", "columns"}
_COLUMN: Final = {
    "from",
    "joined_by",
    "value",
    "values",
    "missing",
    "rules",
    "name",
    "prefecture",
    "prefecture_code",
    "unresolved",
}
_RULE: Final = {"when", "value"}
_WHEN: Final = {"column", "equals"}


@dataclass(frozen=True)
class Rule:
    """The column takes *value* in rows where *heading* equals *equals* (after NFKC and trimming)."""

    heading: str
    equals: str
    value: str


@dataclass(frozen=True)
class Source:
    """Where one target column comes from. Headings and texts are compared after NFKC and trimming."""

    headings: tuple[str, ...] = ()
    joined_by: str = ""
    constant: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    name_heading: str | None = None
    prefecture_heading: str | None = None
    prefecture_code: str | None = None
    unresolved: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Every heading this column needs in the file."""
        named = (self.prefecture_heading, self.name_heading)
        return (*self.headings, *(rule.heading for rule in self.rules), *(one for one in named if one))


@dataclass(frozen=True)
class Target:
    """The table one mapping fills, and the source of each of its columns."""

    table: str
    columns: Dictionary[str, Source]

    @property
    def reads(self) -> tuple[str, ...]:
        """Every heading needed in the file."""
        return tuple(dict.fromkeys(heading for source in self.columns.values() for heading in source.reads))


@dataclass(frozen=True)
class Mapping:
    """One mapping file; `also` fills further tables with the distinct rows of the same file."""

    id: str
    version: str
    name_ja: str
    name_en: str
    target: Target
    also: tuple[Target, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Every heading needed in the file."""
        return tuple(
            dict.fromkeys(heading for target in (self.target, *self.also) for heading in target.reads)
        )


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: NFKC, trimmed, inner space removed, lower case."""
    return "".join(normalized(heading).casefold().split())


def shipped_mappings() -> tuple[str, ...]:
    """Return the ids of the mappings that come with the package."""
    return tuple(sorted(path.stem for path in MAPPINGS_DIR.glob("*.toml")))


def canonical(table: Table, headings: Sequence[str]) -> Target:
    """Return the mapping of a file whose headings are the contract's own."""
    present = {heading_key(heading): heading for heading in headings}
    return Target(
        table.name,
        {
            column.name: Source(headings=(present[column.name],))
            for column in table.columns
            if column.name in present
        },
    )


def load_mapping(path_or_id: Path | str) -> Mapping:
    """Read a mapping file, or the shipped mapping of that id.

    Raises MappingError, naming the field, for anything unknown, missing or contradictory.
    """
    path = Path(path_or_id)
    shipped = MAPPINGS_DIR / f"{path_or_id}.toml"
    if not path.is_file() and path.name == str(path_or_id) and shipped.is_file():
        path = shipped
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise MappingError(
            "mapping_missing", mapping=path.name, known=", ".join(shipped_mappings())
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError("mapping_toml", mapping=path.name, reason=str(error)) from error
    return _Reader(path.name).mapping(raw)


@dataclass(frozen=True)
class _Reader:
    """Turns the raw TOML into values; every complaint names the file and the place in it."""

    file: str
    place: str = ""

    def at(self, place: str) -> "_Reader":
        return replace(self, place=f"{self.place}.{place}" if self.place else place)

    def mapping(self, raw: dict[str, Any]) -> Mapping:
        self.only(raw, _TOP)
        name = self.table_of(raw, "name")
        also = raw.get("also", [])
        if not isinstance(also, list):
            self.refuse("also")
        for place, one in enumerate(also, start=1):
            self.at(f"also[{place}]").only(one, _ALSO)
        return Mapping(
            id=self.text(raw, "id"),
            version=self.text(raw, "version"),
            name_ja=self.at("name").text(name, "ja"),
            name_en=self.at("name").text(name, "en"),
            target=self.target(raw),
            also=tuple(self.at(f"also[{place}]").target(one) for place, one in enumerate(also, start=1)),
        )

    def target(self, raw: dict[str, Any]) -> Target:
        table = TABLES.get(self.text(raw, "table"))
        if table is None:
            raise MappingError(
                "mapping_table", mapping=self.file, table=raw["table"], known=", ".join(TABLES)
            )
        columns = self.table_of(raw, "columns")
        known = {column.name: column for column in table.columns}
        for name in columns:
            if name not in known:
                raise MappingError("mapping_column", mapping=self.file, table=table.name, column=name)
        lacking = [column.name for column in table.columns if column.required and column.name not in columns]
        if lacking:
            raise MappingError(
                "mapping_lacks", mapping=self.file, table=table.name, columns=", ".join(lacking)
            )
        sources: dict[str, Source] = {}
        for name, spec in columns.items():
            here = self.at(f"columns.{name}")
            sources[name] = here.source(spec)
            if sources[name].name_heading and not known[name].type.startswith("code"):
                here.refuse("name")
        return Target(table.name, sources)

    def source(self, raw: object) -> Source:
        if isinstance(raw, str):  # the short form: a heading
            return Source(headings=(raw,))
        if not isinstance(raw, dict):
            self.refuse("")
        self.only(raw, _COLUMN)
        source = Source(
            headings=self.texts(raw, "from"),
            joined_by=self.optional(raw, "joined_by") or "",
            constant=self.optional(raw, "value"),
            values=tuple(
                (normalized(key), str(value)) for key, value in self.table_of(raw, "values", {}).items()
            ),
            missing=tuple(normalized(text) for text in self.texts(raw, "missing")),
            rules=tuple(
                self.at(f"rules[{place}]").rule(one) for place, one in enumerate(raw.get("rules", []), 1)
            ),
            name_heading=self.optional(raw, "name"),
            prefecture_heading=self.optional(raw, "prefecture"),
            prefecture_code=self.optional(raw, "prefecture_code"),
            unresolved=self.texts(raw, "unresolved"),
        )
        for word in source.unresolved:
            if word not in UNRESOLVED:
                self.refuse("unresolved")
        ways = (
            bool(source.headings),
            bool(source.rules or source.constant is not None),
            bool(source.name_heading),
        )
        if sum(ways) != 1:
            raise MappingError("mapping_source", mapping=self.file, place=self.place)
        has_prefecture = bool(source.prefecture_heading or source.prefecture_code)
        if source.name_heading and not has_prefecture:
            self.refuse("prefecture")
        if not source.name_heading and (has_prefecture or source.unresolved):
            self.refuse("name")
        return source

    def rule(self, raw: object) -> Rule:
        if not isinstance(raw, dict):
            self.refuse("")
        self.only(raw, _RULE)
        when = self.table_of(raw, "when")
        self.at("when").only(when, _WHEN)
        return Rule(
            self.at("when").text(when, "column"),
            normalized(self.at("when").text(when, "equals")),
            self.text(raw, "value"),
        )

    def only(self, raw: object, known: set[str]) -> None:
        if not isinstance(raw, dict):
            self.refuse("")
        for key in raw:
            if key not in known:
                raise MappingError(
                    "mapping_unknown_key",
                    mapping=self.file,
                    field=f"{self.place}.{key}".lstrip("."),
                    known=", ".join(sorted(known)),
                )

    def text(self, raw: dict[str, Any], key: str) -> str:
        value = self.optional(raw, key)
        if not value:
            self.refuse(key)
        return value

    def optional(self, raw: dict[str, Any], key: str) -> str | None:
        value = raw.get(key)
        if value is not None and not isinstance(value, str):
            self.refuse(key)
        return value

    def texts(self, raw: dict[str, Any], key: str) -> tuple[str, ...]:
        value = raw.get(key, ())
        listed = (
            (value,)
            if isinstance(value, str)
            else tuple(value)
            if isinstance(value, list | tuple)
            else (None,)
        )
        if not all(isinstance(one, str) for one in listed):
            self.refuse(key)
        return tuple(str(one) for one in listed)

    def table_of(
        self, raw: dict[str, Any], key: str, default: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        value = raw.get(key, default)
        if not isinstance(value, dict):
            self.refuse(key)
        return value

    def refuse(self, key: str) -> NoReturn:
        raise MappingError("mapping_shape", mapping=self.file, field=f"{self.place}.{key}".strip("."))
