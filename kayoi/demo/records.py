"""From trips to the records a supplier sends: several rows of one trip, prices, bands, gaps, origins."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kayoi.demo.cast import Cast
from kayoi.demo.figures import (
    BAND_EDGES_YEN,
    DAY_TRIP_YEN,
    FIRST_DAY,
    LAST_DAY,
    LODGING_TRIP_YEN,
    SHARE_OF_SPEND_IN_BANDS,
    SHARE_ONE_DAY_GAPS,
    SHARE_WITH_SPEND,
    SPENT_IN_MUNICIPALITY,
)
from kayoi.demo.places import CODES

_SHARE_TWO_SOURCES: Final = 0.03  # of the same stays: seen by the lodging and by the app
_SHARE_SPLIT_OTHERS: Final = 0.03  # of the stays outside the calibrated part of the log
_SPREAD: Final = 0.55  # of spending, standard deviation of its logarithm
_MEAN_NIGHTS: Final = 1.75  # of a stay
_AIR: Final = tuple(CODES.index(code) for code in ("01633", "30401", "42210"))
_COLUMNS: Final = ("purpose", "program_id", "organization_id", "source")


def trips_apart(cast: Cast) -> pd.DataFrame:
    """Return the trips by person, place and day, without those that would merge with the one before."""
    trips = pd.concat(cast.rows.pop("trips"), ignore_index=True)
    trips["plain"] = trips["plain"].eq(True) if "plain" in trips else False
    for column in _COLUMNS:
        if column not in trips:
            trips[column] = None
    trips = trips[(trips["arrived"] >= FIRST_DAY) & (trips["arrived"] <= LAST_DAY)]
    trips["departed"] = np.minimum(trips["arrived"] + trips["nights"], LAST_DAY)
    # a trip of a programme goes before a private one on the same day
    trips["private"] = trips["program_id"].isna()
    trips = trips.sort_values(["person", "place", "arrived", "private"], kind="stable", ignore_index=True)
    while True:
        tie = (trips["person"] * len(CODES) + trips["place"]).to_numpy()
        arrived, departed = trips["arrived"].to_numpy(), trips["departed"].to_numpy()
        touches = np.r_[False, (tie[1:] == tie[:-1]) & (arrived[1:] <= departed[:-1] + 1)]
        # of a chain of touching trips only every second goes in one round
        drop = touches & ~np.r_[False, touches[:-1]]
        # a private trip gives way to the programme's, not the other way round
        funded = drop & ~trips["private"].to_numpy()
        drop = np.where(funded, False, drop) | np.r_[funded[1:], False]
        if not drop.any():
            return trips.drop(columns="private")
        trips = trips[~drop].reset_index(drop=True)


def _prices(rng: np.random.Generator, nights: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return spend_yen as text: nothing, a number in tens of yen, or a band."""
    lodging = LODGING_TRIP_YEN * (0.45 + 0.55 * nights / _MEAN_NIGHTS)
    mean = SPENT_IN_MUNICIPALITY * np.where(nights > 0, lodging, DAY_TRIP_YEN)
    yen = np.exp(rng.normal(np.log(mean) - _SPREAD**2 / 2, _SPREAD)).astype(np.int64) // 10 * 10
    low, high = BAND_EDGES_YEN[:-1], BAND_EDGES_YEN[1:]
    bands = np.array(
        [
            f"{BAND_EDGES_YEN[0]:,}円未満",
            *(f"{one:,}円以上 {other:,}円未満" for one, other in zip(low, high, strict=True)),
            f"{BAND_EDGES_YEN[-1]:,}円以上",
        ],
        dtype=object,
    )
    text = yen.astype(str).astype(object)
    banded = rng.random(len(yen)) < SHARE_OF_SPEND_IN_BANDS
    text[banded] = bands[np.searchsorted(BAND_EDGES_YEN, yen[banded], side="right")]
    text[rng.random(len(yen)) >= SHARE_WITH_SPEND] = None
    return text


def _sources(rng: np.random.Generator, trips: pd.DataFrame) -> NDArray[np.object_]:
    """Return who recorded each trip."""
    stays = (trips["nights"] > 0).to_numpy()
    flies = stays & trips["place"].isin(_AIR).to_numpy()
    draw = rng.random(len(trips))
    source = np.where(draw < 0.45, "アプリ", "調査").astype(object)
    source[stays & (draw < 0.6)] = "宿泊"
    source[stays & (draw >= 0.6) & (draw < 0.85)] = "アプリ"
    source[flies & (draw < 0.25)] = "航空"
    given = trips["source"].notna().to_numpy()
    source[given] = trips["source"].to_numpy(dtype=object)[given]
    return source


def _split(rng: np.random.Generator, trips: pd.DataFrame, is_far: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Choose the stays that are recorded day by day, so that the calibrated share of gaps is one day."""
    calibrated = trips["plain"].to_numpy() & is_far
    tie = (trips["person"] * len(CODES) + trips["place"]).to_numpy()
    gaps = int((calibrated[1:] & (tie[1:] == tie[:-1])).sum())
    wanted = gaps * SHARE_ONE_DAY_GAPS / (1 - SHARE_ONE_DAY_GAPS)
    nights = (trips["departed"] - trips["arrived"]).to_numpy()
    split = ~calibrated & (nights > 0) & (rng.random(len(trips)) < _SHARE_SPLIT_OTHERS)
    stays = rng.permutation(np.flatnonzero(calibrated & (nights > 0)))
    split[stays[np.cumsum(nights[stays]) <= wanted]] = True
    return np.asarray(split, dtype=np.bool_)


def visit_records(cast: Cast, trips: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `visits`: person and place as numbers, days as integers, the rest as written."""
    rng = cast.rng
    trips = trips.copy()
    persons, arrived = trips["person"].to_numpy(), trips["arrived"].to_numpy()
    homes = cast.homes(persons, arrived)
    is_far = homes.astype("U2") != np.array([code[:2] for code in CODES])[trips["place"].to_numpy()]
    nights = (trips["departed"] - trips["arrived"]).to_numpy()
    trips["spend_yen"] = _prices(rng, nights)
    trips["source"] = _sources(rng, trips)
    detail = rng.random(cast.people)[persons]  # a person is always asked the same way
    trips["home"] = homes
    trips.loc[detail >= 0.86, "home"] = homes[detail >= 0.86].astype("U2").astype(object)
    trips.loc[detail >= 0.94, "home"] = None
    split = _split(rng, trips, is_far)
    twice = ~split & ~trips["plain"].to_numpy() & (nights > 0) & (rng.random(len(trips)) < _SHARE_TWO_SOURCES)
    pieces = np.where(split, nights + 1, 1)
    row = np.repeat(np.arange(len(trips)), pieces)
    step = np.arange(len(row)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    records = trips.iloc[row].reset_index(drop=True)
    records["arrived"] += step
    # day by day: one night each, and the morning of leaving
    records["departed"] = np.where(
        split[row], np.minimum(records["arrived"] + 1, records["departed"]), records["departed"]
    )
    records["nights"] = records["departed"] - records["arrived"]
    records.loc[step > 0, "spend_yen"] = None
    records.loc[split[row], "source"] = "アプリ"
    again = trips[twice].assign(source="アプリ", spend_yen=None, purpose=None)
    records = pd.concat([records, again], ignore_index=True)
    records = records.sort_values(["arrived", "place", "person"], kind="stable", ignore_index=True)
    records["visit_id"] = [f"v{number:07d}" for number in range(1, len(records) + 1)]
    return records
