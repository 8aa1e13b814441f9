"""Write the tables of docs/mappings.md about the shipped mappings: `python scripts/write_mappings.py`."""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kayoi.load.mapping import Source, Target, load_mapping, shipped_mappings  # noqa: E402 - as above

PAGE = ROOT / "docs" / "mappings.md"
_BEGIN, _END = "<!-- shipped: begin -->\n", "<!-- shipped: end -->"


def text(page: str) -> str:
    """Return *page* with what stands between the marks written anew."""
    head, rest = page.split(_BEGIN)
    _, tail = rest.split(_END)
    return head + _BEGIN + "\n".join(_shipped()) + "\n" + _END + tail


def _shipped() -> Iterator[str]:
    yield "| id | for | 表 table |"
    yield "|---|---|---|"
    for name in shipped_mappings():
        mapping = load_mapping(name)
        tables = ", ".join(f"`{target.table}`" for target in (mapping.target, *mapping.also))
        yield f"| [`{name}`](#{name}) | {mapping.name_ja} / {mapping.name_en} | {tables} |"
    for name in shipped_mappings():
        mapping = load_mapping(name)
        yield from ("", f"### {name}", "", f"{mapping.name_ja} / {mapping.name_en}", "")
        if mapping.note:
            yield from (mapping.note, "")
        for target in (mapping.target, *mapping.also):
            yield from _target(target)
        if mapping.target.leave_out:
            left = "、".join(f"{one.heading}＝{one.equals}" for one in mapping.target.leave_out)
            yield from (f"取り込まない行 / rows left out: {left}", "")


def _target(target: Target) -> Iterator[str]:
    yield f"| `{target.table}` | 見出し heading |"
    yield "|---|---|"
    for column, source in target.columns.items():
        optional = "（あれば）" if source.is_optional else ""
        yield f"| `{column}` | {_source(source)}{optional} |"
    yield ""


def _source(source: Source) -> str:
    if source.rules:
        rules = [f"{rule.when.heading}＝{rule.when.equals} → `{rule.value}`" for rule in source.rules]
        return "、".join([*rules, f"ほかは `{source.constant}`"] if source.constant else rules)
    if source.constant is not None:
        return f"全行 `{source.constant}`"
    if source.either:
        said = "、".join(source.either) + " のどれか"
        return said + (f"（{'・'.join(source.per)} で割る）" if source.per else "")
    where = [*source.headings, *(one for one in (source.prefecture_heading, source.name_heading) if one)]
    return " と ".join(where)


if __name__ == "__main__":
    PAGE.write_text(text(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
