"""A comparison (比較) of supported people with people alike without support; it shows no effect (効果)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MATCHED_ON: Final = ("stage", "visits_band", "nights_band", "origin_block", "age_band")
LEAST_PEOPLE: Final = 10  # matched on either side; below it a share says nothing
DRAWS: Final = 2_000
SEED: Final = 20251231
_TAILS: Final = (0.025, 0.975)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Compared:
    """What became of supported people and of those alike; rates are None where there are too few people."""

    supported: int
    matched: int  # supported people somebody is alike to
    others: int  # people without support who are alike to somebody supported
    supported_rate: float | None  # of the matched
    others_rate: float | None  # of the others, weighted like the matched
    difference: float | None
    low: float | None  # 95 % interval of the difference
    high: float | None
    balance: (
        pd.DataFrame
    )  # variable, value, supported_share (matched, and the others weighted), all_…, others_…

    @property
    def has_enough(self) -> bool:
        """Return whether both sides have people enough to be compared."""
        return self.difference is not None


def compare(strata: pd.DataFrame, *, draws: int = DRAWS, seed: int = SEED) -> Compared:
    """Compare the two sides of *strata* (rows of matched_strata) stratum by stratum.

    Exact matching: a stratum counts where it has people on both sides, and the others are weighted like
    the supported in it. The interval is a percentile bootstrap over people, the same for the same *seed*.
    """
    wide = _sides(strata)
    people, reached = (
        wide[name].to_numpy(dtype=np.float64) for name in ("people", "reached")
    )  # columns: others, supported
    shared = (people > 0).all(axis=1)
    matched, others = int(people[shared, 1].sum()), int(people[shared, 0].sum())
    enough = min(matched, others) >= LEAST_PEOPLE
    rates: dict[str, float | None] = dict.fromkeys(
        ("supported_rate", "others_rate", "difference", "low", "high")
    )
    if enough:
        rates.update(_rates(people[shared], reached[shared]) | _interval(people, reached, draws, seed))
    return Compared(
        supported=int(people[:, 1].sum()),
        matched=matched,
        others=others,
        balance=_balance(wide.index, people, shared),
        **rates,
    )


def _sides(strata: pd.DataFrame) -> pd.DataFrame:
    """Return one row per stratum; columns people and reached of the others (False) and supported (True)."""
    both = pd.MultiIndex.from_product([("people", "reached"), (False, True)])
    wide = strata.pivot_table(
        index=list(MATCHED_ON), columns="is_supported", values=["people", "reached"], aggfunc="sum"
    )
    return wide.reindex(columns=both).fillna(0)


def _rates(people: Floats, reached: Floats) -> dict[str, float]:
    shares = reached / people
    weights = people[:, 1] / people[:, 1].sum()
    own, others = float(weights @ shares[:, 1]), float(weights @ shares[:, 0])
    return {"supported_rate": own, "others_rate": others, "difference": own - others}


def _interval(people: Floats, reached: Floats, draws: int, seed: int) -> dict[str, float]:
    """Draw people anew on both sides; a stratum that is empty on a side in a draw does not count in it."""
    rng = np.random.default_rng(seed)
    sides = []
    for side in (0, 1):
        cells = np.concatenate([reached[:, side], people[:, side] - reached[:, side]])
        size = int(cells.sum())
        drawn = rng.multinomial(size, cells / size, size=draws).astype(np.float64)
        half = len(reached)
        sides.append((drawn[:, :half] + drawn[:, half:], drawn[:, :half]))
    (n0, r0), (n1, r1) = sides
    shared = (n0 > 0) & (n1 > 0)
    differences = np.where(shared, r1 / np.maximum(n1, 1) - r0 / np.maximum(n0, 1), 0.0)
    weights = np.where(shared, n1, 0.0)
    total = weights.sum(axis=1)
    low, high = np.quantile((weights * differences).sum(axis=1)[total > 0] / total[total > 0], _TAILS)
    return {"low": float(low), "high": float(high)}


def _balance(index: pd.MultiIndex, people: Floats, shared: NDArray[np.bool_]) -> pd.DataFrame:
    """Return by variable and value the shares of both sides, and of the others once they are weighted."""
    supported, others = people[:, 1], people[:, 0]
    weighted = np.where(shared, supported, 0.0)
    sides = {
        "supported_share": weighted / max(weighted.sum(), 1.0),
        "all_supported_share": supported / max(supported.sum(), 1.0),
        "others_share": others / max(others.sum(), 1.0),
    }
    strata = pd.DataFrame(sides, index=index).reset_index()
    rows = [
        strata.groupby(name)[list(sides)].sum().reset_index(names="value").assign(variable=name)
        for name in MATCHED_ON
    ]
    return pd.concat(rows, ignore_index=True)[["variable", "value", *sides]]
