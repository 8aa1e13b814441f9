"""Where the secret comes from, and what becomes of a person_id."""

import hashlib
import hmac
import json
import stat
import subprocess
import sys

import pytest

from kayoi import keys
from kayoi.errors import KeyMaterialError
from kayoi.lock import WarehouseBusyError, writing


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch):
    monkeypatch.delenv("KAYOI_KEY", raising=False)


def test_the_environment_comes_before_the_file_given_and_that_before_the_one_beside(tmp_path, monkeypatch):
    warehouse, given = tmp_path / "w", tmp_path / "given"
    given.write_bytes(b"from a file\r\n")
    given.chmod(0o600)
    made = keys.key_for(warehouse)
    assert keys.key_for(warehouse, given) == b"from a file"
    monkeypatch.setenv("KAYOI_KEY", "環境")
    assert keys.key_for(warehouse, given) == "環境".encode()
    monkeypatch.delenv("KAYOI_KEY")
    assert keys.key_for(warehouse) == made


def test_the_key_beside_the_warehouse_is_made_once_and_only_its_owner_reads_it(tmp_path):
    warehouse = tmp_path / "w"
    key = keys.key_for(warehouse)
    beside = tmp_path / "w.key"
    assert len(key) == 64
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert keys.key_for(warehouse) == key
    assert [path.name for path in tmp_path.iterdir()] == ["w.key"]


def test_a_lost_key_is_not_made_anew_for_a_warehouse_that_was_loaded(tmp_path):
    warehouse = tmp_path / "w"
    keys.bind(warehouse, keys.key_for(warehouse))
    (tmp_path / "w.key").unlink()
    with pytest.raises(KeyMaterialError) as refused:
        keys.key_for(warehouse)
    assert refused.value.key == "error.key_missing"


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_an_empty_key_is_refused(tmp_path, content):
    given = tmp_path / "given"
    given.write_bytes(content)
    with pytest.raises(KeyMaterialError):
        keys.key_for(tmp_path / "w", given)


def test_a_key_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(KeyMaterialError):
        keys.key_for(tmp_path / "w", tmp_path / "none")


def test_a_key_file_that_others_may_read_is_read_and_told_apart(tmp_path, recwarn):
    given = tmp_path / "given"
    given.write_text("secret")
    given.chmod(0o644)
    assert keys.key_for(tmp_path / "w", given) == b"secret"
    assert keys.is_exposed(given)
    assert list(recwarn) == []  # doctor says it, in the reader's language


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("{", "error.key_record_unreadable"),
        ("[]", "error.key_record_unreadable"),
        ("\udcff", "error.key_record_unreadable"),
        ("{}", "error.key_record_missing"),
        ('{"key_fingerprint": 7}', "error.key_record_missing"),
        (None, "error.key_record_missing"),
    ],
)
def test_a_loaded_warehouse_that_has_lost_the_record_of_its_key_takes_no_key_at_all(tmp_path, written, key):
    warehouse = tmp_path / "w"
    (warehouse / "loads" / "000001").mkdir(parents=True)
    record = warehouse / "warehouse.json"
    if written is not None:
        record.write_bytes(written.encode("utf-8", "surrogateescape"))
    with pytest.raises(KeyMaterialError) as refused:
        keys.bind(warehouse, b"any")
    assert refused.value.key == key
    assert (record.read_bytes() if record.exists() else None) == (
        written.encode("utf-8", "surrogateescape") if written is not None else None
    )


def test_no_key_is_made_beside_loads_whose_record_and_key_are_both_gone(tmp_path):
    (tmp_path / "w" / "loads" / "000001").mkdir(parents=True)
    with pytest.raises(KeyMaterialError) as refused:
        keys.key_for(tmp_path / "w")
    assert refused.value.key == "error.key_missing"
    assert not (tmp_path / "w.key").exists()


def test_a_folder_that_only_carries_a_label_is_bound_to_its_first_key(tmp_path):
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "warehouse.json").write_text('{"data_label": "fictitious"}')
    keys.bind(tmp_path / "w", b"one")
    assert json.loads((tmp_path / "w" / "warehouse.json").read_text()) == {
        "format": 1,
        "data_label": "fictitious",
        "key_fingerprint": keys.fingerprint(b"one"),
    }


def test_a_warehouse_takes_no_second_key_and_keeps_what_else_is_written_of_it(tmp_path):
    warehouse = tmp_path / "w"
    keys.bind(warehouse, b"one")
    described = json.loads((warehouse / "warehouse.json").read_text())
    (warehouse / "warehouse.json").write_text(json.dumps(described | {"label": "架空データ"}))
    keys.bind(warehouse, b"one")
    assert json.loads((warehouse / "warehouse.json").read_text())["label"] == "架空データ"
    with pytest.raises(KeyMaterialError):
        keys.bind(warehouse, b"another")


def test_the_fingerprint_gives_no_part_of_the_key_away():
    assert keys.fingerprint(b"secret") == hmac.new(b"secret", b"kayoi", hashlib.sha256).hexdigest()[:8]


def test_a_person_key_is_the_first_8_bytes_of_the_keyed_hash_signed_and_big_endian():
    digest = hmac.new("鍵".encode(), b"A001", hashlib.sha256).digest()
    expected = int.from_bytes(digest[:8], "big", signed=True)
    assert keys.person_keys("鍵".encode(), ["A001", " Ａ００１　", "A002"])[:2] == [expected, expected]
    assert len(set(keys.person_keys(b"k", ["A001", "A002", "a001"]))) == 3


HOLDER = """
import sys, time
from pathlib import Path
from kayoi.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_to_wait_and_a_dead_one_blocks_nobody(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "w")], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(WarehouseBusyError), writing(tmp_path / "w", wait_seconds=0.2):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with writing(tmp_path / "w", wait_seconds=0.2):
        assert (tmp_path / "w" / "lock").exists()
