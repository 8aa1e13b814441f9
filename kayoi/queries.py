"""Find, read and check the .sql files under queries/."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final, Literal, cast

from kayoi.errors import QueryHeaderError

QUERIES_DIR: Final = Path(__file__).parent.parent / "queries"
REQUIRED_FIELDS: Final = ("purpose", "grain", "reads", "params", "columns")
_FIELDS: Final = (*REQUIRED_FIELDS, "slots")
_SLOT: Final = re.compile(r"\{\{(\w+)\}\}")

Folder = Literal["staging", "intermediate", "marts", "kpis", "detail", "reads", "behaviour", "checks"]


@dataclass(frozen=True)
class Query:
    """One .sql file: its SQL and what its header promises about it.

    `params` are bound by the engine; `slots` are places where a ruleset's compiled conditions are put
    in as SQL text. Nothing a reader typed ever reaches a slot: `kayoi.rulesets` writes them from
    checked tokens.
    """

    name: str
    folder: Folder
    sql: str
    purpose: str
    grain: tuple[str, ...]
    reads: tuple[str, ...]
    params: tuple[str, ...]
    columns: dict[str, str]
    slots: tuple[str, ...]

    def rendered(self, slots: Mapping[str, str]) -> str:
        """Return the SQL with every slot filled; a slot without text raises QueryHeaderError."""
        missing = [name for name in self.slots if name not in slots]
        if missing:
            raise QueryHeaderError("query_slot_missing", query=self.name, slots=", ".join(missing))
        return _SLOT.sub(lambda found: slots[found[1]], self.sql)


@cache
def load(name: str) -> Query:
    """Return the query called *name*, wherever it lies under queries/.

    Raises QueryHeaderError where there is none, or its header lacks a field or names other slots
    than its body.
    """
    paths = list(QUERIES_DIR.rglob(f"{name}.sql"))
    if len(paths) != 1:
        raise QueryHeaderError("query_unknown", query=name)
    sql = paths[0].read_text(encoding="utf-8")
    fields = _header_fields(sql)
    missing = [field for field in REQUIRED_FIELDS if field not in fields]
    if missing:
        raise QueryHeaderError("query_header_lacks", query=name, fields=", ".join(missing))
    slots = _names(fields.get("slots", ["none"]))
    if set(slots) != set(_SLOT.findall(sql)):
        raise QueryHeaderError("query_slots_differ", query=name, slots=", ".join(slots))
    return Query(
        name=name,
        folder=cast(Folder, paths[0].parent.name),
        sql=sql,
        purpose=" ".join(fields["purpose"]),
        grain=_names(fields["grain"]),
        reads=_names(fields["reads"]),
        params=tuple(word.lstrip("$") for word in _first_words(fields["params"])),
        columns={line.split()[0]: line.split()[1] for line in fields["columns"]},
        slots=slots,
    )


def names(folder: Folder) -> tuple[str, ...]:
    """Return the names of the queries in one folder, sorted."""
    return tuple(sorted(path.stem for path in (QUERIES_DIR / folder).glob("*.sql")))


def in_build_order(wanted: Iterable[str]) -> tuple[str, ...]:
    """Return *wanted* so that each query comes after those of them it reads; stable by name."""
    ordered = sorted(wanted)
    graph = {name: [read for read in load(name).reads if read in ordered] for name in ordered}
    return tuple(TopologicalSorter(graph).static_order())


@cache
def depends_on(name: str, table: str) -> bool:
    """Return whether the query *name* reads *table*, itself or through what it reads."""
    reads = load(name).reads
    return table in reads or any(read in _known() and depends_on(read, table) for read in reads)


@cache
def _known() -> frozenset[str]:
    return frozenset(path.stem for path in QUERIES_DIR.rglob("*.sql"))


def _header_fields(sql: str) -> dict[str, list[str]]:
    """Parse the leading `-- field: value` block; indented lines continue a field."""
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--")
        key, colon, value = text.strip().partition(":")
        if colon and key in _FIELDS:
            current = fields.setdefault(key, [])
            text = value
        if text.strip():
            current.append(text.strip())
    return fields


def _names(lines: list[str]) -> tuple[str, ...]:
    listed = (name.strip() for line in lines for name in line.split(","))
    return tuple(name for name in listed if name and name != "none")


def _first_words(lines: list[str]) -> tuple[str, ...]:
    return tuple(line.split()[0] for line in lines if line != "none")
