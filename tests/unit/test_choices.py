"""What the reader has chosen."""

import pandas as pd
import pytest

from kayoi.ui.choices import Region, segments_of, split_segment
from kayoi.ui.text import plain

IKUSAKA = Region(
    "municipality", "20448", "生坂村", "Ikusaka", "イクサカムラ", "20", "長野県", "Nagano", 1, True
)


def test_a_region_is_found_by_either_name_its_reading_and_its_code():
    found = IKUSAKA.search_text("ja")
    assert all(word in found for word in ("長野県生坂村", "いくさかむら", "Ikusaka", "20448"))


def test_a_segment_is_short_in_the_url_and_named_in_the_readers_language():
    rows = pd.DataFrame(
        {
            "segment_kind": ["origin_block", "age_band", "program", "gender"],
            "segment_value": ["kanto", "20-29", "p1", "unknown"],
            "name_ja": [None, None, "農泊", None],
            "name_en": [None, None, None, None],
        }
    )
    assert segments_of(rows, "ja") == {
        "all": "すべての人",
        "origin:kanto": "住んでいる地方：関東",
        "age:20-29": "年代：20～29歳",
        "program:p1": "事業：農泊",
        "gender:unknown": "性別：不明",
    }
    assert split_segment("origin:kanto") == ("origin_block", "kanto")
    assert split_segment("all") == ("all", "all")


def test_a_name_from_data_is_no_markup():
    assert plain("[x](http://evil) $1$ <b>") == r"\[x\]\(http\://evil\) \$1\$ \<b\>"


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        ("-19", "年代：19歳以下", "Age: 19 or younger"),
        ("20-29", "年代：20～29歳", "Age: 20–29"),
        ("70-", "年代：70歳以上", "Age: 70 or older"),
    ],
)
def test_an_open_age_band_says_which_way_it_is_open(value, ja, en):
    rows = pd.DataFrame({"segment_kind": ["age_band"], "segment_value": [value]})
    assert segments_of(rows, "ja")[f"age:{value}"] == ja
    assert segments_of(rows, "en")[f"age:{value}"] == en


@pytest.mark.parametrize(
    "typed", ["30401", "304018", "３０４０１", "しらはま", "シラハマ", "Shirahama", "白浜", "和歌山県白浜町"]
)
@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_municipality_is_found_by_either_code_either_kana_and_either_name(typed, locale):
    town = Region(
        level="municipality",
        code="30401",
        name_ja="白浜町",
        name_en="Shirahama Town",
        kana="シラハマチョウ",
        prefecture_code="30",
        prefecture_ja="和歌山県",
        prefecture_en="Wakayama",
        members_total=1,
        has_data=True,
    )
    if (locale, typed) != ("en", "和歌山県白浜町"):
        assert typed in town.search_text(locale)
