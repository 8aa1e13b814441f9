"""Lets a test of loading draw a file as a table and read back what was stored as one."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from kayoi.load import list_loads, load_files

KEY = b"a key for tests"


def csv_text(drawn: str) -> str:
    """Return a drawn table (`a | b`) as CSV; a cell with a comma or quotation mark is quoted."""
    rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    return "".join(",".join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def write(folder: Path, name: str, drawn: str, encoding: str = "utf-8") -> Path:
    """Write a drawn table into a CSV file and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(csv_text(drawn).encode(encoding))
    return path


def load(warehouse: Path, *paths: Path, mapping: Path | str | None = None):
    """Load files; return (file, read, accepted, duplicate, rejected) for each."""
    files = load_files(warehouse, paths, mapping=mapping, key=KEY)
    return [(one.file, one.read, one.accepted, one.duplicate, one.rejected) for one in files]


def stored(warehouse: Path, table: str, *columns: str) -> list[list[str]]:
    """Return columns of everything stored in *table*, as rows of text in the order of the input."""
    frames = [
        pq.read_table(one.tables[table]).to_pandas(date_as_object=True, integer_object_nulls=True)
        for one in list_loads(warehouse)
        if table in one.tables
    ]
    if not frames:
        return []
    frame = pd.concat(frames).sort_values("input_order")
    return [["" if pd.isna(cell) else str(cell) for cell in row] for row in frame[list(columns)].to_numpy()]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n') else cell
