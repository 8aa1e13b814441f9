"""Write docs/inputs.md from the contract of the input tables: `python scripts/write_inputs.py`."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kayoi.contract import TABLES, Column, ColumnType, Table  # noqa: E402 - the script stands beside the package
from kayoi.i18n import messages  # noqa: E402
from kayoi.load.headings import headings_of  # noqa: E402
from kayoi.load.labels import LABELS  # noqa: E402

OUT = ROOT / "docs" / "inputs.md"
WORDS = tomllib.loads((Path(__file__).parent / "inputs_words.toml").read_text(encoding="utf-8"))
_TYPES: dict[ColumnType, str] = {
    "person": "番号 id",
    "code": "市区町村 municipality",
    "code_or_prefecture": "市区町村か都道府県 municipality or prefecture",
    "scope": "範囲 scope",
    "codes": "市区町村（`;` 区切り） municipalities",
    "date": "日付 date",
    "month": "年月 month",
    "integer": "整数 whole number",
    "number": "数 number",
    "yen": "金額か金額帯 yen or band",
    "enum": "区分 one of a list",
    "text": "文字 text",
}
# visits first: it is the one table nobody can do without
_ORDER = ("visits", *(name for name in TABLES if name != "visits"))


def text() -> str:
    """Return the page."""
    return (
        "\n".join([WORDS["head"], *_contents(), WORDS["forms"], *_tables(), WORDS["rules"]]).rstrip() + "\n"
    )


def _contents() -> Iterator[str]:
    yield "| 表 table | 1行は何か / one row is | 例 file |"
    yield "|---|---|---|"
    for name in _ORDER:
        words = WORDS["table"][name]
        yield f"| [{name}](#{name}) | {words['ja']} / {words['en']} | `{name}.csv` |"
    yield ""


def _tables() -> Iterator[str]:
    for name in _ORDER:
        table, words = TABLES[name], WORDS["table"][name]
        yield from (f"### {name}", "", f"{words['ja']}  ", words["en"], "")
        yield "| 列 column | 日本語の見出し | 形 type | 必須 required | 意味 | meaning |"
        yield "|---|---|---|---|---|---|"
        japanese = headings_of(name)
        for column in table.columns:
            said = [messages(locale)[f"template.column.{name}.{column.name}"] for locale in ("ja", "en")]
            required = "**必須 yes**" if column.required else ""
            cells = (f"`{column.name}`", japanese[column.name], _TYPES[column.type], required, *said)
            yield f"| {' | '.join(cells)} |"
        yield ""
        for column in table.columns:
            if column.values:
                yield from _values(table, column)


def _values(table: Table, column: Column) -> Iterator[str]:
    labels = LABELS.get(f"{table.name}.{column.name}", {})
    yield f"`{column.name}` に書ける値（ID か日本語） / values of `{column.name}`, by id or in Japanese:"
    yield ""
    yield "| ID | 日本語 |"
    yield "|---|---|"
    for value in column.values:
        words = "、".join(word for word, known in labels.items() if known == value)
        yield f"| `{value}` | {words} |"
    yield ""


if __name__ == "__main__":
    OUT.write_text(text(), encoding="utf-8")
