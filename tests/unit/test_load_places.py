"""Codes, names and addresses in one cell or two."""

import pytest

from kayoi.errors import CodeError
from kayoi.load.places import Place, parse_named_place, parse_place


@pytest.mark.parametrize(
    ("text", "code", "old"),
    [
        ("福井県 坂井市", "18210", None),
        ("福井県坂井市三国町", "18210", None),
        ("福井県坂井市三国町1-2", "18210", None),
        ("大阪府堺市堺区南瓦町", "27140", "堺市堺区"),
        ("静岡県浜松市中区元城町", "22130", "浜松市中区"),  # a ward until 2023
        ("静岡県浜松市浜名区", "22130", "静岡県浜松市浜名区"),
        ("長野県東筑摩郡生坂村北陸郷", "20448", None),
        ("高知県高岡郡檮原町梼原", "39405", None),
        ("奈良県大和郡山市北郡山町", "29203", None),
        ("三重県四日市市諏訪町", "24202", None),
        ("三宅島三宅村", "13381", None),
        ("東京都三宅村", "13381", None),
        ("須惠町", "40344", None),
        ("桧原村", "13307", None),
        ("鎌が谷市", "12224", None),
    ],
)
def test_a_place_is_found_by_its_name_and_by_an_address_that_begins_with_it(text, code, old):
    assert parse_place(text, prefecture_allowed=False) == Place(code, old)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("泊村", ["古宇郡泊村 (01403)", "国後郡泊村 (01696)"]),
        ("北海道泊村", ["古宇郡泊村 (01403)", "国後郡泊村 (01696)"]),
        ("府中市", ["13206", "34208"]),
        ("吉田郡", ["永平寺町 (18322)"]),
        ("福井県吉田郡", ["永平寺町 (18322)"]),
        ("生坂", ["東筑摩郡生坂村 (20448)"]),
    ],
)
def test_a_name_that_is_not_one_place_is_refused_with_the_names_and_codes_it_may_be(text, candidates):
    with pytest.raises(CodeError) as refused:
        parse_place(text, prefecture_allowed=True)
    for locale in ("ja", "en"):
        assert [one for one in candidates if one not in refused.value.text(locale)] == []


@pytest.mark.parametrize(
    "text",
    [
        "福井県坂井市以外",
        "大阪府大阪市外",
        "福井県坂井市民",
        "坂井市三国町",
        "架空県坂井市",
        "福井県坂井市・あわら市",
    ],
)
def test_what_only_begins_like_a_place_or_lacks_its_prefecture_is_no_address(text):
    with pytest.raises(CodeError):
        parse_place(text, prefecture_allowed=True)


def test_an_address_may_stand_beside_its_prefecture():
    assert parse_named_place("福井県", "坂井市三国町", (), prefecture_allowed=True) == Place("18210")
    with pytest.raises(CodeError):
        parse_named_place("石川県", "福井県坂井市三国町", (), prefecture_allowed=True)


def test_what_stands_for_an_unknown_name_does_not_keep_an_address():
    assert parse_named_place("香川県", "仲多度群", ("prefecture",), prefecture_allowed=True) == Place(
        "37", "仲多度群", "prefecture"
    )
    assert parse_named_place("香川県", "仲多度群1-2-3", ("prefecture",), prefecture_allowed=True) == Place(
        "37", None, "prefecture"
    )
