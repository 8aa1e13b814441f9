"""Figures of any day: those of the marts on a month end, measured from people's files on another."""

import dataclasses
from datetime import date

import pytest

from kayoi import figures
from kayoi.access import Scope
from kayoi.build import build
from kayoi.engine import Engine
from kayoi.errors import NoAccessError
from kayoi.figures import computed_days, on_day, reporting
from kayoi.load import load_files
from kayoi.measure import month_ends
from kayoi.regions import Region, find_region
from kayoi.warehouse import Snapshot, open_snapshot
from tests.conftest import as_text
from tests.oracle.nasty import nasty_country
from tests.unit.load_parts import KEY, write

READS = {
    "kpi_figures": {},
    "members_reporting": {},
    "moves": {"span": "year", "segment_kind": "all", "segment_value": "all"},
    "stage_stock": {"segment_kind": "all", "segment_value": "all"},
}
# Worked out in a build on a few days a year only; on the last one with everything there is.
LAST_READS = {
    "cohort_reach": {"cohort_kind": "quarter", "entry": "later"},
    "move_shares": {"span": "half", "segment_kind": "all", "segment_value": "all"},
    "retention_triangle": {},
    "return_cycle": {},
    "visit_days": {},
}
# Their year before need not be one of those days in a build; measured from people every day can be.
OF_COHORTS = ("K16", "K17")
LEVELS = ("nation", "group", "prefecture", "municipality")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A country with every rarity: several horizons, homes that move, routine, groups."""
    folder = tmp_path_factory.mktemp("figures")
    country = nasty_country((58, 78))
    load_files(folder / "w", country.write(folder / "input"), key=b"a key for tests only")
    country.write_groups(folder / "w" / "groups.toml")
    build(folder / "w")
    return open_snapshot(folder / "w", Scope.everything())


def regions(snapshot: Snapshot) -> list[Region]:
    listed = snapshot.fetch("regions_with_people", {})
    return [find_region(snapshot, code) for code in listed["region_code"]]


def one_of_each_level(snapshot: Snapshot) -> list[Region]:
    listed = regions(snapshot)
    return [one for level in LEVELS for one in [one for one in listed if one.level == level][-1:]]


def answers(source, region: Region, day, *, is_last: bool) -> dict[str, list]:
    asked = {**region.params, "as_of": day, "reach_on": day}
    found = {
        name: as_text(source.fetch(name, asked | more))
        for name, more in (READS | (LAST_READS if is_last else {})).items()
    }
    found["kpi_figures"] = [row for row in found["kpi_figures"] if row[0] not in OF_COHORTS]
    return {name: sorted(map(repr, rows)) for name, rows in found.items()}


def test_measured_from_people_a_month_end_has_exactly_the_figures_of_the_marts(snapshot, monkeypatch):
    compared = 0
    for region in one_of_each_level(snapshot):
        ends = month_ends(region.first_on, region.last_on)
        for day in {ends[len(ends) // 2], ends[-1]} & computed_days(snapshot):
            is_last = day == ends[-1]
            published = answers(snapshot, region, day, is_last=is_last)
            with monkeypatch.context() as patch:
                patch.setattr(figures, "computed_days", lambda _snapshot: frozenset())
                with on_day(snapshot, region, day) as source:
                    assert isinstance(source, Engine)
                    measured = answers(source, region, day, is_last=is_last)
                    assert measured == published, (region.code, day)
            compared += len(published["kpi_figures"])
    assert compared > 200


def test_a_computed_day_is_read_and_not_measured_again(snapshot):
    region = find_region(snapshot, "JP")
    with on_day(snapshot, region, region.default_as_of) as source:
        assert source is snapshot


def test_another_day_takes_part_of_the_month_into_account(tmp_path):
    visits = """
        person_id | municipality_code | arrived_on
        p1        | 20448             | 2025-05-10
        p2        | 20448             | 2025-05-20
    """
    covered = "municipality_code | covered_from | covered_through\n20448 | 2025-04-01 | 2025-05-31"
    files = [write(tmp_path, "visits.csv", visits), write(tmp_path, "coverage.csv", covered)]
    load_files(tmp_path / "w", files, key=KEY)
    build(tmp_path / "w")
    snapshot = open_snapshot(tmp_path / "w", Scope.everything())
    region = find_region(snapshot, "20448")
    people = {}
    for text in ("2025-05-09", "2025-05-10", "2025-05-19", "2025-05-20", "2025-05-31"):
        day = date.fromisoformat(text)
        with on_day(snapshot, region, day) as source:
            rows = as_text(source.fetch("kpi_figures", {**region.params, "as_of": day}))
        [people[text]] = [row[2] for row in rows if row[:2] == ["K03", None]]
    assert list(people.values()) == ["0", "1", "1", "2", "2"]


def test_measuring_needs_the_right_to_see_the_people_of_every_member(snapshot):
    nation = find_region(snapshot, "JP")
    town = next(region for region in regions(snapshot) if region.level == "municipality")
    staff = Snapshot(snapshot.folder, Scope.of_municipalities(town.code))
    between = town.last_on.replace(day=15)
    with on_day(staff, town, between) as source:
        assert isinstance(source, Engine)
    with pytest.raises(NoAccessError), on_day(staff, nation, between):
        pass


def test_who_may_not_see_people_still_reads_the_figures_of_month_ends(snapshot):
    nobody = Snapshot(snapshot.folder, Scope())
    region = find_region(nobody, "JP")
    with on_day(nobody, region, region.default_as_of) as source:
        assert len(source.fetch("kpi_figures", {**region.params, "as_of": region.default_as_of})) > 0


def test_where_there_are_no_data_nobody_reports(snapshot):
    empty = find_region(snapshot, "47")
    assert (empty.first_on, empty.last_on, empty.default_as_of) == (None, None, None)
    day = next(iter(computed_days(snapshot)))
    with on_day(snapshot, empty, day) as source:
        assert dataclasses.astuple(reporting(snapshot, source, empty, day)) == (0, 0, 41)


def test_reporting_says_how_many_members_of_how_many(snapshot):
    region = find_region(snapshot, "JP")
    with on_day(snapshot, region, region.default_as_of) as source:
        found = reporting(snapshot, source, region, region.default_as_of)
    assert 0 < found.members_reporting <= found.members_with_data < found.members_total == 1741


@pytest.mark.parametrize("day", [date(1950, 1, 1), date(2150, 1, 1)])
def test_on_a_day_outside_the_data_no_member_speaks_of_those_there_are(snapshot, day):
    region = find_region(snapshot, "JP")
    with on_day(snapshot, region, region.default_as_of) as source:
        within = reporting(snapshot, source, region, region.default_as_of)
    with on_day(snapshot, region, day) as source:
        outside = reporting(snapshot, source, region, day)
    assert dataclasses.astuple(outside) == (0, within.members_with_data, 1741)
