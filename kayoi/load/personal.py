"""Columns that carry names, contacts, addresses, days of birth, My Number or mileage numbers."""

import re
from collections.abc import Sequence, Set
from typing import Final, Literal

from kayoi.load.signs import normalized

# what a column tells about a person: who it is and how to reach them, where they live, when they were born
Kind = Literal["contact", "address", "birthday"]

_SAMPLE: Final = 5_000  # distinct values looked at per column
_SHARE: Final = 0.2  # a column is of a kind when this share of its values is

_HEADING: Final = re.compile(
    r"氏名|姓名|^お?名前|^(フリガナ|ふりがな|カナ|よみがな|姓|名|姓カナ|名カナ)$"
    r"|(宿泊|申込|申請|予約|参加|代表|利用|来訪|訪問|担当|登録|寄附|寄付)者(の?氏)?名(カナ)?$"
    r"|(会員|顧客|本人|お客様?|ゲスト|同行者|同伴者|世帯主|入居者|契約者|配偶者|保護者|受取人)(の?氏)?名(カナ)?$"
    r"|^(緊急)?連絡先$|^fax(番号)?$|パスポート(番号)?$|旅券番号$|免許証(番号)?$|口座番号$|クレジットカード番号$"
    r"|住民票コード$|年金番号$|保険者番号$|^line_?id$"
    r"|電話(番号)?$|携帯(電話)?(番号)?$|(^|_)tel(_?(no|number|番号))?$|phone(_?(no|number))?$"
    r"|(メール|e-?mail)(アドレス|アド|_?address)?$|^mail(_?address)?$|メアド"
    r"|マイナンバー|個人番号|my_?number"
    r"|お得意様番号|^(jmb|マイレージ(会員|バンク)?|マイル(会員)?)(no|id|番号)$|^jmb$|^マイレージ$"
    r"|(mileage|frequent_?flyer|ffp)_?(number|no|id|account)$"
    r"|^(full|first|last|family|given|middle|guest|customer|member|person|participant)?_?name(_?kana)?$"
    r"|^(kana|furigana|kana_?name)$"
)
_ADDRESS_HEADING: Final = re.compile(
    r"^(現|自宅|本人|居住地?|会員|顧客|お客様|(宿泊|申込|申請|予約|参加|代表|利用|来訪|訪問|登録|寄附|寄付|契約|入居)者の?|連絡先"
    r"|送付先|お?届け?先|配送先|送り先|住民票の?|(home|guest|customer|postal|street)_?)?(住所|address)_?\d?$"
    r"|^(住所)?(町名|丁目)?_?番地(以下)?(_?建物名?)?$|^建物名?(_?部屋番号)?$|^(マンション|アパート|ビル)名$|^street$"
)
_BIRTHDAY_HEADING: Final = re.compile(r"生年月日|誕生日|^(date_?of_?birth|dob|birth_?(day|date))$")
# about a column of that kind, not one of it
_NOT_PERSONAL: Final = re.compile(r"(有無|可否|同意|件数|回数|人数|区分|種別|種類|配信|希望|方法)$")

_EMAIL: Final = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}")
_PHONE: Final = re.compile(r"(?:\+81[-\s]?\(?0?\)?|0)\d{1,4}[-\s()]{1,2}\d{1,4}[-\s()]{1,2}\d{3,4}")
_MOBILE: Final = re.compile(r"0[5789]0\d{8}")
_MY_NUMBER: Final = re.compile(r"\d{12}|\d{4}[ -]\d{4}[ -]\d{4}")


# digits behind the municipality: a house, not a place
_HOUSE: Final = re.compile(r"[都道府県市区町村郡][^\d]{0,30}\d{1,5}(丁目|番地?|号|[-−ー–の]\d)")
# where something stands, not where somebody lives
_FACILITY: Final = re.compile("施設|物件|会場|スポット|店舗|企業|法人|会社|本社|事業所|住宅|宿の|所在地")
_LONGEST_LOOKED_AT: Final = 300


def kind_of_heading(heading: str, table: str) -> Kind | None:
    """Return what a heading says the column tells about a person; None where it does not."""
    if heading_is_personal(heading, table):
        return "contact"
    plain = _plain(heading)
    if _NOT_PERSONAL.search(plain):
        return None
    if _BIRTHDAY_HEADING.search(plain):
        return "birthday"
    return "address" if _ADDRESS_HEADING.search(plain) else None


def kind_of_values(texts: Sequence[str], *, is_stored: bool) -> Kind | None:
    """Return what the distinct values of a column tell about people; None where they do not."""
    if values_are_personal(texts, is_stored=is_stored):
        return "contact"
    sample = [text for text in texts[:_SAMPLE] if text.strip()]
    houses = sum(1 for text in sample if is_house(text))
    return "address" if sample and houses >= max(1, _SHARE * len(sample)) else None


def refusal(heading: str, texts: Sequence[str], table: str, feeds: Set[str]) -> str | None:
    """Return the key of the error for which a column keeps its file out; None where it may stay.

    *feeds* are the columns it is mapped to. What tells people apart may be anything as long as it is nothing
    else; an address may stay where only its municipality is there to be kept, a day of birth for its year.
    """
    if feeds == {"person_id"}:
        return None
    kind = kind_of_heading(heading, table)
    is_place = bool(feeds) and all(one.endswith("municipality_code") for one in feeds)
    if kind == "contact":
        return "file_personal_heading"
    if kind == "address" and not is_place:
        return "file_personal_address"
    if kind == "birthday" and "birth_year" not in feeds:
        return "file_personal_birthday"
    said = kind_of_values(texts, is_stored=bool(feeds - {"person_id"}))
    if said == "address" and _FACILITY.search(_plain(heading)):
        return None
    return {"contact": "file_personal_values", "address": "file_personal_address"}.get(said or "")


def is_house(text: str) -> bool:
    """Whether an address goes on behind its municipality to a house: 福井県坂井市三国町1-2."""
    return bool(_HOUSE.search(normalized(text)[:_LONGEST_LOOKED_AT]))


def quotable(text: str) -> str:
    """Return *text* for a reject to quote; empty where it tells about a person."""
    plain = normalized(text)[:_LONGEST_LOOKED_AT]
    is_personal = _EMAIL.search(plain) or _is_phone(plain) or _MY_NUMBER.fullmatch(plain) or is_house(plain)
    return "" if is_personal else text


def heading_is_personal(heading: str, table: str) -> bool:
    """Whether the heading names personal data; an organization's `name` is not a person's."""
    plain = _plain(heading)
    if table == "organizations" and plain == "name":
        return False
    return bool(_HEADING.search(plain)) and not _NOT_PERSONAL.search(plain)


def _plain(heading: str) -> str:
    return re.sub(r"[\s・]+", "_", normalized(heading).casefold())


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
