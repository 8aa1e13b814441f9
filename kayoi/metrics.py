"""The metric registry: the one place a number's name, meaning and unit are read from."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from kayoi.errors import UnknownMetricError
from kayoi.i18n import Locale

REGISTRY_FILE: Final = Path(__file__).parent / "metrics.toml"

Direction = Literal["up_is_good", "down_is_good", "neutral"]
Unit = Literal[
    "people",
    "mean_people",
    "percent",
    "times",
    "nights",
    "yen",
    "days",
    "per_thousand",
    "hours",
    "cases",
    "organizations",
    "quantity",
]
Window = Literal["w365", "w730", "day", "month", "fiscal_year", "paired", "cohort", "followed", "programme"]
Audience = Literal["N", "M", "A"]
Words = dict[Locale, str]


@dataclass(frozen=True)
class Part:
    """One slice of a KPI, such as a stage or a band of visits."""

    key: str
    label: Words
    unit: Unit


@dataclass(frozen=True)
class Metric:
    """What a number is called, what it means, and where it comes from."""

    kpi_id: str
    label: Words
    short: Words
    definition: Words
    denominator: Words
    unit: Unit
    direction: Direction
    window: Window
    source: Words
    audience: tuple[Audience, ...]
    query: str
    has_value: bool
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part:
        """Return the part called *key*; UnknownMetricError where there is none."""
        for part in self.parts:
            if part.key == key:
                return part
        raise UnknownMetricError("metric_part_unknown", kpi=self.kpi_id, part=key)


@dataclass(frozen=True)
class Measure:
    """One number a page can show: a KPI, or one part of it (`K14:related`)."""

    metric: Metric
    part_key: str

    @property
    def key(self) -> str:
        """Return the short name used in the URL: `K03` or `K14:related`."""
        return f"{self.metric.kpi_id}:{self.part_key}" if self.part_key else self.metric.kpi_id

    @property
    def unit(self) -> Unit:
        """Return the unit of this number."""
        return self.metric.part(self.part_key).unit if self.part_key else self.metric.unit

    def label(self, locale: Locale) -> str:
        """Return the full name, with the part behind it."""
        return self._named(self.metric.label[locale], locale)

    def short(self, locale: Locale) -> str:
        """Return the name a card has room for."""
        return self._named(self.metric.short[locale], locale)

    def _named(self, name: str, locale: Locale) -> str:
        if not self.part_key:
            return name
        part = self.metric.part(self.part_key).label[locale]
        return f"{name}（{part}）" if locale == "ja" else f"{name}: {part}"


@cache
def registry() -> dict[str, Metric]:
    """Return every metric by its id, in the order the file lists them."""
    raw = tomllib.loads(REGISTRY_FILE.read_text(encoding="utf-8"))
    return {kpi_id: _metric(kpi_id, body) for kpi_id, body in raw.items()}


def get(kpi_id: str) -> Metric:
    """Return one metric; UnknownMetricError where the registry has none of that name."""
    try:
        return registry()[kpi_id]
    except KeyError:
        raise UnknownMetricError("metric_unknown", kpi=kpi_id) from None


def measure(key: str) -> Measure:
    """Return the number named `K03` or `K14:related`; UnknownMetricError where there is none."""
    kpi_id, _, part_key = key.partition(":")
    metric = get(kpi_id)
    if part_key:
        metric.part(part_key)
    elif not metric.has_value:
        raise UnknownMetricError("metric_part_unknown", kpi=kpi_id, part="")
    return Measure(metric, part_key)


def measures() -> tuple[Measure, ...]:
    """Return every number the registry defines: each KPI's own value, then its parts."""
    return tuple(
        Measure(metric, key)
        for metric in registry().values()
        for key in (*([""] if metric.has_value else []), *(part.key for part in metric.parts))
    )


def _metric(kpi_id: str, body: dict[str, Any]) -> Metric:
    parts = tuple(Part(unit=part.pop("unit", body["unit"]), **part) for part in body.pop("parts", []))
    audience = tuple(body.pop("audience"))
    has_value = body.pop("has_value", True)
    return Metric(kpi_id=kpi_id, parts=parts, audience=audience, has_value=has_value, **body)
