"""Snapshots published one after another under readers: every answer is of one whole snapshot."""

import json
import os
import shutil
import threading
from pathlib import Path

import pytest

from kayoi.access import Scope
from kayoi.build import build
from kayoi.load import load_files
from kayoi.warehouse import MANIFEST, open_snapshot, publish, published_id, snapshot_ids
from tests.unit.load_parts import KEY, write

PUBLISHES = int(os.environ.get("KAYOI_PUBLISHES", "25"))
READERS = int(os.environ.get("KAYOI_READERS", "4"))


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, dict[str, Path]]:
    """A warehouse with a snapshot, and two drafts to publish that say different things."""
    warehouse = tmp_path / "w"
    drafts = {}
    for number, people in ((1, "p1"), (2, "p2")):
        drawn = f"person_id | municipality_code | arrived_on\n{people} | 20448 | 2025-06-0{number}"
        load_files(warehouse, [write(tmp_path, f"visits_{number}.csv", drawn)], key=KEY)
        name = build(warehouse).snapshot_id
        drafts[name] = Path(shutil.copytree(warehouse / "snapshots" / name, tmp_path / f"draft-{number}"))
    return warehouse, drafts


def said(warehouse: Path) -> tuple[str, str, int]:
    """Return which snapshot was opened, which one its aggregates say it is, and how many visits there are."""
    snapshot = open_snapshot(warehouse, Scope.everything())
    try:
        assert snapshot.instead_of == ""
        inside = snapshot.fetch("snapshot_facts", {})["snapshot_id"][0]
        rows = snapshot.fetch("rows_to_compare", {})["row_count"].sum()
        assert snapshot.people_file("municipality", "20448").is_file()
        return snapshot.snapshot_id, str(inside), int(rows)
    finally:
        snapshot.close()


def test_every_answer_under_many_publications_is_of_one_whole_snapshot(two):
    warehouse, drafts = two
    rows = dict(zip(drafts, (1, 2), strict=True))
    answers: list[tuple[str, str, int]] = []
    errors: list[BaseException] = []
    done = threading.Event()

    def reads() -> None:
        try:
            while not done.is_set():
                answers.append(said(warehouse))
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=reads) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    published = []
    try:
        for number in range(PUBLISHES):
            source, draft = list(drafts.items())[number % 2]
            copy = Path(shutil.copytree(draft, warehouse / "snapshots" / f".draft-{number}"))
            manifest = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
            (copy / MANIFEST).unlink()
            for name in ("seal", "files"):
                del manifest[name]
            publish(warehouse, copy, f"3000-{number:05d}-{source[-3:]}", manifest)
            published.append(published_id(warehouse))
            for old in snapshot_ids(warehouse)[:-50]:
                shutil.rmtree(warehouse / "snapshots" / old)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert errors == []
    assert len(answers) >= READERS
    for opened, inside, count in answers:
        assert rows[inside] == count
        assert opened == inside or opened.endswith(inside[-3:])
    assert said(warehouse)[0] == published[-1]
