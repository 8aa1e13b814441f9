"""The shipped reference as tables of the build: stages, prefectures, groups, regions."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from kayoi.engine import Engine
from kayoi.municipalities import NATION, Group, municipalities, prefectures
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
}


def put_reference(engine: Engine, groups: Sequence[Group]) -> None:
    """Make ref_stages, ref_prefectures, ref_groups and ref_regions in *engine*."""
    rows: dict[str, list[tuple[object, ...]]] = {
        "ref_stages": list(RANKS.items()),
        "ref_prefectures": [(place.code, place.block) for place in prefectures().values()],
        "ref_groups": [(group.id, code) for group in groups for code in group.members],
        "ref_regions": _regions(groups),
    }
    for table, columns in COLUMNS.items():
        engine.put(table, pd.DataFrame(rows[table], columns=list(columns)), columns)


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
