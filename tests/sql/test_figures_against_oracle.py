"""Stocks, moves, visit figures and KPIs in the marts are those of the slow calculation in tests/oracle."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest

from kayoi.build import build
from kayoi.load import load_files
from tests.oracle.figures import (
    Figure,
    best_of_people,
    frequency,
    kpis,
    moves,
    reporting,
    stock,
    visits_shown,
)
from tests.oracle.nasty import Dataset, nasty_country
from tests.oracle.regions import Region, regions
from tests.oracle.rows import read_tables
from tests.oracle.rulesets import JTA_MLIT_2026, LADDER
from tests.oracle.spells import World, work_out
from tests.oracle.visits import ONE_DAY

SAMPLES = 300

Part = tuple[str, str]  # KPI id, part; '' for the value itself

Place = tuple[Region, date, date]  # the region as far as it reaches the later day, as_of, the later day


@pytest.fixture(scope="module")
def country() -> Dataset:
    return nasty_country((58, 78, 201))


@pytest.fixture(scope="module")
def world(country: Dataset) -> World:
    return work_out(read_tables(country.tables), [JTA_MLIT_2026])["jta-mlit-2026"]


@pytest.fixture(scope="module")
def marts(country: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("figures")
    warehouse = folder / "warehouse"
    load_files(warehouse, country.write(folder / "input"), key=b"a key for tests only")
    country.write_groups(warehouse / "groups.toml")
    build(warehouse, ruleset="jta-mlit-2026")
    path = warehouse / "snapshots" / Path(warehouse / "CURRENT").read_text().strip() / "marts.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def places(world: World, country: Dataset, marts: duckdb.DuckDBPyConnection) -> list[Place]:
    """A sample of region × as-of day × later day that at least one member reaches."""
    days = sorted(set(marts.table("mart_stock").project("as_of, reach_on").fetchall()))
    every = [
        (Region(region.level, region.code, reporting(world, region, reach_on)), day, reach_on)
        for region in regions(world, country.groups)
        for day, reach_on in days
        if reporting(world, region, reach_on)
    ]
    # every place where somebody is in routine, because figures of visits leave such a tie out
    with_routine = [place for place in every if "routine" in stock(world, place[0], place[1])]
    assert with_routine
    return with_routine + Random(1).sample(every, SAMPLES)


def rows(
    marts: duckdb.DuckDBPyConnection, table: str, place: Place, columns: str
) -> list[tuple[object, ...]]:
    """Return these columns of a mart for everybody in one region on one day."""
    region, day, reach_on = place
    here = f"region_level = '{region.level}' and region_code = '{region.code}' and as_of = date '{day}'"
    if "reach_on" in marts.table(table).columns:
        here += f" and reach_on = date '{reach_on}'"
    return marts.table(table).filter(f"{here} and segment_kind = 'all'").project(columns).fetchall()


def test_stocks(marts: duckdb.DuckDBPyConnection, world: World, places: list[Place]):
    for place in places:
        found = {
            stage: people for stage, people in rows(marts, "mart_stock", place, "stage, people") if people
        }
        assert found == stock(world, place[0], place[1]), place


@pytest.mark.parametrize("span", ["month", "year"])
def test_moves(span: str, marts: duckdb.DuckDBPyConnection, world: World, places: list[Place]):
    for region, day, reach_on in places:
        before = day.replace(day=1) - ONE_DAY if span == "month" else date.fromordinal(day.toordinal() - 365)
        drawn = rows(marts, "mart_moves", (region, day, reach_on), "span, stage_from, stage_to, people")
        found = {(a, b): people for of, a, b, people in drawn if of == span and people}
        assert found == moves(world, region, before, day), (region, day)


def test_visit_figures(marts: duckdb.DuckDBPyConnection, world: World, places: list[Place]):
    columns = "people, people_2plus, people_4plus, visits, ties, nights, stay_days"
    for region, day, reach_on in places:
        visits = visits_shown(world, region, date.fromordinal(day.toordinal() - 364), day)
        best = list(best_of_people(visits).values())
        ties = len({(v.person, v.municipality) for v in visits})
        nights = sum(v.nights for v in visits)
        expected = (
            len(best),
            sum(n >= 2 for n in best),
            sum(n >= 4 for n in best),
            len(visits),
            ties,
            nights,
        )
        found = rows(marts, "mart_visits", (region, day, reach_on), f"period, {columns}")
        (row,) = [row[1:] for row in found if row[0] == "w365"] or [(0,) * 7]
        assert row == (*expected, nights + len(visits)), (region, day)


def test_frequency(marts: duckdb.DuckDBPyConnection, world: World, places: list[Place]):
    for region, day, reach_on in places:
        visits = visits_shown(world, region, date.fromordinal(day.toordinal() - 364), day)
        parts = frequency(best_of_people(visits)).parts
        drawn = rows(marts, "mart_frequency", (region, day, reach_on), "period, visits_band, people")
        found = {band: people for period, band, people in drawn if period == "w365" and people}
        assert found == {band: part.numerator for band, part in parts.items() if part.numerator}, (
            region,
            day,
        )


def test_kpis(marts: duckdb.DuckDBPyConnection, world: World, places: list[Place]):
    for place in places:
        region, day, reach_on = place
        if day != reach_on:
            continue
        expected = parts(kpis(world, region, day))
        drawn = rows(marts, "mart_kpis", place, "kpi_id, part, value, numerator, denominator")
        found = {(kpi_id, part): (value, n, d) for kpi_id, part, value, n, d in drawn}
        if not found:  # a region has no KPIs before the first thing that is known of it
            assert not stock(world, region, day)
            continue
        for part, figure in expected.items():
            if figure.denominator is None:
                assert found[part][0] == pytest.approx(float(figure.numerator)), (place, part)
            elif figure.value is None:
                assert part not in found or found[part][0] is None, (place, part)
            else:
                assert found[part][0] == pytest.approx(float(figure.value)), (place, part)
                assert found[part][1] == pytest.approx(float(figure.numerator)), (place, part)
                assert found[part][2] == pytest.approx(float(figure.denominator)), (place, part)


def parts(figures: dict[str, Figure]) -> dict[Part, Figure]:
    """Return the figures that the mart has too, by KPI and part."""
    shown = {("K01", "fy"): figures["K01_fy"]}
    for kpi_id, figure in figures.items():
        if kpi_id not in ("K01_fy", "K05", "K14"):  # the latter two have parts only
            shown[(kpi_id, "")] = figure
        for part, value in figure.parts.items():
            if kpi_id != "K15" or part in LADDER:  # a rate of moving up is shown for the ladder
                shown[(kpi_id, part)] = value
    return shown
