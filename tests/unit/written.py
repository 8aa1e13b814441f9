"""Conditions as a person writes them, and their direct evaluation in Python."""

import re
from collections.abc import Mapping

from hypothesis import strategies as st

from kayoi.conditions import COUNT_SIGNALS, FLAG_SIGNALS, SIGNALS

OPERATORS = (">=", "<=", ">", "<", "=", "<>")
_IN_PYTHON = {"=": "==", "<>": "!="}


def holds(text: str, values: Mapping[str, int]) -> bool:
    """Evaluate a condition as written: Python gives `or and not` and comparisons the same order."""
    python = re.sub(r"<>|(?<![<>])=", lambda found: _IN_PYTHON[found[0]], text)
    return bool(eval(python, {"__builtins__": {}}, dict(values)))


def _comparison(signal: str, operator: str, number: int, is_turned: bool) -> str:
    return f"{number} {operator} {signal}" if is_turned else f"{signal} {operator} {number}"


_ATOMS = st.one_of(
    st.builds(
        _comparison,
        st.sampled_from(COUNT_SIGNALS),
        st.sampled_from(OPERATORS),
        st.integers(0, 4),
        st.booleans(),
    ),
    st.builds(
        _comparison,
        st.sampled_from(FLAG_SIGNALS),
        st.sampled_from(OPERATORS),
        st.integers(0, 2),
        st.booleans(),
    ),
    st.sampled_from(FLAG_SIGNALS),
)

conditions = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.builds("{} and {}".format, inner, inner),
        st.builds("{} or {}".format, inner, inner),
        st.builds("({})".format, inner),
        st.builds("not {}".format, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=5,
)

signal_values = st.fixed_dictionaries(
    {signal: st.integers(0, 1 if signal in FLAG_SIGNALS else 5) for signal in SIGNALS}
)
