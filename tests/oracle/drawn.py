"""Datasets drawn as tables, and what the oracle makes of them as text."""

from collections.abc import Mapping
from datetime import date, timedelta

from tests.oracle.regions import Region, all_spells, regions
from tests.oracle.rows import read_tables
from tests.oracle.rulesets import RULESETS
from tests.oracle.signals import Pair, signals_on
from tests.oracle.spells import World, municipal_spells, work_out


def draw(text: str) -> list[dict[str, str]]:
    """Read a drawn table; the first line names the columns."""
    columns, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(columns, row, strict=True)) for row in rows]


def world(ruleset_id: str = "jta-mlit-2026", **tables: str) -> World:
    """Work out drawn tables under a ruleset."""
    data = read_tables({name: draw(text) for name, text in tables.items()})
    return work_out(data, [RULESETS[ruleset_id]])[ruleset_id]


def trips(world: World) -> list[str]:
    """Return visits as text: arrived, departed, nights."""
    return [f"{v.arrived_on} {v.departed_on} {v.nights}" for v in world.visits]


def spells(world: World) -> list[str]:
    """Return municipal spells as text: person, stage, from, to."""
    return [
        f"{s.person} {s.stage} {s.valid_from} {s.valid_to or ''}".strip() for s in municipal_spells(world)
    ]


def region_spells(world: World, code: str, groups: Mapping[str, tuple[str, ...]] | None = None) -> list[str]:
    """Return the spells of one region as text: stage, from, to."""
    found = [s for s in all_spells(world, groups) if s.region_code == code]
    return [f"{s.stage} {s.valid_from} {s.valid_to or ''}".strip() for s in found]


def region(world: World, code: str) -> Region:
    """Return the region with this code."""
    return next(r for r in regions(world) if r.code == code)


def signal(world: World, name: str, day: str) -> int | bool:
    """Return one signal of the only pair on a day."""
    pair = Pair(tuple(world.counted()), world.data.engagements, world.data.enrollments)
    value: int | bool = getattr(signals_on(date.fromisoformat(day), pair), name)
    return value


def days_apart(start: str, steps: list[int]) -> str:
    """Draw day trips of p1 to 20448, each so many days after the one before, declared through 2027."""
    day, lines = date.fromisoformat(start), ["person_id | municipality_code | arrived_on"]
    for step in [0, *steps]:
        day += timedelta(days=step)
        lines.append(f"p1 | 20448 | {day}")
    return "\n".join(lines)


THROUGH_2027 = """
    municipality_code | covered_through
    20448             | 2027-12-31
"""
