"""`load`: where every row went, and nothing of a person in clear."""

import pytest

from kayoi.i18n import translate
from tests.cli.running import LOCAL, OSAKA, TOKYO, contents, kayoi, write_input


def test_it_says_of_each_file_where_every_row_went(tmp_path):
    ran = kayoi("load", write_input(tmp_path / "input"), "--warehouse", tmp_path / "warehouse", "--json")
    assert ran.code == 0
    counts = ("read", "accepted", "duplicate", "rejected")
    assert {file["file"]: [file[count] for count in counts] for file in ran.json["files"]} == {
        "coverage.csv": [2, 2, 0, 0],
        "targets.csv": [1, 1, 0, 0],
        "visits.csv": [10, 8, 1, 1],
    }
    assert [ran.json[count] for count in counts] == [13, 11, 1, 1]


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_in_words_it_says_the_same_and_what_comes_next(tmp_path, locale):
    warehouse = tmp_path / "warehouse"
    ran = kayoi("load", write_input(tmp_path / "input"), "--warehouse", warehouse, "--lang", locale)
    [line] = [line for line in ran.out.splitlines() if line.startswith("visits.csv")]
    assert line.split() == ["visits.csv", "10", "8", "1", "1"]
    assert translate(locale, "command.load.see_rejects", warehouse=warehouse) in ran.out
    assert translate(locale, "command.load.next", warehouse=warehouse) in ran.out
    assert ran.err == ""


def test_the_same_files_again_change_nothing_that_is_published(own_valley, tmp_path):
    def figures():
        return kayoi("kpi", "--region", "JP", "--warehouse", own_valley, "--json").json["kpis"]

    before = figures()
    ran = kayoi("load", write_input(tmp_path / "again"), "--warehouse", own_valley, "--json")
    assert (ran.json["accepted"], ran.json["duplicate"]) == (0, 12)
    kayoi("build", "--warehouse", own_valley)
    fresh = ("K38",)  # tells of the rows read, which are more
    assert [one for one in figures() if one["kpi_id"] not in fresh] == [
        one for one in before if one["kpi_id"] not in fresh
    ]


def test_a_load_that_is_refused_leaves_everything_as_it_was(own_valley, tmp_path):
    broken = tmp_path / "visits.xlsx"
    broken.write_bytes(b"no workbook")
    before = contents(own_valley)
    ran = kayoi("load", broken, "--warehouse", own_valley)
    assert ran.code == 1
    assert "visits.xlsx" in ran.err
    assert contents(own_valley) == before


def test_a_file_that_is_not_there_is_refused(own_valley, tmp_path):
    ran = kayoi("load", tmp_path / "missing.csv", "--warehouse", own_valley)
    assert ran.code == 1
    assert "missing.csv" in ran.err


def test_a_person_id_is_nowhere_in_the_warehouse_nor_in_what_is_said(tmp_path):
    warehouse = tmp_path / "warehouse"
    said = [
        kayoi(*words, "--warehouse", warehouse)
        for words in (
            ("load", write_input(tmp_path / "input"), "--json"),
            ("build",),
            ("kpi", "--region", "JP", "--json"),
            ("export", "rejects", "--out", tmp_path / "rejects.csv"),
            ("export", "visits", "--out", tmp_path / "visits.csv"),
            ("doctor",),
        )
    ]
    assert [ran.code for ran in said] == [0] * 6
    outputs = [ran.out.encode() + ran.err.encode() for ran in said]
    exports = [(tmp_path / name).read_bytes() for name in ("rejects.csv", "visits.csv")]
    written = contents(warehouse)
    assert "loads/000001/visits.parquet" in written
    for person in (TOKYO, OSAKA, LOCAL):
        hidden = person.encode()
        assert [name for name, data in written.items() if hidden in data] == []
        assert not any(hidden in data for data in (*outputs, *exports))


def test_real_people_are_not_loaded_among_invented_ones(demo_warehouse, tmp_path):
    loads = sorted((demo_warehouse / "loads").iterdir())
    ran = kayoi("load", write_input(tmp_path / "input"), "--warehouse", demo_warehouse)
    assert ran.code == 2
    assert ran.err.strip() == translate("ja", "error.load_into_demo", warehouse=demo_warehouse)
    assert sorted((demo_warehouse / "loads").iterdir()) == loads


def test_where_no_row_was_accepted_the_next_step_is_the_rejects_and_not_a_build(tmp_path):
    visits = tmp_path / "visits.csv"
    visits.write_text("person_id,municipality_code,arrived_on\na,20448,2025-13-01\n", encoding="utf-8")
    ran = kayoi("load", visits, "--warehouse", tmp_path / "w")
    assert "export rejects" in ran.out
    assert "kayoi build" not in ran.out
