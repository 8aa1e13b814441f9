"""`export TABLE`: a published table, or what became of every row read, as CSV or Parquet."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pandas as pd

from kayoi.access import Scope
from kayoi.commands.call import Answer, Call, Command, add_json, named_path
from kayoi.engine import EngineError
from kayoi.errors import UsageError
from kayoi.failures import machine_error
from kayoi.formulas import guarded
from kayoi.i18n import Locale, translate
from kayoi.load import read_reconciliation, read_rejects
from kayoi.published import export_mart, export_people, mart_names
from kayoi.warehouse import data_label, open_snapshot

# People's tables and their columns, as contract section 6 lists them.
PEOPLE_COLUMNS: Final = {
    "stage_spells": ("region_level", "region_code", "person_key", "stage", "valid_from", "valid_to"),
    "visits": (
        "person_key",
        "municipality_code",
        "arrived_on",
        "departed_on",
        "nights",
        "spend_yen",
        "spend_low",
        "spend_high",
        "purpose",
        "program_id",
        "organization_id",
        "counted",
        "left_out_because",
    ),
    # From a visit back to the line it was read from; dim_files names the file.
    "visit_lines": (
        "person_key",
        "municipality_code",
        "arrived_on",
        "departed_on",
        "records",
        "load_id",
        "file_no",
        "line",
    ),
}
_STORED_AS: Final = {"visit_lines": "visits"}
_LOADING: Final = {"reconciliation": read_reconciliation, "rejects": read_rejects}


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    words = translate(locale, "command.option.table")
    parser.add_argument("table", metavar="TABLE", help=f"{words}: {', '.join(_tables())}")
    parser.add_argument(
        "--out", type=named_path, required=True, metavar="FILE", help=translate(locale, "command.option.out")
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    table, out = call.options.table, call.options.out
    if out.suffix not in (".csv", ".parquet"):
        raise UsageError("export_suffix", file=out.name)
    if table not in _tables():
        raise UsageError("export_table", table=table, known=", ".join(_tables()))
    with _failures_named(out):
        if not out.parent.is_dir():
            raise UsageError("export_folder", folder=out.parent)
        if out.is_dir():
            raise UsageError("export_is_folder", folder=out)
        draft = out.with_name(f".kayoi-{os.getpid()}{out.suffix}")
        try:
            rows = _write(call, table, draft)
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)
    text = call.say("command.export.done", table=table, rows=f"{rows:,}", file=out)
    if data_label(call.warehouse):
        # The columns of an export are fixed, so the label stands in a file of its own beside it.
        note = out.with_name(f"{out.name}.架空データ.txt")
        note.write_text(f"{call.say('app.fictitious_note')}\n", encoding="utf-8")
        text += " " + call.say("app.fictitious_note")
    return Answer(
        text, {"table": table, "rows": rows, "file": str(out), "data_label": data_label(call.warehouse)}
    )


@contextmanager
def _failures_named(out: Path) -> Iterator[None]:
    """Say what the machine refuses of the file that was asked for; the draft is our own business."""
    try:
        yield
    except (OSError, EngineError) as error:
        said = machine_error(error, out)
        if said is None:
            raise
        raise said from error


def _write(call: Call, table: str, out: Path) -> int:
    if table in _LOADING:
        return _write_frame(_LOADING[table](call.warehouse), out)
    snapshot = open_snapshot(call.warehouse, Scope.everything())
    if table in PEOPLE_COLUMNS:
        return export_people(snapshot, _STORED_AS.get(table, table), PEOPLE_COLUMNS[table], out)
    return export_mart(snapshot, table, out)


def _tables() -> list[str]:
    return [*PEOPLE_COLUMNS, *_LOADING, *mart_names()]


def _write_frame(frame: pd.DataFrame, out: Path) -> int:
    """Write what was read from files: its text is whatever somebody typed, so formulas are defused."""
    if out.suffix == ".parquet":
        frame.to_parquet(out, index=False)
        return len(frame)
    texts = frame.select_dtypes(include=["object", "string"]).columns
    frame.assign(**{name: frame[name].map(_defused) for name in texts}).to_csv(
        out, index=False, encoding="utf-8"
    )
    return len(frame)


def _defused(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value


COMMAND = Command(_add_options, _run)
