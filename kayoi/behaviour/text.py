"""The short text of a funnel: what stands in an address or after --define, and back again.

`ordered.365~visit.nth:1~opt.engagement.kind:donation~visit.nights:2-.within:90` is a first visit, perhaps a
donation, then a visit of two nights or more within 90 days of the first, all within 365 days. Its signs may
stand in an address; in the id of a programme what is no letter, digit, `-` or `_` is `*` and two hex digits.
"""

import re
from typing import Final, cast, get_args

from kayoi.behaviour.definition import (
    ENTRIES,
    ORDERS,
    FunnelDefinition,
    Role,
    Source,
    Span,
    Step,
)
from kayoi.errors import UsageError

_ROLES: Final[dict[str, Role]] = {"opt": "optional", "not": "excluded"}
_MARKS: Final = {role: mark for mark, role in _ROLES.items()}
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]")
_SPAN: Final = re.compile(r"([0-9]{0,6})(-?)([0-9]{0,6})")
_FIELDS: Final = ("kind", "program", "nights", "nth", "within")


def write_definition(definition: FunnelDefinition) -> str:
    """Return the text of a definition; `read_definition` gives the same definition back."""
    head = [definition.order, str(definition.window_days)]
    head += [definition.entry] if definition.entry != "every" else []
    return "~".join([".".join(head), *map(write_step, definition.steps)])


def write_step(step: Step) -> str:
    """Return the text of one step."""
    words = [_MARKS[step.role]] if step.role in _MARKS else []
    words.append(step.source)
    given = {
        "kind": ",".join(step.kinds),
        "program": ",".join(map(_escaped, step.programs)),
        "nights": _span_text(step.nights),
        "nth": _span_text(step.nth),
        "within": "" if step.within_days is None else str(step.within_days),
    }
    return ".".join([*words, *(f"{field}:{text}" for field, text in given.items() if text)])


def read_definition(text: str) -> FunnelDefinition:
    """Return the definition a text stands for; raises UsageError, naming the part that is wrong."""
    head, *steps = text.strip().split("~")
    words = head.split(".")
    if words[0] not in ORDERS:
        raise UsageError("funnel_order", text=words[0], known=", ".join(ORDERS))
    if len(words) < 2 or len(words) > 3 or not words[1].isascii() or not words[1].isdigit():
        raise UsageError("funnel_head", text=head)
    entry = words[2] if len(words) == 3 else "every"
    if entry not in ENTRIES:
        raise UsageError("funnel_head", text=head)
    return FunnelDefinition(
        steps=tuple(map(read_step, steps)),
        window_days=int(words[1][:9]),
        order=words[0],
        entry=entry,
    )


def read_step(text: str) -> Step:
    """Return the step a text stands for; raises UsageError, naming the part that is wrong."""
    words = text.split(".")
    role = _ROLES.get(words[0], "required")
    words = words[1:] if words[0] in _ROLES else words
    if not words or words[0] not in get_args(Source):
        raise UsageError("funnel_source", text=text, known=", ".join(get_args(Source)))
    fields = {}
    for word in words[1:]:
        name, colon, value = word.partition(":")
        if name not in _FIELDS or not colon or not value or name in fields:
            raise UsageError("funnel_field", text=word, known=", ".join(_FIELDS))
        fields[name] = value
    return Step(
        source=cast(Source, words[0]),
        kinds=tuple(fields["kind"].split(",")) if "kind" in fields else (),
        programs=tuple(map(_unescaped, fields["program"].split(","))) if "program" in fields else (),
        nights=_span(fields.get("nights", "")),
        nth=_span(fields.get("nth", "")),
        within_days=_number(fields["within"]) if "within" in fields else None,
        role=role,
    )


def _span_text(span: Span) -> str:
    if span.low is not None and span.low == span.high:
        return str(span.low)
    low, high = ("" if end is None else str(end) for end in (span.low, span.high))
    return f"{low}-{high}" if low or high else ""


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None or text == "-":
        raise UsageError("funnel_span", span=text)
    low, high = (int(end) if end else None for end in (found[1], found[3]))
    return Span(low, high) if found[2] else Span(low, low)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError("funnel_field", text=f"within:{text}", known=", ".join(_FIELDS))
    return int(text)


def _escaped(text: str) -> str:
    return "".join(
        sign if _PLAIN.fullmatch(sign) else "".join(f"*{byte:02X}" for byte in sign.encode()) for sign in text
    )


def _unescaped(text: str) -> str:
    if not re.fullmatch(r"(?:[A-Za-z0-9_-]|\*[0-9A-F]{2})+", text):
        raise UsageError("funnel_field", text=f"program:{text}", known=", ".join(_FIELDS))
    data = re.sub(rb"\*([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), text.encode())
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise UsageError("funnel_field", text=f"program:{text}", known=", ".join(_FIELDS)) from None
