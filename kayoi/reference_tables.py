"""The shipped reference as tables of the build: stages, places, groups, targets, kinds of days."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final

import pandas as pd

from kayoi.engine import Engine
from kayoi.municipalities import NATION, Group, municipalities, prefectures
from kayoi.reference import national_targets, public_holidays
from kayoi.rulesets import RANKS

_REGION: Final = {
    "region_level": "varchar",
    "region_code": "varchar",
    "name_ja": "varchar",
    "name_en": "varchar",
    "kana": "varchar",
    "prefecture_code": "varchar",
    "block": "varchar",
    "longitude": "double",
    "latitude": "double",
    "members_total": "bigint",
}
COLUMNS: Final = {
    "ref_stages": {"stage": "varchar", "rank": "integer"},
    "ref_prefectures": {"prefecture_code": "varchar", "block": "varchar"},
    "ref_groups": {"group_id": "varchar", "municipality_code": "varchar"},
    "ref_regions": _REGION,
    "ref_paces": {
        "scope": "varchar",
        "kpi_id": "varchar",
        "part": "varchar",
        "starts_on": "date",
        "ends_on": "date",
        "value": "double",
    },
    "ref_days": {"day_on": "date", "day_kind": "varchar", "season": "varchar"},
}
# Visits of these years can be told apart by the kind of their day.
_FIRST_DAY: Final = date(2000, 1, 1)
_LAST_DAY: Final = date(2039, 12, 31)
_SATURDAY: Final = 5
_SEASONS: Final = {
    **dict.fromkeys((3, 4, 5), "spring"),
    **dict.fromkeys((6, 7, 8), "summer"),
    **dict.fromkeys((9, 10, 11), "autumn"),
    **dict.fromkeys((12, 1, 2), "winter"),
}


def put_reference(engine: Engine, groups: Sequence[Group]) -> None:
    """Make ref_stages, ref_prefectures, ref_groups, ref_regions, ref_paces and ref_days in *engine*."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "ref_stages": list(RANKS.items()),
        "ref_prefectures": [(place.code, place.block) for place in prefectures().values()],
        "ref_groups": [(group.id, code) for group in groups for code in group.members],
        "ref_regions": _regions(groups),
        "ref_paces": [
            (target.scope, target.kpi_id, target.part, target.starts_on, target.ends_on, target.value)
            for target in national_targets()
        ],
        "ref_days": list(_days()),
    }
    for table, columns in COLUMNS.items():
        engine.put(table, pd.DataFrame(rows[table], columns=list(columns)), columns)


@cache
def _days() -> tuple[tuple[object, ...], ...]:
    """Return every day with its kind and season; a public holiday is one on whatever day of the week."""
    public = public_holidays()
    days = (_FIRST_DAY + timedelta(days) for days in range((_LAST_DAY - _FIRST_DAY).days + 1))
    return tuple(
        (
            day,
            "holiday" if day in public else "weekend" if day.weekday() >= _SATURDAY else "weekday",
            _SEASONS[day.month],
        )
        for day in days
    )


def _regions(groups: Sequence[Group]) -> list[tuple[object, ...]]:
    """Return every region there can be, in the order of _REGION."""
    places = [place for place in municipalities().values() if not place.parent_code]
    regions: list[tuple[object, ...]] = [
        ("nation", NATION, "全国", "Japan", "ゼンコク", None, None, None, None, len(places))
    ]
    for group in groups:
        nowhere = (None, None, None, None, None)
        regions.append(("group", group.id, group.name_ja, group.name_en, *nowhere, len(group.members)))
    for prefecture in prefectures().values():
        members = sum(place.prefecture_code == prefecture.code for place in places)
        regions.append(
            (
                *("prefecture", prefecture.code, prefecture.name_ja, prefecture.name_en, prefecture.kana),
                *(prefecture.code, prefecture.block, prefecture.longitude, prefecture.latitude, members),
            )
        )
    for place in places:
        block = prefectures()[place.prefecture_code].block
        regions.append(
            (
                *("municipality", place.code, place.name_ja, place.name_en, place.kana),
                *(place.prefecture_code, block, place.longitude, place.latitude, 1),
            )
        )
    return regions
