"""Runs a command as a person would, and keeps what it said."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kayoi.__main__ import main

KEY = "a key for tests only"

TOKYO, OSAKA, LOCAL = "traveller-from-tokyo", "traveller-from-osaka", "neighbour-of-the-village"

# Two places, covered for longer than two years: in September 2025 only the fiscal year is provisional.
VISITS = f"""person_id,municipality_code,arrived_on,departed_on,spend_yen,purpose,home_municipality_code
{TOKYO},20448,2024-05-10,2024-05-12,3000,leisure,13101
{TOKYO},20448,2025-01-10,2025-01-11,5000,leisure,13101
{TOKYO},20448,2025-03-10,,1000,leisure,13101
{TOKYO},20448,2025-05-10,,,leisure,13101
{TOKYO},20448,2025-07-10,2025-07-11,,workation,13101
{OSAKA},20448,2025-06-01,,"5,000円以上 10,000円未満",leisure,27100
{OSAKA},20202,2025-06-02,2025-06-03,,leisure,27100
{LOCAL},20202,2025-06-02,,,relatives,20201
{LOCAL},20202,not a day,,,leisure,20201
{OSAKA},20448,2025-06-01,,"5,000円以上 10,000円未満",leisure,27100
"""
COVERAGE = """municipality_code,covered_from,covered_through
20448,2022-01-01,2025-09-30
20202,2022-01-01,2025-09-30
"""
TARGETS = """scope,kpi_id,fiscal_year,value
20448,K01,2025,10
"""


@dataclass(frozen=True)
class Ran:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def kayoi(*words: object) -> Ran:
    """Run `python -m kayoi` with these words, as in a pipe."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(word) for word in words])
        except SystemExit as end:  # how argparse ends
            code = end.code if isinstance(end.code, int) else 0
    return Ran(code, out.getvalue(), err.getvalue())


def write_input(folder: Path) -> Path:
    """Write the drawn input files and return their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("visits", VISITS), ("coverage", COVERAGE), ("targets", TARGETS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
