"""Loading: decode → read values → reconcile → store. Rejects are data."""

from kayoi.load.horizons import LateEnd, ends_after, today
from kayoi.load.store import load_files
from kayoi.load.stored import (
    FileReconciliation,
    Note,
    StoredLoad,
    damaged_loads,
    list_loads,
    read_reconciliation,
    read_rejects,
)

__all__ = [
    "FileReconciliation",
    "LateEnd",
    "Note",
    "StoredLoad",
    "damaged_loads",
    "ends_after",
    "list_loads",
    "load_files",
    "read_reconciliation",
    "read_rejects",
    "today",
]
