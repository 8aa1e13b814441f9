"""The reference files are whole: counts, codes, names, offices, shapes."""

import csv
import gzip
import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from math import cos, hypot, radians
from statistics import median

import pytest

from kayoi import metrics, reference
from kayoi.municipalities import (
    BLOCKS,
    check_digit,
    municipalities,
    prefecture_shapes_path,
    prefectures,
)
from kayoi.reference import REFERENCE_DIR, national_targets

WHOLE = [place for place in municipalities().values() if place.type != "ward"]
WARDS = [place for place in municipalities().values() if place.type == "ward"]


def test_there_are_1741_municipalities_of_five_kinds_and_171_wards():
    assert Counter(place.type for place in municipalities().values()) == {
        "designated_city": 20,
        "city": 772,
        "special_ward": 23,
        "town": 743,
        "village": 183,
        "ward": 171,
    }
    assert len(WHOLE) == 1741


@pytest.mark.parametrize(
    ("prefecture", "count"),
    [
        ("01", 179),
        ("13", 62),
        ("15", 30),
        ("16", 15),
        ("18", 17),
        ("20", 77),
        ("27", 43),
        ("30", 30),
        ("37", 17),
        ("42", 21),
        ("47", 41),
    ],
)
def test_a_prefecture_has_as_many_municipalities_as_it_has(prefecture, count):
    assert sum(place.prefecture_code == prefecture for place in WHOLE) == count


def test_every_six_digit_code_is_the_code_and_its_check_digit():
    assert [
        place.code
        for place in municipalities().values()
        if place.code6 != place.code + check_digit(place.code)
    ] == []


@pytest.mark.parametrize(
    ("code", "digit"),
    [
        ("01202", "5"),
        ("13101", "6"),
        ("20448", "0"),
        ("30206", "6"),
        ("37403", "2"),
        ("40344", "0"),
        ("47382", "1"),
    ],
)
def test_the_check_digit_is_the_published_one(code, digit):
    assert check_digit(code) == digit


SEEDS = """
01633 上士幌町   河東郡   Kamishihoro Town
30206 田辺市     -        Tanabe City
30401 白浜町     西牟婁郡 Shirahama Town
30406 すさみ町   西牟婁郡 Susami Town
37208 三豊市     -        Mitoyo City
42210 壱岐市     -        Iki City
37403 琴平町     仲多度郡 Kotohira Town
26213 南丹市     -        Nantan City
15226 南魚沼市   -        Minamiuonuma City
07210 二本松市   -        Nihonmatsu City
20448 生坂村     東筑摩郡 Ikusaka Village
03211 釜石市     -        Kamaishi City
20451 朝日村     東筑摩郡 Asahi Village
"""


@pytest.mark.parametrize("line", SEEDS.strip().splitlines())
def test_the_places_this_was_made_for_have_their_code_and_name(line):
    code, name_ja, district, name_en = line.split(maxsplit=3)
    place = municipalities()[code]
    assert (place.name_ja, place.district or "-", place.name_en) == (name_ja, district, name_en)


@pytest.mark.parametrize(
    ("code", "name_en"),
    [
        ("27100", "Osaka City"),
        ("26100", "Kyoto City"),
        ("44201", "Oita City"),
        ("13101", "Chiyoda Ward"),
        ("22138", "Chuo Ward, Hamamatsu"),
        ("17407", "Nakanoto Town"),
        ("15210", "Tokamachi City"),
        ("28586", "Shin'onsen Town"),
        ("24202", "Yokkaichi City"),
        ("42208", "Matsuura City"),
        ("33212", "Setouchi City"),
        ("01642", "Hiroo Town"),
        ("01571", "Toyoura Town"),
        ("46217", "Soo City"),
        ("33622", "Shoo Town"),
        ("19208", "Minami-Alps City"),
        ("23230", "Nisshin City"),
        ("12203", "Ichikawa City"),
    ],
)
def test_a_name_in_latin_letters_reads_as_people_write_it(code, name_en):
    assert municipalities()[code].name_en == name_en


def test_names_in_latin_letters_are_unique_within_a_prefecture_and_never_a_prefectures():
    counts = Counter((place.prefecture_code, place.name_en) for place in municipalities().values())
    assert [place for place, count in counts.items() if count > 1] == []
    assert {place.name_en for place in WHOLE} & {
        prefecture.name_en for prefecture in prefectures().values()
    } == set()


def test_names_in_latin_letters_hold_latin_letters_only():
    assert [
        place.name_en
        for place in municipalities().values()
        if not re.fullmatch("[A-Za-z' ,()-]+", place.name_en)
    ] == []


def test_kana_are_katakana_and_end_like_the_name():
    ends = {"市": "シ", "区": "ク", "町": "チョウ|マチ", "村": "ムラ|ソン"}
    assert [
        place.code
        for place in municipalities().values()
        if not re.fullmatch(f"[ァ-ヶ]+({ends[place.name_ja[-1]]})", place.kana)
    ] == []


def test_a_ward_has_its_designated_city_as_parent_and_nothing_else_has_one():
    assert {municipalities()[ward.parent_code].type for ward in WARDS} == {"designated_city"}
    assert all(ward.name_ja.startswith(municipalities()[ward.parent_code].name_ja) for ward in WARDS)
    assert [place.code for place in WHOLE if place.parent_code] == []
    assert len({ward.parent_code for ward in WARDS}) == 20


def test_towns_and_villages_stand_in_a_district_and_cities_do_not():
    assert [place.code for place in WHOLE if place.district and place.type not in ("town", "village")] == []
    # the other islands of 東京都 belong to no 郡
    without = {
        place.prefecture_code for place in WHOLE if place.type in ("town", "village") and not place.district
    }
    assert without == {"13"}


def test_every_office_lies_in_japan_and_no_two_municipalities_share_one():
    assert all(
        122.9 < place.longitude < 146 and 24 < place.latitude < 45.6 for place in municipalities().values()
    )
    shared = Counter((place.longitude, place.latitude) for place in WHOLE)
    # a designated city's office may be a ward's as well, but two municipalities never share one
    assert [at for at, count in shared.items() if count > 1] == []


@pytest.mark.parametrize("prefecture", list(prefectures().values()), ids=lambda prefecture: prefecture.code)
def test_the_offices_of_a_prefecture_lie_near_each_other(prefecture):
    members = [place for place in municipalities().values() if place.prefecture_code == prefecture.code]
    longitude, latitude = (median(p.longitude for p in members), median(p.latitude for p in members))
    reach_km = {"01": 400, "13": 1050, "42": 260, "46": 560, "47": 560}.get(prefecture.code, 160)

    def km(place):
        return 111.2 * hypot(
            (place.longitude - longitude) * cos(radians(latitude)), place.latitude - latitude
        )

    assert [(place.code, round(km(place))) for place in members if km(place) > reach_km] == []


def test_there_are_47_prefectures_in_eight_blocks():
    assert list(prefectures()) == [f"{code:02d}" for code in range(1, 48)]
    assert Counter(prefecture.block for prefecture in prefectures().values()) == dict(
        zip(BLOCKS, (1, 6, 7, 9, 7, 5, 4, 8), strict=True)
    )
    assert {place.prefecture_code for place in WHOLE} == set(prefectures())


@pytest.mark.parametrize(
    ("code", "name_ja", "name_en", "kana", "block"),
    [
        ("01", "北海道", "Hokkaido", "ホッカイドウ", "hokkaido"),
        ("13", "東京都", "Tokyo", "トウキョウト", "kanto"),
        ("24", "三重県", "Mie", "ミエケン", "kinki"),
        ("30", "和歌山県", "Wakayama", "ワカヤマケン", "kinki"),
        ("39", "高知県", "Kochi", "コウチケン", "shikoku"),
        ("44", "大分県", "Oita", "オオイタケン", "kyushu"),
        ("47", "沖縄県", "Okinawa", "オキナワケン", "kyushu"),
    ],
)
def test_a_prefecture_has_its_names_and_block(code, name_ja, name_en, kana, block):
    found = prefectures()[code]
    assert (found.name_ja, found.name_en, found.kana, found.block) == (name_ja, name_en, kana, block)


def test_every_change_leads_to_a_code_of_today_on_a_real_date():
    with (REFERENCE_DIR / "code_changes.csv").open(encoding="utf-8", newline="") as stream:
        changes = list(csv.DictReader(stream))
    assert len(changes) == 25
    assert {change["new_code"] for change in changes} <= set(municipalities())
    assert [change for change in changes if date.fromisoformat(change["valid_from"]) < date(2011, 1, 1)] == []
    given_up = {change["old_code"] for change in changes if change["kind"] != "renamed"}
    assert given_up & set(municipalities()) == set()


def shapes():
    return json.loads(prefecture_shapes_path().read_text(encoding="utf-8"))["features"]


def rings(geometry):
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def test_the_shapes_are_the_47_prefectures_and_small_enough_for_a_slow_line():
    assert [shape["properties"]["code"] for shape in shapes()] == list(prefectures())
    for shape in shapes():
        prefecture = prefectures()[shape["properties"]["code"]]
        assert (shape["properties"]["name_ja"], shape["properties"]["name_en"]) == (
            prefecture.name_ja,
            prefecture.name_en,
        )
    assert len(gzip.compress(prefecture_shapes_path().read_bytes(), 9)) <= 60_000


def test_every_ring_of_a_shape_is_closed():
    assert all(
        ring[0] == ring[-1] and len(ring) >= 4 for shape in shapes() for ring in rings(shape["geometry"])
    )


def is_inside(longitude, latitude, geometry):
    crossings = 0
    for ring in rings(geometry):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude):
                crossings += longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("island", "longitude", "latitude", "prefecture"),
    [
        ("壱岐", 129.71, 33.80, "42"),
        ("対馬", 129.30, 34.40, "42"),
        ("沖縄島", 127.95, 26.50, "47"),
        ("奄美大島", 129.35, 28.30, "46"),
        ("徳之島", 128.95, 27.80, "46"),
        ("佐渡", 138.40, 38.05, "15"),
        ("淡路島", 134.83, 34.40, "28"),
        ("小豆島", 134.28, 34.51, "37"),
        ("隠岐島後", 133.28, 36.25, "32"),
        ("父島", 142.215, 27.07, "13"),
        ("種子島", 130.97, 30.55, "46"),
        ("石垣島", 124.20, 24.43, "47"),
        ("利尻島", 141.24, 45.18, "01"),
    ],
)
def test_an_island_is_drawn_with_its_own_prefecture(island, longitude, latitude, prefecture):
    at = [s["properties"]["code"] for s in shapes() if is_inside(longitude, latitude, s["geometry"])]
    assert at == [prefecture], island


def test_nearly_every_office_lies_in_the_shape_of_its_prefecture_or_in_no_other():
    drawn = {shape["properties"]["code"]: shape["geometry"] for shape in shapes()}
    box = {
        code: (min(x), max(x), min(y), max(y))
        for code, geometry in drawn.items()
        for x, y in [tuple(zip(*[point for ring in rings(geometry) for point in ring], strict=True))]
    }

    def is_near(place, code):
        west, east, south, north = box[code]
        return west <= place.longitude <= east and south <= place.latitude <= north

    wrong = [
        place.code
        for place in WHOLE
        for code, geometry in drawn.items()
        if code != place.prefecture_code
        and is_near(place, code)
        and is_inside(place.longitude, place.latitude, geometry)
    ]
    assert len(wrong) <= 20  # offices close to a border that is drawn at 1:10m


def test_every_national_target_is_of_a_figure_there_is_and_grows_forward_in_time():
    for target in national_targets():
        metric = metrics.get(target.kpi_id)
        assert metric.part(target.part) if target.part else metric.has_value
        assert target.starts_on < target.ends_on
        assert target.value > 0
        assert target.source


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        (date(2019, 5, 1), True),  # the accession
        (date(2021, 7, 22), True),  # 海の日, moved for the games
        (date(2021, 7, 19), False),
        (date(2026, 5, 6), True),  # a substitute
        (date(2026, 9, 22), True),  # between two holidays
        (date(2026, 9, 24), False),
    ],
)
def test_public_holidays_follow_the_law_of_their_year(day, is_holiday):
    assert (day in reference.public_holidays()) is is_holiday
