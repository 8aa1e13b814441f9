"""Fixtures that let a test show its data as a table, on the real engine."""

import datetime as dt
import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest

from kayoi import queries, rulesets
from kayoi.behaviour import event_file, reach, region_funnel
from kayoi.build import PEOPLE_TABLES
from kayoi.contract import TABLES, stored_columns
from kayoi.engine import Engine
from kayoi.reference_tables import COLUMNS as REFERENCE_TABLES
from kayoi.reference_tables import put_reference

ROOT = Path(__file__).parent.parent
DEMO_PEOPLE = 2_000

Cells = list[list[str | None]]

# What a build writes by itself, without a query file.
ASKED = {
    "ask_days": {"as_of": "date", "reach_on": "date"},
    "ask_previous": {"as_of": "date", "previous_on": "date", "previous_reach_on": "date"},
    "ask_files": {
        "load_id": "integer",
        "file_no": "integer",
        "file": "varchar",
        "table_name": "varchar",
        "loaded_at": "varchar",
        "rows_read": "bigint",
        "rows_accepted": "bigint",
        "rows_duplicate": "bigint",
        "rows_rejected": "bigint",
    },
    "ask_kpis_before": {
        "kpi_id": "varchar",
        "region_level": "varchar",
        "region_code": "varchar",
        "as_of": "date",
        "value": "double",
        "status": "varchar",
    },
    "ask_rows_before": {
        "load_id": "integer",
        "table_name": "varchar",
        "municipality_code": "varchar",
        "month_on": "date",
        "row_count": "bigint",
    },
    "ask_facts": {
        "snapshot_id": "varchar",
        "built_at": "timestamp",
        "ruleset_id": "varchar",
        "ruleset_version": "varchar",
        "data_label": "varchar",
        "rows_read": "bigint",
        "rows_accepted": "bigint",
        "rows_duplicate": "bigint",
        "rows_rejected": "bigint",
    },
}


# Tables that go by another name than the query that makes them: people's, and what is brought from there.
SAME_SHAPE = PEOPLE_TABLES | {f"brought_{table}": query for table, query in PEOPLE_TABLES.items()}
SAME_SHAPE["brought_spells"] = PEOPLE_TABLES["stage_spells"]
# What several queries can make, with the same columns, and one of them.
SAME_SHAPE |= {
    "funnel_events": "funnel_region_events",
    "funnel_tracks": "funnel_region_tracks",
    "funnel_segments": "funnel_region_segments",
    "funnel_asked": "funnel_asked_ordered",
    "funnel_chains": "funnel_entries",
    "funnel_spans": "funnel_spans_whole",
    "funnel_reached": "funnel_reached_in_order",
}
ASKED |= reach.ASKED | region_funnel.ASKED | event_file.ASKED

SAMPLES: dict[str, object] = {
    "date": dt.date(2025, 9, 30),
    "varchar": "",
    "integer": 1,
    "bigint": 1,
    "double": 1.0,
    "varchar[]": [""],
    "boolean": False,
}


@pytest.fixture
def ruleset() -> str:
    """The ruleset of the test; `@pytest.mark.parametrize("ruleset", ["strict-4"])` for another."""
    return rulesets.DEFAULT


@pytest.fixture
def slots(ruleset: str) -> dict[str, str]:
    """What the ruleset puts into the queries."""
    return rulesets.load(ruleset).slots()


@pytest.fixture
def house(slots: dict[str, str]) -> Iterator["House"]:
    """An empty warehouse in memory, with the shipped reference."""
    house = House(Engine.in_memory(slots))
    yield house
    house.engine.close()


@pytest.fixture
def given(house: "House") -> Callable[[str, str], None]:
    """Fill a table from text: `given("raw_visits", '''person_key | arrived_on ...''')`."""
    return house.given


@pytest.fixture
def build(house: "House") -> Callable[..., Cells]:
    """Build a table and all it reads; its rows as text, sorted: `build("int_visits", columns="nights")`."""
    return house.build


@pytest.fixture
def read(house: "House") -> Callable[..., Cells]:
    """Run a read query on what was given; return its rows as text, in the order it gave them."""
    return house.read


@pytest.fixture
def describe(house: "House") -> Callable[[str], dict[str, str]]:
    """Return column → type of a query on an empty warehouse."""
    return house.describe


class House:
    """A warehouse a test fills by hand: what is not given is built from what is, and is empty otherwise."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._given: set[str] = set()
        for table in TABLES:
            engine.expose(f"raw_{table}", [], stored_columns(table))
        for table, columns in ASKED.items():
            engine.put(table, pd.DataFrame(columns=list(columns)), columns)
        put_reference(engine, [])

    def given(self, table: str, text: str) -> None:
        """Fill *table* from a drawn one; columns not drawn are null, trace columns count the lines."""
        drawn, *records = cells(text)
        types = columns_of(table)
        unknown = [column for column in drawn if column not in types]
        assert not unknown, f"{table} has no column {', '.join(map(str, unknown))}"
        frame = pd.DataFrame(records, columns=drawn, dtype=object)
        for number, column in enumerate(("load_id", "file_no", "line", "input_order", "row_hash")):
            if column in types and column not in frame:
                frame[column] = range(1, len(frame) + 1) if number >= 2 else 1
        self.engine.put(table, frame.reindex(columns=list(types)).astype(object), types)
        self._given.add(table)

    def build(self, *names: str, columns: str = "", **params: object) -> Cells:
        """Build tables with all they read; return (some columns of) the last one as rows of text, sorted."""
        made: set[str] = set()
        for name in names:
            self._make(name, params, made)
        wanted = [column.strip() for column in columns.split(",") if column.strip()]
        frame = self.engine.table(names[-1])
        rows = as_text(frame[wanted] if wanted else frame)
        return sorted(rows, key=lambda row: [(cell is not None, cell or "") for cell in row])

    def read(self, name: str, **params: object) -> Cells:
        """Run a query on what was given; return its rows as text in its order."""
        made: set[str] = set()
        for table in queries.load(name).reads:
            self._make(table, params, made)
        return as_text(self.engine.fetch(name, params))

    def describe(self, name: str) -> dict[str, str]:
        """Return column → type as the query *name* returns them."""
        made: set[str] = set()
        for table in queries.load(name).reads:
            self._make(table, {}, made)
        return self.engine.describe(name, samples(name))

    def _make(self, table: str, params: Mapping[str, object], made: set[str]) -> None:
        if table in made | self._given or table in ASKED or table.startswith(("raw_", "ref_")):
            return
        made.add(table)
        if table == "kpi_values":
            self.engine.drop(table)
            for name in queries.names("kpis"):
                self._make_reads(name, params, made)
                self.engine.append(table, name, params)
            return
        query = SAME_SHAPE.get(table, table)
        self._make_reads(query, params, made)
        self.engine.create(query, samples(query) | dict(params))
        if query != table:
            self.engine.rename(query, table)

    def _make_reads(self, name: str, params: Mapping[str, object], made: set[str]) -> None:
        for table in queries.load(name).reads:
            self._make(table, params, made)


def columns_of(table: str) -> dict[str, str]:
    """Return column → type of any table a test may draw."""
    if table in ASKED:
        return ASKED[table]
    if table.startswith("ref_"):
        return dict(REFERENCE_TABLES[table])
    if table.startswith("raw_"):
        return stored_columns(table.removeprefix("raw_"))
    if table == "kpi_values":
        return queries.load(queries.names("kpis")[0]).columns
    return queries.load(SAME_SHAPE.get(table, table)).columns


def samples(name: str) -> dict[str, object]:
    """Return a value of the type its header declares for every parameter of a query."""
    declared = dict(re.findall(r"^--\s+\$(\w+)\s+(\S+)", queries.load(name).sql, re.MULTILINE))
    return {param: SAMPLES.get(declared.get(param, "")) for param in queries.load(name).params}


def cells(text: str) -> Cells:
    """Split a drawn table into rows of cells; an empty cell is a null."""
    return [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]


def as_text(frame: pd.DataFrame) -> Cells:
    """Return the rows of a frame as text: dates as ISO days, whole numbers without a point, null as None."""
    return [[_text(value) for value in row] for row in frame.itertuples(index=False)]


def _text(value: object) -> str | None:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, float):
        return f"{value:.10g}"
    text = str(value)
    return text.lower() if text in ("True", "False") else text or None


@pytest.fixture(scope="session")
def demo_warehouse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A small demonstration warehouse, made once by the command; read it, never write to it."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent  # the folder all workers of one run share
    warehouse = shared / "demonstration" / "warehouse"
    warehouse.parent.mkdir(exist_ok=True)
    with (warehouse.parent / "making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (warehouse / "CURRENT").exists():
            command = [sys.executable, "-m", "kayoi", "demo", "--warehouse", str(warehouse)]
            made = subprocess.run(
                [*command, "--people", str(DEMO_PEOPLE)],
                cwd=ROOT,
                env={name: value for name, value in os.environ.items() if not name.startswith("KAYOI_KEY")},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            assert made.returncode == 0, made.stderr or made.stdout
    return warehouse
