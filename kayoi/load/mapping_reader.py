"""The TOML of a mapping → the mapping; every complaint names the file and the place in it."""

from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn

from kayoi.contract import TABLES, Column
from kayoi.errors import MappingError
from kayoi.load.dates import ERA_NAMES
from kayoi.load.forms import BOUNDS, ORDERS, SIDES, UNITS
from kayoi.load.mapping import Condition, Mapping, Rule, Source, Target
from kayoi.load.signs import normalized

UNRESOLVED: Final = ("single_in_district", "prefecture")
FIELDS: Final = {"id", "version", "name", "note", "known_by", "drop", "table", "columns", "leave_out", "also"}
_ALSO: Final = {"table", "columns"}
COLUMN_FIELDS: Final = {
    "from",
    "joined_by",
    "either",
    "optional",
    "value",
    "values",
    "missing",
    "rules",
    "name",
    "prefecture",
    "prefecture_code",
    "unresolved",
    "era",
    "order",
    "period",
    "bound",
    "unit",
    "per",
    "age_on",
}
_RULE: Final = {"when", "value"}
_WHEN: Final = {"column", "equals", "has"}
_CODES: Final = ("code", "code_or_prefecture", "codes", "scope")
# which columns a form may be declared for, by type; `age_on` is for birth_year alone
_FORMS: Final = {
    "era": ("date", "month"),
    "order": ("date",),
    "period": ("date",),
    "bound": ("integer", "number"),
    "unit": ("integer", "number", "yen"),
    "per": ("integer", "number", "yen"),
}


def read_mapping(file: str, raw: dict[str, Any]) -> Mapping:
    """Return the mapping that *raw* says; MappingError for anything unknown, missing or contradictory."""
    return _Reader(file).mapping(raw)


@dataclass(frozen=True)
class _Reader:
    """Turns the raw TOML into values; every complaint names the file and the place in it."""

    file: str
    place: str = ""

    def at(self, place: str) -> "_Reader":
        return replace(self, place=f"{self.place}.{place}" if self.place else place)

    def mapping(self, raw: dict[str, Any]) -> Mapping:
        self.only(raw, FIELDS)
        note = self.optional(raw, "note") or ""
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
            note=note,
            known_by=self.texts(raw, "known_by"),
            drop=self.texts(raw, "drop"),
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
            here.check_forms(sources[name], known[name])
        leave_out = raw.get("leave_out", [])
        if not isinstance(leave_out, list):
            self.refuse("leave_out")
        conditions = tuple(
            self.at(f"leave_out[{place}]").condition(one) for place, one in enumerate(leave_out, start=1)
        )
        return Target(table.name, sources, conditions)

    def check_forms(self, source: Source, column: Column) -> None:
        if (source.name_heading or source.unresolved) and not column.type.startswith("code"):
            self.refuse("name")
        for field, types in _FORMS.items():
            if getattr(source, field) and column.type not in types:
                self.refuse(field)
        if source.age_on is not None and column.name != "birth_year":
            self.refuse("age_on")
        if source.bound == "middle" and source.age_on is None:
            self.refuse("bound")

    def source(self, raw: object) -> Source:
        if isinstance(raw, str):  # the short form: a heading
            return Source(headings=(raw,))
        if not isinstance(raw, dict):
            self.refuse("")
        self.only(raw, COLUMN_FIELDS)
        rules = raw.get("rules", [])
        if not isinstance(rules, list):
            self.refuse("rules")
        source = Source(
            headings=self.texts(raw, "from"),
            joined_by=self.optional(raw, "joined_by") or "",
            either=self.texts(raw, "either"),
            is_optional=self.flag(raw, "optional"),
            constant=self.optional(raw, "value"),
            values=tuple(
                (normalized(key), str(value)) for key, value in self.table_of(raw, "values", {}).items()
            ),
            missing=tuple(normalized(text) for text in self.texts(raw, "missing")),
            rules=tuple(self.at(f"rules[{place}]").rule(one) for place, one in enumerate(rules, 1)),
            name_heading=self.optional(raw, "name"),
            prefecture_heading=self.optional(raw, "prefecture"),
            prefecture_code=self.optional(raw, "prefecture_code"),
            unresolved=self.texts(raw, "unresolved"),
            era=self.one_of(raw, "era", tuple(ERA_NAMES)),
            order=self.one_of(raw, "order", ORDERS),
            period=self.one_of(raw, "period", SIDES),
            bound=self.one_of(raw, "bound", BOUNDS),
            unit=self.one_of(raw, "unit", tuple(UNITS)),
            per=self.texts(raw, "per"),
            age_on=self.optional(raw, "age_on"),
        )
        self.check_source(source)
        return source

    def check_source(self, source: Source) -> None:
        if not set(source.unresolved) <= set(UNRESOLVED):
            self.refuse("unresolved")
        ways = (
            bool(source.headings),
            bool(source.either),
            bool(source.rules or source.constant is not None),
            bool(source.name_heading),
        )
        if sum(ways) != 1:
            raise MappingError("mapping_source", mapping=self.file, place=self.place)
        if not source.is_plain and not (source.headings or source.either):
            self.refuse("from")
        if source.per and source.age_on:
            self.refuse("per")
        has_prefecture = bool(source.prefecture_heading or source.prefecture_code)
        if source.name_heading and not has_prefecture:
            self.refuse("prefecture")
        if not source.name_heading and (has_prefecture or source.unresolved):
            self.refuse("name")

    def rule(self, raw: object) -> Rule:
        if not isinstance(raw, dict):
            self.refuse("")
        self.only(raw, _RULE)
        return Rule(self.at("when").condition(self.table_of(raw, "when")), self.text(raw, "value"))

    def condition(self, raw: object) -> Condition:
        if not isinstance(raw, dict):
            self.refuse("")
        self.only(raw, _WHEN)
        if ("equals" in raw) == ("has" in raw):
            self.refuse("equals")
        key = "equals" if "equals" in raw else "has"
        equals = self.optional(raw, key)
        if equals is None:
            self.refuse(key)
        return Condition(self.text(raw, "column"), normalized(equals), key == "has")

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

    def flag(self, raw: dict[str, Any], key: str) -> bool:
        value = raw.get(key, False)
        if not isinstance(value, bool):
            self.refuse(key)
        return value

    def one_of(self, raw: dict[str, Any], key: str, known: tuple[str, ...]) -> Any:  # noqa: ANN401 - a Literal
        value = self.optional(raw, key)
        if value is not None and value not in known:
            field = f"{self.place}.{key}".strip(".")
            raise MappingError("mapping_word", mapping=self.file, field=field, known=", ".join(known))
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
