"""Loading: decode → read values → reconcile → store. Rejects are data."""

from kayoi.load.guess import Because, BlockedHeading, ColumnGuess, Guess, guess_mapping, guess_sheet
from kayoi.load.horizons import LateEnd, ends_after, today
from kayoi.load.layout import Layout
from kayoi.load.mended import Mending, rejects_to_mend
from kayoi.load.reader import Inspection, SheetSize, inspect_file, sheets_of
from kayoi.load.store import Parcel, Trial, load_files, load_parcels, try_parcels
from kayoi.load.stored import (
    FileReconciliation,
    Note,
    StoredLoad,
    damaged_loads,
    list_loads,
    read_reconciliation,
    read_rejects,
)
from kayoi.load.withdraw import HistoryEntry, history, restore, withdraw

__all__ = [
    "Because",
    "BlockedHeading",
    "ColumnGuess",
    "FileReconciliation",
    "Guess",
    "HistoryEntry",
    "Inspection",
    "LateEnd",
    "Layout",
    "Mending",
    "Note",
    "Parcel",
    "SheetSize",
    "StoredLoad",
    "Trial",
    "damaged_loads",
    "ends_after",
    "guess_mapping",
    "guess_sheet",
    "history",
    "inspect_file",
    "list_loads",
    "load_files",
    "load_parcels",
    "read_reconciliation",
    "read_rejects",
    "rejects_to_mend",
    "restore",
    "sheets_of",
    "today",
    "try_parcels",
    "withdraw",
]
