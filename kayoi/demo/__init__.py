"""The fictitious demonstration dataset (架空データ): input files that show every stage and programme."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kayoi.contract import TABLES, ColumnType
from kayoi.demo import published
from kayoi.demo.cast import Cast
from kayoi.demo.figures import LAST_DAY, LEAST_PEOPLE, PEOPLE
from kayoi.demo.places import CODES
from kayoi.demo.programmes import add_challengers, add_companies, add_second_homes
from kayoi.demo.records import trips_apart, visit_records
from kayoi.demo.ties import add_furusato_residents, add_residents_of_two_places, add_routine, add_supporters
from kayoi.demo.trial import add_trial
from kayoi.demo.visitors import add_interest, add_returners, add_visitors
from kayoi.errors import UsageError

SEED: Final = 20260930

_WRITTEN_AS: Final[dict[ColumnType, pa.DataType]] = {
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
}  # everything else as text
_OWN_NAMES: Final = {
    "arrived": "arrived_on",
    "departed": "departed_on",
    "engaged": "engaged_on",
    "started": "started_on",
    "ended": "ended_on",
    "supported": "supported_on",
    "home": "home_municipality_code",
}


def write_dataset(folder: Path, *, people: int = PEOPLE, seed: int = SEED) -> None:
    """Write the dataset as one Parquet file per input table (contract, section 1) into *folder*.

    2022-04-01 to 2026-09-30, twelve municipalities, *people* invented people from all over Japan. Codes and
    ids are text, dates date32; visits.spend_yen is text because some of it is a band. The same people and
    seed give the same values. Raises UsageError where *people* is too small for the programmes to stand out.
    """
    if people < LEAST_PEOPLE:
        raise UsageError("demo_people", least=LEAST_PEOPLE, people=people)
    rng = np.random.default_rng(seed)
    cast = Cast(rng, people)
    for add in (
        add_challengers,
        add_second_homes,
        add_companies,
        add_trial,
        add_residents_of_two_places,
        add_routine,
        add_supporters,
        add_furusato_residents,
        add_returners,
        add_interest,
        add_visitors,  # whoever is left
    ):
        add(cast)
    cast.move_some()
    visits = visit_records(cast, trips_apart(cast))
    tables = {name: pd.concat(frames, ignore_index=True) for name, frames in cast.rows.items()}
    tables |= {
        "visits": visits,
        "people": cast.register(),
        "programs": published.programs(),
        "organizations": published.organizations(),
        "targets": published.targets(),
        "area_stats": published.area_stats(rng),
        "coverage": published.coverage(),
        "events": published.events(),
    }
    # numbers say nothing about the group a person was invented for
    names = np.array([f"demo-{number:06d}" for number in rng.permutation(people)], dtype=object)
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        pq.write_table(_as_contract(name, tables[name], names), folder / f"{name}.parquet")


def _as_contract(name: str, table: pd.DataFrame, names: np.ndarray) -> pa.Table:
    """Return *table* with the contract's columns, types and order; rows after the last day are left out."""
    table = table.rename(columns=_OWN_NAMES)
    dated_by = TABLES[name].dated_by or ("supported_on" if name == "supports" else None)
    if dated_by is not None:
        table = table[table[dated_by] <= LAST_DAY]
    if "place" in table:
        table = table.assign(municipality_code=np.array(CODES, dtype=object)[table["place"].to_numpy()])
    if "person" in table:
        table = table.assign(person_id=names[table["person"].to_numpy()])
    if name == "visits":
        # a day trip may leave the day of leaving empty, and the nights are said by the two days
        table = table.assign(departed_on=table["departed_on"].where(table["nights"] > 0))
        table = table.drop(columns="nights")
    fields = [
        (column.name, _WRITTEN_AS.get(column.type, pa.string()))
        for column in TABLES[name].columns
        if column.name in table
    ]
    table = table.drop_duplicates([field for field, _ in fields])
    return pa.table({field: _array(table[field], kind) for field, kind in fields})


def _array(values: pd.Series, kind: pa.DataType) -> pa.Array:
    """Return one column in Arrow; -1 stands for an unknown whole number or day."""
    if pa.types.is_date(kind):
        return _array(values, pa.int64()).cast(pa.int32()).cast(kind)
    if pa.types.is_integer(kind):
        whole = values.astype("Int64")
        return pa.array(whole.where(whole >= 0), type=kind, from_pandas=True)
    return pa.array(values, type=kind, from_pandas=True)
