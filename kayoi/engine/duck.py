"""One DuckDB connection that builds tables from query files and reads them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self

import duckdb
import pandas as pd
import pyarrow as pa

from kayoi import queries
from kayoi.errors import CheckFailedError, GrainError, SnapshotDamagedError
from kayoi.formulas import FORMULA, NUMBER

# Files stay readable by DuckDB 1.5, the way back if 2.0 fails somebody.
_STORAGE_VERSION: Final = "v1.5.0"


class Engine:
    """A connection with the slots of a ruleset; not to be shared between threads."""

    def __init__(self, con: duckdb.DuckDBPyConnection, slots: Mapping[str, str] | None = None) -> None:
        """Wrap *con*; *slots* fill the places a ruleset decides."""
        self._con = con
        self._slots = dict(slots or {})

    @classmethod
    def in_memory(cls, slots: Mapping[str, str] | None = None) -> Self:
        """Return an engine without a file, for tests and for questions about a single day."""
        return cls(duckdb.connect(":memory:", config=_offline()), slots)

    @classmethod
    def working(cls, folder: Path, slots: Mapping[str, str], *, memory_limit: str = "") -> Self:
        """Return an engine that works in memory and spills to *folder* what memory cannot hold.

        A working file would be compressed and written for tables that are dropped minutes later: a sixth
        of the time of a build.
        """
        config = {**_offline(), "temp_directory": str(folder / "spill")}
        if memory_limit:
            config["memory_limit"] = memory_limit
        con = duckdb.connect(":memory:", config=config)
        con.execute("set preserve_insertion_order = false")
        return cls(con, slots)

    def close(self) -> None:
        """Close the connection."""
        self._con.close()

    def put(self, table: str, frame: pd.DataFrame | pa.Table, columns: Mapping[str, str]) -> None:
        """Make *table* of exactly *columns* (name → type) from a data frame or an Arrow table."""
        listed = ", ".join(f"cast({name} as {type_}) as {name}" for name, type_ in columns.items())
        self._con.register("given_frame", frame)
        self._con.execute(f"create or replace table {table} as select {listed} from given_frame")  # noqa: S608
        self._con.unregister("given_frame")

    def expose(self, table: str, files: Sequence[Path], columns: Mapping[str, str]) -> None:
        """Make *table* of *columns* from Parquet files; what no file has is empty."""
        empty = ", ".join(f"cast(null as {type_}) as {name}" for name, type_ in columns.items())
        self._con.execute(f"create or replace table {table} as select {empty} where false")
        if not files:
            return
        read = {"files": [str(file) for file in files]}
        source = "read_parquet($files, union_by_name = true)"
        described = self._con.execute(f"describe select * from {source}", read).fetchall()  # noqa: S608
        found = {row[0] for row in described}
        listed = ", ".join(name for name in columns if name in found)
        self._con.execute(f"insert into {table} by name select {listed} from {source}", read)  # noqa: S608

    def create(self, name: str, params: Mapping[str, object] | None = None) -> None:
        """Build the table *name* from the query of that name."""
        query = queries.load(name)
        body = query.rendered(self._slots)
        self._con.execute(f"create or replace table {name} as\n{body}", _only(params, query))

    def append(self, table: str, name: str, params: Mapping[str, object] | None = None) -> None:
        """Add the rows of the query *name* to *table*, making it where there is none yet."""
        query = queries.load(name)
        body = query.rendered(self._slots)
        verb = f"insert into {table} by name" if self.has(table) else f"create table {table} as"
        self._con.execute(f"{verb}\n{body}", _only(params, query))

    def keep(self, table: str, collected: str) -> None:
        """Add the rows of *table* to *collected*, making it where there is none yet."""
        verb = f"insert into {collected} by name" if self.has(collected) else f"create table {collected} as"
        self._con.execute(f"{verb} select * from {table}")  # noqa: S608

    def sort(self, table: str, keys: Sequence[str]) -> None:
        """Put the rows of *table* in the order of *keys*."""
        order = ", ".join(keys)
        self._con.execute(f"create or replace table {table} as select * from {table} order by {order}")  # noqa: S608

    def rename(self, table: str, name: str) -> None:
        """Give *table* the name *name*, in the place of what had it."""
        self._con.execute(f"drop table if exists {name}")
        self._con.execute(f"alter table {table} rename to {name}")

    def distinct(self, table: str) -> None:
        """Keep one of every row that *table* has twice."""
        self._con.execute(f"create or replace table {table} as select distinct * from {table}")  # noqa: S608

    def drop(self, *tables: str) -> None:
        """Remove tables that may be there."""
        for table in tables:
            self._con.execute(f"drop table if exists {table}")

    def has(self, table: str) -> bool:
        """Return whether *table* is there."""
        found = self._con.execute(
            "select 1 from duckdb_tables() where database_name = current_database() and table_name = $table",
            {"table": table},
        ).fetchall()
        return bool(found)

    def fetch(self, name: str, params: Mapping[str, object] | None = None) -> pd.DataFrame:
        """Run the query *name* on its own cursor and return its rows in its order."""
        query = queries.load(name)
        body = query.rendered(self._slots)
        return self._con.cursor().execute(body, _only(params, query)).df()

    def table(self, table: str) -> pd.DataFrame:
        """Return all rows of *table*, sorted by every column."""
        return self._con.execute(f"select * from {table} order by all").df()  # noqa: S608

    def rows(self, table: str) -> int:
        """Return how many rows *table* has."""
        found = self._con.execute(f"select count(*) from {table}").fetchall()  # noqa: S608
        return int(found[0][0])

    def describe(self, name: str, params: Mapping[str, object] | None = None) -> dict[str, str]:
        """Return column → type as the query *name* really returns them."""
        query = queries.load(name)
        body = query.rendered(self._slots)
        described = self._con.execute(f"describe {body}", _only(params, query)).fetchall()
        return {row[0]: str(row[1]).lower() for row in described}

    def check_grain(self, name: str) -> None:
        """Raise GrainError where the table *name* has two rows for the grain its header declares."""
        grain = ", ".join(queries.load(name).grain)
        repeated = self._con.execute(
            f"select {grain} from {name} group by {grain} having count(*) > 1 limit 1"  # noqa: S608
        ).fetchall()
        if repeated:
            raise GrainError("grain_repeated", table=name, grain=grain, example=repeated[0])

    def check(self, name: str) -> None:
        """Raise CheckFailedError where the check query *name* finds a row that must not be."""
        offenders = self.fetch(name)
        if len(offenders):
            example = offenders.iloc[0].to_dict()
            raise CheckFailedError("check_failed", check=name, rows=len(offenders), example=example)

    def write_queries(self, path: Path, tables: Iterable[tuple[str, str, Mapping[str, object]]]) -> None:
        """Write a new DuckDB file of (table, query name, params) each; no write-ahead log stays beside it."""
        with self._new_file(path) as sealed:
            for table, name, params in tables:
                query = queries.load(name)
                body = query.rendered(self._slots)
                self._con.execute(f"create table {sealed}.{table} as\n{body}", _only(params, query))

    def write_marts(self, path: Path, names: Iterable[str]) -> None:
        """Write a new DuckDB file of finished marts, sorted by their grain: a region's rows lie together."""
        with self._new_file(path) as sealed:
            for name in names:
                query = queries.load(name)
                listed, order = ", ".join(query.columns), ", ".join(query.grain)
                self._con.execute(
                    f"create table {sealed}.{name} as select {listed} from {name} order by {order}"  # noqa: S608
                )

    @contextmanager
    def _new_file(self, path: Path) -> Iterator[str]:
        self._con.execute(f"attach '{_quoted(path)}' as sealed (storage_version '{_STORAGE_VERSION}')")
        try:
            yield "sealed"
            self._con.execute("checkpoint sealed")
        finally:
            self._con.execute("detach sealed")

    def bring(self, path: Path, wanted: Mapping[str, str]) -> None:
        """Copy or add tables of a sealed file into this engine: name in the file → name here.

        Raises SnapshotDamagedError where the file cannot be opened.
        """
        try:
            self._con.execute(f"attach '{_quoted(path)}' as sealed (read_only)")
        except duckdb.Error as error:
            raise SnapshotDamagedError.of(path) from error
        try:
            for source, table in wanted.items():
                verb = f"insert into {table} by name" if self.has(table) else f"create table {table} as"
                self._con.execute(f"{verb} select * from sealed.{source}")  # noqa: S608
        finally:
            self._con.execute("detach sealed")

    def write_export(self, table: str, out: Path, columns: Sequence[str]) -> int:
        """Write *columns* of a table to CSV or Parquet by the name of *out*; return the rows written.

        A CSV is opened by spreadsheets, so text in it is never a formula; Parquet keeps text as it is.
        """
        is_parquet = out.suffix == ".parquet"
        form = "parquet, compression zstd" if is_parquet else "csv, header"
        described = self._con.execute(f"describe {table}").fetchall()
        texts = set() if is_parquet else {row[0] for row in described if row[1] == "VARCHAR"}
        listed = ", ".join(_guarded(column) if column in texts else column for column in columns)
        self._con.execute(f"copy (select {listed} from {table}) to '{_quoted(out)}' (format {form})")  # noqa: S608
        return self.rows(table)


def _offline() -> dict[str, Any]:
    """Return settings under which DuckDB fetches and loads nothing by itself."""
    return {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
    }


def _guarded(column: str) -> str:
    """Return the expression of kayoi.formulas.guarded for one column."""
    is_formula, is_number = (f"regexp_full_match({column}, '{pattern}')" for pattern in (FORMULA, NUMBER))
    return f"case when {is_formula} and not {is_number} then '''' || {column} else {column} end as {column}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _only(params: Mapping[str, object] | None, query: queries.Query) -> dict[str, object]:
    """Bind what the query declares; a missing one is DuckDB's to report."""
    return {key: value for key, value in (params or {}).items() if key in query.params}
