"""Text of other people in a file that a spreadsheet opens."""

import csv

import duckdb
import pandas as pd
import pytest

from kayoi.engine import Engine
from kayoi.formulas import guarded

FORMULAS = (
    "=1+1",
    "+1",
    "@SUM(1)",
    "-a",
    "-1+cmd()",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    "\u3000＝1",
    "\u00a0=1",
    "\tx",
    "\rx",
    "\nx",
    " \n=1",
    "=1\n2",
)
PLAIN = ("", "観光", "-5", "-1,234.5", "5", "a=1", " a", "2025-09-30", "'=1", "5-", "宿泊－アプリ")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_a_quote(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_and_negative_numbers_stay_as_they_are(text):
    assert guarded(text) == text


def test_a_whole_table_is_guarded_by_the_same_rule_in_csv_and_left_alone_in_parquet(tmp_path):
    texts = [*FORMULAS, *PLAIN, None]
    engine = Engine.in_memory()
    frame = pd.DataFrame({"number": range(-5, len(texts) - 5), "said": pd.Series(texts, dtype=object)})
    engine.put("drawn", frame, {"number": "bigint", "said": "varchar"})
    columns = ("number", "said")
    for name in ("out.csv", "out.parquet"):
        assert engine.write_export("drawn", tmp_path / name, columns) == len(texts)
    engine.close()
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    expected = [[str(number), guarded(text or "")] for number, text in enumerate(texts, -5)]
    assert rows == [["number", "said"], *expected]
    kept = dict(duckdb.read_parquet(str(tmp_path / "out.parquet")).fetchall())
    assert list(kept.values()) == texts
