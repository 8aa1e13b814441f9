"""docs/examples.md shows what its commands print."""

import re
import shlex

import pytest

from tests.cli.running import kayoi
from tests.conftest import DEMO_PEOPLE, ROOT

PAGE = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^`python -m kayoi (kpi .+)`\n\n\|.+\n\|[-|]+\n((?:\|.+\n)+)", PAGE, re.MULTILINE)
DECIMALS = 4


def cells_of(table: str) -> list[list[str]]:
    """Return the rows of a Markdown table as text."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def shown(value: object) -> str:
    """Return a figure as the page writes it."""
    if value is None:
        return "…"
    return f"{round(value, DECIMALS):.10g}" if isinstance(value, int | float) else str(value)


def figures(kpis: list[dict[str, object]]) -> dict[str, list[str]]:
    """Return `K28`, `K01:fy`, `K28@programme` → value, n, target, status; of a part the value alone."""
    rows: dict[str, list[str]] = {}
    for kpi in kpis:
        for one in (kpi, *kpi.get("programs", [])):
            at = f"@{one['program_id']}" if one is not kpi else ""
            n, target = ("" if one[key] is None else shown(one[key]) for key in ("n", "target"))
            rows[f"{kpi['kpi_id']}{at}"] = [shown(one["value"]), n, target, str(one["status"])]
            for part in one.get("parts", []):
                rows[f"{kpi['kpi_id']}:{part['key']}{at}"] = [shown(part["value"]), "", "", ""]
    return rows


def test_the_page_has_the_cases_and_is_about_the_tests_own_demonstration():
    assert len(COMMANDS) == PAGE.count("`python -m kayoi kpi")
    assert {"20448", "tsunagaru", "03211", "37403", "26213"} == set(re.findall(r"--region (\w+)", PAGE))
    assert f"--people {DEMO_PEOPLE}\n" in PAGE


@pytest.mark.parametrize(("command", "table"), COMMANDS)
def test_every_figure_is_what_its_command_gives(command, table, demo_warehouse):
    words = [str(demo_warehouse) if word == "examples" else word for word in shlex.split(command)]
    ran = kayoi(*words, "--json")
    assert ran.code == 0, ran.err
    found = figures(ran.json["kpis"])
    for key, *row in cells_of(table):
        assert found[key] == row, key
