"""Counts a funnel in an engine that holds its events: who reached which step, by queries over tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from kayoi.behaviour.definition import Plan
from kayoi.engine import Engine
from kayoi.errors import UsageError

ASKED: Final[dict[str, dict[str, str]]] = {
    "ask_steps": {
        "step": "integer",
        "role": "varchar",
        "before_step": "integer",
        "step_bit": "integer",
        "gap_bit": "integer",
    },
    "ask_needs": {
        "step": "integer",
        "depth": "integer",
        "from_depth": "integer",
        "needed": "integer",
        "taken": "integer",
        "gap_us": "bigint",
    },
    "ask_subsets": {"subset": "integer", "steps": "integer"},
}
# A signature is a whole number of 128 bits, the sign among them.
_MOST_BITS: Final = 126


@dataclass(frozen=True)
class Entered:
    """When a funnel may be entered: microseconds since 1970, the end not included. Default: any time."""

    from_us: int = -(10**18)
    until_us: int = 10**18


def prepare(engine: Engine, plan: Plan) -> None:
    """Make what is the same for every period, from funnel_events (track, at_us, mask, breaks).

    Raises UsageError where the steps share so many kinds of events that they cannot be told apart.
    """
    asked_rows: list[Iterable[tuple[object, ...]]] = [plan.step_rows(), plan.need_rows(), plan.subset_rows()]
    for table, rows in zip(ASKED, asked_rows, strict=True):
        put_rows(engine, table, rows, ASKED[table])
    engine.create("funnel_classes")
    if int(engine.table("funnel_classes")["slots"].sum()) > _MOST_BITS:
        raise UsageError("funnel_overlap")
    engine.create("funnel_moments", {"is_strict": plan.order == "strict"})
    if plan.order == "unordered":
        return
    engine.create("funnel_links")
    asked = {"strict": "funnel_asked_strict", "ordered": "funnel_asked_ordered"}[plan.order]
    _make(engine, "funnel_asked_between" if "excluded" in plan.roles else asked, "funnel_asked", {})


def reach(engine: Engine, plan: Plan, entered: Entered, *, with_times: bool = False) -> None:
    """Make funnel_reached (person, step, fastest_us) of a period, after `prepare`; needs funnel_tracks."""
    period: dict[str, object] = {
        "from_us": entered.from_us,
        "until_us": entered.until_us,
        "is_first": plan.entry == "first",
    }
    if plan.order == "unordered":
        name = "funnel_spans_to_each" if with_times else "funnel_spans_whole"
        _make(engine, name, "funnel_spans", {**period, "window_us": plan.window_us})
        engine.create("funnel_ranks")
        _make(engine, "funnel_reached_in_any_order", "funnel_reached", {})
        return
    _make(engine, "funnel_entries", "funnel_chains", period)
    chains = "funnel_chains_strict" if plan.order == "strict" else "funnel_chains_ordered"
    for number in range(2, len(plan.roles) + 1):
        if plan.roles[number - 1] != "excluded":
            asked = {"step": number, "window_us": plan.window_us}
            engine.append("funnel_chains", chains, asked)
    _make(engine, "funnel_reached_in_order", "funnel_reached", {})


def put_rows(
    engine: Engine, table: str, rows: Iterable[tuple[object, ...]], columns: Mapping[str, str]
) -> None:
    """Make *table* of *columns* (name → type) from rows in which None is a null."""
    engine.put(table, pd.DataFrame(list(rows), columns=list(columns), dtype=object), columns)


def _make(engine: Engine, name: str, table: str, params: Mapping[str, object]) -> None:
    """Make *table* by the query *name*, one of several that give it the same columns."""
    engine.drop(table)
    engine.append(table, name, params)
