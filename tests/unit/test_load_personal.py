"""Which columns are taken for personal data, and which are not."""

from pathlib import Path

import pytest

from kayoi.errors import FileRefusedError
from kayoi.load import list_loads, load_files
from kayoi.load.personal import heading_is_personal, is_my_number, values_are_personal
from tests.unit.load_parts import KEY, load, write

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
