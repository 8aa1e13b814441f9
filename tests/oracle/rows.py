"""Input rows as values, and what loading leaves of them (duplicates, late rows and replaced ids are gone)."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Row = Mapping[str, str]
Tables = Mapping[str, list[dict[str, str]]]

DATED_BY = {
    "visits": "arrived_on",
    "engagements": "engaged_on",
    "enrollments": "started_on",
    "supports": "supported_on",
}


@dataclass(frozen=True)
class Spend:
    """Yen spent: an exact amount has low = high = exact; a band has no exact, an open one no high."""

    exact: int | None
    low: int
    high: int | None


@dataclass(frozen=True)
class Record:
    """One row of `visits`; `order` is its place in the input."""

    order: int
    person: str
    municipality: str
    arrived_on: date
    departed_on: date
    purpose: str | None = None
    spend: Spend | None = None
    home: str | None = None
    program_id: str | None = None
    organization_id: str | None = None


@dataclass(frozen=True)
class Engagement:
    """One row of `engagements`."""

    person: str
    municipality: str
    engaged_on: date
    kind: str


@dataclass(frozen=True)
class Enrollment:
    """One row of `enrollments`; ended_on is the last day it holds, None while it runs."""

    person: str
    municipality: str
    scheme: str
    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True)
class Home:
    """One row of `people` that names a home; home_from None: since always."""

    order: int
    person: str
    home: str
    home_from: date | None = None


@dataclass(frozen=True)
class Data:
    """Everything that is loaded, and the horizon of each municipality that has any row."""

    records: tuple[Record, ...]
    engagements: tuple[Engagement, ...]
    enrollments: tuple[Enrollment, ...]
    homes: tuple[Home, ...]
    horizons: Mapping[str, date]


def read_tables(tables: Tables) -> Data:
    """Read rows as a supplier writes them (all text, empty for missing) into what a load accepts."""
    declared = declared_horizons(tables.get("coverage", []))
    accepted = {
        table: [
            row
            for row in without_duplicates(tables.get(table, []))
            if as_date(row[dated_by]) <= declared.get(row["municipality_code"], date.max)
        ]
        for table, dated_by in DATED_BY.items()
    }
    accepted["visits"] = replace_by_visit_id(accepted["visits"])
    return Data(
        records=tuple(_record(order, row) for order, row in enumerate(accepted["visits"])),
        engagements=tuple(_engagement(row) for row in accepted["engagements"]),
        enrollments=tuple(_enrollment(row) for row in accepted["enrollments"]),
        homes=tuple(
            _home(order, row)
            for order, row in enumerate(without_duplicates(tables.get("people", [])))
            if row.get("home_municipality_code")
        ),
        horizons=horizons(accepted, declared),
    )


def declared_horizons(coverage: Iterable[Row]) -> dict[str, date]:
    """Return municipality → declared covered_through (the latest, where several sources declare one)."""
    declared: dict[str, date] = {}
    for row in coverage:
        through = as_date(row["covered_through"])
        declared[row["municipality_code"]] = max(through, declared.get(row["municipality_code"], through))
    return declared


def horizons(accepted: Tables, declared: Mapping[str, date]) -> dict[str, date]:
    """Return municipality → last day anything is said about, for municipalities with any accepted row."""
    last: dict[str, date] = {}
    for table, dated_by in DATED_BY.items():
        for row in accepted[table]:
            code, day = row["municipality_code"], as_date(row[dated_by])
            last[code] = max(day, last.get(code, day))
    return {code: declared.get(code, day) for code, day in last.items()}


def without_duplicates(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Keep the first of the rows that are equal in every column."""
    kept: list[dict[str, str]] = []
    for row in rows:
        if row not in kept:
            kept.append(row)
    return kept


def replace_by_visit_id(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Keep the last of the rows with the same (source, visit_id); rows without a visit_id all stay."""
    last = {(row.get("source", ""), row["visit_id"]): row for row in rows if row.get("visit_id")}
    return [
        row
        for row in rows
        if not row.get("visit_id") or last[(row.get("source", ""), row["visit_id"])] is row
    ]


def as_date(text: str) -> date:
    """Read an ISO date."""
    return date.fromisoformat(text)


def as_person(text: str) -> str:
    """Return a person id as it is hashed: after NFKC and trimming."""
    return unicodedata.normalize("NFKC", text).strip()


def person_key(key: str, person_id: str) -> int:
    """Return the first 8 bytes of HMAC-SHA256(key, person_id) as a signed big-endian integer."""
    digest = hmac.new(key.encode(), as_person(person_id).encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def as_spend(text: str) -> Spend | None:
    """Read an amount (`12,000`) or a band (`5,000円以上 10,000円未満`, `5,000円未満`, `100,000円以上`)."""
    if not text:
        return None
    low = re.search(r"([\d,]+)円以上", text)
    high = re.search(r"([\d,]+)円未満", text)
    if not low and not high:
        return Spend(_number(text), _number(text), _number(text))
    return Spend(None, _number(low[1]) if low else 0, _number(high[1]) if high else None)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def _record(order: int, row: Row) -> Record:
    arrived_on = as_date(row["arrived_on"])
    departed_on = as_date(row["departed_on"]) if row.get("departed_on") else arrived_on
    if row.get("nights"):
        departed_on = arrived_on + timedelta(days=int(row["nights"]))
    return Record(
        order=order,
        person=as_person(row["person_id"]),
        municipality=row["municipality_code"],
        arrived_on=arrived_on,
        departed_on=departed_on,
        purpose=row.get("purpose") or None,
        spend=as_spend(row.get("spend_yen", "")),
        home=row.get("home_municipality_code") or None,
        program_id=row.get("program_id") or None,
        organization_id=row.get("organization_id") or None,
    )


def _engagement(row: Row) -> Engagement:
    return Engagement(
        as_person(row["person_id"]), row["municipality_code"], as_date(row["engaged_on"]), row["kind"]
    )


def _enrollment(row: Row) -> Enrollment:
    return Enrollment(
        person=as_person(row["person_id"]),
        municipality=row["municipality_code"],
        scheme=row["scheme"],
        started_on=as_date(row["started_on"]),
        ended_on=as_date(row["ended_on"]) if row.get("ended_on") else None,
    )


def _home(order: int, row: Row) -> Home:
    return Home(
        order=order,
        person=as_person(row["person_id"]),
        home=row["home_municipality_code"],
        home_from=as_date(row["home_from"]) if row.get("home_from") else None,
    )
