"""Loading: decode → read values → reconcile → store. Rejects are data."""

from kayoi.load.store import load_files
from kayoi.load.stored import (
    FileReconciliation,
    Note,
    StoredLoad,
    list_loads,
    read_reconciliation,
    read_rejects,
)

__all__ = [
    "FileReconciliation",
    "Note",
    "StoredLoad",
    "list_loads",
    "load_files",
    "read_reconciliation",
    "read_rejects",
]
