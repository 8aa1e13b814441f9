"""KPIs and funnels of one region on one day: read from the marts, or measured from people's files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

import pandas as pd

from kayoi.engine import Engine
from kayoi.measure import ask, measure
from kayoi.reference_tables import put_reference
from kayoi.regions import Region
from kayoi.warehouse import MARTS, Snapshot

# Tables of a municipality's file → the names by which the queries of a day read them.
_PEOPLE: Final = {
    "visits": "int_visits",
    "people": "stg_people",
    "homes": "stg_homes",
    "stage_spells": "brought_spells",
}
_AGGREGATES: Final = {
    "dim_targets": "dim_targets",
    "dim_area_stats": "dim_area_stats",
    "dim_snapshot": "ask_facts",
    "dim_regions": "ref_regions",
}
_MEMBERS: Final = {
    "region_level": "varchar",
    "region_code": "varchar",
    "municipality_code": "varchar",
    "first_on": "date",
    "horizon_on": "date",
    "region_horizon_on": "date",
}
_HORIZONS: Final = {"municipality_code": "varchar", "first_on": "date", "horizon_on": "date"}


class Readable(Protocol):
    """What answers a read query: the marts of a snapshot, or an engine that just measured a day."""

    def fetch(self, name: str, params: dict[str, object]) -> pd.DataFrame:
        """Run the read query *name*."""


@dataclass(frozen=True)
class Reporting:
    """How many members of a region speak on a day, of how many with data, of how many in all."""

    members_reporting: int
    members_with_data: int
    members_total: int


@contextmanager
def on_day(snapshot: Snapshot, region: Region, as_of: date) -> Iterator[Readable]:
    """Give what answers for *region* on *as_of*: the marts hold month ends, another day is measured now.

    Raises NoAccessError where measuring needs people outside the reader's scope.
    """
    is_covered = region.first_on is not None and region.last_on is not None
    if not is_covered or as_of in computed_days(snapshot):
        yield snapshot
        return
    engine = Engine.in_memory()
    try:
        _measure(engine, snapshot, region, as_of)
        yield engine
    finally:
        engine.close()


def computed_days(snapshot: Snapshot) -> frozenset[date]:
    """Return the days whose figures were computed when the snapshot was built."""
    return frozenset(stamp.date() for stamp in snapshot.fetch("computed_days", {})["as_of"])


def reporting(snapshot: Snapshot, source: Readable, region: Region, as_of: date) -> Reporting:
    """Return how many members of *region* speak on *as_of* by *source*; none on a day outside the data."""
    found = source.fetch("members_reporting", {**region.params, "as_of": as_of}).to_dict("records")
    if found:
        return Reporting(**{str(key): int(value) for key, value in found[0].items()})
    listed = snapshot.fetch("region_list", {})
    own = listed[(listed["region_level"] == region.level) & (listed["region_code"] == region.code)]
    return Reporting(
        members_reporting=0,
        members_with_data=len(snapshot.fetch("region_members", region.params)),
        members_total=int(own["members_total"].sum()),
    )


def _measure(engine: Engine, snapshot: Snapshot, region: Region, as_of: date) -> None:
    """Measure one day of one region with the same queries as a build, from its members' files."""
    members = snapshot.fetch("region_members", region.params)
    put_reference(engine, ())
    engine.drop("ref_regions")  # the snapshot's own, which knows the owner's groups
    engine.bring(snapshot.folder / MARTS, _AGGREGATES)
    engine.put("int_membership", members, _MEMBERS)
    engine.put("int_horizons", members, _HORIZONS)
    for code in members["municipality_code"]:
        engine.bring(snapshot.people_file("municipality", code), _PEOPLE)
    for table in ("stg_people", "stg_homes"):
        engine.distinct(table)  # a person known in two members is in both files
    engine.append("int_municipality_spells", "spells_of_members")
    engine.create("int_visit_profiles")
    horizons = [stamp.date() for stamp in members["horizon_on"]]
    first_on = min(stamp.date() for stamp in members["first_on"])
    measure(engine, ask(engine, [as_of], horizons, first_on))
