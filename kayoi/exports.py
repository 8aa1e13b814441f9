"""Tables as CSV files that a spreadsheet opens as they are."""

import csv
import io
from collections.abc import Sequence

import pandas as pd

from kayoi.formulas import guarded
from kayoi.report import is_missing


def csv_bytes(table: pd.DataFrame, notes: Sequence[str]) -> bytes:
    """Return *table* as CSV (UTF-8 with byte order mark) below its notes: title, filters, day, source."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for note in notes:
        writer.writerow([f"# {note}"])
    writer.writerow([guarded(name) for name in table.columns])
    for row in table.itertuples(index=False):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if is_missing(value):
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return guarded(str(value))
