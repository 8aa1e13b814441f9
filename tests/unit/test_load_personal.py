"""Which columns are taken for personal data, and which are not."""

from pathlib import Path

import pytest

from kayoi.errors import FileRefusedError
from kayoi.load import list_loads, load_files, read_rejects
from kayoi.load.personal import (
    heading_is_personal,
    is_house,
    is_my_number,
    kind_of_heading,
    quotable,
    values_are_personal,
)
from tests.unit.load_parts import KEY, load, stored, write

PERSONAL = """
    氏名 お名前 名前 姓名 申込者氏名 宿泊者名 代表者名 会員名 フリガナ ﾌﾘｶﾞﾅ ふりがな
    電話 電話番号 連絡先電話番号 携帯電話 TEL tel phone phone_number mobile_phone
    メールアドレス メール Email e-mail E-MAIL mail_address
    マイナンバー 個人番号 my_number MyNumber
    JMB番号 JMBお得意様番号 お得意様番号 マイレージ番号 マイル番号 mileage_number
    name full_name FirstName お客様名 guest_name TEL番号 home_tel
"""
NOT_PERSONAL = """
    person_id municipality_code program_id source name_ja label_ja operator 会員ID 団体コード 法人番号
    市町村 市町村名 都道府県名 会員市町村 地名 名称 施設名 イベント名 企業名 商品名
    hotel hotel_name telework smartphone_os メールマガジン登録 マイル積算数
    マイル数 miles メール配信の有無 電話相談件数 エリア総消費額 宿泊数 年齢
"""


@pytest.mark.parametrize("heading", PERSONAL.split())
def test_a_heading_of_personal_data_is_known(heading):
    assert heading_is_personal(heading, "visits")


@pytest.mark.parametrize("heading", NOT_PERSONAL.split())
def test_a_heading_of_something_else_is_left_alone(heading):
    assert not heading_is_personal(heading, "visits")


def test_the_name_of_an_organization_is_no_persons(tmp_path):
    assert not heading_is_personal("name", "organizations")
    file = write(tmp_path, "organizations.csv", "organization_id | name\n7000012050002 | ためし株式会社")
    assert load(tmp_path / "w", file) == [("organizations.csv", 1, 1, 0, 0)]


@pytest.mark.parametrize(
    "texts",
    [
        ["taro@example.jp"],
        ["ＴＡＲＯ＠ｅｘａｍｐｌｅ．ｊｐ", ""],
        ["03-1234-5678"],
        ["０９０－１２３４－５６７８"],
        ["09012345678"],
        ["+81-90-1234-5678"],
        ["123456789018"],  # the check digit fits
        ["1234 5678 9018"],
    ],
)
def test_values_of_personal_data_are_known(texts):
    assert values_are_personal(texts, is_stored=False)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["", " "],
        ["7000012050002"],  # 13 digits: a corporate number
        ["204480", "016331"],
        ["20448"],
        ["2025-07-01", "20250701"],
        ["123456789012"],  # the check digit does not fit
        ["0120", "0-1"],
        ["生坂村", "上士幌町"],
        [f"2024090100{n:02d}" for n in range(40)],  # ids of a source: some fit by chance
        ["5,000円以上 10,000円未満"],
        ["2025-07-01 10:00"],
        *[[f"A{n}" for n in range(50)] + ["受付 taro@example.jp まで"]],
    ],
)
def test_values_of_something_else_are_left_alone(texts):
    assert not values_are_personal(texts, is_stored=False)


def test_the_check_digit_of_a_my_number():
    assert [n for n in range(10) if is_my_number(f"12345678901{n}")] == [8]


@pytest.mark.parametrize(
    ("heading", "value"),
    [("氏名", "山田"), ("連絡先", "taro@example.jp"), ("備考", "090-1234-5678"), ("source", "a@example.jp")],
)
def test_a_file_with_a_personal_column_is_refused_by_its_heading_and_never_by_a_value(
    tmp_path, heading, value
):
    drawn = f"person_id | municipality_code | arrived_on | {heading}\np1 | 20448 | 2025-07-01 | {value}"
    file = write(tmp_path, "visits.csv", drawn)
    with pytest.raises(FileRefusedError) as refused:
        load_files(tmp_path / "w", [file], key=KEY)
    for locale in ("ja", "en"):
        assert heading in refused.value.text(locale)
        assert value not in refused.value.text(locale)
    assert list_loads(tmp_path / "w") == ()


def test_a_personal_column_may_be_what_tells_people_apart(tmp_path):
    (tmp_path / "m.toml").write_text(
        'id = "m"\nversion = "1"\ntable = "visits"\n[name]\nja = "例"\nen = "Example"\n[columns]\n'
        'person_id = "JMB番号"\nmunicipality_code = "町"\narrived_on = "日"\n'
    )
    file = write(tmp_path, "記録.csv", "JMB番号 | 町 | 日\n123456789018 | 20448 | 2025-07-01")
    assert load(tmp_path / "w", file, mapping=Path(tmp_path / "m.toml")) == [("記録.csv", 1, 1, 0, 0)]


@pytest.mark.parametrize(
    "heading",
    [
        "ゲスト名",
        "同行者名",
        "連絡先",
        "緊急連絡先",
        "FAX番号",
        "パスポート番号",
        "運転免許証番号",
        "口座番号",
    ],
)
def test_other_ways_to_reach_or_tell_a_person_are_known(heading):
    assert kind_of_heading(heading, "visits") == "contact"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("住所", "address"),
        ("住所1", "address"),
        ("現住所", "address"),
        ("宿泊者住所", "address"),
        ("お届け先住所", "address"),
        ("番地以下・建物名", "address"),
        ("home_address", "address"),
        ("生年月日", "birthday"),
        ("誕生日", "birthday"),
        ("date_of_birth", "birthday"),
        ("住所地市区町村", None),
        ("施設住所", None),
        ("居住市区町村", None),
        ("生年", None),
        ("birth_year", None),
        ("生年月日の有無", None),
    ],
)
def test_a_heading_of_addresses_or_days_of_birth_is_known(heading, kind):
    assert kind_of_heading(heading, "visits") == kind


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("福井県坂井市三国町1-2-3", True),
        ("坂井市三国町１丁目２番３号", True),
        ("東京都千代田区霞が関2-1-2 庁舎5階", True),
        ("福井県坂井市三国町", False),
        ("福井県坂井市", False),
        ("20448", False),
        ("2025-07-01", False),
        ("上士幌町2回目", False),
    ],
)
def test_an_address_that_goes_on_to_a_house_is_known(text, is_one):
    assert is_house(text) == is_one
    assert quotable(text) == ("" if is_one else text)


def mapped(tmp_path: Path, columns: str, drawn: str):
    (tmp_path / "m.toml").write_text(
        'id = "m"\nversion = "1"\ntable = "visits"\n[name]\nja = "例"\nen = "Example"\n[columns]\n'
        f'person_id = "番号"\nmunicipality_code = "町"\narrived_on = "日"\n{columns}',
        encoding="utf-8",
    )
    return load(tmp_path / "w", write(tmp_path, "記録.csv", drawn), mapping=tmp_path / "m.toml")


def test_an_address_down_to_the_municipality_may_be_the_home_and_only_the_code_is_kept(tmp_path):
    drawn = "番号 | 町 | 日 | 住所\np1 | 20448 | 2025-07-01 | 福井県坂井市三国町"
    mapped(tmp_path, 'home_municipality_code = "住所"\n', drawn)
    assert stored(tmp_path / "w", "visits", "home_municipality_code", "home_municipality_code_old") == [
        ["18210", ""]
    ]


@pytest.mark.parametrize(
    ("columns", "drawn"),
    [
        ("", "番号 | 町 | 日 | 住所\np1 | 20448 | 2025-07-01 | 福井県坂井市"),
        (
            'home_municipality_code = "住所"\n',
            "番号 | 町 | 日 | 住所\np1 | 20448 | 2025-07-01 | 福井県坂井市三国町1-2-3",
        ),
        ("", "番号 | 町 | 日 | 備考\np1 | 20448 | 2025-07-01 | 福井県坂井市三国町1-2-3"),
    ],
)
def test_addresses_keep_a_file_out_with_what_to_do_and_no_address_in_it(tmp_path, columns, drawn):
    with pytest.raises(FileRefusedError) as refused:
        mapped(tmp_path, columns, drawn)
    assert refused.value.key == "error.file_personal_address"
    assert "home_municipality_code" in refused.value.text("ja")
    assert "三国" not in refused.value.text("ja")


@pytest.mark.parametrize("heading", ["施設住所", "お試し住宅所在地", "スポット住所"])
def test_the_address_of_a_facility_is_nobodys(tmp_path, heading):
    drawn = f"番号 | 町 | 日 | {heading}\np1 | 20448 | 2025-07-01 | 福井県坂井市三国町1-2-3"
    assert mapped(tmp_path, "", drawn) == [("記録.csv", 1, 1, 0, 0)]


def test_a_day_of_birth_keeps_a_file_out_unless_its_year_is_all_that_is_taken(tmp_path):
    drawn = "番号 | 町 | 日 | 生年月日\np1 | 20448 | 2025-07-01 | 1990-04-02"
    with pytest.raises(FileRefusedError) as refused:
        mapped(tmp_path, "", drawn)
    assert refused.value.key == "error.file_personal_birthday"
    also = '[[also]]\ntable = "people"\n[also.columns]\nperson_id = "番号"\nbirth_year = "生年月日"\n'
    mapped(tmp_path, also, drawn)
    assert stored(tmp_path / "w", "people", "birth_year") == [["1990"]]


def test_a_reject_does_not_quote_what_tells_about_a_person(tmp_path):
    homes = [f"福井県{name}" for name in ("福井市", "敦賀市", "小浜市", "大野市", "勝山市", "鯖江市")]
    rows = [f"p | 20448 | 2025-07-0{day} | {home}" for day, home in enumerate(homes, start=1)]
    rows += ["p10 | 20448 | 2025-07-01 | 福井県架空市三国町1-2-3", "p11 | 20448 | 2025-07-01 | 架空市"]
    drawn = "\n".join(["番号 | 町 | 日 | 居住地", *rows])
    mapped(tmp_path, 'home_municipality_code = "居住地"\n', drawn)
    assert read_rejects(tmp_path / "w")[["line", "column", "value"]].values.tolist() == [
        [8, "居住地", ""],
        [9, "居住地", "架空市"],
    ]
