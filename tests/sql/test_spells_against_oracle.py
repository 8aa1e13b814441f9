"""Spells and visits that are built are those of the slow calculation in tests/oracle."""

from pathlib import Path

import duckdb
import pytest

from kayoi.build import build
from kayoi.load import load_files
from tests.oracle.nasty import Dataset, nasty_country
from tests.oracle.regions import all_spells
from tests.oracle.rows import Data, person_key, read_tables
from tests.oracle.rulesets import RULESETS
from tests.oracle.spells import World, municipal_spells, work_out
from tests.oracle.visits import left_out

KEY = "a key for tests only"
SEEDS = (58, 78)  # between them every stage of every ruleset
VISIT_COLUMNS = (
    "person_key, municipality_code, arrived_on, departed_on, nights, spend_yen, spend_low, spend_high,"
    " purpose, program_id, organization_id, counted, left_out_because"
)


@pytest.fixture(scope="module")
def country() -> Dataset:
    return nasty_country(SEEDS)


@pytest.fixture(scope="module")
def data(country: Dataset) -> Data:
    return read_tables(country.tables)


@pytest.fixture(scope="module")
def worlds(data: Data) -> dict[str, World]:
    return work_out(data, RULESETS.values())


@pytest.fixture(scope="module")
def warehouse(country: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nasty")
    load_files(folder / "warehouse", country.write(folder / "input"), key=KEY.encode())
    country.write_groups(folder / "warehouse" / "groups.toml")
    return folder / "warehouse"


def published(warehouse: Path, table: str, columns: str, level: str) -> set[tuple[object, ...]]:
    """Return these columns of a table over every detail file of a region level."""
    snapshot = warehouse / "snapshots" / (warehouse / "CURRENT").read_text().strip()
    rows: set[tuple[object, ...]] = set()
    for path in sorted((snapshot / "detail").glob(f"{level}-*.duckdb")):
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.table(table).project(columns).fetchall()
        assert len(set(found)) == len(found)
        assert not rows & set(found)
        rows |= set(found)
    return rows


@pytest.mark.parametrize("ruleset_id", list(RULESETS))
def test_spells_and_visits_are_those_of_the_contract(
    ruleset_id: str, warehouse: Path, country: Dataset, worlds: dict[str, World]
):
    world = worlds[ruleset_id]
    assert {s.stage for s in municipal_spells(world)} == {stage for stage, _ in world.ruleset.stages}
    keys = {person: person_key(KEY, person) for person in people_of(world)}
    build(warehouse, ruleset=ruleset_id)
    for level in ("municipality", "prefecture", "nation", "group"):
        expected = {
            (s.region_level, s.region_code, keys[s.person], s.stage, s.valid_from, s.valid_to)
            for s in all_spells(world, country.groups)
            if s.region_level == level
        }
        spells = published(
            warehouse,
            "stage_spells",
            "region_level, region_code, person_key, stage, valid_from, valid_to",
            level,
        )
        assert differences(spells, expected) == ([], [])
    visits = published(warehouse, "visits", VISIT_COLUMNS, "municipality")
    assert differences(visits, visit_rows(world)) == ([], [])


def people_of(world: World) -> set[str]:
    """Return everybody who has a stage or a visit."""
    return {person for person, _ in world.stages} | {v.person for v in world.visits}


def differences(found: set[tuple[object, ...]], expected: set[tuple[object, ...]]) -> tuple[list, list]:
    """Return the first rows that are too many and that are missing, those of one person beside each other."""
    return sorted(found - expected, key=str)[:5], sorted(expected - found, key=str)[:5]


def visit_rows(world: World) -> set[tuple[object, ...]]:
    """Return the visits as they are published."""
    found: set[tuple[object, ...]] = set()
    for v in world.visits:
        because = left_out(v, world.ruleset.exclude_purposes)
        money = (v.spend.exact, v.spend.low, v.spend.high) if v.spend else (None, None, None)
        row = (person_key(KEY, v.person), v.municipality, v.arrived_on, v.departed_on, v.nights, *money)
        found.add((*row, v.purpose, v.program_id, v.organization_id, because is None, because))
    return found
