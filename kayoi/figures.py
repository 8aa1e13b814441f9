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
    "nights": "int_nights",
    "engagements": "stg_engagements",
    "enrollments": "stg_enrollments",
    "supports": "stg_supports",
}
_AGGREGATES: Final = {
    "dim_targets": "dim_targets",
    "dim_area_stats": "dim_area_stats",
    "dim_programs": "dim_programs",
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
def on_day(
    snapshot: Snapshot, region: Region, as_of: date, *, of_cohorts: bool = False
) -> Iterator[Readable]:
    """Give what answers for *region* on *as_of*: the marts hold month ends, another day is measured now.

    *of_cohorts*: of these the marts hold a few days a year (queries/intermediate/int_cohort_days.sql).
    Raises NoAccessError where measuring needs people outside the reader's scope.
    """
    is_covered = region.first_on is not None and region.last_on is not None
    computed = cohort_days(snapshot, region, as_of) if of_cohorts else computed_days(snapshot)
    if not is_covered or as_of in computed:
        yield snapshot
        return
    engine = Engine.in_memory()
    try:
        _measure(engine, snapshot, region, as_of)
        yield engine
    finally:
        engine.close()


def moves_between(snapshot: Snapshot, region: Region, since: date, as_of: date) -> pd.DataFrame:
    """Return who went from which stage to which between any two days (stage_from, stage_to, people).

    Both days are over the members whose horizon reaches the later one. Raises NoAccessError where that
    needs people outside the reader's scope.
    """
    engine = Engine.in_memory()
    try:
        _bring_people(engine, snapshot, region)
        return engine.fetch("moves_between", {"since": since, "as_of": as_of})
    finally:
        engine.close()


def cohort_days(snapshot: Snapshot, region: Region, as_of: date) -> frozenset[date]:
    """Return the days up to *as_of* on which cohorts of *region* were looked at in the build."""
    found = snapshot.fetch("cohort_days", {**region.params, "as_of": as_of})
    return frozenset(stamp.date() for stamp in found["as_of"])


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
    members = _bring_people(engine, snapshot, region)
    for name in ("int_visit_profiles", "int_milestones", "int_regional_spells", "int_deliveries"):
        engine.create(name)
    horizons = [stamp.date() for stamp in members["horizon_on"]]
    first_on = min(stamp.date() for stamp in members["first_on"])
    measure(engine, ask(engine, [as_of], horizons, first_on))


def _bring_people(engine: Engine, snapshot: Snapshot, region: Region) -> pd.DataFrame:
    """Put the people of a region's members under the names a build has them; return the members."""
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
    return members
