"""docs/inputs.md says what the contract says, and what it shows as an example can be loaded."""

import importlib.util
import re
from pathlib import Path

from kayoi.contract import TABLES
from tests.unit.load_parts import load, stored

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")


def written_by_the_script() -> str:
    spec = importlib.util.spec_from_file_location("write_inputs", ROOT / "scripts" / "write_inputs.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script.text()


def test_the_page_is_what_the_contract_and_the_words_give():
    assert written_by_the_script() == PAGE, "run: python scripts/write_inputs.py"


def test_every_table_column_and_value_stands_on_the_page():
    for table in TABLES.values():
        section = PAGE.split(f"### {table.name}\n")[1].split("\n### ")[0]
        for column in table.columns:
            assert f"| `{column.name}` |" in section
            assert all(f"| `{value}` |" in section for value in column.values)


def test_the_example_is_loaded_without_a_reject(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in re.findall(r"`(\w+\.csv)`\n```\n(.+?)```", PAGE, re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    assert load(tmp_path / "w", folder) == [("coverage.csv", 2, 2, 0, 0), ("visits.csv", 6, 6, 0, 0)]
    assert [row[0] for row in stored(tmp_path / "w", "visits", "municipality_code")] == [
        *["20448"] * 4,
        "20202",
        "20448",
    ]
