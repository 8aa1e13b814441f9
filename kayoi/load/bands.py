"""The text of one cell → a range of whole numbers (2～5回目, 4泊以上) or of ages (34, 30代, 70歳以上)."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from kayoi.errors import ValueRefusedError
from kayoi.load.signs import is_missing, readable, short

Bound = Literal["low", "high", "middle"]

_UNIT: Final = r"\s?(?:回目|度目|回|度|泊|日|人|名|件|時間|か月|ヶ月|ヵ月|カ月|ケ月|週間|年)?"
_COUNT: Final = re.compile(
    rf"(?P<low>\d{{1,9}}){_UNIT}"
    rf"(?:\s?(?P<open>以上|以降|超)?\s?(?:(?P<to>[~〜–—-]|から)?\s?(?:(?P<high>\d{{1,9}}){_UNIT}\s?(?:未満|以下|まで|以内)?)?)?)"
)
_AT_MOST: Final = re.compile(rf"[~〜]?\s?(?P<high>\d{{1,9}}){_UNIT}\s?(?:未満|以下|まで|以内)")
_FIRST: Final = frozenset(("初めて", "はじめて", "初回", "今回が初めて"))
_NEVER: Final = frozenset(("なし", "無し", "一度もない", "日帰り"))

_AGE: Final = re.compile(r"(?:満\s?)?(?P<age>\d{1,3})\s?(?:歳|才|さい)?")
_DECADE: Final = re.compile(
    r"(?P<decade>\d{1,2}0|0)\s?(?:歳|才)?代\s?(?P<part>前半|後半)?(?P<open>以上|以下|未満)?"
)
_AGES: Final = re.compile(
    r"(?:(?P<low>\d{1,3})\s?(?:歳|才)?代?\s?)?(?P<to>[~〜–—-]|から|以上)\s?"
    r"(?:(?P<high>\d{1,3})\s?(?:歳|才)?(?P<decade>代)?\s?(?P<below>未満|以下|まで)?)?"
)
_YOUNGER: Final = re.compile(r"(?P<age>\d{1,3})\s?(?:歳|才)\s?(?P<below>未満|以下|まで)")
_OLDEST: Final = 120


@dataclass(frozen=True)
class Range:
    """Whole numbers from `low` to `high` as written, both included; an open end is None."""

    low: int
    high: int | None

    def pick(self, bound: Bound) -> int:
        """Return an end (the low one where there is no high one), or the middle, rounded down."""
        if self.high is None or bound == "low":
            return self.low
        return self.high if bound == "high" else (self.low + self.high) // 2


def parse_range(text: str) -> Range | None:
    """Return `2～5回目` as 2 to 5, `4泊以上` as 4 and more, `10回未満` as 0 to 10, `初めて` as 1.

    Raises ValueRefusedError.
    """
    if is_missing(text):
        return None
    plain = readable(text, "value_range")
    if plain in _FIRST:
        return Range(1, 1)
    if plain in _NEVER:
        return Range(0, 0)
    below = _AT_MOST.fullmatch(plain)
    if below:
        return Range(0, int(below["high"]))
    found = _COUNT.fullmatch(plain)
    if not found or (found["high"] and not (found["to"] or found["open"])):
        raise ValueRefusedError("value_range", value=short(text))
    low = int(found["low"])
    is_open = bool(found["open"] or found["to"])
    high = int(found["high"]) if found["high"] else None if is_open else low
    if high is not None and high < low:
        raise ValueRefusedError("value_range", value=short(text))
    return Range(low, high)


def parse_age(text: str) -> Range | None:
    """Return an age or a band of ages: 34, 34歳, 30代, 30代前半, 30～39歳, 70歳以上, 20歳未満.

    Raises ValueRefusedError.
    """
    if is_missing(text):
        return None
    plain = readable(text, "value_age")
    ages = _ages(plain)
    if ages is None or ages.low > _OLDEST or (ages.high is not None and not ages.low <= ages.high <= _OLDEST):
        raise ValueRefusedError("value_age", value=short(text))
    return ages


def _ages(plain: str) -> Range | None:
    if plain == "未成年":
        return Range(0, 17)
    if age := _AGE.fullmatch(plain):
        return Range(int(age["age"]), int(age["age"]))
    if decade := _DECADE.fullmatch(plain):
        return _decade(int(decade["decade"]), decade["part"], decade["open"])
    if younger := _YOUNGER.fullmatch(plain):
        return Range(0, int(younger["age"]) - (younger["below"] == "未満"))
    found = _AGES.fullmatch(plain)
    if not found or not (found["low"] or found["high"]):
        return None
    low = int(found["low"] or 0)
    if not found["high"]:
        return Range(low, None)
    high = int(found["high"]) + (9 if found["decade"] else 0) - (found["below"] == "未満")
    return Range(low, high)


def _decade(low: int, part: str | None, beyond: str | None) -> Range:
    if beyond == "以上":
        return Range(low, None)
    if beyond:
        return Range(0, low + (9 if beyond == "以下" else -1))
    if part:
        return Range(low, low + 4) if part == "前半" else Range(low + 5, low + 9)
    return Range(low, low + 9)
