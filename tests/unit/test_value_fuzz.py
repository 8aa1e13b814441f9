"""Any text is a value or is refused, and what a value is written as is read as the same value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kayoi.contract import PURPOSES
from kayoi.errors import CodeError, ValueRefusedError
from kayoi.load import bands, dates, places, values
from kayoi.load.labels import LABELS
from kayoi.load.mapping import Condition
from kayoi.load.personal import kind_of_heading, kind_of_values, quotable

PARSERS = {
    "date": values.parse_date,
    "first day": lambda text: dates.parse_side(text, "first"),
    "last day": lambda text: dates.parse_side(text, "last"),
    "month": values.parse_month,
    "year": values.parse_year,
    "birth year": values.parse_birth_year,
    "number": values.parse_number,
    "integer": values.parse_integer,
    "whole yen": values.parse_whole_yen,
    "nights": values.parse_nights,
    "yen": values.parse_yen,
    "range": bands.parse_range,
    "age": bands.parse_age,
    "purpose": lambda text: values.parse_enum(text, PURPOSES, "visits.purpose"),
    "organization": values.parse_organization,
    "id": values.parse_id,
    "place": lambda text: places.parse_place(text, prefecture_allowed=True),
    "municipality": lambda text: places.parse_place(text, prefecture_allowed=False),
    "named place": lambda text: places.parse_named_place(
        "福井県", text, ("prefecture",), prefecture_allowed=True
    ),
    "scope": places.parse_scope,
    "places": places.parse_places,
}
WORDS = """
    2025 7 07 1 31 / - . 年 月 日 度 令和 平成 R H 元 七 十 ～ 〜 から ( ) 火 午後 : T Z + , 円 千 万 台 ¥
    ▲ 以上 未満 以下 回目 泊 歳 代 E+ 18 20448 204480 福井県 坂井市 郡 三国町 北区 村 ヶ 生坂 全国 JP ; 、
    観光 不明 … x ０ ９
"""
PARTS = st.sampled_from([*WORDS.split(), " ", "\u3000", "\n"])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=9).map("".join))


@pytest.mark.parametrize("name", PARSERS)
@settings(derandomize=True, max_examples=150, deadline=None)
@given(text=TEXTS)
def test_any_text_is_a_value_or_is_refused_in_both_languages(name, text):
    try:
        PARSERS[name](text)
    except (ValueRefusedError, CodeError) as error:
        assert error.text("ja")
        assert error.text("en")


WRITTEN = {
    "date": (values.parse_date, str),
    "first day": (PARSERS["first day"], str),
    "last day": (PARSERS["last day"], str),
    "month": (values.parse_month, str),
    "year": (values.parse_year, str),
    "birth year": (values.parse_birth_year, str),
    "number": (values.parse_number, repr),
    "integer": (values.parse_integer, str),
    "nights": (values.parse_nights, str),
    "purpose": (PARSERS["purpose"], str),
    "organization": (values.parse_organization, str),
    "id": (values.parse_id, str),
    "place": (PARSERS["place"], lambda place: place.code),
    "scope": (places.parse_scope, str),
    "places": (places.parse_places, str),
}


@pytest.mark.parametrize("name", WRITTEN)
@settings(derandomize=True, max_examples=150, deadline=None)
@given(text=TEXTS)
def test_what_was_read_and_is_written_as_it_is_kept_is_read_as_the_same(name, text):
    parse, written = WRITTEN[name]
    try:
        value = parse(text)
    except (ValueRefusedError, CodeError):
        return
    if value is not None:
        again = parse(written(value))
        assert written(again) == written(value)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(text=TEXTS)
def test_a_band_keeps_its_ends_in_order(text):
    try:
        yen = values.parse_yen(text)
    except ValueRefusedError:
        return
    if yen is not None and yen.low is not None and yen.high is not None:
        assert yen.low <= yen.high
        assert yen.value in (None, yen.low)


SIZE = 100_000
HOSTILE = {
    "digits": "1" * SIZE,
    "spaces within": "1" + " " * SIZE + "x",
    "wide spaces": "1" + "\u3000" * SIZE + "円",
    "commas": "1," * (SIZE // 2),
    "points": "1." * (SIZE // 2),
    "zeros": "0." + "0" * SIZE + "x",
    "years": "2025年" * (SIZE // 5),
    "ranges": "2025/7/1～" * (SIZE // 9),
    "dashes": "-" * SIZE + "1",
    "towns": "福井県" + "坂井市" * (SIZE // 3),
    "digits in town": "市" * (SIZE // 2) + "1" * (SIZE // 2),
    "brackets": "(" * SIZE,
    "address": "a@" * (SIZE // 2),
    "numerals": "十" * SIZE + "年",
    "combining": "か" + "\u3099" * SIZE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_of_text_in_a_cell_is_refused_with_a_short_message(name):
    """A pattern that tries its ways one by one would not come to an end: this test would not."""
    text = HOSTILE[name]
    for parse in PARSERS.values():
        try:
            parse(text)
        except (ValueRefusedError, CodeError) as error:
            assert len(error.text("ja")) < 2_000
    Condition("a", "1", is_among=True).holds(text)
    kind_of_heading(text, "visits")
    kind_of_values([text], is_stored=True)
    quotable(text)


def test_every_label_is_read_by_its_column():
    for column, words in LABELS.items():
        for word, value in words.items():
            assert values.parse_enum(word, tuple(words.values()), column) == value
