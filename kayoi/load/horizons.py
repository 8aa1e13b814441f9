"""The last day a municipality's rows reach: declared or inferred, and whether it can be true."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from kayoi.contract import TABLES
from kayoi.load.stored import StoredLoad

_JAPAN: Final = dt.timezone(dt.timedelta(hours=9))


@dataclass(frozen=True)
class LateEnd:
    """A municipality whose last day lies in the future; `is_declared` where coverage says so."""

    municipality_code: str
    last_on: dt.date
    is_declared: bool


def today() -> dt.date:
    """Return the day it is in Japan, wherever the machine stands."""
    return dt.datetime.now(_JAPAN).date()


def horizon_column(table: str) -> str | None:
    """Return the column of *table* a horizon is taken from; None where its rows say nothing of one."""
    return "covered_through" if table == "coverage" else TABLES[table].dated_by


def ends_after(loads: Sequence[StoredLoad], day: dt.date) -> tuple[LateEnd, ...]:
    """Return the municipalities whose last day is after *day*, by code.

    The last day is the latest covered_through, else the latest dated row (contract section 1).
    """
    declared = _latest(loads, "coverage")
    inferred: dict[str, dt.date] = {}
    for table in TABLES:
        if table != "coverage" and horizon_column(table) is not None:
            for code, last_on in _latest(loads, table).items():
                inferred[code] = max(last_on, inferred.get(code, last_on))
    found = [LateEnd(code, last_on, True) for code, last_on in declared.items()]
    found += [LateEnd(code, last_on, False) for code, last_on in inferred.items() if code not in declared]
    return tuple(sorted((one for one in found if one.last_on > day), key=lambda one: one.municipality_code))


def _latest(loads: Sequence[StoredLoad], table: str) -> dict[str, dt.date]:
    """Return the latest day of each municipality among the rows of *table*."""
    column = horizon_column(table)
    paths = [load.tables[table] for load in loads if table in load.tables]
    if column is None or not paths:
        return {}
    rows = pa.concat_tables([pq.read_table(path, columns=["municipality_code", column]) for path in paths])
    latest = rows.group_by("municipality_code").aggregate([(column, "max")])
    codes, days = latest["municipality_code"].to_pylist(), latest[f"{column}_max"].to_pylist()
    return {code: last_on for code, last_on in zip(codes, days, strict=True) if last_on is not None}
