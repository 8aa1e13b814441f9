"""Columns that carry names, phone numbers, e-mail addresses, My Number or mileage numbers."""

import re
from collections.abc import Sequence
from typing import Final

from kayoi.load.values import normalized

_SAMPLE: Final = 5_000  # distinct values looked at per column
_SHARE: Final = 0.2  # a column is of a kind when this share of its values is

_HEADING: Final = re.compile(
    r"氏名|姓名|^お?名前|^(フリガナ|ふりがな|カナ|よみがな|姓|名|姓カナ|名カナ)$"
    r"|(宿泊|申込|申請|予約|参加|代表|利用|来訪|訪問|担当|登録|寄附|寄付)者(の?氏)?名(カナ)?$"
    r"|(会員|顧客|本人|お客様?)(の?氏)?名(カナ)?$"
    r"|電話(番号)?$|携帯(電話)?(番号)?$|(^|_)tel(_?(no|number|番号))?$|phone(_?(no|number))?$"
    r"|(メール|e-?mail)(アドレス|アド|_?address)?$|^mail(_?address)?$|メアド"
    r"|マイナンバー|個人番号|my_?number"
    r"|お得意様番号|^(jmb|マイレージ(会員|バンク)?|マイル(会員)?)(no|id|番号)$|^jmb$|^マイレージ$"
    r"|(mileage|frequent_?flyer|ffp)_?(number|no|id|account)$"
    r"|^(full|first|last|family|given|middle|guest|customer|member|person|participant)?_?name(_?kana)?$"
    r"|^(kana|furigana|kana_?name)$"
)
# about a column of that kind, not one of it
_NOT_PERSONAL: Final = re.compile(r"(有無|可否|同意|件数|回数|人数|区分|種別|種類|配信|希望|方法)$")

_EMAIL: Final = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}")
_PHONE: Final = re.compile(r"(?:\+81[-\s]?\(?0?\)?|0)\d{1,4}[-\s()]{1,2}\d{1,4}[-\s()]{1,2}\d{3,4}")
_MOBILE: Final = re.compile(r"0[5789]0\d{8}")
_MY_NUMBER: Final = re.compile(r"\d{12}|\d{4}[ -]\d{4}[ -]\d{4}")


def heading_is_personal(heading: str, table: str) -> bool:
    """Whether the heading names personal data; an organization's `name` is not a person's."""
    plain = re.sub(r"[\s・]+", "_", normalized(heading).casefold())
    if table == "organizations" and plain == "name":
        return False
    return bool(_HEADING.search(plain)) and not _NOT_PERSONAL.search(plain)


def values_are_personal(texts: Sequence[str], *, is_stored: bool) -> bool:
    """Whether the distinct values of a column are e-mail addresses, phone numbers or My Numbers.

    One address is enough in a column that would be stored; elsewhere, and for digits that other ids may
    resemble, a share of the column has to look so.
    """
    sample = [plain for text in texts[:_SAMPLE] if (plain := normalized(text))]
    if not sample:
        return False
    addresses = sum(1 for text in sample if _EMAIL.fullmatch(text))
    if addresses and (is_stored or addresses >= _SHARE * len(sample)):
        return True
    phones = sum(1 for text in sample if _is_phone(text))
    if phones >= max(1, _SHARE * len(sample)):
        return True
    numbers = sum(1 for text in sample if _MY_NUMBER.fullmatch(text) and is_my_number(text))
    # one 12-digit id in eleven has a check digit that fits by chance: half of a column does not
    return numbers >= max(3 if is_stored else 1, 0.5 * len(sample))


def is_my_number(text: str) -> bool:
    """Whether 12 digits end in the check digit of a 個人番号 (行政手続番号法施行令)."""
    digits = [int(digit) for digit in text if digit.isdigit()]
    if len(digits) != 12:
        return False
    weighted = sum(
        digit * (place + 1 if place <= 6 else place - 5)
        for place, digit in enumerate(reversed(digits[:11]), start=1)
    )
    remainder = weighted % 11
    return digits[11] == (0 if remainder <= 1 else 11 - remainder)


def _is_phone(text: str) -> bool:
    if _MOBILE.fullmatch(text):
        return True
    return bool(_PHONE.fullmatch(text)) and len(re.sub(r"\D", "", text)) in (
        (10, 11) if text.startswith("0") else (11, 12, 13)
    )
