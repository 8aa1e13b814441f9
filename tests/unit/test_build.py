"""Loads become a published snapshot, or nothing at all."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kayoi import queries
from kayoi.access import Scope
from kayoi.build import build, people_stage_tables
from kayoi.engine import Engine
from kayoi.errors import CheckFailedError, NoSnapshotError, RulesetError, WarehouseBusyError
from kayoi.load import load_files
from kayoi.measure import month_ends, year_before
from kayoi.warehouse import manifest_of, open_snapshot, published_id
from tests.conftest import ROOT
from tests.unit.load_parts import KEY, write

VISITS = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2025-05-10
    p1        | 20448             | 2025-06-10
    p2        | 20202             | 2025-06-30
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    load_files(tmp_path / "w", [write(tmp_path, "visits.csv", VISITS)], key=KEY)
    return tmp_path / "w"


def drafts_and_snapshots(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "snapshots").iterdir())


def test_a_build_tells_what_it_made(loaded):
    report = build(loaded)
    assert (report.ruleset, report.visits, report.as_ofs) == ("jta-mlit-2026", 3, 2)
    assert report.regions == 5  # two municipalities, the prefecture, the nation, one group
    assert published_id(loaded) == report.snapshot_id
    assert drafts_and_snapshots(loaded) == [report.snapshot_id]


def test_each_build_has_a_name_that_sorts_after_those_before(loaded):
    names = [build(loaded).snapshot_id for _ in range(3)]
    assert names == sorted(set(names))


def test_without_a_load_there_is_nothing_to_build_and_no_snapshot(tmp_path):
    with pytest.raises(NoSnapshotError):
        build(tmp_path / "w")
    assert not (tmp_path / "w" / "CURRENT").exists()


def test_files_without_an_accepted_row_are_said_and_change_nothing(tmp_path):
    nothing = write(tmp_path, "visits.csv", "person_id | municipality_code | arrived_on")
    rejected = write(tmp_path, "visits_2.csv", VISITS.replace("2025", "year"))
    programme = write(tmp_path, "programs.csv", "program_id | name_ja\nx | 講座")
    load_files(tmp_path / "w", [nothing, rejected, programme], key=KEY)
    with pytest.raises(NoSnapshotError, match="no accepted row"):
        build(tmp_path / "w")
    assert not (tmp_path / "w" / "CURRENT").exists()
    assert drafts_and_snapshots(tmp_path / "w") == []


def test_a_span_that_was_declared_is_enough_to_say_that_nobody_came(tmp_path):
    drawn = "municipality_code | covered_from | covered_through\n20448 | 2025-04-01 | 2025-05-31"
    load_files(tmp_path / "w", [write(tmp_path, "coverage.csv", drawn)], key=KEY)
    report = build(tmp_path / "w")
    assert (report.visits, report.as_ofs) == (0, 2)


def test_drafts_of_a_build_that_was_killed_go_before_the_next_one_needs_the_room(loaded, monkeypatch):
    left = loaded / "snapshots" / ".draft-dead"
    left.mkdir(parents=True)

    def fails(*_arguments: object, **_options: object) -> None:
        assert not left.exists()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Engine, "working", fails)
    with pytest.raises(OSError, match="No space"):
        build(loaded)
    assert drafts_and_snapshots(loaded) == []


def test_a_check_that_finds_something_publishes_nothing_and_leaves_no_draft(loaded, monkeypatch):
    before = build(loaded).snapshot_id
    check = Engine.check

    def finds(self: Engine, name: str) -> None:
        if name == "visits_lie_apart":
            raise CheckFailedError("check_failed", check=name, rows=1, example={})
        check(self, name)

    monkeypatch.setattr(Engine, "check", finds)
    with pytest.raises(CheckFailedError, match="visits_lie_apart"):
        build(loaded)
    assert published_id(loaded) == before
    assert drafts_and_snapshots(loaded) == [before]


def test_every_check_is_run_before_anything_is_published(loaded, monkeypatch):
    run = []
    check = Engine.check

    def noted(self: Engine, name: str) -> None:
        assert not (loaded / "CURRENT").exists()
        run.append(name)
        check(self, name)

    monkeypatch.setattr(Engine, "check", noted)
    build(loaded)
    assert sorted(run) == sorted(queries.names("checks"))


def test_an_unknown_ruleset_builds_nothing(loaded):
    with pytest.raises(RulesetError):
        build(loaded, ruleset="no-such-ruleset")
    assert not (loaded / "snapshots").exists()


HOLD = """
import sys
from pathlib import Path
from kayoi.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_while_another_process_writes_a_build_waits_and_then_says_so(loaded):
    words = [sys.executable, "-c", HOLD, str(loaded)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(WarehouseBusyError):
            build(loaded)
        other.stdin.close()
    assert build(loaded).visits == 3


def test_a_build_is_of_every_load_there_is(loaded, tmp_path):
    more = write(tmp_path, "visits_2.csv", VISITS.replace("p2", "p3").replace("p1", "p4"))
    load_files(loaded, [more], key=KEY)
    report = build(loaded)
    assert report.visits == 6
    assert manifest_of(loaded, report.snapshot_id)["loads"] == [1, 2]


def test_a_log_shorter_than_a_month_is_shown_for_its_last_day(tmp_path):
    drawn = "person_id | municipality_code | arrived_on\np1 | 20448 | 2025-05-10\np2 | 20448 | 2025-05-12"
    load_files(tmp_path / "w", [write(tmp_path, "visits.csv", drawn)], key=KEY)
    assert build(tmp_path / "w").as_ofs == 1
    days = open_snapshot(tmp_path / "w", Scope()).fetch("computed_days", {})
    assert [str(stamp.date()) for stamp in days["as_of"]] == ["2025-05-12"]


def test_tables_that_know_no_day_are_built_once_for_all_days():
    names = people_stage_tables()
    assert {"stg_visits", "int_visits", "int_municipality_spells"} <= set(names)
    assert not {"int_people_at", "int_pairs_at", "int_as_ofs"} & set(names)


@pytest.mark.parametrize(
    ("first_on", "last_on", "ends"),
    [
        ("2025-04-30", "2025-06-29", ["2025-04-30", "2025-05-31"]),
        ("2025-05-01", "2025-06-30", ["2025-05-31", "2025-06-30"]),
        ("2023-12-15", "2024-02-29", ["2023-12-31", "2024-01-31", "2024-02-29"]),
        ("2025-05-02", "2025-05-30", ["2025-05-30"]),
    ],
)
def test_month_ends_are_those_within_the_span(first_on, last_on, ends):
    assert [str(end) for end in month_ends(date.fromisoformat(first_on), date.fromisoformat(last_on))] == ends


@pytest.mark.parametrize(
    ("this", "before"),
    [
        ("2025-09-30", "2024-09-30"),
        ("2025-09-15", "2024-09-15"),
        ("2025-02-28", "2024-02-29"),
        ("2024-02-29", "2023-02-28"),
        ("2024-02-28", "2023-02-28"),
    ],
)
def test_a_year_before_a_month_end_is_a_month_end(this, before):
    assert str(year_before(date.fromisoformat(this))) == before
