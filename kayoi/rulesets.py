"""A ruleset file → checked conditions, and the SQL text that the build puts into its slots.

A pair (person × municipality) whose visits alone decide its stage takes the fast way: `visits_W >= k` holds
after a visit until (its k-th latest arrival) + W, which is a `lag`. The few pairs that may meet a condition
with nights, registrations or engagements take the general way: running sums of every signal.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from kayoi.conditions import FLAG_SIGNALS, VISIT_WINDOWS, Condition, Conjunct, Literal, parse
from kayoi.contract import PURPOSES
from kayoi.errors import RulesetError

RULESETS_DIR: Final = Path(__file__).parent.parent / "data" / "rulesets"
DEFAULT: Final = "jta-mlit-2026"
# Best first: the order in which a person's stages in several municipalities are compared.
STAGES: Final = ("settled", "dual", "related", "loyal", "tourist", "routine", "interest", "dormant")
LADDER: Final = ("tourist", "loyal", "related", "dual")
RANKS: Final = {stage: rank for rank, stage in enumerate(STAGES, 1)}

# Signals that visits alone decide → their window in days (0: for ever).
_VISIT_SIGNALS: Final = {**VISIT_WINDOWS, "ever_visited": 0}
# What a pair's life-long total must reach before a literal can ever hold.
_TOTALS: Final = {
    **dict.fromkeys((*VISIT_WINDOWS, "ever_visited", "stay_months_365"), "visits"),
    **dict.fromkeys(("nights_365", "nights_56"), "nights"),
    "engagements_365": "engagements",
    "supporter_365": "supporters",
    "contacts_730": "contacts",
    **{flag: flag for flag in FLAG_SIGNALS if flag != "ever_visited"},
}

# The fast way keeps an arrival per visit it looks back; further back, the general way is the cheaper one.
_FURTHEST_BACK: Final = 50

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")

_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Rule:
    """One stage of a ruleset; `text` is the condition as written."""

    stage: str
    text: str
    condition: Condition
    source: dict[str, str]
    is_convention: bool


@dataclass(frozen=True)
class Ruleset:
    """An ordered list of stages; the first whose condition holds on a day is the stage of that day."""

    id: str
    version: str
    name: dict[str, str]
    note: dict[str, str]
    exclude_purposes: tuple[str, ...]
    reviewed_on: date
    rules: tuple[Rule, ...]

    def slots(self) -> dict[str, str]:
        """Return slot name → SQL text for the queries that depend on the ruleset."""
        fast = [(rule.stage, quick) for rule in self.rules if (quick := _fast(rule.condition))]
        slow = [one for rule in self.rules for one in rule.condition if not _is_fast(one)]
        steps = [stage for stage, _ in fast]
        deepest = max((one.at_least for _, quick in fast for part in quick for one in part), default=1)
        return {
            "excluded_purposes": ", ".join(f"'{purpose}'" for purpose in self.exclude_purposes) or "''",
            "lags": "".join(
                f",\n        lag(arrived_on, {back}) over pair as arrived_{back}"
                for back in range(1, deepest + 1)
            ),
            "breaks": "".join(
                f",\n        greatest(arrived_on, {_reaches(fast[: step + 1])}) as break_{step + 1}"
                for step in range(len(fast))
            ),
            "stage_before": _case(
                [(_held_before(quick), f"'{stage}'") for stage, quick in fast], otherwise="'dormant'"
            ),
            "steps": ", ".join(f"({step})" for step in range(len(fast) + 1)),
            "step_stage": _by_step([f"'{stage}'" for stage in [*steps, "dormant"]]),
            "step_from": _by_step(["arrived_on", *(f"break_{step}" for step in range(1, len(fast) + 1))]),
            "step_to": _by_step(
                [*(f"break_{step}" for step in range(1, len(fast) + 1)), "date '9999-12-31'"]
            ),
            "needs_signals": " or ".join(f"({_possible(one)})" for one in slow) or "false",
            "stage": _case(
                [(_holds(rule.condition), f"'{rule.stage}'") for rule in self.rules if rule.condition],
                otherwise="'dormant'",
            ),
        }


def load(ruleset: str | Path) -> Ruleset:
    """Return a shipped ruleset by id, or one from a TOML file.

    Raises RulesetError where there is none, it is not UTF-8, a field is missing, its id is no plain name, a
    stage is unknown or repeated, or a condition holds anything but signals, integers and the operators of
    contract section 4.
    """
    path = Path(ruleset)
    if path.suffix != ".toml":
        path = RULESETS_DIR / (f"{ruleset}.toml" if str(ruleset) in shipped() else "")
    if not path.is_file():
        raise RulesetError("ruleset_missing", ruleset=ruleset, known=", ".join(shipped()))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RulesetError("ruleset_encoding", ruleset=path.name) from None
    return _from_text(text, path.stem)


@cache
def shipped() -> tuple[str, ...]:
    """Return the ids of the rulesets that come with Kayoi, the default first."""
    ids = sorted(path.stem for path in RULESETS_DIR.glob("*.toml"))
    return tuple(sorted(ids, key=lambda one: one != DEFAULT))


def _from_text(text: str, stem: str) -> Ruleset:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesetError("ruleset_shape", ruleset=stem, field=str(error)) from None
    name = _typed(raw, "id", str, stem)
    if not _ID.fullmatch(name):
        raise RulesetError("ruleset_id", ruleset=stem, id=name)
    purposes = tuple(_typed(raw, "exclude_purposes", list, name))
    if not set(purposes) <= set(PURPOSES):
        raise RulesetError("ruleset_shape", ruleset=name, field="exclude_purposes")
    rules = tuple(_rule(one, name) for one in _typed(raw, "stage", list, name))
    stages = [rule.stage for rule in rules]
    for position, stage in enumerate(stages):
        is_last = position == len(stages) - 1
        if stage not in STAGES or stage in stages[:position] or is_last != (stage == "dormant"):
            raise RulesetError("ruleset_stage", ruleset=name, stage=stage)
    return Ruleset(
        id=name,
        version=_typed(raw, "version", str, name),
        name=_typed(raw, "name", dict, name),
        note=_typed(raw, "note", dict, name),
        exclude_purposes=purposes,
        reviewed_on=_typed(raw, "reviewed_on", date, name),
        rules=rules,
    )


def _rule(raw: Mapping[str, object], ruleset: str) -> Rule:
    stage, text = _typed(raw, "id", str, ruleset), _typed(raw, "condition", str, ruleset)
    is_last = stage == "dormant" and text.strip() == "otherwise"
    return Rule(
        stage=stage,
        text=text,
        condition=frozenset() if is_last else parse(text, ruleset=ruleset, stage=stage),
        source=_typed(raw, "source", dict, ruleset),
        is_convention=_typed(raw, "is_convention", bool, ruleset),
    )


def _typed(raw: Mapping[str, object], field: str, kind: type[_Value], ruleset: str) -> _Value:
    value = raw.get(field)
    if not isinstance(value, kind):
        raise RulesetError("ruleset_shape", ruleset=ruleset, field=field)
    return value


def _is_fast(conjunct: Conjunct) -> bool:
    # A condition that always holds has no literal, and so no visit at which it could begin.
    return bool(conjunct) and all(
        one.is_positive and one.signal in _VISIT_SIGNALS and one.at_least <= _FURTHEST_BACK
        for one in conjunct
    )


def _fast(condition: Condition) -> list[list[Literal]]:
    return [sorted(conjunct) for conjunct in sorted(condition, key=sorted) if _is_fast(conjunct)]


def _reaches(stages: list[tuple[str, list[list[Literal]]]]) -> str:
    """Return until which day (exclusive) one of these stages holds after a visit."""
    ends = [
        _of("least", [_expiry(one, since=1) for one in conjunct]) for _, quick in stages for conjunct in quick
    ]
    return _of("greatest", ends)


def _held_before(quick: list[list[Literal]]) -> str:
    """Return whether a stage held on the day before this visit, by the visits before it."""
    return " or ".join(
        "(" + " and ".join(f"{_expiry(one, since=0)} >= arrived_on" for one in conjunct) + ")"
        for conjunct in quick
    )


def _expiry(literal: Literal, *, since: int) -> str:
    """Return the first day on which `signal >= k` no longer holds; since=1 counts the visit itself."""
    back = literal.at_least - since
    arrival = "arrived_on" if back == 0 else f"arrived_{back}"
    days = _VISIT_SIGNALS[literal.signal]
    end = f"{arrival} + {days}" if days else f"{arrival} + 2000000"
    return end if back == 0 else f"coalesce({end}, date '0001-01-01')"


def _possible(conjunct: Conjunct) -> str:
    parts = [f"{_TOTALS[one.signal]} >= {one.at_least}" for one in sorted(conjunct) if one.is_positive]
    return " and ".join(dict.fromkeys(parts)) or "true"


def _holds(condition: Condition) -> str:
    return " or ".join(
        "("
        + (
            " and ".join(
                f"{one.signal} {'>=' if one.is_positive else '<'} {one.at_least}" for one in sorted(conjunct)
            )
            or "true"
        )
        + ")"
        for conjunct in sorted(condition, key=sorted)
    )


def _case(branches: list[tuple[str, str]], *, otherwise: str) -> str:
    if not branches:
        return otherwise
    body = "".join(f"\n            when {condition} then {value}" for condition, value in branches)
    return f"case{body}\n            else {otherwise}\n        end"


def _by_step(values: list[str]) -> str:
    return _case([(f"step = {step}", value) for step, value in enumerate(values[:-1])], otherwise=values[-1])


def _of(function: str, values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"{function}({', '.join(values)})"
