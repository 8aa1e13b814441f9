"""`guess`: what a file seems to be, a mapping to review, and nothing loaded (架空データ)."""

import pytest

from kayoi.i18n import translate
from tests.cli.running import kayoi
from tests.unit.load_parts import write

DRAWN = """
    顧客コード | ご利用日  | ご利用金額 | 氏名
    K1         | R7.7.1    | 1,200円    | 架空太郎
    K2         | R7.7.12   | 800円      | 架空花子
"""
WITHOUT_NAMES = "\n".join(line.rpartition("|")[0] for line in DRAWN.strip().splitlines())


@pytest.fixture
def file(tmp_path):
    return write(tmp_path, "窓口.csv", DRAWN, encoding="cp932")


def test_it_shows_table_columns_and_reasons_and_loads_nothing(file, tmp_path):
    ran = kayoi("guess", file, "--warehouse", tmp_path / "w", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["table"] == "visits"
    assert {one["column"]: one["headings"] for one in ran.json["columns"]} == {
        "person_id": ["顧客コード"],
        "arrived_on": ["ご利用日"],
        "spend_yen": ["ご利用金額"],
    }
    assert all(one["because"] for one in ran.json["columns"])
    assert ran.json["lacking"] == ["municipality_code"]
    assert [one["heading"] for one in ran.json["blocked"]] == ["氏名"]
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_in_words_it_says_the_same_and_repeats_no_name(file, locale):
    ran = kayoi("guess", file, "--lang", locale)
    assert translate(locale, "command.guess.lacking", column="municipality_code") in ran.out
    assert translate(locale, "guess.blocked.contact", heading="氏名") in ran.out
    assert "架空" not in ran.out


def test_the_mapping_it_writes_loads_the_file_once_the_personal_column_is_gone(tmp_path):
    file = write(tmp_path, "窓口.csv", WITHOUT_NAMES)
    out = tmp_path / "our-desk.toml"
    ran = kayoi("guess", file, "--out", out, "--set", "municipality_code=20448")
    assert ran.code == 0
    assert str(out) in ran.out
    loaded = kayoi("load", file, "--warehouse", tmp_path / "w", "--mapping", out, "--json")
    assert [loaded.json[count] for count in ("read", "accepted", "rejected")] == [2, 2, 0]


def test_a_required_column_nobody_told_is_refused_by_name_and_nothing_is_written(file, tmp_path):
    ran = kayoi("guess", file, "--out", tmp_path / "m.toml")
    assert ran.code == 1
    assert "municipality_code" in ran.err
    assert not (tmp_path / "m.toml").exists()


def test_a_file_of_something_else_ends_with_1_and_says_so(tmp_path):
    file = write(tmp_path, "果物.csv", "品目 | 数\nりんご | 3")
    ran = kayoi("guess", file, "--out", tmp_path / "m.toml")
    assert ran.code == 1
    assert "果物.csv" in ran.out
    assert not (tmp_path / "m.toml").exists()


@pytest.mark.parametrize("words", ["municipality_code", "=20448", "municipality_code="])
def test_a_value_without_its_column_is_wrong_usage(file, words):
    assert kayoi("guess", file, "--set", words).code == 2


def test_a_file_that_is_not_there_is_refused(tmp_path):
    ran = kayoi("guess", tmp_path / "none.csv")
    assert ran.code == 1
    assert "none.csv" in ran.err
