"""Published tables brought together from the sealed files of a snapshot, for exports."""

from collections.abc import Sequence
from pathlib import Path

from kayoi import queries
from kayoi.engine import Engine
from kayoi.warehouse import MARTS, Snapshot


def mart_names() -> tuple[str, ...]:
    """Return the aggregates that may be exported."""
    return queries.names("marts")


def export_mart(snapshot: Snapshot, table: str, out: Path) -> int:
    """Write one aggregate to *out*; return its rows."""
    engine = Engine.in_memory()
    try:
        engine.bring(snapshot.folder / MARTS, {table: table})
        return engine.write_export(table, out, list(queries.load(table).columns))
    finally:
        engine.close()


def export_people(snapshot: Snapshot, table: str, columns: Sequence[str], out: Path) -> int:
    """Write one table of every region the reader's scope includes to *out*; return its rows."""
    regions = snapshot.fetch("regions_with_people", {})
    engine = Engine.in_memory()
    try:
        for level, code in regions[["region_level", "region_code"]].itertuples(index=False):
            holds = level == "municipality" or table == "stage_spells"
            if holds and snapshot.scope.may_see_people(level, code):
                engine.bring(snapshot.people_file(level, code), {table: table})
        return engine.write_export(table, out, columns)
    finally:
        engine.close()
