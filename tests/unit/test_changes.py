"""What a build changed, from loads to the words of the command."""

from pathlib import Path

import pytest

from kayoi.access import Scope
from kayoi.build import build
from kayoi.changes import Changes, read_changes
from kayoi.load import withdraw
from kayoi.regions import find_region
from kayoi.warehouse import open_snapshot
from tests.cli.running import kayoi
from tests.unit.load_parts import load, write

VISITS = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2025-03-10
    p1        | 20448             | 2025-06-30
    p2        | 20202             | 2025-06-30
"""
LATE = "person_id | municipality_code | arrived_on\np3 | 20448 | 2025-05-02\np3 | 20448 | 2025-05-20"
COVERAGE = """
    municipality_code | covered_from | covered_through
    20448             | 2025-01-01   | 2025-06-30
    20202             | 2025-01-01   | 2025-04-30
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    load(tmp_path / "w", write(tmp_path, "visits.csv", VISITS))
    build(tmp_path / "w")
    return tmp_path / "w"


def changes(warehouse: Path, region: str) -> Changes:
    snapshot = open_snapshot(warehouse, Scope())
    try:
        return read_changes(snapshot, find_region(snapshot, region))
    finally:
        snapshot.close()


def test_a_first_snapshot_has_nothing_to_compare_with(warehouse):
    found = changes(warehouse, "JP")
    assert (found.previous_id, found.added, len(found.kpis), len(found.rows)) == ("", (), 0, 0)
    assert "changes" not in kayoi("changes", "--warehouse", warehouse).err


def test_the_same_data_built_again_change_nothing(warehouse):
    build(warehouse)
    found = changes(warehouse, "JP")
    assert found.previous_id
    assert (len(found.kpis), len(found.rows), len(found.regions)) == (0, 0, 0)


def test_late_rows_change_the_figures_from_their_month_on_and_none_before(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits_late.csv", LATE))
    build(warehouse)
    found = changes(warehouse, "20448")
    assert found.added == (2,)
    assert found.rows[["load_id", "rows_before", "rows_after"]].to_numpy().tolist() == [[2, 0, 2]]
    assert {f"{day:%Y-%m}" for day in found.kpis["as_of"]} == {"2025-05", "2025-06"}
    assert "2025-04" not in {f"{day:%Y-%m}" for day in changes(warehouse, "JP").kpis["as_of"]}
    assert changes(warehouse, "20202").rows.empty
    assert changes(warehouse, "20202").kpis.empty
    regions = set(changes(warehouse, "JP").regions["region_code"])
    assert {"20448", "20", "JP"} <= regions
    assert "20202" not in regions


def test_a_withdrawal_shows_what_went(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits_late.csv", LATE))
    build(warehouse)
    withdraw(warehouse, 2)
    build(warehouse)
    found = changes(warehouse, "20448")
    assert (found.added, found.removed) == ((), (2,))
    assert found.rows[["load_id", "rows_before", "rows_after"]].to_numpy().tolist() == [[2, 2, 0]]


def test_a_shorter_horizon_shows_nothing_of_the_days_after_it(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "coverage.csv", COVERAGE))
    build(warehouse)
    gone = changes(warehouse, "20202").kpis
    after = gone[gone["as_of"] > "2025-04-30"]
    assert len(after)
    assert after["value_after"].isna().all()


def test_the_command_says_it_in_words_and_as_json(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits_late.csv", LATE))
    build(warehouse)
    ran = kayoi("changes", "--region", "20448", "--warehouse", warehouse, "--json")
    assert ran.code == 0
    assert ran.json["loads_added"] == [2]
    changed = {(one["kpi_id"], one["as_of"]): one for one in ran.json["kpis"]}
    one = changed["K03", "2025-06-30"]
    assert one["value_after"] == one["value_before"] + 1
    assert "2025-05" in kayoi("changes", "--region", "20448", "--warehouse", warehouse).out
    assert kayoi("changes", "--region", "99999", "--warehouse", warehouse).code == 2


def test_another_ruleset_is_said(warehouse):
    build(warehouse, ruleset="visits-only")
    found = changes(warehouse, "JP")
    assert found.ruleset_before != found.ruleset_after
    assert "visits-only" in kayoi("changes", "--warehouse", warehouse).out
