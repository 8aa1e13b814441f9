"""`doctor`: is everything as it should be, and what to mend where it is not."""

import pytest

from kayoi.i18n import translate
from tests.cli.running import KEY, kayoi


def snapshot_of(warehouse):
    return warehouse / "snapshots" / (warehouse / "CURRENT").read_text().strip()


def change_a_byte(path, place=-1):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def ills(ran):
    return [one["text"] for one in ran.json["checks"] if not one["is_good"]]


def test_a_warehouse_as_it_was_built_is_well(valley):
    ran = kayoi("doctor", "--warehouse", valley, "--json")
    assert ills(ran) == []
    assert (ran.code, ran.json["is_well"]) == (0, True)


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_changed_byte_is_found_and_the_mend_is_named(own_valley, locale):
    snapshot = snapshot_of(own_valley)
    change_a_byte(snapshot / "detail" / "municipality-20448.duckdb")
    words = ("doctor", "--warehouse", own_valley, "--lang", locale)
    told = translate(
        locale, "error.snapshot_damaged", snapshot=snapshot.name, file="detail/municipality-20448.duckdb"
    )
    ran = kayoi(*words)
    assert ran.code == 1
    assert f"✗ {told}" in ran.out.splitlines()
    assert translate(locale, "command.doctor.ill") in ran.out
    assert ills(kayoi(*words, "--json")) == [told]


@pytest.mark.parametrize("harm", ["removed", "added", "no manifest", "broken manifest"])
def test_files_that_are_missing_added_or_unreadable_are_found(own_valley, harm):
    snapshot = snapshot_of(own_valley)
    if harm == "removed":
        (snapshot / "detail" / "nation-JP.duckdb").unlink()
    elif harm == "added":
        (snapshot / "detail" / "nation-JP.duckdb.wal").write_bytes(b"")
    elif harm == "no manifest":
        (snapshot / "manifest.json").unlink()
    else:
        (snapshot / "manifest.json").write_text("{", encoding="utf-8")
    ran = kayoi("doctor", "--warehouse", own_valley, "--json")
    assert ran.code == 1
    assert len(ills(ran)) == 1


def test_a_new_build_mends_a_damaged_snapshot(own_valley):
    change_a_byte(snapshot_of(own_valley) / "marts.duckdb")
    assert kayoi("doctor", "--warehouse", own_valley).code == 1
    assert kayoi("build", "--warehouse", own_valley).code == 0
    assert kayoi("doctor", "--warehouse", own_valley).code == 0


@pytest.mark.parametrize(
    "words", [("kpi", "--region", "20448"), ("export", "mart_stock", "--out", "out.csv")]
)
def test_a_damaged_snapshot_is_refused_in_a_sentence(own_valley, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    snapshot = snapshot_of(own_valley)
    change_a_byte(snapshot / "marts.duckdb", place=100)
    ran = kayoi(*words, "--warehouse", own_valley)
    assert ran.code == 1
    assert ran.err.strip() == translate(
        "ja", "error.snapshot_damaged", snapshot=snapshot.name, file="marts.duckdb"
    )


def test_a_key_others_may_read_is_an_ill(own_valley, monkeypatch):
    monkeypatch.delenv("KAYOI_KEY")
    key = own_valley.with_name("warehouse.key")
    key.write_text(KEY, encoding="utf-8")
    key.chmod(0o644)
    ran = kayoi("doctor", "--warehouse", own_valley, "--json")
    assert ills(ran) == [translate("ja", "command.doctor.key_exposed", file=key)]
    key.chmod(0o600)
    assert kayoi("doctor", "--warehouse", own_valley).code == 0


def test_a_key_that_is_gone_is_an_ill_before_the_next_load_finds_out(own_valley, monkeypatch, tmp_path):
    monkeypatch.delenv("KAYOI_KEY")
    ran = kayoi("doctor", "--warehouse", own_valley, "--json")
    assert ran.code == 1
    assert ills(ran) == [translate("ja", "error.key_missing", file="warehouse.key")]
    elsewhere = tmp_path / "safe"
    elsewhere.write_text(KEY)
    elsewhere.chmod(0o600)
    assert kayoi("doctor", "--warehouse", own_valley, "--key-file", elsewhere).code == 0


def test_a_key_of_another_warehouse_is_an_ill(own_valley, monkeypatch):
    monkeypatch.setenv("KAYOI_KEY", "another")
    told = translate("ja", "error.key_other", warehouse="warehouse")
    assert ills(kayoi("doctor", "--warehouse", own_valley, "--json")) == [told]


@pytest.mark.parametrize("written", ["{", "{}"])
def test_a_lost_record_of_the_key_is_an_ill(own_valley, written):
    (own_valley / "warehouse.json").write_text(written)
    ran = kayoi("doctor", "--warehouse", own_valley, "--json")
    assert ran.code == 1
    assert str(own_valley / "warehouse.json") in ills(ran)[0]


@pytest.mark.parametrize("name", ["load.json", "visits.parquet"])
@pytest.mark.parametrize("command", ["doctor", "build"])
def test_a_load_with_a_lost_or_broken_file_is_told_in_a_sentence(own_valley, name, command):
    broken = own_valley / "loads" / "000001" / name
    for harm in (lambda: change_a_byte(broken, place=0), broken.unlink):
        harm()
        ran = kayoi(command, "--warehouse", own_valley)
        assert ran.code == 1
        assert "000001" in ran.out + ran.err
        assert str(broken.parent) in ran.out + ran.err
        assert translate("ja", "command.doctor.well") not in ran.out


def test_a_last_day_in_the_future_is_an_ill_with_place_and_day(own_valley, tmp_path):
    coverage = tmp_path / "coverage.csv"
    coverage.write_text("municipality_code,covered_through\n20202,2098-03-31\n")
    visits = tmp_path / "visits.csv"
    visits.write_text("person_id,municipality_code,arrived_on\np1,20204,令和80年7月1日\n", encoding="utf-8")
    loaded = kayoi("load", coverage, visits, "--warehouse", own_valley)
    assert translate("ja", "load.note.future", count="1", what="arrived_on") in loaded.out
    assert ills(kayoi("doctor", "--warehouse", own_valley, "--json")) == [
        translate("ja", "command.doctor.future_declared", municipality="20202", day="2098-03-31"),
        translate("ja", "command.doctor.future_rows", municipality="20204", day="2098-07-01"),
    ]
