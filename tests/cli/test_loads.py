"""`load --dry-run`, `loads`, `withdraw`, `rejects`: the life of a load, as a person types it."""

import pytest

from tests.cli.running import OSAKA, TOKYO, contents, kayoi, write_input


@pytest.fixture
def warehouse(tmp_path):
    folder = tmp_path / "warehouse"
    assert kayoi("load", write_input(tmp_path / "input"), "--warehouse", folder).code == 0
    return folder


def test_a_dry_run_says_the_same_and_leaves_not_even_a_folder_or_a_key(tmp_path, monkeypatch):
    monkeypatch.delenv("KAYOI_KEY", raising=False)
    files = write_input(tmp_path / "input")
    tried = kayoi("load", files, "--warehouse", tmp_path / "w", "--dry-run", "--json")
    assert (tried.code, tried.json["is_trial"]) == (0, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["input"]
    loaded = kayoi("load", files, "--warehouse", tmp_path / "w", "--json")
    for name in ("read", "accepted", "duplicate", "rejected"):
        assert tried.json[name] == loaded.json[name]
    assert [row["value"] for row in tried.json["rejects"]] == ["not a day"]


def test_a_dry_run_into_what_is_loaded_changes_nothing(warehouse, tmp_path):
    before = contents(warehouse)
    tried = kayoi("load", tmp_path / "input", "--warehouse", warehouse, "--dry-run", "--json")
    assert (tried.json["accepted"], tried.json["duplicate"]) == (0, 12)
    assert contents(warehouse) == before
    said = kayoi("load", tmp_path / "input", "--warehouse", warehouse, "--dry-run").out
    assert "not a day" in said


def test_the_history_lists_what_was_loaded_and_withdrawn(warehouse):
    assert kayoi("withdraw", 1, "--why", "試し", "--warehouse", warehouse).code == 0
    ran = kayoi("loads", "--warehouse", warehouse, "--json")
    assert [(one["kind"], one["state"], one["why"]) for one in ran.json["entries"]] == [
        ("load", "withdrawn", ""),
        ("withdrawal", "withdrawn", "試し"),
    ]
    assert "試し" in kayoi("loads", "--warehouse", warehouse).out
    assert kayoi("withdraw", 1, "--undo", "--build", "--warehouse", warehouse, "--json").json["build"][
        "visits"
    ]
    assert kayoi("withdraw", 7, "--warehouse", warehouse).code == 2
    assert kayoi("withdraw", 1, "--undo", "--erase", "--warehouse", warehouse).code == 2


def test_the_days_files_are_kept_can_be_set_to_none(warehouse):
    assert kayoi("loads", "--warehouse", warehouse, "--json").json["originals"]["files"] == 3
    ran = kayoi("loads", "--keep-originals", 0, "--warehouse", warehouse, "--json")
    assert (ran.json["originals"]["files"], ran.json["originals"]["days"]) == (0, 0)
    assert list((warehouse / "originals").iterdir()) == []
    assert kayoi("loads", "--keep-originals", -1, "--warehouse", warehouse).code == 2


def test_refused_rows_are_written_out_mended_and_loaded(warehouse, tmp_path):
    out = tmp_path / "mend.csv"
    ran = kayoi("rejects", "--load", 1, "--out", out, "--warehouse", warehouse, "--json")
    assert (ran.code, ran.json["rows"], ran.json["source"]) == (0, 1, "visits.csv")
    assert out.stat().st_mode & 0o777 == 0o600
    mended = tmp_path / "visits_mended.csv"
    mended.write_text(out.read_text("utf-8-sig").replace("not a day", "2025-06-03"), encoding="utf-8-sig")
    assert kayoi("load", mended, "--warehouse", warehouse, "--json").json["accepted"] == 1
    assert kayoi("rejects", "--load", 2, "--out", out, "--warehouse", warehouse).code == 2
    assert kayoi("rejects", "--load", 9, "--out", out, "--warehouse", warehouse).code == 2


def test_no_person_id_can_be_read_in_what_is_kept(warehouse):
    assert [name for name in contents(warehouse) if name.startswith("originals/")]
    for person in (TOKYO, OSAKA):
        assert [name for name, data in contents(warehouse).items() if person.encode() in data] == []


def test_the_doctor_tells_of_leftovers_and_of_what_is_not_built_yet(warehouse):
    assert kayoi("build", "--warehouse", warehouse).code == 0
    (warehouse / "loads" / ".tmp-1-000009").mkdir()
    kayoi("withdraw", 1, "--warehouse", warehouse)
    (warehouse / "loads" / ".tmp-1-000009").mkdir()
    said = kayoi("doctor", "--warehouse", warehouse, "--lang", "en").out
    assert "1 leftovers" in said
    assert kayoi("withdraw", 1, "--undo", "--warehouse", warehouse).code == 0
    said = kayoi("doctor", "--warehouse", warehouse, "--lang", "en").out
    assert "leftovers" not in said
    assert "since the last build" not in said
    assert "files kept" not in said  # they went with the withdrawal
