"""Cached reads: the only place Streamlit's cache meets the published data."""

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from kayoi import queries, warehouse
from kayoi.access import Scope


def warehouse_folder() -> Path:
    """Return the folder the pages read: KAYOI_WAREHOUSE, or ./warehouse."""
    return Path(os.environ.get("KAYOI_WAREHOUSE", "warehouse"))


def newest_snapshot(scope: Scope) -> warehouse.Snapshot:
    """Return the published snapshot of this moment; raises NoSnapshotError where there is none.

    Its name is asked for anew in every run, so a build shows at the reader's next click.
    """
    folder = warehouse_folder().resolve()
    return _opened(str(folder), warehouse.published_id(folder), scope)


def read(snapshot: warehouse.Snapshot, scope: Scope, name: str, params: Mapping[str, object]) -> pd.DataFrame:
    """Return the rows of queries/reads/<name>.sql, from the cache where they were read before.

    Only the parameters the query names are part of the key, so a choice it does not ask for costs nothing.
    """
    wanted = {key: params[key] for key in queries.load(name).params}
    return _rows(str(warehouse_folder().resolve()), snapshot.snapshot_id, scope, name, wanted, snapshot)


# One that falls out stays open while a run still reads from it; the file closes with the last reference.
@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Scope: repr})
def _opened(folder: str, snapshot_id: str, scope: Scope) -> warehouse.Snapshot:
    return warehouse.open_snapshot(Path(folder), scope)


# A snapshot never changes and a new one has another name, so nothing kept under the name can be stale.
@st.cache_data(max_entries=2_000, show_spinner=False, hash_funcs={Scope: repr})
def _rows(
    folder: str,
    snapshot_id: str,
    scope: Scope,
    name: str,
    params: dict[str, object],
    _snapshot: warehouse.Snapshot,
) -> pd.DataFrame:
    return _snapshot.fetch(name, params)
