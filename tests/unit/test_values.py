"""Which texts are which values."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kayoi.contract import ENGAGEMENT_KINDS, GENDERS, PURPOSES, SCHEMES, TABLES
from kayoi.errors import ValueRefusedError
from kayoi.load import values
from kayoi.load.labels import LABELS
from kayoi.load.values import Yen


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-01", "2025-07-01"),
        ("2025/7/1", "2025-07-01"),
        ("2025.7.1", "2025-07-01"),
        ("２０２５／７／１", "2025-07-01"),
        ("20250701", "2025-07-01"),
        ("2025年7月1日", "2025-07-01"),
        ("2025年7月1日（火）", "2025-07-01"),
        ("2025 年 7 月 1 日", "2025-07-01"),
        ("R7.7.1", "2025-07-01"),
        ("r7.7.1", "2025-07-01"),
        ("R07/07/01", "2025-07-01"),
        ("令和7年7月1日", "2025-07-01"),
        ("令和７年７月１日", "2025-07-01"),
        ("令 7.7.1", "2025-07-01"),
        ("令7.7.1", "2025-07-01"),
        ("㋿7年7月1日", "2025-07-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("H30.12.31", "2018-12-31"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("S63-1-1", "1988-01-01"),
        ("2024-09-01 23:02:00", "2024-09-01"),
        ("2024/9/1 23:02", "2024-09-01"),
        ("2024-09-01T23:02:00", "2024-09-01"),
        ("2024-09-01T23:02:00.123Z", "2024-09-01"),
        ("2024-09-01T23:02:00+09:00", "2024-09-01"),
        ("2024年9月1日 23時02分", "2024-09-01"),
        ("45536", "2024-09-01"),
        ("45536.96", "2024-09-01"),
        ("2024-02-29", "2024-02-29"),
        ("20000", "1954-10-03"),
    ],
)
def test_a_day_is_read_as_it_is_written(text, day):
    assert values.parse_date(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "平成31年5月1日",  # 令和 had begun
        "平成32年4月1日",
        "令和元年4月30日",
        "昭和64年1月8日",
        "令和3年2月30日",
        "2025-02-29",
        "2025-13-01",
        "2025-07",
        "7/1/2025",
        "25/7/1",
        "19999",
        "80001",
        "0025-07-01",
        "2300-01-01",
        "きのう",
        "2025-07-01 と 2025-07-02",
    ],
)
def test_what_is_no_day_of_the_calendar_or_of_its_era_is_refused(text):
    with pytest.raises(ValueRefusedError):
        values.parse_date(text)


@pytest.mark.parametrize("text", ["", " ", "　", "-", "－", "…", "***", "不明", "9999-12-31", "99991231"])
def test_signs_for_nothing_and_for_no_end_are_missing_days(text):
    assert values.parse_date(text) is None


@given(st.dates(min_value=dt.date(1868, 1, 25), max_value=dt.date(2199, 12, 31)))
def test_every_day_written_in_any_western_form_comes_back(day):
    for text in (
        f"{day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        day.strftime("%Y%m%d"),
        f"{day} 23:59:59",
    ):
        assert values.parse_date(text) == day


@given(st.dates(min_value=dt.date(2019, 5, 1), max_value=dt.date(2060, 12, 31)))
def test_every_day_of_reiwa_comes_back(day):
    year = "元" if day.year == 2019 else day.year - 2018
    assert values.parse_date(f"令和{year}年{day.month}月{day.day}日") == day


@given(st.text())
def test_any_text_is_a_value_or_is_refused_never_an_accident(text):
    for parse in (
        values.parse_date,
        values.parse_month,
        values.parse_year,
        values.parse_number,
        values.parse_integer,
        values.parse_nights,
        values.parse_yen,
        values.parse_organization,
    ):
        try:
            parse(text)
        except ValueRefusedError as error:
            assert error.text("ja")
            assert error.text("en")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-07", "2025-07"),
        ("2025/7", "2025-07"),
        ("2025年7月", "2025-07"),
        ("２０２５年７月", "2025-07"),
        ("202507", "2025-07"),
        ("令和7年7月", "2025-07"),
        ("R7.7", "2025-07"),
        ("2025-07-15", "2025-07"),
        ("20250715", "2025-07"),
        ("", None),
        ("－", None),
    ],
)
def test_a_month_is_read(text, month):
    assert values.parse_month(text) == month


@pytest.mark.parametrize("text", ["2025", "2025-13", "202513", "平成31年13月", "7月"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueRefusedError):
        values.parse_month(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025", 2025),
        ("2025年度", 2025),
        ("令和7年度", 2025),
        ("R7", 2025),
        ("S45", 1970),
        ("1970.0", 1970),
        ("-", None),
    ],
)
def test_a_year_is_read(text, year):
    assert values.parse_year(text) == year


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234", 1234),
        ("１，２３４人", 1234),
        ("1,234,567", 1234567),
        ("▲12", -12),
        ("△１２", -12),
        ("-12", -12),
        ("－12", -12),
        ("−12", -12),
        ("3.5", 3.5),
        ("3.5時間", 3.5),
        ("¥5,000", 5000),
        ("￥５，０００", 5000),
        ("5,000円", 5000),
        ("1.5万円", 15000),
        ("2泊", 2),
        ("3回", 3),
        ("1e+05", 100000),
        ("0", 0),
        ("-", None),
        ("－", None),
        ("…", None),
        ("x", None),
        ("X", None),
        ("***", None),
        ("不明", None),
        ("", None),
    ],
)
def test_a_number_is_read(text, number):
    assert values.parse_number(text) == number


@pytest.mark.parametrize("text", ["12人くらい", "1,2", "1,23,456", "1 2", "--1", "一", "1.2.3", "9" * 30])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueRefusedError):
        values.parse_number(text)


@pytest.mark.parametrize("text", ["1e3", "1.23E+05", "5e0"])
def test_a_whole_number_in_exponent_form_has_lost_digits_and_is_refused(text):
    with pytest.raises(ValueRefusedError) as refused:
        values.parse_integer(text)
    assert refused.value.key == "error.value_exponent"


def test_a_fraction_is_no_whole_number_but_a_zero_fraction_is():
    assert values.parse_integer("3.0") == 3
    with pytest.raises(ValueRefusedError):
        values.parse_integer("3.5")


@pytest.mark.parametrize(
    ("text", "nights"),
    [("0", 0), ("2", 2), ("２泊", 2), ("2泊3日", 2), ("日帰り", 0), ("4泊以上", 4), ("", None), ("-", None)],
)
def test_nights_are_read(text, nights):
    assert values.parse_nights(text) == nights


@pytest.mark.parametrize("text", ["-1", "▲2", "1.5", "9999", "数泊", "1e3", "1E+02", "1.2e1", "１Ｅ１"])
def test_nights_below_nothing_or_beyond_reason_are_refused(text):
    with pytest.raises(ValueRefusedError):
        values.parse_nights(text)


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("5000", Yen(5000, 5000, 5000)),
        ("5,000円", Yen(5000, 5000, 5000)),
        ("1234.5", Yen(1235, 1235, 1235)),
        ("1234.49", Yen(1234, 1234, 1234)),
        ("0円", Yen(0, 0, 0)),
        ("使わない", Yen(0, 0, 0)),
        ("5,000円以上 10,000円未満", Yen(None, 5000, 10000)),
        ("5,000円以上10,000円未満", Yen(None, 5000, 10000)),
        ("5,000円以上～10,000円未満", Yen(None, 5000, 10000)),
        ("５，０００～９，９９９円", Yen(None, 5000, 9999)),
        ("5,000〜9,999円", Yen(None, 5000, 9999)),
        ("5,000円～9,999円", Yen(None, 5000, 9999)),
        ("5000-9999", Yen(None, 5000, 9999)),
        ("1万円以上3万円未満", Yen(None, 10000, 30000)),
        ("1,000円未満", Yen(None, 0, 1000)),
        ("～1,000円", Yen(None, 0, 1000)),
        ("100,000円以上", Yen(None, 100000, None)),
        ("100,000円～", Yen(None, 100000, None)),
        ("", None),
        ("不明", None),
    ],
)
def test_an_amount_or_a_band_keeps_low_and_high(text, yen):
    assert values.parse_yen(text) == yen


@pytest.mark.parametrize(
    "text", ["10,000円以上 5,000円未満", "たくさん", "円", "5,000円くらい", "1,000 2,000"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueRefusedError):
        values.parse_yen(text)


@pytest.mark.parametrize(
    ("column", "allowed", "text", "value"),
    [
        ("visits.purpose", PURPOSES, "leisure", "leisure"),
        ("visits.purpose", PURPOSES, " ＬＥＩＳＵＲＥ ", "leisure"),
        ("visits.purpose", PURPOSES, "観光", "leisure"),
        ("visits.purpose", PURPOSES, "帰省", "relatives"),
        ("visits.purpose", PURPOSES, "親戚・友人", "relatives"),
        ("visits.purpose", PURPOSES, "", None),
        ("engagements.kind", ENGAGEMENT_KINDS, "直接寄与", "contribution"),
        ("engagements.kind", ENGAGEMENT_KINDS, "就労・テレワーク", "work_remote"),
        ("engagements.kind", ENGAGEMENT_KINDS, "就労（現地）", "work_onsite"),
        ("enrollments.scheme", SCHEMES, "移住", "relocation"),
        ("enrollments.scheme", SCHEMES, "Furusato-Premium", "furusato_premium"),
        ("people.gender", GENDERS, "女", "female"),
        ("people.gender", GENDERS, "無回答", "unknown"),
        ("people.gender", GENDERS, "不明", "unknown"),
    ],
)
def test_a_word_is_read_as_the_id_it_names(column, allowed, text, value):
    assert values.parse_enum(text, allowed, column) == value


def test_an_unknown_word_is_refused():
    with pytest.raises(ValueRefusedError):
        values.parse_enum("観光っぽい", PURPOSES, "visits.purpose")


def test_every_label_stands_as_it_is_compared_and_leads_to_an_id_of_its_column():
    for name, words in LABELS.items():
        table, column = name.split(".")
        for word, value in words.items():
            assert values.normalized(word).casefold() == word
            assert value in TABLES[table].column(column).values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7000012050002", "7000012050002"),  # 国税庁
        ("T7000012050002", "7000012050002"),
        ("７００００１２０５０００２", "7000012050002"),
        ("acme-01", "acme-01"),
        ("1234", "1234"),
        ("", None),
        ("－", None),
        ("不明", None),
    ],
)
def test_an_organization_is_told_by_its_corporate_number_or_the_suppliers_id(text, value):
    assert values.parse_organization(text) == value


def test_a_corporate_number_with_a_wrong_check_digit_is_refused():
    with pytest.raises(ValueRefusedError):
        values.parse_organization("8000012050002")
