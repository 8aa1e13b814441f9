"""A behaviour funnel over the people of a region: counted from the files a reader may open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from kayoi import queries
from kayoi.behaviour.definition import DAY_US, FunnelDefinition
from kayoi.behaviour.reach import Entered, prepare, put_rows, reach
from kayoi.behaviour.text import write_step
from kayoi.engine import Engine
from kayoi.errors import UsageError
from kayoi.reference_tables import put_reference
from kayoi.warehouse import Snapshot

SEGMENT_KINDS: Final = ("origin_block", "age_band", "gender", "purpose", "program")
ASKED: Final = {
    "ask_filters": {
        "step": "integer",
        "source": "varchar",
        "kinds": "varchar[]",
        "programs": "varchar[]",
        "nights_low": "bigint",
        "nights_high": "bigint",
        "nth_low": "bigint",
        "nth_high": "bigint",
        "step_bit": "integer",
        "gap_bit": "integer",
    },
}
# Tables of a municipality's file → the names the queries read them by, and the query with their columns.
_VISITS: Final = {
    "visits": ("int_visits", "detail_visits"),
    "stage_spells": ("brought_spells", "detail_stage_spells"),
}
_OTHERS: Final = {
    "engagement": ("engagements", "stg_engagements", "detail_engagements"),
    "enrollment": ("enrollments", "stg_enrollments", "detail_enrollments"),
    "support": ("supports", "stg_supports", "detail_supports"),
}
_KNOWN: Final = {"people": ("stg_people", "detail_people"), "homes": ("stg_homes", "detail_homes")}
_YEAR: Final = 365


@dataclass(frozen=True)
class RegionFunnel:
    """One funnel of one region.

    `steps`: step, text, role, people, dropped, step_rate (of the required step before), start_rate (of the
    first), and people and rates of the period before (previous_…; empty where there is none). Without an
    order line n counts those who did n of the steps. `times`: days from the first step to each, as
    funnel_times. `bands`: people by those days. `segments`: as funnel_by_segment; None where none was asked
    for. `dropped_keys`: who did not go on to the step asked about. People enter from `entered_from` to
    `entered_to` and are followed to `reach_on`; only members whose horizon reaches that day are used.
    """

    definition: FunnelDefinition
    entered_from: date
    entered_to: date
    reach_on: date
    previous_from: date | None
    previous_to: date | None
    members_reporting: int
    members_with_data: int
    steps: pd.DataFrame
    times: pd.DataFrame
    bands: pd.DataFrame
    segments: pd.DataFrame | None
    dropped_keys: tuple[int, ...] | None


def measure_funnel(  # noqa: PLR0913 - each is a choice of its own on the screen
    snapshot: Snapshot,
    region_level: str,
    region_code: str,
    definition: FunnelDefinition,
    *,
    entered_from: date | None = None,
    entered_to: date | None = None,
    segment_kind: str | None = None,
    keys_of: int | None = None,
) -> RegionFunnel:
    """Count a funnel of a region; people enter in a period: by default the last 365 days with a whole window.

    `segment_kind` (SEGMENT_KINDS) breaks it down; `keys_of` lists the person_keys that did not reach that
    step from the required one before. Raises NoAccessError where a member's people, or for `keys_of` the
    region's, are outside the reader's scope; UsageError for a region without data, a period whose windows
    end after the data, a segment or a step there is not.
    """
    _check_asked(definition, segment_kind, keys_of)
    if keys_of is not None:
        snapshot.scope.require_people(region_level, region_code)
    members = snapshot.fetch("region_members", {"region_level": region_level, "region_code": region_code})
    if members.empty:
        raise UsageError("usage_no_data", region=region_code)
    last_on = max(stamp.date() for stamp in members["horizon_on"])
    entered_from, entered_to = _period(definition, entered_from, entered_to, last_on)
    reach_on = entered_to + timedelta(definition.window_days)
    used = members[members["horizon_on"] >= pd.Timestamp(reach_on)]
    previous_to = entered_from - timedelta(1)
    previous_from = previous_to - (entered_to - entered_from)
    has_previous = previous_from >= min(stamp.date() for stamp in used["first_on"])
    engine = Engine.in_memory()
    try:
        _bring(engine, snapshot, definition, list(used["municipality_code"]), segment_kind)
        days = {"from_on": previous_from if has_previous else entered_from, "last_on": reach_on}
        _put_events(engine, definition, days)
        plan = definition.plan()
        prepare(engine, plan)
        before = None
        if has_previous:
            reach(engine, plan, _entered(previous_from, previous_to))
            before = engine.fetch("funnel_counts")
        reach(engine, plan, _entered(entered_from, entered_to), with_times=True)
        segments, keys = None, None
        if segment_kind is not None:
            engine.create("funnel_region_segments", {"segment_kind": segment_kind, "on_day": entered_to})
            engine.rename("funnel_region_segments", "funnel_segments")
            segments = engine.fetch("funnel_by_segment")
        if keys_of is not None:
            keys = tuple(map(int, engine.fetch("funnel_dropouts", {"step": keys_of})["person"]))
        return RegionFunnel(
            definition=definition,
            entered_from=entered_from,
            entered_to=entered_to,
            reach_on=reach_on,
            previous_from=previous_from if has_previous else None,
            previous_to=previous_to if has_previous else None,
            members_reporting=len(used),
            members_with_data=len(members),
            steps=_steps(definition, engine.fetch("funnel_counts"), before),
            times=engine.fetch("funnel_times"),
            bands=engine.fetch("funnel_time_bands"),
            segments=segments,
            dropped_keys=keys,
        )
    finally:
        engine.close()


def _check_asked(definition: FunnelDefinition, segment_kind: str | None, keys_of: int | None) -> None:
    if segment_kind is not None and segment_kind not in SEGMENT_KINDS:
        raise UsageError("funnel_segment", kind=segment_kind, known=", ".join(SEGMENT_KINDS))
    may_drop = [n for n, step in enumerate(definition.steps, 1) if n > 1 and step.role != "excluded"]
    if keys_of is not None and keys_of not in may_drop:
        raise UsageError("funnel_keys_of", step=keys_of)


def _period(
    definition: FunnelDefinition, entered_from: date | None, entered_to: date | None, last_on: date
) -> tuple[date, date]:
    """Return the days people enter on: no window may end after the data do (contract, section 4)."""
    latest = last_on - timedelta(definition.window_days)
    to = latest if entered_to is None else entered_to
    since = to - timedelta(_YEAR - 1) if entered_from is None else entered_from
    if to > latest:
        raise UsageError("funnel_after_data", latest=latest, days=definition.window_days, last_on=last_on)
    if since > to:
        raise UsageError("funnel_period", since=since, to=to)
    return since, to


def _bring(
    engine: Engine,
    snapshot: Snapshot,
    definition: FunnelDefinition,
    municipalities: list[str],
    segment_kind: str | None,
) -> None:
    """Copy what the funnel needs from the members' files; what it does not need is there and empty."""
    sources = {step.source for step in definition.steps}
    wanted = {table: name for table, (name, _) in _VISITS.items()}
    for source, (table, name, query) in _OTHERS.items():
        engine.expose(name, [], queries.load(query).columns)
        if source in sources:
            wanted[table] = name
    for table, (name, query) in {**_VISITS, **_KNOWN}.items():
        engine.expose(name, [], queries.load(query).columns)
        if table in _KNOWN and segment_kind is not None:
            wanted[table] = name
    put_reference(engine, ())
    for code in municipalities:
        engine.bring(snapshot.people_file("municipality", code), wanted)
    for name in ("stg_people", "stg_homes"):
        engine.distinct(name)  # a person known in two members is in both files


def _put_events(engine: Engine, definition: FunnelDefinition, days: Mapping[str, object]) -> None:
    plan = definition.plan()
    bits = {row[0]: (row[3], row[4]) for row in plan.step_rows()}
    rows: list[tuple[object, ...]] = [
        (
            *(number, step.source, list(step.kinds) or None, list(step.programs) or None),
            *(step.nights.low, step.nights.high, step.nth.low, step.nth.high),
            *bits[number],
        )
        for number, step in enumerate(definition.steps, 1)
    ]
    put_rows(engine, "ask_filters", rows, ASKED["ask_filters"])
    engine.create("funnel_region_occurrences")
    engine.create("funnel_region_tracks")
    engine.rename("funnel_region_tracks", "funnel_tracks")
    engine.create("funnel_region_events", days)
    engine.rename("funnel_region_events", "funnel_events")


def _entered(first: date, last: date) -> Entered:
    """Return a period of days in microseconds since 1970."""
    epoch = date(1970, 1, 1)
    return Entered((first - epoch).days * DAY_US, ((last - epoch).days + 1) * DAY_US)


def _steps(definition: FunnelDefinition, counts: pd.DataFrame, before: pd.DataFrame | None) -> pd.DataFrame:
    """Return the counts with each step's text and its people in the period before."""
    texts = [write_step(definition.steps[number - 1]) for number in counts["step"]]
    counts.insert(1, "text", texts)
    for name in ("people", "step_rate", "start_rate"):
        counts[f"previous_{name}"] = None if before is None else before[name]
    return counts
