"""A column of personal data that a mapping leaves out by name, and names that stand for a municipality."""

import json

import pandas as pd
import pytest

from kayoi.errors import FileRefusedError
from kayoi.load import list_loads, load_files
from kayoi.load.mapping import load_mapping
from kayoi.load.mapping_text import mapping_toml

KEY = b"a key for tests, long enough to use"
MAPPING = """
id = "inns"
version = "1"
table = "visits"
{drop}
[name]
ja = "宿"
en = "Inns"

[columns]
person_id = "番号"
arrived_on = "到着日"

[columns.municipality_code]
name = "市町村"
prefecture_code = "18"
values = {{ "坂井郡" = "福井県坂井市" }}
"""
# All invented; the two first rows differ in the name alone.
FILE = """
番号,氏名,市町村,到着日
A-1,架空太郎,坂井市,2025-07-01
A-1,架空花子,坂井市,2025-07-01
A-2,架空次郎,坂井郡,2025-07-02
"""


def load(folder, drop: str):
    (folder / "inns.toml").write_text(MAPPING.format(drop=drop), encoding="utf-8")
    (folder / "台帳.csv").write_text(FILE.strip() + "\n", encoding="utf-8")
    return load_files(folder / "warehouse", [folder / "台帳.csv"], mapping=folder / "inns.toml", key=KEY)


def test_a_column_of_names_refuses_the_file_unless_it_is_named(tmp_path):
    with pytest.raises(FileRefusedError, match="氏名"):
        load(tmp_path, "")
    with pytest.raises(FileRefusedError, match="氏名"):
        load(tmp_path, 'drop = ["電話番号"]')
    (file,) = load(tmp_path, 'drop = ["氏名"]')
    assert (file.read, file.accepted, file.rejected) == (3, 3, 0)


def test_rows_that_differ_in_the_column_left_out_are_not_the_same_row(tmp_path):
    (file,) = load(tmp_path, 'drop = ["氏名"]')
    assert file.duplicate == 0
    (again,) = load(tmp_path, 'drop = ["氏名"]')
    assert (again.accepted, again.duplicate) == (0, 3)


def test_nothing_of_a_column_left_out_is_stored(tmp_path):
    load(tmp_path, 'drop = ["氏名"]')
    (stored,) = list_loads(tmp_path / "warehouse")
    held = b"".join(path.read_bytes() for path in stored.path.rglob("*") if path.is_file())
    assert "架空".encode() not in held
    assert "氏名" not in json.dumps(list(pd.read_parquet(stored.tables["visits"]).columns))


def test_a_column_that_is_read_all_the_same_is_not_left_out(tmp_path):
    (tmp_path / "inns.toml").write_text(
        MAPPING.format(drop='drop = ["氏名"]') + '\n[columns.source]\nfrom = "氏名"\n', encoding="utf-8"
    )
    (tmp_path / "台帳.csv").write_text(FILE.strip() + "\n", encoding="utf-8")
    with pytest.raises(FileRefusedError, match="氏名"):
        load_files(tmp_path / "w", [tmp_path / "台帳.csv"], mapping=tmp_path / "inns.toml", key=KEY)


def test_a_value_table_says_which_municipality_a_name_stands_for(tmp_path):
    load(tmp_path, 'drop = ["氏名"]')
    (stored,) = list_loads(tmp_path / "warehouse")
    assert list(pd.read_parquet(stored.tables["visits"])["municipality_code"]) == ["18210"] * 3


def test_what_is_left_out_is_written_and_read_again(tmp_path):
    (tmp_path / "inns.toml").write_text(MAPPING.format(drop='drop = ["氏名"]'), encoding="utf-8")
    mapping = load_mapping(tmp_path / "inns.toml")
    assert mapping.drop == ("氏名",)
    (tmp_path / "again.toml").write_text(mapping_toml(mapping), encoding="utf-8")
    assert load_mapping(tmp_path / "again.toml") == mapping
