"""A snapshot appears whole or not at all, never changes, and shows people only to whom they may be shown."""

import json
import os
import shutil
import time
from pathlib import Path

import duckdb
import pytest

from kayoi import room, warehouse
from kayoi.access import Scope
from kayoi.build import build
from kayoi.errors import KeyMaterialError, NoAccessError, NoSnapshotError, SnapshotDamagedError
from kayoi.load import load_files
from kayoi.warehouse import damaged_files, data_label, manifest_of, open_snapshot, prune, published_id, seal
from tests.unit.load_parts import KEY, write

VISITS = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2025-05-10
    p1        | 20448             | 2025-06-10
    p2        | 20202             | 2025-06-30
"""
COVERAGE = """
    municipality_code | covered_from | covered_through
    20448             | 2025-04-01   | 2025-06-30
    20202             | 2025-04-01   | 2025-06-30
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one snapshot; read it, never write to it."""
    folder = tmp_path_factory.mktemp("built")
    files = [write(folder, "visits.csv", VISITS), write(folder, "coverage.csv", COVERAGE)]
    load_files(folder / "w", files, key=KEY)
    build(folder / "w")
    return folder / "w"


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may harm."""
    return Path(shutil.copytree(built, tmp_path / "w"))


def snapshot_of(folder: Path) -> Path:
    return folder / "snapshots" / published_id(folder)


def tables_of(path: Path) -> dict[str, list[str]]:
    """Return table → columns of a sealed file."""
    with duckdb.connect(str(path), read_only=True) as con:
        found = con.sql("select table_name, column_name from duckdb_columns() where not internal").fetchall()
    tables: dict[str, list[str]] = {}
    for table, column in found:
        tables.setdefault(table, []).append(column)
    return tables


TWO_DAYS_AGO = time.time() - 2 * 24 * 3600


def copies(folder: Path, *names: str) -> None:
    """Make snapshots of other names out of the published one."""
    for name in names:
        copy = shutil.copytree(snapshot_of(folder), folder / "snapshots" / name)
        os.utime(copy, (TWO_DAYS_AGO, TWO_DAYS_AGO))


# --- what is published ---


def test_the_manifest_lists_every_file_with_its_hash_and_its_rows_counted(built):
    manifest = manifest_of(built, published_id(built))
    files = {file["path"]: file for file in manifest["files"]}
    assert set(files) == {
        "marts.duckdb",
        "detail/municipality-20202.duckdb",
        "detail/municipality-20448.duckdb",
        "detail/prefecture-20.duckdb",
        "detail/nation-JP.duckdb",
        "detail/group-second-home.duckdb",
    }
    village = files["detail/municipality-20448.duckdb"]
    assert village["tables"]["visits"] == 2
    assert village["tables"]["stage_spells"] == 2
    assert files["detail/nation-JP.duckdb"]["tables"] == {"stage_spells": 3}
    for path, file in files.items():
        data = (snapshot_of(built) / path).read_bytes()
        assert (file["bytes"], len(file["sha256"])) == (len(data), 64)


def test_no_aggregate_has_a_key_of_a_person(built):
    tables = tables_of(snapshot_of(built) / "marts.duckdb")
    assert {"mart_stock", "mart_visits", "mart_kpis", "dim_regions", "dim_snapshot"} <= tables.keys()
    assert [table for table, columns in tables.items() if "person_key" in columns] == []


def test_people_above_the_municipality_are_spells_and_nothing_else(built):
    assert set(tables_of(snapshot_of(built) / "detail" / "prefecture-20.duckdb")) == {"stage_spells"}


def test_nothing_but_sealed_files_and_the_manifest_is_published(built):
    suffixes = {path.suffix for path in snapshot_of(built).rglob("*") if path.is_file()}
    assert suffixes == {".duckdb", ".json"}
    assert sorted(path.name for path in built.iterdir()) == [
        "CURRENT",
        "loads",
        "lock",
        "originals",
        "snapshots",
        "warehouse.json",
    ]


def test_a_file_with_a_write_ahead_log_is_not_sealed(own):
    (snapshot_of(own) / "marts.duckdb.wal").write_bytes(b"unfinished")
    with pytest.raises(SnapshotDamagedError):
        seal(snapshot_of(own))


# --- one atomic step ---


def test_until_the_last_step_readers_get_the_snapshot_before(own, monkeypatch):
    before = published_id(own)
    seen = []
    rename = Path.replace

    def watched(self: Path, target: Path) -> Path:
        if Path(target).name == "CURRENT":
            seen.append(published_id(own))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    report = build(own)
    assert seen == [before]
    assert published_id(own) == report.snapshot_id != before


@pytest.mark.parametrize("step", ["seal", "_flush"])
def test_a_publication_that_dies_leaves_the_snapshot_before_and_no_draft(own, monkeypatch, step):
    before = published_id(own)

    def fails(*_arguments: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(warehouse, step, fails)
    with pytest.raises(OSError, match="no space"):
        build(own)
    assert published_id(own) == before
    assert [path.name for path in (own / "snapshots").iterdir()] == [before]
    assert damaged_files(own, before) == ()


def test_an_open_snapshot_goes_on_answering_as_it_did(own, tmp_path):
    region = {"region_level": "municipality", "region_code": "20448"}
    old = open_snapshot(own, Scope.everything())
    assert str(old.fetch("region_span", region)["last_on"][0].date()) == "2025-06-30"
    later = write(
        tmp_path,
        "coverage.csv",
        "municipality_code | covered_from | covered_through\n20448 | 2025-04-01 | 2025-07-31",
    )
    load_files(own, [later], key=KEY)
    for _ in range(4):  # more than are kept
        build(own)
    assert str(old.fetch("region_span", region)["last_on"][0].date()) == "2025-06-30"
    new = open_snapshot(own, Scope.everything())
    assert str(new.fetch("region_span", region)["last_on"][0].date()) == "2025-07-31"
    assert new.snapshot_id != old.snapshot_id


def test_without_a_publication_there_is_nothing_to_open(tmp_path):
    with pytest.raises(NoSnapshotError):
        open_snapshot(tmp_path, Scope.everything())


# --- what stays ---


def test_the_last_three_snapshots_stay_and_drafts_nobody_finished_go(own):
    published = published_id(own)
    os.utime(snapshot_of(own), (TWO_DAYS_AGO, TWO_DAYS_AGO))
    copies(own, "2020-1", "2020-2", ".draft-of-a-dead-process")
    prune(own)
    assert sorted(path.name for path in (own / "snapshots").iterdir()) == ["2020-1", "2020-2", published]
    copies(own, "9999-1")
    prune(own)
    assert sorted(path.name for path in (own / "snapshots").iterdir()) == ["2020-2", published, "9999-1"]


def test_a_snapshot_superseded_less_than_a_day_ago_stays_for_those_who_have_it_open(own):
    copies(own, "2020-1", "2020-2", "2020-3", "2020-4")
    os.utime(own / "snapshots" / "2020-2")
    prune(own)
    names = sorted(path.name for path in (own / "snapshots").iterdir())
    assert names == ["2020-1", "2020-3", "2020-4", published_id(own)]


def test_on_a_disk_without_room_for_another_build_the_three_newest_stay_and_no_more(own, monkeypatch):
    copies(own, "2020-1", "2020-2", "2020-3")
    os.utime(own / "snapshots" / "2020-2")
    monkeypatch.setattr(room, "RESERVE_BYTES", 2**62)
    prune(own)
    assert len(list((own / "snapshots").iterdir())) == 3


def test_the_published_snapshot_stays_however_old_it_is(own):
    published = published_id(own)
    copies(own, "9999-1", "9999-2", "9999-3", "9999-4")
    prune(own)
    names = sorted(path.name for path in (own / "snapshots").iterdir())
    assert names == [published, "9999-2", "9999-3", "9999-4"]


# --- what is wrong with it ---


def test_a_snapshot_as_it_was_published_has_no_damage(built):
    assert damaged_files(built, published_id(built)) == ()


@pytest.mark.parametrize("name", ["marts.duckdb", "detail/municipality-20448.duckdb"])
def test_one_changed_byte_is_found(own, name):
    path = snapshot_of(own) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert damaged_files(own, published_id(own)) == (name,)


def test_a_missing_and_a_foreign_file_are_found(own):
    (snapshot_of(own) / "detail" / "nation-JP.duckdb").unlink()
    (snapshot_of(own) / "detail" / "region-x.duckdb").write_bytes(b"")
    assert damaged_files(own, published_id(own)) == ("detail/nation-JP.duckdb", "detail/region-x.duckdb")


def test_a_manifest_that_cannot_be_read_is_damage_too(own):
    (snapshot_of(own) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotDamagedError, match=r"manifest\.json"):
        damaged_files(own, published_id(own))


def test_a_file_that_is_no_database_is_refused_by_name(own):
    snapshot = open_snapshot(own, Scope.everything())
    (snapshot_of(own) / "detail" / "municipality-20448.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(SnapshotDamagedError, match=r"detail/municipality-20448\.duckdb"):
        snapshot.fetch_people("municipality", "20448", "members_reporting", {})
    with pytest.raises(SnapshotDamagedError, match=r"detail/municipality-20448\.duckdb"):
        open_snapshot(own, Scope.everything())


# --- who may see people ---


def test_staff_see_the_people_of_their_own_municipality_and_nobody_else_s(built):
    snapshot = open_snapshot(built, Scope.of_municipalities("20448"))
    assert snapshot.people_file("municipality", "20448").is_file()
    for level, code in (("municipality", "20202"), ("prefecture", "20"), ("nation", "JP")):
        with pytest.raises(NoAccessError):
            snapshot.people_file(level, code)
        with pytest.raises(NoAccessError):
            snapshot.fetch_people(level, code, "members_reporting", {})


def test_a_reader_without_a_scope_sees_aggregates_of_all_and_people_of_nobody(built):
    snapshot = open_snapshot(built, Scope())
    assert len(snapshot.fetch("regions_with_people", {})) == 5
    with pytest.raises(NoAccessError):
        snapshot.people_file("municipality", "20448")


def test_an_administrator_sees_everybody(built):
    snapshot = open_snapshot(built, Scope.everything())
    for path in snapshot.fetch("regions_with_people", {}).itertuples():
        assert snapshot.people_file(path.region_level, path.region_code).is_file()


def test_an_open_snapshot_reaches_nothing_else_on_the_machine(built, tmp_path):
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    con = warehouse._open_sealed(snapshot_of(built) / "marts.duckdb")
    for wrong in (
        f"select * from read_csv('{tmp_path / 'secret.csv'}')",
        f"copy (select 1) to '{tmp_path / 'out.csv'}'",
        "create table mine as select 1",
        "set enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            con.execute(wrong)
    con.close()


def test_the_label_of_the_data_is_kept_beside_what_else_is_known(own):
    before = json.loads((own / "warehouse.json").read_text("utf-8"))
    assert warehouse.data_label(own) == ""
    warehouse.label_data(own, "fictitious")
    assert warehouse.data_label(own) == "fictitious"
    assert json.loads((own / "warehouse.json").read_text("utf-8")) == before | {"data_label": "fictitious"}


# --- what points to it ---


@pytest.mark.parametrize(
    "written",
    [b"../snapshots/x", b"/etc", b"..", b".", b"a/b", b"a\\b", b"\x83\x8c\xff", b"x\x00y", b".draft-1"],
)
def test_a_pointer_that_is_no_plain_name_is_damage_and_never_another_folder_s_data(own, written):
    (own / "CURRENT").write_bytes(written)
    with pytest.raises(SnapshotDamagedError, match="CURRENT"):
        open_snapshot(own, Scope.everything())


def test_a_pointer_to_another_warehouse_is_not_followed(own, built):
    (own / "snapshots" / "linked").symlink_to(snapshot_of(built), target_is_directory=True)
    for written in ("linked", str(snapshot_of(built)), f"../../{built.name}"):
        (own / "CURRENT").write_text(written, encoding="utf-8")
        with pytest.raises(SnapshotDamagedError, match="CURRENT"):
            open_snapshot(own, Scope.everything())


def test_a_folder_in_the_place_of_the_pointer_is_damage(own):
    (own / "CURRENT").unlink()
    (own / "CURRENT").mkdir()
    with pytest.raises(SnapshotDamagedError, match="CURRENT"):
        open_snapshot(own, Scope.everything())


@pytest.mark.parametrize("written", ["", "20200101T000000-000"])
def test_an_empty_pointer_or_one_to_a_snapshot_that_is_gone_is_no_snapshot(own, written):
    (own / "CURRENT").write_text(written, encoding="utf-8")
    with pytest.raises(NoSnapshotError):
        open_snapshot(own, Scope.everything())


def test_a_damaged_pointer_is_mended_by_a_build(own):
    (own / "CURRENT").write_bytes(b"\xff")
    built = build(own).snapshot_id
    assert published_id(own) == built


def test_an_unreadable_record_of_the_warehouse_is_said_and_not_a_traceback(tmp_path):
    (tmp_path / "warehouse.json").write_text("{", encoding="utf-8")
    with pytest.raises(KeyMaterialError):
        data_label(tmp_path)


def test_what_another_version_built_is_not_read_but_asked_to_be_built_anew(own):
    manifest = own / "snapshots" / published_id(own) / "manifest.json"
    described = json.loads(manifest.read_text(encoding="utf-8"))
    del described["seal"]
    manifest.write_text(json.dumps(described | {"shape": "another"}), encoding="utf-8")
    with pytest.raises(NoSnapshotError, match="another version"):
        open_snapshot(own, Scope.everything())
