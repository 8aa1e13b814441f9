"""Write tests/oracle/lifelines_values.json: what lifelines makes of made-up durations.

lifelines is no part of Kayoi's own environment; it lives in one of its own:
`python3.11 -m venv elsewhere; elsewhere/bin/pip install lifelines==0.30.0;
elsewhere/bin/python scripts/write_lifelines_values.py`
"""

import json
import sys
from pathlib import Path
from random import Random
from typing import Any, Final

import lifelines
import numpy
import pandas

OUT: Final = Path(__file__).parent.parent / "tests" / "oracle" / "lifelines_values.json"
WINDOWS: Final = (91, 182, 365, 730, 1095)
REACHED, COMPETED = 1, 2


def drawn(seed: int, people: int, *, tied: bool, competing: float) -> list[list[int]]:
    """Return [days, outcome] of people: 0 censored, 1 reached, 2 settled first; without ties where asked."""
    random = Random(seed)  # noqa: S311 - made-up durations
    days = (
        [random.randrange(0, 1300) for _ in range(people)] if tied else random.sample(range(1, 1300), people)
    )
    outcomes = random.choices((0, REACHED, COMPETED), (0.5, 0.5 - competing, competing), k=people)
    return [list(pair) for pair in zip(days, outcomes, strict=True)]


def kaplan_meier(people: list[list[int]]) -> list[dict[str, float]]:
    """Return the share that ended within each window, with the log-log interval of 1 - survival."""
    fitter = lifelines.KaplanMeierFitter()
    fitter.fit([days for days, _ in people], [outcome > 0 for _, outcome in people])
    bounds = fitter.confidence_interval_survival_function_
    rows = []
    for window in WINDOWS:
        at = bounds.index[bounds.index <= window][-1]
        low, high = bounds.loc[at]
        rows.append(
            {
                "days": window,
                "incidence": 1 - float(fitter.survival_function_at_times(window).iloc[0]),
                "low": 1 - float(high),
                "high": 1 - float(low),
            }
        )
    return rows


def aalen_johansen(people: list[list[int]]) -> list[dict[str, float]]:
    """Return the share that reached it within each window, and the variance of that share."""
    fitter = lifelines.AalenJohansenFitter(calculate_variance=True)
    fitter.fit(
        pandas.Series([float(days) for days, _ in people]),
        pandas.Series([outcome for _, outcome in people]),
        event_of_interest=REACHED,
    )
    incidence, variance = fitter.cumulative_density_.iloc[:, 0], fitter.variance_
    rows = []
    for window in WINDOWS:
        at = incidence.index[incidence.index <= window][-1]
        rows.append({"days": window, "incidence": float(incidence[at]), "variance": float(variance[at])})
    return rows


def main() -> int:
    """Write the file."""
    cases: list[dict[str, Any]] = []
    for seed, people in enumerate((12, 40, 150, 400)):
        # lifelines shifts tied durations at random before it estimates Aalen-Johansen: none there.
        tied, apart = (
            drawn(seed, people, tied=True, competing=0.0),
            drawn(seed, people, tied=False, competing=0.2),
        )
        cases.append({"name": f"kaplan-meier {people}", "people": tied, "expected": kaplan_meier(tied)})
        cases.append({"name": f"aalen-johansen {people}", "people": apart, "expected": aalen_johansen(apart)})
    versions = {
        "python": sys.version.split()[0],
        "lifelines": lifelines.__version__,
        "pandas": pandas.__version__,
        "numpy": numpy.__version__,
    }
    OUT.write_text(json.dumps({"versions": versions, "cases": cases}) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
