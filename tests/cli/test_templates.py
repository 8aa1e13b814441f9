"""`templates`: empty workbooks that load as they are."""

from kayoi.contract import TABLES
from tests.cli.running import kayoi


def test_it_writes_a_workbook_for_every_table(tmp_path):
    ran = kayoi("templates", "--out", tmp_path / "t", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.json["files"]) == len(TABLES)
    assert sorted(path.name.split("_", 1)[0] for path in (tmp_path / "t").iterdir()) == sorted(
        table.split("_", 1)[0] for table in TABLES
    )
    loaded = kayoi("load", tmp_path / "t", "--warehouse", tmp_path / "w", "--json")
    assert (loaded.code, loaded.json["read"]) == (0, 0)


def test_one_table_may_be_asked_for_and_is_never_written_over(tmp_path):
    words = ("templates", "--out", tmp_path, "--table", "visits", "--table", "coverage", "--lang", "en")
    assert kayoi(*words).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "coverage_データの期間.xlsx",
        "visits_来訪.xlsx",
    ]
    again = kayoi(*words)
    assert again.code == 2
    assert "coverage_" in again.err or "visits_" in again.err
