"""Stages day by day and the spells they make in a municipality: contract, section 4."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tests.oracle.rows import Data
from tests.oracle.rulesets import Ruleset
from tests.oracle.signals import Pair, Signals, signals_on
from tests.oracle.visits import ONE_DAY, Visit, left_out, merge_visits

Tie = tuple[str, str]  # person, municipality
StageByDay = Mapping[date, str]  # days without a stage are not in it


@dataclass(frozen=True, order=True)
class Spell:
    """A maximal run of days in one stage, [valid_from, valid_to); valid_to None: it holds at the horizon."""

    region_level: str
    region_code: str
    person: str
    valid_from: date
    stage: str
    valid_to: date | None


@dataclass(frozen=True)
class World:
    """A dataset worked out under one ruleset."""

    data: Data
    ruleset: Ruleset
    visits: tuple[Visit, ...]
    stages: Mapping[Tie, StageByDay]

    def counted(self) -> list[Visit]:
        """Return the visits that are not left out."""
        return [v for v in self.visits if left_out(v, self.ruleset.exclude_purposes) is None]


def days(first: date, last: date) -> Iterator[date]:
    """Yield every day from first to last, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def work_out(data: Data, rulesets: Iterable[Ruleset]) -> dict[str, World]:
    """Return ruleset id → world."""
    visits = tuple(merge_visits(data.records, data.homes))
    seen: dict[tuple[str, ...], dict[Tie, list[tuple[date, Signals]]]] = {}
    worlds: dict[str, World] = {}
    for ruleset in rulesets:
        if ruleset.exclude_purposes not in seen:  # signals do not depend on anything else of a ruleset
            ties = pairs(data, visits, ruleset.exclude_purposes)
            seen[ruleset.exclude_purposes] = {
                tie: signals_by_day(pair, data.horizons[tie[1]]) for tie, pair in ties.items()
            }
        stages = {
            tie: stages_by_day(signals, ruleset) for tie, signals in seen[ruleset.exclude_purposes].items()
        }
        worlds[ruleset.ruleset_id] = World(data, ruleset, visits, stages)
    return worlds


def pairs(data: Data, visits: Iterable[Visit], exclude_purposes: tuple[str, ...]) -> dict[Tie, Pair]:
    """Return what is known of each person × municipality."""
    counted = [v for v in visits if left_out(v, exclude_purposes) is None]
    ties: list[Tie] = [(v.person, v.municipality) for v in counted]
    ties += [(e.person, e.municipality) for e in data.engagements]
    ties += [(e.person, e.municipality) for e in data.enrollments]
    return {
        tie: Pair(
            visits=tuple(v for v in counted if (v.person, v.municipality) == tie),
            engagements=tuple(e for e in data.engagements if (e.person, e.municipality) == tie),
            enrollments=tuple(e for e in data.enrollments if (e.person, e.municipality) == tie),
        )
        for tie in sorted(set(ties))
    }


def signals_by_day(pair: Pair, horizon: date) -> list[tuple[date, Signals]]:
    """Return the signals of every day from the first on which anything happened to the horizon."""
    first = pair.first_day()
    return [] if first is None else [(t, signals_on(t, pair)) for t in days(first, horizon)]


def stages_by_day(signals: Iterable[tuple[date, Signals]], ruleset: Ruleset) -> StageByDay:
    """Return day → stage, from the first day on which a condition other than the last one holds."""
    stages: dict[date, str] = {}
    for t, today in signals:
        stage = ruleset.stage(today)
        if stages or not ruleset.is_last(stage):
            stages[t] = stage
    return stages


def runs(stages: StageByDay, last: date) -> list[tuple[str, date, date | None]]:
    """Return maximal runs of days in one stage; the end is None where the run holds on the last day."""
    found: list[tuple[str, date, date | None]] = []
    for day in sorted(stages):
        stage = stages[day]
        if stages.get(day - ONE_DAY) != stage:
            end = day
            while stages.get(end) == stage:
                end += ONE_DAY
            found.append((stage, day, None if end > last else end))
    return found


def municipal_spells(world: World) -> list[Spell]:
    """Return the spells of every person × municipality."""
    return sorted(
        Spell("municipality", municipality, person, start, stage, end)
        for (person, municipality), stages in world.stages.items()
        for stage, start, end in runs(stages, world.data.horizons[municipality])
    )
