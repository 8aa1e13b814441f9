"""K07–K37, built and measured on days between, are those counted row by row in tests/oracle/catalogue.py."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from kayoi.access import Scope
from kayoi.build import build
from kayoi.figures import on_day
from kayoi.load import load_files
from kayoi.measure import year_before
from kayoi.regions import find_region
from kayoi.warehouse import open_snapshot
from tests.cli.running import kayoi
from tests.conftest import ROOT
from tests.oracle.catalogue import Figure, Key, Log, catalogue
from tests.oracle.edges import edge_dataset
from tests.oracle.published import log_of, regions_of, snapshot_of
from tests.oracle.regions import Region

MONTH = ROOT.parent / "shared" / "real" / "fukui" / "202307.csv"
OF_PROGRAMMES = ("K27", "K28", "K29", "K37")
COUNTED = (
    *("K07", "K10", "K13", "K20", "K21", "K22", "K23", "K24", "K26", "K30", "K31", "K32", "K33", "K34"),
    *("K35", "K36", *OF_PROGRAMMES),
)
EDGE_DAYS = (
    *(date(2025, 9, 30), date(2025, 6, 30), date(2025, 5, 31), date(2025, 3, 31), date(2024, 11, 30)),
    *(date(2024, 6, 30), date(2023, 12, 31), date(2023, 1, 31)),
)
Row = tuple[object, ...]


def differing(rows: Iterable[Row], expected: dict[Key, Figure]) -> list[tuple[Key, object, object]]:
    """Return key, expected figure and found row (value, numerator, denominator, n, status) that differ."""
    found = {
        (str(kpi), str(part), "" if kind == "all" else str(segment)): row
        for kpi, part, kind, segment, *row in rows
        if kpi in COUNTED and (kind == "all" or (kind == "program" and kpi in OF_PROGRAMMES))
    }
    keys = sorted(set(found) | set(expected))
    return [
        (key, expected.get(key), found.get(key))
        for key in keys
        if not agree(expected.get(key), found.get(key))
    ]


def agree(figure: Figure | None, row: list[object] | None) -> bool:
    """Say whether a row is the figure; a figure without a value may have no row at all."""
    value = row[0] if row else None
    if figure is None or figure.value is None or row is None:
        return value is None and (figure is None or figure.value is None)
    return (
        [*row[:2], row[2] or 0]
        == pytest.approx([figure.value, figure.numerator, figure.denominator or 0], rel=1e-9, abs=1e-9)
        and (row[2] is None) == (figure.denominator is None)
        and row[3] == figure.n
        and row[4] == ("final" if figure.is_final else "provisional")
    )


COLUMNS = "kpi_id, part, segment_kind, segment_value, value, numerator, denominator, n, status"


def published(warehouse: Path, region: Region, day: date) -> list[Row]:
    """Return a region's published figures on a day."""
    with duckdb.connect(str(snapshot_of(warehouse) / "marts.duckdb"), read_only=True) as marts:
        here = f"region_level = '{region.level}' and region_code = '{region.code}' and as_of = date '{day}'"
        return marts.table("mart_kpis").filter(here).project(COLUMNS).fetchall()


@pytest.fixture(scope="module", params=[3, 6])
def edges(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Log]:
    """A small dataset with every table, drawn on the edges of every window; loaded and built."""
    folder = tmp_path_factory.mktemp("edges")
    dataset = edge_dataset(request.param)
    load_files(folder / "warehouse", dataset.write(folder / "input"), key=b"a key for tests only")
    dataset.write_groups(folder / "warehouse" / "groups.toml")
    build(folder / "warehouse")
    return folder / "warehouse", log_of(folder / "warehouse")


def test_every_region_on_the_edges_of_every_window(edges: tuple[Path, Log]):
    warehouse, log = edges
    places = regions_of(log, {"edges": ("20448", "30")})
    assert {place.level for place in places} == {"municipality", "prefecture", "nation", "group"}
    for region in places:
        for day in EDGE_DAYS:
            expected = catalogue(log, region.members, day)
            assert differing(published(warehouse, region, day), expected) == [], (region.code, day)


def test_the_year_before_is_over_the_members_that_speak_on_the_day(edges: tuple[Path, Log]):
    warehouse, log = edges
    day = date(2025, 9, 30)
    for region in regions_of(log):
        if max(log.horizons[member] for member in region.members) < day:
            continue
        expected = catalogue(log, region.members, year_before(day), reach_on=day)
        here = f"region_level = '{region.level}' and region_code = '{region.code}' and as_of = date '{day}'"
        with duckdb.connect(str(snapshot_of(warehouse) / "marts.duckdb"), read_only=True) as marts:
            table = marts.table("mart_kpis").filter(f"{here} and segment_kind = 'all'")
            rows = table.project("kpi_id, part, previous, previous_status").fetchall()
        for kpi, part, previous, status in rows:
            if kpi in COUNTED:
                figure = expected.get((kpi, part, ""), Figure(None))
                assert previous == (figure.value if figure.value is None else pytest.approx(figure.value))
                assert previous is None or (status == "final") == figure.is_final


@pytest.mark.parametrize(("code", "day"), [("20448", date(2025, 9, 12)), ("JP", date(2025, 4, 1))])
def test_days_between_month_ends_are_measured_with_the_same_result(
    edges: tuple[Path, Log], code: str, day: date
):
    warehouse, log = edges
    region = next(r for r in regions_of(log) if r.code == code)
    snapshot = open_snapshot(warehouse, Scope.everything())
    asked = {"region_level": region.level, "region_code": code, "as_of": day}
    with on_day(snapshot, find_region(snapshot, code), day) as source:
        everybody = source.fetch("kpi_figures", asked).assign(kind="all", program_id="all")
        programs = source.fetch("kpi_programs", asked).assign(kind="program")
    shown = ["kpi_id", "part", "kind", "program_id", "value", "numerator", "denominator", "n", "status"]
    figures = pd.concat([everybody[shown].astype(object), programs[shown].astype(object)])
    rows = figures.where(figures.notna(), None).itertuples(index=False, name=None)
    assert differing(rows, catalogue(log, region.members, day)) == []


def test_the_demonstration(demo_warehouse: Path):
    log = log_of(demo_warehouse)
    seen = set()
    for region in regions_of(log):
        for day in (date(2026, 9, 30), date(2026, 3, 31)):
            expected = catalogue(log, region.members, day)
            assert differing(published(demo_warehouse, region, day), expected) == [], (region.code, day)
            seen |= {key[0] for key, figure in expected.items() if figure.value}
    assert seen == set(COUNTED)


@pytest.mark.skipif(not MONTH.is_file(), reason="the survey is not at hand")
def test_a_month_of_real_answers(tmp_path: Path):
    warehouse = tmp_path / "warehouse"
    for words in (("load", MONTH, "--mapping", "fukui-survey"), ("build",)):
        assert kayoi(*words, "--warehouse", warehouse).code == 0
    log = log_of(warehouse)
    for region in regions_of(log):
        day = date(2023, 7, 31)
        expected = catalogue(log, region.members, day)
        assert differing(published(warehouse, region, day), expected) == [], region.code
