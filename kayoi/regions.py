"""A region as a reader names it, and the day its figures are shown for unless another is asked."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from kayoi.errors import CodeError, UnknownRegionError
from kayoi.measure import month_ends
from kayoi.municipalities import NATION, resolve
from kayoi.warehouse import Snapshot

_NATION_NAMES: Final = (NATION, "全国", "日本")


@dataclass(frozen=True)
class Region:
    """One region; first_on and last_on are None where there is no data about it."""

    level: str
    code: str
    name_ja: str
    name_en: str
    first_on: date | None
    last_on: date | None

    @property
    def params(self) -> dict[str, object]:
        """Return the names under which queries ask for it."""
        return {"region_level": self.level, "region_code": self.code}

    @property
    def default_as_of(self) -> date | None:
        """Return the last day of the last complete month within the horizon; None without data."""
        if self.first_on is None or self.last_on is None:
            return None
        return month_ends(self.first_on, self.last_on)[-1]


def find_region(snapshot: Snapshot, text: str) -> Region:
    """Return the region named by JP, a code of 2, 5 or 6 digits, the id of a group, or an unambiguous name.

    Raises UnknownRegionError where there is none.
    """
    level, code = _level_and_code(text.strip())
    found = snapshot.fetch("region_span", {"region_level": level, "region_code": code})
    if found.empty and level == "group":
        level, code = _resolved(text)
        found = snapshot.fetch("region_span", {"region_level": level, "region_code": code})
    if found.empty:
        raise UnknownRegionError("region_unknown", region=text)
    row = found.iloc[0]
    return Region(
        level=level,
        code=code,
        name_ja=row["name_ja"],
        name_en=row["name_en"],
        first_on=_day(row["first_on"]),
        last_on=_day(row["last_on"]),
    )


def _level_and_code(text: str) -> tuple[str, str]:
    if text.upper() in _NATION_NAMES:
        return "nation", NATION
    return _resolved(text) if text.isdigit() else ("group", text)


def _resolved(text: str) -> tuple[str, str]:
    """Return level and code of a code or name of a municipality or prefecture; raises UnknownRegionError."""
    try:
        code = resolve(text, prefecture_allowed=True).code
    except CodeError:
        raise UnknownRegionError("region_unknown", region=text) from None
    return ("prefecture" if len(code) == 2 else "municipality"), code


def _day(stamp: object) -> date | None:
    """Return the day of a time stamp; None for a missing one, which pandas passes off as a date."""
    return stamp.date() if isinstance(stamp, pd.Timestamp) else None
