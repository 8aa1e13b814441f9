"""docs/mappings.md names every field, shows what is shipped, and its example does what it says."""

import importlib.util
import re
from pathlib import Path

import pytest

from kayoi.load import load_files, read_rejects
from kayoi.load.forms import UNITS
from kayoi.load.mapping_reader import COLUMN_FIELDS, FIELDS
from tests.unit.load_parts import KEY, stored

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "mappings.md").read_text(encoding="utf-8")


def test_what_is_shipped_stands_on_the_page():
    spec = importlib.util.spec_from_file_location("write_mappings", ROOT / "scripts" / "write_mappings.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.text(PAGE) == PAGE, "run: python scripts/write_mappings.py"


@pytest.mark.parametrize("field", sorted(FIELDS | COLUMN_FIELDS))
def test_every_field_is_explained(field):
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    assert [row for row in rows if f"`{field}`" in row.split("|")[1]]


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_named(unit):
    assert f"`{unit}`" in PAGE


def test_the_worked_example_loads_as_the_page_says(tmp_path):
    for name, text in re.findall(r"`([\w.-]+\.(?:csv|toml))`\n```(?:toml)?\n(.+?)```", PAGE, re.DOTALL):
        (tmp_path / name).write_text(text, encoding="utf-8")
    [file] = load_files(tmp_path / "w", [tmp_path / "台帳.csv"], mapping=tmp_path / "our-inns.toml", key=KEY)
    assert (file.read, file.accepted, file.rejected) == (3, 2, 1)
    columns = ("arrived_on", "departed_on", "spend_yen", "purpose", "home_municipality_code")
    assert stored(tmp_path / "w", "visits", *columns) == [
        ["2025-07-01", "2025-07-03", "12000", "leisure", "13206"],
        ["2025-08-02", "2025-08-03", "9500", "relatives", "18210"],
    ]
    assert read_rejects(tmp_path / "w")[["line", "column", "value"]].values.tolist() == [
        [3, "状態", "キャンセル"]
    ]
