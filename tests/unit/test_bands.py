"""Ranges of numbers and of ages."""

import pytest

from kayoi.errors import ValueRefusedError
from kayoi.load.bands import Range, parse_age, parse_range


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("３回", 3, 3),
        ("2～5回目", 2, 5),
        ("2回～5回", 2, 5),
        ("5回以上10回未満", 5, 10),
        ("4泊以上", 4, None),
        ("6～", 6, None),
        ("10回未満", 0, 10),
        ("初めて", 1, 1),
        ("日帰り", 0, 0),
    ],
)
def test_a_range_keeps_its_ends_as_written(text, low, high):
    assert parse_range(text) == Range(low, high)


@pytest.mark.parametrize("text", ["5～2回", "何度も", "2 5", "回", "2～5～8"])
def test_what_is_no_range_is_refused(text):
    with pytest.raises(ValueRefusedError):
        parse_range(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("34", 34, 34),
        ("34歳", 34, 34),
        ("満34才", 34, 34),
        ("30代", 30, 39),
        ("30歳代", 30, 39),
        ("30代前半", 30, 34),
        ("30代後半", 35, 39),
        ("30～39歳", 30, 39),
        ("20〜30代", 20, 39),
        ("70歳以上", 70, None),
        ("70代以上", 70, None),
        ("20歳未満", 0, 19),
        ("10代以下", 0, 19),
        ("未成年", 0, 17),
    ],
)
def test_an_age_or_a_band_of_ages(text, low, high):
    assert parse_age(text) == Range(low, high)


@pytest.mark.parametrize("text", ["若い", "200", "39～30歳", "35代"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(ValueRefusedError):
        parse_age(text)


@pytest.mark.parametrize("text", ["", "不明", "無回答", "わからない"])
def test_no_answer_is_no_range_and_no_age(text):
    assert parse_range(text) is None
    assert parse_age(text) is None


@pytest.mark.parametrize(
    ("band", "bound", "number"),
    [
        (Range(30, 39), "low", 30),
        (Range(30, 39), "high", 39),
        (Range(30, 39), "middle", 34),
        (Range(70, None), "middle", 70),
        (Range(70, None), "high", 70),
    ],
)
def test_one_number_may_stand_for_a_range(band, bound, number):
    assert band.pick(bound) == number
