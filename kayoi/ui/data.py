"""Cached reads: the only place Streamlit's cache meets the published data."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import streamlit as st

from kayoi import queries, warehouse
from kayoi.access import Scope
from kayoi.errors import SnapshotDamagedError
from kayoi.i18n import Locale
from kayoi.ui.choices import Region, regions_of


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
    try:
        return _rows(str(warehouse_folder().resolve()), snapshot.snapshot_id, scope, name, wanted, snapshot)
    except SnapshotDamagedError:
        _opened.clear()  # the next run opens the one before it
        raise


def regions(snapshot: warehouse.Snapshot, scope: Scope) -> Mapping[str, Region]:
    """Return every region by code, in the order of the search box."""
    return _regions(str(warehouse_folder().resolve()), snapshot.snapshot_id, scope, snapshot)


def search_texts(snapshot: warehouse.Snapshot, scope: Scope, locale: Locale) -> Mapping[str, str]:
    """Return what the search box shows for every region, by code."""
    return _search_texts(str(warehouse_folder().resolve()), snapshot.snapshot_id, scope, locale, snapshot)


# One that falls out stays open while a run still reads from it; the file closes with the last reference.
@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Scope: repr})
def _opened(folder: str, snapshot_id: str, scope: Scope) -> warehouse.Snapshot:
    return warehouse.open_snapshot(Path(folder), scope)


# Made once per snapshot and shared: 1,800 regions take 40 ms, and nobody changes them.
@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Scope: repr})
def _regions(
    folder: str, snapshot_id: str, scope: Scope, _snapshot: warehouse.Snapshot
) -> Mapping[str, Region]:
    return MappingProxyType(regions_of(_snapshot.fetch("region_list", {})))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Scope: repr})
def _search_texts(
    folder: str, snapshot_id: str, scope: Scope, locale: Locale, _snapshot: warehouse.Snapshot
) -> Mapping[str, str]:
    known = _regions(folder, snapshot_id, scope, _snapshot)
    return MappingProxyType({code: region.search_text(locale) for code, region in known.items()})


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
