"""A changed bit is an error or the snapshot before, never another figure."""

import os
import random
import shutil
from pathlib import Path

import pytest

from kayoi.access import Scope
from kayoi.build import build
from kayoi.errors import KayoiError, SnapshotDamagedError
from kayoi.load import load_files
from kayoi.warehouse import open_snapshot, published_id, snapshot_ids
from tests.unit.load_parts import KEY, write

FLIPS = int(os.environ.get("KAYOI_FLIPS", "60"))
VISITS = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2025-05-10
    p1        | 20448             | 2025-06-10
    p2        | 20202             | 2025-06-30
"""
REGION = {"region_level": "municipality", "region_code": "20448"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with two snapshots of different data; read it, never write to it."""
    folder = tmp_path_factory.mktemp("built")
    load_files(folder / "w", [write(folder, "visits.csv", VISITS)], key=KEY)
    build(folder / "w")
    load_files(folder / "w", [write(folder, "visits_2.csv", VISITS.replace("p1", "p9"))], key=KEY)
    build(folder / "w")
    return folder / "w"


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "w"))


def answers(folder: Path) -> tuple[str, str, str]:
    """Return the snapshot that answers, and what it says of one place and its people."""
    snapshot = open_snapshot(folder, Scope.everything())
    try:
        figures = snapshot.fetch("kpis_to_compare", {}).to_csv()
        path = snapshot.people_file("municipality", "20448")
        return snapshot.snapshot_id, figures, str(path.stat().st_size)
    finally:
        snapshot.close()


def flipped(path: Path, bit: int) -> None:
    """Change one bit; the file keeps its size and its date, as a rotten disk leaves them."""
    stat = path.stat()
    with path.open("r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0] ^ (1 << bit % 8)
        file.seek(bit // 8)
        file.write(bytes([byte]))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_no_single_bit_of_a_snapshot_changes_a_figure_without_a_word(built, own):
    true = {}
    newest, older = published_id(built), snapshot_ids(built)[0]
    true[newest] = answers(built)
    (own / "CURRENT").write_text(older)
    true[older] = answers(own)
    (own / "CURRENT").write_text(newest)
    files = sorted(path for path in (own / "snapshots" / newest).rglob("*") if path.is_file())
    sizes = [path.stat().st_size for path in files]
    chance = random.Random(20251122)
    fell_back = 0
    for _ in range(FLIPS):
        [path] = chance.choices(files, weights=[size + 20_000 for size in sizes])
        bit = chance.randrange(path.stat().st_size * 8)
        flipped(path, bit)
        try:
            found = answers(own)
            assert found == true[found[0]]
            fell_back += found[0] == older
        except SnapshotDamagedError:
            pytest.fail(f"{path.name}, bit {bit}: the snapshot before is whole, and was not shown")
        finally:
            flipped(path, bit)
    assert fell_back == FLIPS
    assert answers(own) == true[newest]


def test_a_damaged_snapshot_is_shown_by_nobody_and_says_which_one_stands_in(own):
    newest, older = published_id(own), snapshot_ids(own)[0]
    flipped(own / "snapshots" / newest / "marts.duckdb", 100_000)
    snapshot = open_snapshot(own, Scope())
    assert (snapshot.snapshot_id, snapshot.instead_of) == (older, newest)
    assert open_snapshot(own, Scope()).fetch("snapshot_facts", {})["snapshot_id"][0] == older


def test_without_a_whole_one_before_it_damage_is_an_error(own):
    for name in snapshot_ids(own):
        flipped(own / "snapshots" / name / "detail" / "nation-JP.duckdb", 50_000)
    with pytest.raises(SnapshotDamagedError, match=published_id(own)):
        open_snapshot(own, Scope())


def test_a_build_over_damage_makes_a_whole_one(own):
    flipped(own / "snapshots" / published_id(own) / "marts.duckdb", 100_000)
    report = build(own)
    snapshot = open_snapshot(own, Scope())
    assert (snapshot.snapshot_id, snapshot.instead_of) == (report.snapshot_id, "")


def test_damage_that_comes_while_a_snapshot_is_open_is_an_error_or_unseen_and_the_next_falls_back(own):
    snapshot = open_snapshot(own, Scope())
    before = snapshot.fetch("kpis_to_compare", {}).to_csv()
    path = own / "snapshots" / snapshot.snapshot_id / "marts.duckdb"
    damage = range(8 * 12_288, path.stat().st_size * 8, 8 * 4_099)
    for bit in damage:
        flipped(path, bit)
    try:
        assert snapshot.fetch("kpis_to_compare", {}).to_csv() == before
    except KayoiError as error:
        assert isinstance(error, SnapshotDamagedError)
    assert open_snapshot(own, Scope()).instead_of == snapshot.snapshot_id
