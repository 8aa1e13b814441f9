"""How codes and names found in files are brought to a municipality of today."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from kayoi.errors import CodeError
from kayoi.i18n import messages
from kayoi.municipalities import (
    Resolved,
    district_members,
    load_groups,
    municipalities,
    prefectures,
    resolve,
    resolve_code,
    resolve_name,
)
from kayoi.reference import REFERENCE_DIR

SHARED = Path(__file__).parents[3] / "shared"
WHOLE = [place for place in municipalities().values() if place.type != "ward"]


def table(text):
    """Read `a | b | c` lines into tuples of text; `-` is an empty cell."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [tuple("" if cell == "-" else cell for cell in row) for row in rows]


def refusal(call, *args, **kwargs):
    with pytest.raises(CodeError) as caught:
        call(*args, **kwargs)
    for locale in ("ja", "en"):
        assert str(caught.value.values["value"]) in caught.value.text(locale)  # every placeholder is filled
    return caught.value


# --- codes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "old"),
    table("""
        01633      | 01633 | -
        1633       | 01633 | -
        016331     | 01633 | -
        16331      | 01633 | -
        １６３３   | 01633 | -
        1202.0     | 01202 | -
        37403.     | 37403 | -
        374032     | 37403 | -
        12025      | 01202 | -
        23481      | 23213 | 23481
        234818     | 23213 | 23481
        3422       | 03209 | 03422
        01101      | 01100 | 01101
        011011     | 01100 | 01101
        22131      | 22130 | 22131
        22138      | 22130 | 22138
        13101      | 13101 | -
    """),
)
def test_a_code_is_read_as_people_and_spreadsheets_write_it(text, code, old):
    assert resolve_code(text) == Resolved(code, old or None)


def test_every_code_of_today_resolves_with_and_without_check_digit_or_first_zero():
    for place in municipalities().values():
        today = place.parent_code or place.code
        assert resolve_code(place.code).code == today
        assert resolve_code(place.code6).code == today
        assert resolve_code(place.code.lstrip("0")).code == today
        assert resolve_code(place.code6.lstrip("0"), six_digits=True).code == today


def test_only_fifteen_six_digit_codes_without_their_zero_are_taken_for_another_code():
    # 12106 is 千葉市美浜区 and would be 岩見沢市 (012106); other codes of the column tell which it is
    taken = [
        place.code6
        for place in municipalities().values()
        if place.code < "10000" and resolve_code(place.code6[1:]).code != (place.parent_code or place.code)
    ]
    assert len(taken) == 15
    assert resolve_code("12106") == Resolved("12100", "12106")
    assert resolve_code("12106", six_digits=True) == Resolved("01210", None)


def test_a_five_digit_code_stays_itself_in_a_column_of_six_digits_unless_the_check_digit_fits():
    assert resolve_code("37403", six_digits=True) == Resolved("37403", None)


with (REFERENCE_DIR / "code_changes.csv").open(encoding="utf-8", newline="") as _stream:
    CHANGES = list(csv.DictReader(_stream))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["old_name"])
def test_a_former_code_or_name_is_carried_to_today_and_the_old_one_kept(change):
    new = municipalities()[change["new_code"]]
    today = new.parent_code or new.code
    prefecture = prefectures()[new.prefecture_code].name_ja
    if change["kind"] != "renamed":
        assert resolve_code(change["old_code"]) == Resolved(today, change["old_code"])
    by_name = resolve_name(change["old_name"], prefecture)
    assert by_name.code == today
    still_borne = change["old_name"] == municipalities()[today].name_ja  # 熊本市
    assert by_name.old == (None if still_borne else change["old_name"])
    with_district = change["old_district"] + change["old_name"]
    assert resolve_name(prefecture + with_district).code == today


@pytest.mark.parametrize(
    ("text", "key"),
    table("""
        99999      | error.code_unknown
        01695      | error.code_unknown
        123        | error.code_unknown
        1234567    | error.code_unknown
        48         | error.code_unknown
        00         | error.code_unknown
        -1633      | error.code_unknown
        1633.5     | error.code_unknown
        016332     | error.code_check_digit
        374033     | error.code_check_digit
        30         | error.code_is_prefecture
        3          | error.code_is_prefecture
        30000      | error.code_is_prefecture
        300004     | error.code_is_prefecture
        13100      | error.code_unknown
    """),
)
def test_a_code_that_is_none_is_refused_with_the_reason(text, key):
    assert refusal(resolve_code, text).key == key


def test_a_wrong_check_digit_is_told_with_the_right_one():
    assert "1" in refusal(resolve_code, "016332").values["expected"]


@pytest.mark.parametrize("text", ["30", "30000", "300004", "和歌山県", "和歌山", " 和歌山県 "])
def test_a_prefecture_is_taken_where_it_is_allowed(text):
    assert resolve(text, prefecture_allowed=True) == Resolved("30", None)


def test_a_prefecture_that_lost_its_zero_is_taken_where_it_is_allowed():
    assert resolve("3", prefecture_allowed=True) == Resolved("03", None)
    assert resolve("03.0", prefecture_allowed=True) == Resolved("03", None)


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "prefecture", "code", "old"),
    table("""
        田辺市               | 和歌山県 | 30206 | -
        田辺市               | 30       | 30206 | -
        田辺市               | 和歌山   | 30206 | -
        田辺市               | -        | 30206 | -
        和歌山県田辺市       | -        | 30206 | -
        和歌山県　田辺市     | 和歌山県 | 30206 | -
        白浜町               | 和歌山県 | 30401 | -
        西牟婁郡白浜町       | 和歌山県 | 30401 | -
        西牟婁郡 白浜町      | 30.0     | 30401 | -
        上士幌町             | 1        | 01633 | -
        北海道河東郡上士幌町 | -        | 01633 | -
        ﾆｾｺ町                | 北海道   | 01395 | -
        袖ヶ浦市             | 千葉県   | 12229 | -
        袖ケ浦市             | 千葉県   | 12229 | -
        袖が浦市             | 千葉県   | 12229 | -
        鎌ガ谷市             | 千葉県   | 12224 | -
        竜ヶ崎市             | 茨城県   | 08208 | -
        外ヶ浜町             | 青森県   | 02307 | -
        桧枝岐村             | 福島県   | 07364 | -
        檜枝岐村             | 福島県   | 07364 | -
        須恵町               | 福岡県   | 40344 | -
        須惠町               | 福岡県   | 40344 | -
        檮原町               | 高知県   | 39405 | -
        梼原町               | 高知県   | 39405 | -
        塩釜市               | 宮城県   | 04203 | -
        三宅村               | 東京都   | 13381 | -
        三宅島三宅村         | 東京都   | 13381 | -
        八丈島八丈町         | 東京都   | 13401 | -
        東京都府中市         | -        | 13206 | -
        府中市               | 広島県   | 34208 | -
        京都府京都市         | -        | 26100 | -
        大阪府堺市           | 大阪     | 27140 | -
        池田町               | 福井県   | 18382 | -
        古宇郡泊村           | 北海道   | 01403 | -
        泊村                 | 鳥取県   | -     | -
        中央区               | 東京都   | 13102 | -
        札幌市中央区         | 北海道   | 01100 | 札幌市中央区
        札幌市　中央区       | -        | 01100 | 札幌市中央区
        浜松市中区           | 静岡県   | 22130 | 浜松市中区
        浜松市中央区         | 静岡県   | 22130 | 浜松市中央区
        静岡県浜松市浜北区   | -        | 22130 | 静岡県浜松市浜北区
        篠山市               | 兵庫県   | 28221 | 篠山市
        那珂川町             | 栃木県   | 09411 | -
        那珂川町             | 福岡県   | 40231 | 那珂川町
        鳩ケ谷市             | 埼玉県   | 11203 | 鳩ケ谷市
    """),
)
def test_a_name_is_brought_to_its_municipality(name, prefecture, code, old):
    if not code:
        assert refusal(resolve_name, name, prefecture).key == "error.code_name_unknown"
        return
    assert resolve_name(name, prefecture or None) == Resolved(code, old or None)


@pytest.mark.parametrize(
    ("name", "prefecture", "key", "candidates"),
    table("""
        吉田郡       | 福井県   | error.code_district_only       | 18322
        西牟婁郡     | -        | error.code_district_only       | 30401 30404 30406
        八丈島       | 東京都   | error.code_district_only       | 13401
        泊村         | 北海道   | error.code_name_ambiguous      | 01403 01696
        泊村         | -        | error.code_name_ambiguous      | 01403 01696
        池田町       | -        | error.code_name_ambiguous      | 01644 18382 20481 21404
        府中市       | -        | error.code_name_ambiguous      | 13206 34208
        那珂川町     | -        | error.code_name_ambiguous      | 09411 40231
        港区         | -        | error.code_name_ambiguous      | 13103 23111 27107
        田辺         | 和歌山県 | error.code_name_unfinished     | 30206
        港区         | 大阪府   | error.code_name_unfinished     | 27107
        田辺市       | 奈良県   | error.code_name_unknown        | -
        東牟婁郡白浜町 | -      | error.code_name_unknown        | -
        架空市       | -        | error.code_name_unknown        | -
        和歌山県     | -        | error.code_is_prefecture       | -
        和歌山県田辺市 | 奈良県 | error.code_prefecture_mismatch | -
    """),
)
def test_a_name_that_is_not_one_municipality_is_refused_and_the_candidates_listed(
    name, prefecture, key, candidates
):
    error = refusal(resolve_name, name, prefecture or None)
    assert error.key == key
    listed = str(error.values.get("candidates", ""))
    assert [code for code in candidates.split() if code not in listed] == []
    assert listed.count("(") == len(candidates.split())


@pytest.mark.parametrize("name", ["", " ", "　"])
def test_an_empty_name_is_refused(name):
    assert refusal(resolve_name, name).key == "error.code_name_unknown"


@pytest.mark.parametrize("prefecture", ["和歌山市", "48", "架空県", "0"])
def test_a_prefecture_that_is_none_is_refused(prefecture):
    assert refusal(resolve_name, "田辺市", prefecture).key == "error.code_prefecture_unknown"


def test_every_name_resolves_within_its_prefecture_with_and_without_its_district():
    twice = {("01", "泊村")}
    for place in municipalities().values():
        today = place.parent_code or place.code
        prefecture = prefectures()[place.prefecture_code].name_ja
        names = [place.district + place.name_ja, prefecture + place.district + place.name_ja]
        if (place.prefecture_code, place.name_ja) not in twice:
            names.append(place.name_ja)
        assert {resolve_name(name, prefecture).code for name in names} == {today}


def test_nationwide_only_names_borne_twice_are_refused():
    borne = Counter(place.name_ja for place in WHOLE)
    for place in WHOLE:
        if borne[place.name_ja] > 1:
            assert refusal(resolve_name, place.name_ja).key == "error.code_name_ambiguous"


def test_digits_are_a_code_and_anything_else_is_a_name():
    assert (
        resolve("１６３３") == resolve("上士幌町") == resolve("上士幌町", "北海道") == Resolved("01633", None)
    )


def test_the_members_of_a_district_are_its_towns_and_villages_of_today():
    assert district_members("和歌山県", "西牟婁郡") == ("30401", "30404", "30406")
    assert district_members("20", "東筑摩郡") == ("20446", "20448", "20450", "20451", "20452")
    assert district_members("島根県", "簸川郡") == ()


def test_every_reason_is_said_in_both_languages():
    for prefix in ("error.code_", "block.", "region."):
        ja, en = ({key for key in messages(locale) if key.startswith(prefix)} for locale in ("ja", "en"))
        assert ja == en != set()


# --- groups -----------------------------------------------------------------------------------------


def test_the_shipped_groups_have_the_members_they_should():
    members = {
        group.id: " ".join(municipalities()[code].name_ja for code in group.members)
        for group in load_groups()
    }
    assert members == {
        "tsunagaru": "上士幌町 田辺市 白浜町 すさみ町 三豊市 壱岐市",
        "second-home": "釜石市 二本松市 南魚沼市 生坂村 南丹市 琴平町",
        "yukiguni": "みなかみ町 十日町市 魚沼市 南魚沼市 湯沢町 津南町 栄村",
        "kii": "田辺市 白浜町 すさみ町",
    }


GROUP = '[[group]]\nid = "{id}"\nname_ja = "組"\nname_en = "Group"\nkind = "{kind}"\nmembers = {members}\n'


def own_groups(folder, text=None, *, id="ours", kind="cohort", members='["30206"]'):
    path = folder / "groups.toml"
    path.write_text(text or GROUP.format(id=id, kind=kind, members=members), encoding="utf-8")
    return load_groups(path)


def test_the_owners_groups_come_after_the_shipped_ones(tmp_path):
    assert [group.id for group in own_groups(tmp_path)] == [
        "tsunagaru",
        "second-home",
        "yukiguni",
        "kii",
        "ours",
    ]


def test_a_file_of_groups_that_is_not_there_adds_none(tmp_path):
    assert load_groups(tmp_path / "groups.toml") == load_groups()


def test_a_prefecture_stands_for_all_its_municipalities_and_no_member_counts_twice(tmp_path):
    members = own_groups(tmp_path, members='["30", "30206", "302066", "22131"]')[-1].members
    assert len(members) == 31
    assert members[0] == "22130"
    assert {code[:2] for code in members[1:]} == {"30"}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"id": "kii"}, "error.code_group_twice"),
        ({"id": "JP"}, "error.code_group_id"),
        ({"id": "jp"}, "error.code_group_id"),
        ({"id": "30206"}, "error.code_group_id"),
        ({"id": "南紀"}, "error.code_group_id"),
        ({"id": "a-name-of-more-than-twenty"}, "error.code_group_id"),
        ({"kind": "club"}, "error.code_group_field"),
        ({"members": "[]"}, "error.code_group_field"),
        ({"members": '"30206"'}, "error.code_group_field"),
        ({"members": '["99999"]'}, "error.code_group_member"),
        ({"members": '["田辺市"]'}, "error.code_group_member"),
        ({"text": "[[group]\n"}, "error.code_group_file"),
        ({"text": "[groups]\n"}, "error.code_group_file"),
        ({"text": "group = [1]\n"}, "error.code_group_file"),
    ],
)
def test_a_wrong_group_is_refused_with_the_file_and_what_to_mend(tmp_path, change, key):
    with pytest.raises(CodeError) as caught:
        own_groups(tmp_path, **change)
    assert caught.value.key == key
    for locale in ("ja", "en"):
        assert "groups.toml" in caught.value.text(locale)


# --- lists and logs of others -----------------------------------------------------------------------


def messy(filename):
    path = SHARED / "messy" / filename
    if not path.exists():
        pytest.skip(f"{filename} is not here")
    return path


def test_every_code_and_name_of_the_2019_list_of_local_governments_resolves():
    with messy("localgovjp2019_sjis.csv").open(encoding="cp932", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 1_900
    wrong = []
    for row in rows:
        by_code = resolve_code(row["cid"])
        place = municipalities()[by_code.code]
        by_name = Resolved("", None)
        if (row["pref"], row["city"]) != ("北海道", "泊村"):
            by_name = resolve_name(row["city"], row["pref"])
        else:
            by_name = resolve_name("古宇郡泊村", row["pref"])
        if not (by_code.code == by_name.code and place.prefecture_code == row["pid"].zfill(2)):
            wrong.append(row["cid"])
    assert wrong == []


def test_every_code_and_name_of_thirteen_years_of_resident_counts_resolves():
    with messy("estat_juki_daicho.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {(row["団体コード"], row["都道府県名"], row["市区町村名"]) for row in csv.DictReader(stream)}
    assert len(rows) > 1_800
    northern = {"016951", "016969", "016977", "016985", "016993", "017001"}
    unlike = []
    for code6, prefecture, name in rows:
        if code6 in northern or code6.endswith("000", 2, 5):
            continue
        if resolve_code(code6).code != resolve_name(name, prefecture).code:
            unlike.append(code6)
    assert unlike == []


def test_the_homes_of_a_real_survey_resolve_or_are_refused_for_a_reason():
    folder = SHARED / "real" / "fukui"
    if not folder.exists():
        pytest.skip("the survey is not here")
    homes = Counter()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            homes.update((row["都道府県"], row["会員市町村"]) for row in csv.DictReader(stream))
    outcome, rows = Counter(), Counter()
    for (prefecture, name), count in homes.items():
        if not prefecture.strip() or not name.strip():
            continue
        try:
            resolve_name(name, prefecture)
            kind = "resolved"
        except CodeError as error:
            kind = error.key
        outcome[kind] += 1
        rows[kind] += count
    # counts only: the rows describe people
    assert set(outcome) <= {"resolved", "error.code_district_only", "error.code_name_unknown"}
    assert outcome["error.code_name_unknown"] <= 1  # one name that is no place
    assert outcome["resolved"] / outcome.total() > 0.79
    assert rows["resolved"] / rows.total() > 0.925
