"""Reads a warehouse's loads row by row, and the stages it published: what the catalogue is counted from."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tests.oracle.catalogue import Act, Help, Hold, Log, Program
from tests.oracle.regions import Region
from tests.oracle.rows import Home, Record, Spend
from tests.oracle.visits import left_out, merge_visits, nights_of

Row = dict[str, Any]
Spells = dict[tuple[str, str], list[tuple[date, date, str]]]


def snapshot_of(warehouse: Path) -> Path:
    """Return the folder of the published snapshot."""
    return warehouse / "snapshots" / (warehouse / "CURRENT").read_text().strip()


def rows_of(warehouse: Path, table: str) -> list[Row]:
    """Return what all loads hold of one table, in the order of the input."""
    files = [str(path) for path in sorted(warehouse.glob(f"loads/[0-9]*/{table}.parquet"))]
    if not files:
        return []
    read = duckdb.read_parquet(files, union_by_name=True).order("input_order")
    return [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]


def log_of(warehouse: Path) -> Log:
    """Return a warehouse's accepted rows as contract sections 1 and 2 have them."""
    tables = {
        table: rows_of(warehouse, table)
        for table in (
            *("visits", "engagements", "enrollments", "supports", "people", "programs", "area_stats"),
            "coverage",
        )
    }
    declared = ends(tables["coverage"])
    dated = {"visits": "arrived_on", "engagements": "engaged_on", "enrollments": "started_on"}
    for table, day in (dated | {"supports": "supported_on"}).items():
        tables[table] = [
            row
            for row in tables[table]
            if row[day] <= declared.get(row["municipality_code"], (None, date.max))[1]
        ]
    newest = {(row["source"], row["visit_id"]): row["input_order"] for row in tables["visits"]}
    tables["visits"] = [
        row
        for row in tables["visits"]
        if row["visit_id"] is None or newest[(row["source"], row["visit_id"])] == row["input_order"]
    ]
    homes = homes_of(tables["people"])
    records: dict[str, list[Record]] = defaultdict(list)
    for row in tables["visits"]:
        records[str(row["person_key"])].append(record_of(row))
    visits, nights = [], {}
    for person, theirs in records.items():
        for visit in merge_visits(theirs, homes.get(person, [])):
            if left_out(visit) is None:
                visits.append(visit)
                tie = (person, visit.municipality)
                nights[(*tie, visit.arrived_on)] = nights_of(
                    [
                        r
                        for r in theirs
                        if r.municipality == visit.municipality
                        and visit.arrived_on <= r.arrived_on <= visit.departed_on
                    ]
                )
    spells = spells_of(snapshot_of(warehouse))

    def stage(person: str, place: str, day: date) -> str | None:
        for since, until, name in spells.get((person, place), []):
            if since <= day < until:
                return name
        return None

    def lives_in(person: str, place: str, day: date) -> bool:
        known = [h for h in homes.get(person, []) if h.home_from is None or h.home_from <= day]
        latest = max(known, key=lambda h: (h.home_from or date.min, h.order), default=None)
        return latest is not None and latest.home == place

    first_days, horizons = spans(tables, declared)
    return Log(
        visits=visits,
        nights=nights,
        acts=[
            Act(str(r["person_key"]), r["municipality_code"], r["engaged_on"], r["kind"], r["hours"])
            for r in tables["engagements"]
        ],
        holds=[
            Hold(
                str(r["person_key"]),
                r["municipality_code"],
                r["scheme"],
                r["started_on"],
                r["ended_on"],
                r["program_id"],
            )
            for r in tables["enrollments"]
            if r["ended_on"] is None or r["ended_on"] >= r["started_on"]
        ],
        helps=[
            Help(
                str(r["person_key"]),
                r["municipality_code"],
                r["supported_on"],
                r["kind"],
                r["quantity"],
                r["yen"],
                r["program_id"],
            )
            for r in tables["supports"]
        ],
        programs={
            r["program_id"]: Program(r["program_id"], r["starts_on"], r["ends_on"], r["required_round_trips"])
            for r in tables["programs"]
        },
        stats=stats_of(tables["area_stats"]),
        lives_in=lives_in,
        stage=stage,
        horizons=horizons,
        first_days=first_days,
    )


def ends(coverage: list[Row]) -> dict[str, tuple[date | None, date]]:
    """Return municipality → first day anybody vouches for, last day anybody does."""
    said: dict[str, tuple[date | None, date]] = {}
    for row in coverage:
        code, since, through = row["municipality_code"], row["covered_from"], row["covered_through"]
        before = said.get(code, (None, date.min))
        known = [day for day in (before[0], since) if day is not None]
        said[code] = (min(known, default=None), max(before[1], through))
    return said


def spans(
    tables: dict[str, list[Row]], declared: dict[str, tuple[date | None, date]]
) -> tuple[dict[str, date], dict[str, date]]:
    """Return municipality → first day covered, and municipality → horizon."""
    days: dict[str, list[date]] = defaultdict(list)
    for table, day in (
        *(("visits", "arrived_on"), ("engagements", "engaged_on"), ("enrollments", "started_on")),
        ("supports", "supported_on"),
    ):
        for row in tables[table]:
            days[row["municipality_code"]].append(row[day])
    first, last = {}, {}
    for code in set(days) | set(declared):
        since, through = declared.get(code, (None, None))
        first[code] = since or min(days[code], default=through or date.max)
        last[code] = through or max(days[code])
    return first, last


def record_of(row: Row) -> Record:
    """Return one row of visits as the oracle merges them."""
    low, high = row["spend_low"], row["spend_high"]
    return Record(
        order=row["input_order"],
        person=str(row["person_key"]),
        municipality=row["municipality_code"],
        arrived_on=row["arrived_on"],
        departed_on=row["departed_on"],
        purpose=row["purpose"],
        spend=None if low is None else Spend(row["spend_yen"], low, high),
        home=row["home_municipality_code"],
        program_id=row["program_id"],
        organization_id=row["organization_id"],
    )


def homes_of(people: list[Row]) -> dict[str, list[Home]]:
    """Return person → homes."""
    homes: dict[str, list[Home]] = defaultdict(list)
    for row in people:
        if row["home_municipality_code"]:
            person = str(row["person_key"])
            home = Home(row["input_order"], person, row["home_municipality_code"], row["home_from"])
            homes[person].append(home)
    return homes


def stats_of(rows: list[Row]) -> dict[tuple[str, str], dict[str, float]]:
    """Return municipality, metric → month → value; the later row wins."""
    stats: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in rows:
        stats[(row["municipality_code"], row["metric"])][row["month"]] = row["value"]
    return stats


def spells_of(snapshot: Path) -> Spells:
    """Return the published municipal spells: those have an oracle of their own."""
    spells: Spells = defaultdict(list)
    for path in sorted((snapshot / "detail").glob("municipality-*.duckdb")):
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute(
                "select person_key, region_code, valid_from, valid_to, stage from stage_spells"
            ).fetchall()
        for person, place, since, until, stage in found:
            spells[(str(person), place)].append((since, until or date.max, stage))
    return spells


def regions_of(log: Log, groups: dict[str, tuple[str, ...]] | None = None) -> list[Region]:
    """Return the municipalities, prefectures, the nation and the groups given, as far as there are data."""
    codes = sorted(log.horizons)
    found = [Region("municipality", code, (code,)) for code in codes]
    for prefecture in sorted({code[:2] for code in codes}):
        found.append(Region("prefecture", prefecture, tuple(c for c in codes if c[:2] == prefecture)))
    found.append(Region("nation", "JP", tuple(codes)))
    for group, listed in (groups or {}).items():
        found.append(Region("group", group, tuple(c for c in codes if c in listed or c[:2] in listed)))
    return [region for region in found if region.members]
