"""Stages of people in regions above the municipality, day by day: contract, section 4."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tests.oracle.rulesets import REGIONAL_ORDER
from tests.oracle.spells import Spell, StageByDay, World, days, runs


@dataclass(frozen=True)
class Region:
    """A region and those of its municipalities that have any data."""

    level: str
    code: str
    members: tuple[str, ...]


def regions(world: World, groups: Mapping[str, Collection[str]] | None = None) -> list[Region]:
    """Return municipalities, prefectures, the nation and the named groups that have any data.

    A group's member is a municipality or a whole prefecture (2 digits).
    """
    codes = sorted(world.data.horizons)
    prefectures = sorted({code[:2] for code in codes})
    found = [Region("municipality", code, (code,)) for code in codes]
    found += [Region("prefecture", p, tuple(c for c in codes if c[:2] == p)) for p in prefectures]
    found += [Region("nation", "JP", tuple(codes))]
    found += [
        Region("group", g, tuple(c for c in codes if c in m or c[:2] in m)) for g, m in (groups or {}).items()
    ]
    return [region for region in found if region.members]


def highest(stages: Iterable[str]) -> str | None:
    """Return the highest of the stages, None where there is none."""
    return min(stages, key=REGIONAL_ORDER.index, default=None)


def stage_on(world: World, person: str, members: Iterable[str], t: date) -> str | None:
    """Return the highest of the stages that the members whose horizon reaches t give the person on t."""
    speaking = [m for m in members if world.data.horizons[m] >= t]
    said = [world.stages[(person, m)].get(t) for m in speaking if (person, m) in world.stages]
    return highest(stage for stage in said if stage is not None)


def regional_stages(world: World, region: Region, person: str) -> StageByDay:
    """Return day → stage of a person in a region, up to the last of its members' horizons."""
    known = [t for m in region.members for t in world.stages.get((person, m), {})]
    if not known:
        return {}
    last = max(world.data.horizons[m] for m in region.members)
    said = {t: stage_on(world, person, region.members, t) for t in days(min(known), last)}
    return {t: stage for t, stage in said.items() if stage is not None}


def regional_spells(world: World, region: Region) -> list[Spell]:
    """Return the spells of every person in a region."""
    last = max(world.data.horizons[m] for m in region.members)
    people = sorted({person for person, municipality in world.stages if municipality in region.members})
    return [
        Spell(region.level, region.code, person, start, stage, end)
        for person in people
        for stage, start, end in runs(regional_stages(world, region, person), last)
    ]


def all_spells(world: World, groups: Mapping[str, Collection[str]] | None = None) -> list[Spell]:
    """Return the spells of every person in every region."""
    return sorted(s for region in regions(world, groups) for s in regional_spells(world, region))
