"""Municipalities of today, and how codes and names found in files are brought to one of them.

A municipality is one of the 1,741; wards of designated cities are known but folded into their city.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kayoi.errors import CodeError
from kayoi.reference import (
    BLOCKS,
    REFERENCE_DIR,
    Municipality,
    Prefecture,
    check_digit,
    former_codes,
    former_places,
    municipalities,
    prefecture_shapes_path,
    prefectures,
)

__all__ = [
    "BLOCKS",
    "GROUP_KINDS",
    "NATION",
    "Group",
    "Municipality",
    "Prefecture",
    "Resolved",
    "check_digit",
    "district_members",
    "load_groups",
    "municipalities",
    "prefecture_shapes_path",
    "prefectures",
    "resolve",
    "resolve_address",
    "resolve_code",
    "resolve_name",
]

NATION: Final = "JP"
GROUP_KINDS: Final = ("consortium", "programme", "cohort")

# 泊村 stands twice in 北海道; the second, in the northern territories, is not one of the 1,741.
_NAMESAKES: Final = {("01", "泊村"): "国後郡泊村 (01696)"}


@dataclass(frozen=True)
class Group:
    """A named set of municipalities that is counted as one region."""

    id: str
    name_ja: str
    name_en: str
    kind: str
    members: tuple[str, ...]  # 5-digit codes of today, sorted; prefectures expanded


@dataclass(frozen=True)
class Resolved:
    """Today's code; `old` is what was read where that was a former code or name, or a ward."""

    code: str
    old: str | None


def district_members(prefecture: str, district: str) -> tuple[str, ...]:
    """Return the codes of the towns and villages that make up a 郡 today; empty where there is none."""
    prefecture_code = _prefecture_code(prefecture)
    return tuple(place.code for place in _in_district(_key(district), (prefecture_code,)))


def _in_district(key: str, within: Iterable[str]) -> list[Municipality]:
    inside = (place for place in municipalities().values() if place.prefecture_code in within)
    return [place for place in inside if place.district and _key(place.district) == key]


# --- codes ----------------------------------------------------------------------------------------


def resolve_code(text: str, *, prefecture_allowed: bool = False, six_digits: bool = False) -> Resolved:
    """Return today's municipality for a code as files have it.

    By number of digits, after NFKC and without an Excel `.0`:
    6: the check digit must fit. 5: a code that exists or existed is itself; any other is read as a
    6-digit code that lost its zero (12025 is 012025, 函館市) if the check digit fits. 4: lost its zero.
    1 or 2 (or 30000, 300004): a prefecture, returned as 2 digits where *prefecture_allowed*.
    Fifteen 5-digit texts fit both readings (12106: 千葉市美浜区, or 012106 岩見沢市); *six_digits* says
    that the column holds 6-digit codes, so that the second reading goes first.
    Raises CodeError: code_unknown, code_check_digit, code_is_prefecture.
    """
    digits = re.sub(r"\.0*$", "", _plain(text))
    if not re.fullmatch("[0-9]{1,6}", digits):
        raise CodeError("code_unknown", value=text)
    if len(digits) <= 2:
        return _whole_prefecture(digits.zfill(2), text, prefecture_allowed)
    code = digits.zfill(5)[:5]
    if len(digits) == 6 and digits[5] != check_digit(code):
        raise CodeError("code_check_digit", value=text, expected=check_digit(code))
    if len(digits) == 5 and (six_digits or not _is_known(code)):
        lost_zero = f"0{digits}"
        if _is_known(lost_zero[:5]) and lost_zero[5] == check_digit(lost_zero[:5]):
            code = lost_zero[:5]
    if code.endswith("000"):
        return _whole_prefecture(code[:2], text, prefecture_allowed)
    if len(digits) == 3 or not _is_known(code):
        raise CodeError("code_unknown", value=text)
    return _carried(code, read=code)


def _is_known(code: str) -> bool:
    is_prefecture = code.endswith("000") and code[:2] in prefectures()
    return code in municipalities() or code in former_codes() or is_prefecture


def _carried(code: str, read: str, *, was_former: bool = False) -> Resolved:
    """Return today's code of a known one: re-coded to the new, a ward to its city."""
    today = former_codes().get(code, code)
    today = municipalities()[today].parent_code or today
    return Resolved(today, read if was_former or today != code else None)


def _whole_prefecture(code: str, text: str, is_allowed: bool) -> Resolved:
    if code not in prefectures():
        raise CodeError("code_unknown", value=text)
    if not is_allowed:
        raise CodeError("code_is_prefecture", value=text, prefecture=prefectures()[code].name_ja)
    return Resolved(code, None)


# --- names ----------------------------------------------------------------------------------------

# Letters that are written either way; both sides of a comparison go through this.
_VARIANTS: Final = str.maketrans(
    "ヶがガヵ箇ノ檜惠檮龍曾槇藪鹽竈竃諫祗鰺頸礪蘂瀨濱髙﨑嶋嶌國澤邊邉廣櫻眞壹龜條冨嶽舘麴渕禰"
    "彌與靜會舩蘆驛萊縣德淸彥豐榮寶萬讚圓鐵薗壽",
    "ケケケケケの桧恵梼竜曽槙薮塩釜釜諌祇鯵頚砺蕊瀬浜高崎島島国沢辺辺広桜真壱亀条富岳館麹淵祢"
    "弥与静会船芦駅莱県徳清彦豊栄宝万讃円鉄園寿",
)
_NO_ADDRESS: Final = re.compile(
    "以外|[外内]$|民|全域|ほか|他|など|等|及び|または|[・、,/]|周辺|近郊|役所|役場"
)
_LONGEST_NAME: Final = 20
_VARIATION_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _plain(text: str) -> str:
    """Return the text in NFKC without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _key(name: str) -> str:
    return _VARIATION_SELECTORS.sub("", _plain(name)).translate(_VARIANTS)


@dataclass(frozen=True)
class _Named:
    code: str  # of a municipality, a ward, or a former one
    label: str
    is_former: bool = False


@cache
def _names() -> Mapping[tuple[str, str], tuple[_Named, ...]]:
    """Return (prefecture code, key) → who bears that name there, with and without the district."""
    index: dict[tuple[str, str], dict[str, _Named]] = {}
    for place in municipalities().values():
        named = _Named(place.code, f"{place.district}{place.name_ja} ({place.code})")
        for name in {place.name_ja, place.district + place.name_ja}:
            index.setdefault((place.prefecture_code, _key(name)), {})[place.code] = named
    for former in former_places():
        new = municipalities()[former.new_code]
        named = _Named(former.new_code, f"{former.district}{former.name} ({new.name_ja} {new.code})", True)
        for name in {former.name, former.district + former.name}:
            # a name that is still borne there is no former one: 熊本市, 浜松市天竜区
            index.setdefault((former.code[:2], _key(name)), {}).setdefault(former.new_code, named)
    return {at: tuple(by_code.values()) for at, by_code in index.items()}


@cache
def _ward_tails() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return (prefecture code, key of a ward without its city) → the wards so called there."""
    tails: dict[tuple[str, str], tuple[str, ...]] = {}
    for ward in municipalities().values():
        if ward.parent_code:
            at = ward.prefecture_code, _key(ward.name_ja.split("市", 1)[1])
            tails[at] = (*tails.get(at, ()), f"{ward.name_ja} ({ward.code})")
    return tails


@cache
def _prefecture_keys() -> Mapping[str, str]:
    """Return key → code of every prefecture, by its full name and without 都, 府 or 県."""
    full = {_key(prefecture.name_ja): code for code, prefecture in prefectures().items()}
    return {re.sub("[都府県]$", "", key): code for key, code in full.items()} | full


def _prefecture_code(prefecture: str) -> str:
    """Return the 2-digit code of a prefecture given as code or name; CodeError code_prefecture_unknown."""
    key = re.sub(r"\.0*$", "", _key(prefecture))
    code = key.zfill(2) if key.isdecimal() else _prefecture_keys().get(key, "")
    if code not in prefectures():
        raise CodeError("code_prefecture_unknown", value=prefecture)
    return code


def _without_prefecture(key: str) -> tuple[str | None, str]:
    """Return the prefecture a name begins with, and the rest of it (empty: the name is a prefecture)."""
    if key in _prefecture_keys():
        return _prefecture_keys()[key], ""
    head = re.match("北海道|東京都|(?:京都|大阪)府|..県|...県", key)
    if head and head[0] in _prefecture_keys():
        return _prefecture_keys()[head[0]], key[head.end() :]
    return None, key


def resolve_name(name: str, prefecture: str | None = None, *, prefecture_allowed: bool = False) -> Resolved:
    """Return today's municipality of a name, which may begin with its prefecture and its 郡.

    *prefecture* is a code or a name and narrows the search. Spaces, full-width letters, ケ/ヶ/が and old
    forms of characters do not matter; former names (since 2011) and wards are carried to today's city.
    Raises CodeError: code_name_unknown, code_name_unfinished (市, 町, 村 left out), code_name_ambiguous,
    code_district_only (all three list candidates), code_is_prefecture, code_prefecture_unknown,
    code_prefecture_mismatch.
    """
    if not _plain(name):
        raise CodeError("code_name_unknown", value=name)
    given = _prefecture_code(prefecture) if prefecture and _plain(prefecture) else None
    said, key = _without_prefecture(_key(name))
    if given and said and given != said:
        raise CodeError("code_prefecture_mismatch", value=name, prefecture=prefectures()[given].name_ja)
    if not key and said:
        return _whole_prefecture(said, name, prefecture_allowed)
    one = given or said
    within = (one,) if one else tuple(prefectures())
    found = [named for code in within for named in _names().get((code, key), ())]
    labels = [named.label for named in found]
    labels += [_NAMESAKES[code, key] for code in within if (code, key) in _NAMESAKES]
    if found:  # 中央区 without a prefecture need not be the one of 東京都
        labels += [label for code in within for label in _ward_tails().get((code, key), ())]
    if len(labels) > 1:
        raise CodeError("code_name_ambiguous", value=name, candidates="、".join(labels))
    if not found:
        raise _why_not_found(name, key, within)
    return _carried(found[0].code, read=_plain(name), was_former=found[0].is_former)


def resolve_address(address: str, prefecture: str | None = None) -> Resolved:
    """Return today's municipality of an address that goes on behind it: 福井県坂井市三国町.

    The prefecture has to be told, by the address or by *prefecture*; `old` never holds what comes behind the
    municipality. Raises CodeError as `resolve_name` does.
    """
    read = _VARIATION_SELECTORS.sub("", _plain(address))
    said, key = _without_prefecture(_key(address))
    within = _prefecture_code(prefecture) if prefecture and _plain(prefecture) else said
    behind = len(read) - len(key)
    ends = range(min(len(key), _LONGEST_NAME), 1, -1) if within and said in (None, within) else ()
    for end in ends:
        if (within, key[:end]) in _names() and not _NO_ADDRESS.match(key[end:]):
            return resolve_name(read[behind : behind + end], within)
    return resolve_name(address, prefecture)


def _why_not_found(name: str, key: str, within: tuple[str, ...]) -> CodeError:
    members = _in_district(key, within)
    if members:
        listed = "、".join(f"{place.name_ja} ({place.code})" for place in members)
        return CodeError("code_district_only", value=name, candidates=listed)
    ends = [(code, key + end) for code in within for end in "市区町村"]
    longer = [named.label for end in ends for named in _names().get(end, ())]
    longer += [label for code in within for label in _ward_tails().get((code, key), ())]
    if longer:
        return CodeError("code_name_unfinished", value=name, candidates="、".join(longer))
    return CodeError("code_name_unknown", value=name)


def resolve(
    text: str, prefecture: str | None = None, *, prefecture_allowed: bool = False, six_digits: bool = False
) -> Resolved:
    """Return today's municipality of a code (digits) or a name (anything else); raises as those two do."""
    if re.fullmatch(r"[0-9]+(\.0*)?", _plain(text)):
        return resolve_code(text, prefecture_allowed=prefecture_allowed, six_digits=six_digits)
    return resolve_name(text, prefecture, prefecture_allowed=prefecture_allowed)


# --- groups ---------------------------------------------------------------------------------------


def load_groups(*paths: Path) -> tuple[Group, ...]:
    """Return the shipped groups and those of *paths* (same form; a file that is not there adds none).

    Raises CodeError: code_group_file, code_group_field, code_group_id, code_group_twice, code_group_member.
    """
    groups: dict[str, Group] = {}
    for path in (REFERENCE_DIR / "groups.toml", *(path for path in paths if path.exists())):
        for entry in _group_entries(path):
            group = _group(entry, path)
            if group.id in groups:
                raise CodeError("code_group_twice", file=path.name, group=group.id)
            groups[group.id] = group
    return tuple(groups.values())


def _group_entries(path: Path) -> list[dict[str, Any]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CodeError("code_group_file", file=path.name, reason=str(error)) from error
    entries = tables.get("group", [])
    is_list = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    if not is_list or set(tables) - {"group"}:
        raise CodeError("code_group_file", file=path.name, reason="[[group]]")
    return list(entries)


def _group(entry: dict[str, Any], path: Path) -> Group:
    group_id = str(entry.get("id", ""))
    if not re.fullmatch("[a-z][a-z0-9-]{1,19}", group_id) or group_id == NATION.lower():
        raise CodeError("code_group_id", file=path.name, group=group_id)
    for field in ("name_ja", "name_en", "kind"):
        if not isinstance(entry.get(field), str) or (field == "kind" and entry[field] not in GROUP_KINDS):
            raise CodeError("code_group_field", file=path.name, group=group_id, field=field)
    listed = entry.get("members")
    if not isinstance(listed, list) or not listed:
        raise CodeError("code_group_field", file=path.name, group=group_id, field="members")
    members: set[str] = set()
    for text in map(str, listed):
        try:
            code = resolve_code(text, prefecture_allowed=True).code
        except CodeError as error:
            raise CodeError("code_group_member", file=path.name, group=group_id, member=text) from error
        members |= {code} if len(code) == 5 else _municipalities_of(code)
    return Group(group_id, entry["name_ja"], entry["name_en"], entry["kind"], tuple(sorted(members)))


def _municipalities_of(prefecture_code: str) -> set[str]:
    return {
        place.code
        for place in municipalities().values()
        if place.prefecture_code == prefecture_code and not place.parent_code
    }
