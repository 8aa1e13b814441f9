"""A mapping → its TOML text, for a person to review and for `load_mapping` to read again."""

import json
from collections.abc import Iterable, Iterator, Mapping

from kayoi.load.mapping import Condition, Rule, Source, Target
from kayoi.load.mapping import Mapping as MappingFile

Comments = Mapping[str, Iterable[str]]


def mapping_toml(mapping: MappingFile, comments: Comments | None = None) -> str:
    """Return *mapping* as TOML; `comments[column]` are lines put above a column of its table."""
    lines = [f"id = {_text(mapping.id)}", f"version = {_text(mapping.version)}"]
    lines.append(f"table = {_text(mapping.target.table)}")
    if mapping.note:
        lines.append(f"note = {_text(mapping.note)}")
    if mapping.known_by:
        lines.append(f"known_by = {_list(mapping.known_by)}")
    if mapping.drop:
        lines.append(f"drop = {_list(mapping.drop)}")
    lines += _conditions(mapping.target.leave_out)
    lines += ["", "[name]", f"ja = {_text(mapping.name_ja)}", f"en = {_text(mapping.name_en)}", ""]
    lines += _columns("", mapping.target, comments or {})
    for target in mapping.also:
        lines += ["", "[[also]]", f"table = {_text(target.table)}", ""]
        lines += _columns("also.", target, {})
    return "\n".join(lines) + "\n"


def _columns(within: str, target: Target, comments: Comments) -> Iterator[str]:
    """Yield the plain headings first: in TOML what follows a sub-table belongs to it."""
    plain = {name: source for name, source in target.columns.items() if source == _plain(source)}
    yield f"[{within}columns]"
    for name, source in plain.items():
        yield from _comment(comments.get(name, ()))
        yield f"{name} = {_text(source.headings[0])}"
    for name, source in target.columns.items():
        if name not in plain:
            yield ""
            yield from _comment(comments.get(name, ()))
            yield f"[{within}columns.{name}]"
            yield from _source(source)


def _plain(source: Source) -> Source | None:
    return Source(headings=source.headings) if len(source.headings) == 1 else None


def _source(source: Source) -> Iterator[str]:
    if source.headings:
        headings = source.headings
        yield f"from = {_text(headings[0]) if len(headings) == 1 else _list(headings)}"
    if source.either:
        yield f"either = {_list(source.either)}"
    if source.rules:
        yield "rules = ["
        yield from (f"    {_rule(rule)}," for rule in source.rules)
        yield "]"
    words = {
        "joined_by": source.joined_by or None,
        "value": source.constant,
        "name": source.name_heading,
        "prefecture": source.prefecture_heading,
        "prefecture_code": source.prefecture_code,
        "era": source.era,
        "order": source.order,
        "period": source.period,
        "bound": source.bound,
        "unit": source.unit,
        "age_on": source.age_on,
    }
    yield from (f"{field} = {_text(word)}" for field, word in words.items() if word is not None)
    if source.per:
        yield f"per = {_text(source.per[0]) if len(source.per) == 1 else _list(source.per)}"
    if source.unresolved:
        yield f"unresolved = {_list(source.unresolved)}"
    if source.missing:
        yield f"missing = {_list(source.missing)}"
    if source.values:
        pairs = ", ".join(f"{_text(key)} = {_text(value)}" for key, value in source.values)
        yield f"values = {{ {pairs} }}"
    if source.is_optional:
        yield "optional = true"


def _conditions(conditions: Iterable[Condition]) -> Iterator[str]:
    listed = [f"    {_condition(one)}," for one in conditions]
    if listed:
        yield from ("leave_out = [", *listed, "]")


def _rule(rule: Rule) -> str:
    return f"{{ when = {_condition(rule.when)}, value = {_text(rule.value)} }}"


def _condition(condition: Condition) -> str:
    key = "has" if condition.is_among else "equals"
    return f"{{ column = {_text(condition.heading)}, {key} = {_text(condition.equals)} }}"


def _comment(lines: Iterable[str]) -> Iterator[str]:
    # a line break in a heading must not end the comment
    return (f"# {' '.join(line.split())}" for line in lines)


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """Return a TOML basic string: JSON's, but for DEL, which TOML does not let stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
