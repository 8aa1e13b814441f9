"""`export`: published tables as files."""

import csv

import duckdb
import pandas as pd
import pytest

from kayoi.keys import person_keys
from kayoi.published import mart_names
from tests.cli.running import KEY, LOCAL, OSAKA, TOKYO, kayoi, write_input
from tests.conftest import as_text, cells

COLUMNS = {
    "stage_spells": "region_level,region_code,person_key,stage,valid_from,valid_to",
    "visits": "person_key,municipality_code,arrived_on,departed_on,nights,spend_yen,spend_low,spend_high,"
    "purpose,program_id,organization_id,counted,left_out_because",
    "reconciliation": "load_id,file,read,accepted,duplicate,rejected",
}


def exported(warehouse, table, out):
    ran = kayoi("export", table, "--out", out, "--warehouse", warehouse)
    assert (ran.code, ran.err) == (0, "")
    if out.suffix == ".parquet":
        return pd.read_parquet(out)
    return pd.read_csv(out, dtype=str, keep_default_na=False)


def keys() -> dict[str, str]:
    """Return person_key → whose it is."""
    people = {"tokyo": TOKYO, "osaka": OSAKA, "local": LOCAL}
    return dict(zip(map(str, person_keys(KEY.encode(), people.values())), people, strict=True))


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize("table", COLUMNS)
def test_an_exported_table_has_exactly_the_contract_s_columns(valley, tmp_path, table, suffix):
    frame = exported(valley, table, tmp_path / f"out{suffix}")
    assert ",".join(frame.columns) == COLUMNS[table]
    assert len(frame) > 0


def test_visits_are_the_merged_trips_of_every_municipality(valley, tmp_path):
    frame = exported(valley, "visits", tmp_path / "visits.csv").replace({"person_key": keys()})
    shown = frame.sort_values(["municipality_code", "arrived_on", "person_key"])
    wanted = ["municipality_code", "arrived_on", "person_key", "departed_on", "nights", "spend_yen"]
    wanted += ["spend_low", "spend_high", "purpose", "counted", "left_out_because"]
    assert as_text(shown[wanted]) == cells("""
        20202 | 2025-06-02 | local | 2025-06-02 | 0 |      |      |       | relatives | false | purpose
        20202 | 2025-06-02 | osaka | 2025-06-03 | 1 |      |      |       | leisure   | true  |
        20448 | 2024-05-10 | tokyo | 2024-05-12 | 2 | 3000 | 3000 | 3000  | leisure   | true  |
        20448 | 2025-01-10 | tokyo | 2025-01-11 | 1 | 5000 | 5000 | 5000  | leisure   | true  |
        20448 | 2025-03-10 | tokyo | 2025-03-10 | 0 | 1000 | 1000 | 1000  | leisure   | true  |
        20448 | 2025-05-10 | tokyo | 2025-05-10 | 0 |      |      |       | leisure   | true  |
        20448 | 2025-06-01 | osaka | 2025-06-01 | 0 |      | 5000 | 10000 | leisure   | true  |
        20448 | 2025-07-10 | tokyo | 2025-07-11 | 1 |      |      |       | workation | true  |
    """)


def test_spells_are_exported_for_every_level_and_nobody_starts_out_dormant(valley, tmp_path):
    frame = exported(valley, "stage_spells", tmp_path / "spells.csv").replace({"person_key": keys()})
    assert set(frame["region_level"]) == {"municipality", "prefecture", "nation", "group"}
    assert "local" not in set(frame["person_key"])
    village = frame[(frame["region_code"] == "20448") & (frame["person_key"] == "tokyo")]
    assert as_text(village.sort_values("valid_from")[["stage", "valid_from", "valid_to"]]) == cells("""
        tourist | 2024-05-10 | 2025-01-10
        loyal   | 2025-01-10 | 2025-07-10
        related | 2025-07-10 |
    """)


@pytest.mark.parametrize("table", ["visits", "stage_spells"])
def test_an_export_holds_what_the_published_files_hold(valley, tmp_path, table):
    out = tmp_path / "out.parquet"
    exported(valley, table, out)
    written = duckdb.sql(f"select * from '{out}'").fetchall()
    sealed = []
    for path in (valley / "snapshots" / (valley / "CURRENT").read_text().strip()).glob("detail/*.duckdb"):
        with duckdb.connect(str(path), read_only=True) as con:
            tables = {row[0] for row in con.sql("select table_name from duckdb_tables()").fetchall()}
            if table in tables:
                sealed += con.sql(f"select {COLUMNS[table]} from {table}").fetchall()
    assert len(sealed) > 5
    assert sorted(map(repr, written)) == sorted(map(repr, sealed))


def test_types_survive_in_parquet(valley, tmp_path):
    out = tmp_path / "visits.parquet"
    exported(valley, "visits", out)
    described = duckdb.sql(f"describe select * from '{out}'").fetchall()
    types = {row[0]: row[1].lower() for row in described}
    assert types["person_key"] == "bigint"
    assert types["arrived_on"] == types["departed_on"] == "date"
    assert types["nights"] == "bigint"
    assert types["counted"] == "boolean"


def test_the_reconciliation_has_a_row_for_every_file(valley, tmp_path):
    frame = exported(valley, "reconciliation", tmp_path / "reconciliation.csv")
    assert sorted(as_text(frame)) == cells("""
        1 | coverage.csv | 2  | 2 | 0 | 0
        1 | targets.csv  | 1  | 1 | 0 | 0
        1 | visits.csv   | 10 | 8 | 1 | 1
    """)


def test_a_mart_is_exported_with_its_columns_and_no_key_of_a_person(valley, tmp_path):
    for table in mart_names():
        columns = list(exported(valley, table, tmp_path / f"{table}.csv").columns)
        assert columns
        assert "person_key" not in columns


def test_what_somebody_typed_is_no_formula_to_a_spreadsheet(tmp_path):
    folder = write_input(tmp_path / "input")
    visits = folder / "visits.csv"
    visits.write_text(visits.read_text("utf-8").replace("not a day", "=1+1"), encoding="utf-8")
    assert kayoi("load", folder, "--warehouse", tmp_path / "warehouse").code == 0
    assert (
        kayoi(
            "export", "rejects", "--out", tmp_path / "rejects.csv", "--warehouse", tmp_path / "warehouse"
        ).code
        == 0
    )
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as file:
        values = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1" in values
    assert "=1+1" not in values


def test_no_text_of_a_published_table_is_a_formula_either(tmp_path):
    folder = write_input(tmp_path / "input")
    visits = folder / "visits.csv"
    heading, *rows = visits.read_text("utf-8").splitlines()
    lines = [f"{heading},program_id", *(f"{row},=1+1" for row in rows)]
    visits.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "events.csv").write_text(
        "municipality_code,starts_on,label_ja,label_en\n20448,2025-05-01,@まつり,-5\n", encoding="utf-8"
    )
    (folder / "programs.csv").write_text("program_id,name_ja\n=1+1,+講座\n", encoding="utf-8")
    warehouse = tmp_path / "warehouse"
    assert kayoi("load", folder, "--warehouse", warehouse).code == 0
    assert kayoi("build", "--warehouse", warehouse).code == 0
    values = {}
    for table in ("visits", "dim_programs", "dim_events"):
        out = tmp_path / f"{table}.csv"
        assert kayoi("export", table, "--out", out, "--warehouse", warehouse).code == 0
        with out.open(encoding="utf-8", newline="") as file:
            values[table] = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1" in values["visits"]
    assert {"'=1+1", "'+講座"} <= set(values["dim_programs"])
    assert {"'@まつり", "-5"} <= set(values["dim_events"])
    assert not {"=1+1", "+講座", "@まつり"} & {cell for cells_ in values.values() for cell in cells_}
    kept = exported(warehouse, "dim_events", tmp_path / "events.parquet")
    assert list(kept["label_ja"]) == ["@まつり"]


def test_an_export_that_fails_leaves_the_file_that_was_there(valley, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    assert kayoi("export", "no_such_table", "--out", out, "--warehouse", valley).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert out.read_text("utf-8") == "mine"
