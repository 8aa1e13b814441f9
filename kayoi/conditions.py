"""The condition language of rulesets: signals, integers, `and or not ( ) >= <= > < = <>`; nothing else.

A condition is brought to disjunctive normal form over threshold literals `signal >= k`, from which SQL is
written. Source: contract section 4.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

from kayoi.errors import RulesetError

VISIT_WINDOWS: Final = {"visits_365": 365, "visits_730": 730, "visits_180": 180, "visits_56": 56}
COUNT_SIGNALS: Final = (
    *VISIT_WINDOWS,
    "nights_365",
    "nights_56",
    "stay_months_365",
    "engagements_365",
    "supporter_365",
    "contacts_730",
)
FLAG_SIGNALS: Final = ("premium", "basic", "trial", "residence", "relocated", "enrolled", "ever_visited")
SIGNALS: Final = (*COUNT_SIGNALS, *FLAG_SIGNALS)

_TOKEN: Final = re.compile(r"\s*(?:(>=|<=|<>|>|<|=|\(|\))|(\d+)|([A-Za-z_][A-Za-z_0-9]*)|(\S))")
_MIRRORED: Final = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "<>": "<>"}


# Unfolding may double the alternatives with every `not`: a hostile file must not take the machine with it.
_LONGEST: Final = 4_000  # characters
_WIDEST: Final = 4_096  # pairs of alternatives looked at in one step
_LARGEST: Final = 1_000_000  # no signal of anybody's ever gets there


@dataclass(frozen=True, order=True)
class Literal:
    """`signal >= at_least`, or its negation."""

    signal: str
    at_least: int
    is_positive: bool = True


Conjunct = frozenset[Literal]
Condition = frozenset[Conjunct]  # any of these, each: all of those

TRUE: Final[Condition] = frozenset({frozenset()})
FALSE: Final[Condition] = frozenset()


@dataclass(frozen=True)
class _Token:
    kind: str  # operator, integer, word, end
    text: str
    position: int  # 1-based character


class _TooWideError(Exception):
    """A condition that unfolds into more alternatives than anybody can mean."""


def parse(text: str, *, ruleset: str, stage: str) -> Condition:
    """Return *text* in disjunctive normal form.

    Raises RulesetError naming the token and its 1-based position for anything that is not a signal, an
    integer or one of the operators, for a number above a million, for words out of order, and for a
    condition that is too long.
    """
    if len(text) > _LONGEST:
        raise RulesetError("ruleset_too_wide", ruleset=ruleset, stage=stage)
    try:
        return _Parser(text, ruleset, stage).whole()
    except (_TooWideError, RecursionError):
        raise RulesetError("ruleset_too_wide", ruleset=ruleset, stage=stage) from None


def negated(condition: Condition) -> Condition:
    """Return the condition that holds exactly when *condition* does not."""
    result = TRUE
    for conjunct in sorted(condition, key=sorted):
        flipped = (Literal(one.signal, one.at_least, not one.is_positive) for one in conjunct)
        result = _both(result, frozenset(frozenset({one}) for one in flipped))
    return result


class _Parser:
    """Recursive descent: or < and < not < comparison."""

    def __init__(self, text: str, ruleset: str, stage: str) -> None:
        self.ruleset, self.stage = ruleset, stage
        self.tokens = self._tokens(text)
        self.at = 0

    def whole(self) -> Condition:
        condition = self._either()
        if self._now.kind != "end":
            raise self._error("ruleset_syntax", self._now)
        return condition

    def _tokens(self, text: str) -> list[_Token]:
        tokens, position = [], 0
        while match := _TOKEN.match(text, position):
            group = match.lastindex or 0
            start = match.start(group) + 1
            token = _Token(("", "operator", "integer", "word", "other")[group], match[group], start)
            if token.kind == "other":
                raise self._error("ruleset_token", token)
            if token.kind == "integer" and int(token.text) > _LARGEST:
                raise self._error("ruleset_number", token)
            tokens.append(token)
            position = match.end()
        return [*tokens, _Token("end", "", len(text.rstrip()) + 1)]

    @property
    def _now(self) -> _Token:
        return self.tokens[self.at]

    def _take(self, *texts: str) -> _Token | None:
        if self._now.kind in ("operator", "word") and self._now.text in texts:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def _either(self) -> Condition:
        condition = self._both()
        while self._take("or"):
            condition = _simplified([*condition, *self._both()])
        return condition

    def _both(self) -> Condition:
        condition = self._maybe_not()
        while self._take("and"):
            condition = _both(condition, self._maybe_not())
        return condition

    def _maybe_not(self) -> Condition:
        if self._take("not"):
            return negated(self._maybe_not())
        if self._take("("):
            condition = self._either()
            if not self._take(")"):
                raise self._error("ruleset_syntax", self._now)
            return condition
        return self._comparison()

    def _comparison(self) -> Condition:
        left = self._operand()
        operator = self._take(*_MIRRORED)
        if operator is None:
            if left.kind == "word" and left.text in FLAG_SIGNALS:
                return _at_least(left.text, 1)
            raise self._error("ruleset_syntax", self._now)
        right = self._operand()
        if {left.kind, right.kind} != {"word", "integer"}:
            raise self._error("ruleset_syntax", right)
        if left.kind == "word":
            return _compared(left.text, operator.text, int(right.text))
        return _compared(right.text, _MIRRORED[operator.text], int(left.text))

    def _operand(self) -> _Token:
        token = self._now
        if token.kind == "word" and token.text not in (*SIGNALS, "and", "or", "not"):
            raise self._error("ruleset_signal", token)
        if token.kind not in ("word", "integer") or token.text in ("and", "or", "not"):
            raise self._error("ruleset_syntax", token)
        self.at += 1
        return token

    def _error(self, key: str, token: _Token) -> RulesetError:
        return RulesetError(
            key, ruleset=self.ruleset, stage=self.stage, token=token.text or "…", position=token.position
        )


def _compared(signal: str, operator: str, number: int) -> Condition:
    match operator:
        case ">=":
            return _at_least(signal, number)
        case ">":
            return _at_least(signal, number + 1)
        case "<":
            return negated(_at_least(signal, number))
        case "<=":
            return negated(_at_least(signal, number + 1))
        case "=":
            above = negated(_at_least(signal, number + 1))
            return _both(_at_least(signal, number), above)
        case _:
            return negated(_compared(signal, "=", number))


def _at_least(signal: str, number: int) -> Condition:
    if number <= 0:
        return TRUE  # no signal is ever below zero
    if signal in FLAG_SIGNALS and number > 1:
        return FALSE  # a flag is 0 or 1
    return frozenset({frozenset({Literal(signal, number)})})


def _both(left: Condition, right: Condition) -> Condition:
    """Return the condition that holds when both do."""
    if len(left) * len(right) > _WIDEST:
        raise _TooWideError
    return _simplified(a | b for a, b in product(left, right))


def _simplified(conjuncts: Iterable[Conjunct]) -> Condition:
    """Drop what cannot hold (x and not x) and what another, weaker conjunct already covers."""
    possible = {one for one in map(_tightened, conjuncts) if one is not None}
    return frozenset(one for one in possible if not any(other < one for other in possible))


def _tightened(conjunct: Conjunct) -> Conjunct | None:
    """Keep the tightest literal per signal; None where they contradict each other."""
    low = {one.signal: 0 for one in conjunct}
    high: dict[str, int] = {}
    for one in conjunct:
        if one.is_positive:
            low[one.signal] = max(low[one.signal], one.at_least)
        else:
            high[one.signal] = min(high.get(one.signal, one.at_least), one.at_least)
    if any(low[signal] >= limit for signal, limit in high.items()):
        return None
    positive = {Literal(signal, number) for signal, number in low.items() if number > 0}
    return frozenset(positive | {Literal(signal, limit, False) for signal, limit in high.items()})
