"""The reference tables as shipped: municipalities, prefectures, changes of codes, shapes.

Source and licence of every file read here: data/reference/README.md.
"""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

REFERENCE_DIR: Final = Path(__file__).parent.parent / "data" / "reference"
BLOCKS: Final = ("hokkaido", "tohoku", "kanto", "chubu", "kinki", "chugoku", "shikoku", "kyushu")


@dataclass(frozen=True)
class Municipality:
    """A municipality or a ward; longitude and latitude (degrees) are those of its office."""

    code: str
    code6: str
    prefecture_code: str
    name_ja: str
    district: str  # 郡 (or 三宅島, 八丈島, which stand before the name in addresses); empty for cities
    kana: str
    name_en: str
    type: str  # designated_city, city, special_ward, town, village; ward
    parent_code: str  # of a ward: its city
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Prefecture:
    """A prefecture; longitude and latitude (degrees) are those of its office."""

    code: str
    name_ja: str
    kana: str
    name_en: str
    block: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class FormerPlace:
    """A code or a name that was given up since 2011, and the code that took its place."""

    code: str
    name: str
    district: str
    new_code: str


@dataclass(frozen=True)
class NationalTarget:
    """A target that grows in a straight line: nothing on starts_on, *value* on ends_on and after it."""

    scope: str
    kpi_id: str
    part: str  # empty for the KPI itself
    starts_on: date
    ends_on: date
    value: float
    source: str


def _rows(filename: str) -> list[dict[str, str]]:
    with (REFERENCE_DIR / filename).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Return all 1,741 municipalities and the 171 wards by 5-digit code, in the order of codes."""
    table: dict[str, Municipality] = {}
    for row in _rows("municipalities.csv"):
        values: dict[str, Any] = dict(row)
        point = {name: float(row[name]) for name in ("longitude", "latitude")}
        table[row["code"]] = Municipality(**(values | point))
    return MappingProxyType(table)


@cache
def prefectures() -> Mapping[str, Prefecture]:
    """Return the 47 prefectures by 2-digit code, in the order of codes."""
    table: dict[str, Prefecture] = {}
    for row in _rows("prefectures.csv"):
        values: dict[str, Any] = dict(row)
        point = {name: float(row[name]) for name in ("longitude", "latitude")}
        table[row["code"]] = Prefecture(**(values | point))
    return MappingProxyType(table)


@cache
def former_places() -> tuple[FormerPlace, ...]:
    """Return the changes of codes and names, oldest first."""
    return tuple(
        FormerPlace(row["old_code"], row["old_name"], row["old_district"], row["new_code"])
        for row in _rows("code_changes.csv")
    )


@cache
def former_codes() -> Mapping[str, str]:
    """Return former code → the code that took its place (of a municipality or a ward)."""
    return {former.code: former.new_code for former in former_places() if former.code != former.new_code}


@cache
def national_targets() -> tuple[NationalTarget, ...]:
    """Return what ministries want to have reached by when, for targets that are not of a fiscal year."""
    raw = tomllib.loads((REFERENCE_DIR / "national_targets.toml").read_text(encoding="utf-8"))
    return tuple(NationalTarget(**target) for target in raw["target"])


@cache
def public_holidays() -> frozenset[date]:
    """Return Japan's public holidays of 2000 to 2039 as the law stands, substitutes included."""
    with (REFERENCE_DIR / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(date.fromisoformat(row["day_on"]) for row in csv.DictReader(file))


def prefecture_shapes_path() -> Path:
    """Return the GeoJSON of the prefectures (properties code, name_ja, name_en); for display only."""
    return REFERENCE_DIR / "prefectures.geojson"


def check_digit(code5: str) -> str:
    """Return the sixth digit of a 5-digit code (総務省 全国地方公共団体コード仕様)."""
    total = sum(int(digit) * weight for digit, weight in zip(code5, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)
