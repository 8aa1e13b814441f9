"""Write docs/definitions.md from the registry and the rulesets: `python scripts/write_definitions.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kayoi import metrics, rulesets  # noqa: E402 - the script stands beside the package
from kayoi.conditions import SIGNALS  # noqa: E402
from kayoi.i18n import Locale, translate  # noqa: E402

OUT = ROOT / "docs" / "definitions.md"
_HEAD = """# 定義 / Definitions

Written by `python scripts/write_definitions.py` from `kayoi/metrics.toml`, `data/rulesets/` and `locales/`:
mend those, not this page. t is the as-of day (基準日), W the 365 days [t-364, t].
"""


def text() -> str:
    """Return the page."""
    return "\n".join([_HEAD, *_kpis(), *_rulesets(), *_signals()]) + "\n"


def _kpis() -> list[str]:
    lines = ["## 指標 / KPIs", ""]
    for metric in metrics.registry().values():
        lines += [f"### {metric.kpi_id} {metric.label['ja']} / {metric.label['en']}", ""]
        for locale in ("ja", "en"):
            words: Locale = locale
            lines.append(f"- {metric.definition[words]}")
            lines.append(f"  - {_denominator(words)}: {metric.denominator[words]} · {metric.source[words]}")
            if metric.parts:
                listed = ", ".join(f"`{part.key}` {part.label[words]}" for part in metric.parts)
                lines.append(f"  - {listed}")
        lines += [f"- `queries/kpis/{metric.query}.sql`", ""]
    return lines


def _denominator(locale: Locale) -> str:
    return "分母" if locale == "ja" else "denominator"


def _rulesets() -> list[str]:
    lines = ["## 判定ルール / Rulesets", ""]
    for name in rulesets.shipped():
        rules = rulesets.load(name)
        lines += [f"### {rules.id} {rules.version}: {rules.name['ja']} / {rules.name['en']}", ""]
        lines += [rules.note["ja"], "", rules.note["en"], ""]
        lines += ["| 段階 stage | 条件 condition | 根拠 source |", "|---|---|---|"]
        for rule in rules.rules:
            stage = f"{translate('ja', f'stage.{rule.stage}')} {rule.stage}"
            convention = "（慣例 convention）" if rule.is_convention else ""
            lines.append(f"| {stage} | `{rule.text}` | {rule.source['ja']}{convention} |")
        lines.append("")
    return lines


def _signals() -> list[str]:
    lines = ["## 信号 / Signals", "", "| | 日本語 | English |", "|---|---|---|"]
    for signal in SIGNALS:
        words = " | ".join(translate(locale, f"signal.{signal}") for locale in ("ja", "en"))
        lines.append(f"| `{signal}` | {words} |")
    return lines


if __name__ == "__main__":
    OUT.write_text(text(), encoding="utf-8")
