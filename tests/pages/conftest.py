"""A small real warehouse whose figures can be counted by hand, and the app on top of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kayoi.build import build
from kayoi.load import load_files

ROOT = Path(__file__).parent.parent.parent
KEY = b"a key for tests, long enough to use"
PAGES = ("funnel", "region_map", "visit_frequency", "definitions")

# On 2025-09-30 in 生坂村 (20448): ana came four times in 365 days (related), ben three times (loyal, one
# visit short), cho once (tourist), dan not for a year (dormant). In 白浜町 (30401): ana once, eri twice.
VISITS = """
person_id,municipality_code,arrived_on,home_municipality_code,spend_yen
ana,20448,2025-04-05,13,5000
ana,20448,2025-05-05,13,
ana,20448,2025-06-05,13,
ana,20448,2025-07-05,13,
ben,20448,2025-05-01,27,3000
ben,20448,2025-06-01,27,
ben,20448,2025-07-01,27,
cho,20448,2025-08-01,13,
dan,20448,2024-06-01,13,
ana,30401,2025-03-01,13,
eri,30401,2025-01-10,27,
eri,30401,2025-02-10,27,
"""
COVERAGE = """
municipality_code,source,covered_from,covered_through
20448,アプリ,2023-04-01,2025-09-30
30401,アプリ,2023-04-01,2025-09-30
"""
TARGETS = """
scope,kpi_id,fiscal_year,value
20448,K01,2025,10
"""


def load(warehouse: Path, folder: Path, **tables: str) -> None:
    """Load tables written as CSV."""
    folder.mkdir(parents=True)
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text.strip() + "\n", encoding="utf-8")
    load_files(warehouse, [folder], key=KEY)


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the figures above, labelled as fictitious; read it, never write to it."""
    folder = tmp_path_factory.mktemp("small")
    warehouse = folder / "warehouse"
    load(warehouse, folder / "files", visits=VISITS, coverage=COVERAGE, targets=TARGETS)
    described = warehouse / "warehouse.json"
    described.write_text(json.dumps(json.loads(described.read_text()) | {"data_label": "fictitious"}))
    build(warehouse)
    return warehouse


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page on a warehouse as a link would: `open_app(warehouse, "funnel", region="20448")`."""

    def run(warehouse: Path, page: str = "", **query: str) -> AppTest:
        monkeypatch.setenv("KAYOI_WAREHOUSE", str(warehouse))
        monkeypatch.chdir(ROOT)
        st.cache_data.clear()
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        if page:
            app.switch_page(f"pages/{page}.py")
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, [error.message for error in app.exception]
        return app

    return run
