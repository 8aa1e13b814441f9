"""The text of a code column → today's municipality or prefecture, with the ways out a mapping allows."""

from dataclasses import dataclass
from typing import Final

from kayoi import municipalities
from kayoi.errors import CodeError
from kayoi.load.signs import is_missing, normalized, short

_NATION: Final = frozenset(("jp", "全国", "日本", "日本国"))
_LONGEST: Final = 200
_SEPARATORS: Final = str.maketrans(dict.fromkeys("、,/|", ";"))


@dataclass(frozen=True)
class Place:
    """Today's code; `old` as read where it was carried over; `fallback` names the way out that was taken."""

    code: str
    old: str | None = None
    fallback: str | None = None


def parse_place(text: str, *, prefecture_allowed: bool) -> Place | None:
    """Return the place a code, a name or an address stands for; CodeError where there is none or several."""
    if is_missing(text):
        return None
    plain = _plain(text)
    try:
        resolved = municipalities.resolve(plain, prefecture_allowed=prefecture_allowed)
    except CodeError as error:
        resolved = _by_address(plain, None, error)
    return Place(resolved.code, resolved.old)


def parse_named_place(
    prefecture: str, name: str, unresolved: tuple[str, ...], *, prefecture_allowed: bool
) -> Place | None:
    """Return the place called *name* in *prefecture* (a name or 2-digit code).

    Where the name leads to none, *unresolved* says what may stand for it: the one town of a 郡 that has
    a single one today, then the prefecture itself. CodeError where neither does.
    """
    if is_missing(name):
        if is_missing(prefecture) or "prefecture" not in unresolved or not prefecture_allowed:
            return None
        return Place(_prefecture(prefecture), None, "prefecture")
    plain, within = _plain(name), _plain(prefecture) or None
    try:
        try:
            resolved = municipalities.resolve_name(plain, within, prefecture_allowed=prefecture_allowed)
        except CodeError as error:
            resolved = _by_address(plain, within, error)
        return Place(resolved.code, resolved.old)
    except CodeError:
        for way in unresolved:
            if way == "single_in_district":
                members = municipalities.district_members(normalized(prefecture), name)
                if len(members) == 1:
                    return Place(members[0], _kept(plain), way)
            elif prefecture_allowed and not is_missing(prefecture):
                return Place(_prefecture(prefecture), _kept(plain), way)
        raise


def parse_scope(text: str) -> str | None:
    """Return a target's scope: a municipality's or prefecture's code, JP, else the id of a programme."""
    plain = _plain(text)
    if not plain:
        return None
    if plain.casefold() in _NATION:
        return municipalities.NATION
    try:
        return municipalities.resolve(plain, prefecture_allowed=True).code
    except CodeError:
        if plain.isdecimal():
            raise
        return plain


def parse_places(text: str) -> str | None:
    """Return several places as codes joined by `;`, each once, in the order written."""
    codes = [
        place.code
        for part in normalized(text).translate(_SEPARATORS).split(";")
        if (place := parse_place(part, prefecture_allowed=True))
    ]
    return ";".join(dict.fromkeys(codes)) or None


def _plain(text: str) -> str:
    """Return the text in NFKC; CodeError, which does not repeat it, where no place has so long a name."""
    plain = normalized(text)
    if len(plain) > _LONGEST:
        raise CodeError("code_name_unknown", value=short(plain))
    return plain


def _kept(name: str) -> str | None:
    """Return a name as it was read, unless it goes on to a house: an address is not kept."""
    return None if any(letter.isdigit() for letter in name) else name


def _by_address(plain: str, prefecture: str | None, error: CodeError) -> municipalities.Resolved:
    """Return the place an address begins with, where no place has it all as its name."""
    if error.key != "error.code_name_unknown":
        raise error
    try:
        return municipalities.resolve_address(plain, prefecture)
    except CodeError:
        raise error from None


def _prefecture(text: str) -> str:
    return municipalities.resolve(_plain(text), prefecture_allowed=True).code[:2]
