"""Which texts are which days, and what the first and last day of a longer time is."""

import datetime as dt

import pytest

from kayoi.errors import ValueRefusedError
from kayoi.load import dates


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025/7/1(火)", "2025-07-01"),
        ("2025/7/1 (火)", "2025-07-01"),
        ("2025/7/1火曜日", "2025-07-01"),
        ("2025年７月１日（火曜日）10時30分", "2025-07-01"),
        ("2025/5/5(月・祝)", "2025-05-05"),
        ("2025/7/1 午後3:00", "2025-07-01"),
        ("2025/07/01 AM 9:00", "2025-07-01"),
        ("2025-07-01 9:00 PM", "2025-07-01"),
        ("2025-07-01 23:02:00 +09:00", "2025-07-01"),
        ("2025/7/1  9:00", "2025-07-01"),
        ("2025年7月1日10時", "2025-07-01"),
        ("令和七年七月一日", "2025-07-01"),
        ("令和元年五月二十一日", "2019-05-21"),
        ("令和十年十二月三十一日", "2028-12-31"),
        ("二〇二五年七月一日", "2025-07-01"),
        ("R7年7月1日", "2025-07-01"),
    ],
)
def test_a_day_may_have_its_weekday_a_time_and_numerals_of_any_kind(text, day):
    assert dates.parse_date(text) == dt.date.fromisoformat(day)


# the cases of a reader of eras that was tried on municipal files; what is no day there is refused as a day
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("令和6年4月1日", "2024-04-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("R6.4.1", "2024-04-01"),
        ("R06/04/01", "2024-04-01"),
        ("H30.12.31", "2018-12-31"),
        ("S63-1-1", "1988-01-01"),
        ("令和６年４月１日", "2024-04-01"),
        ("㋿6年4月1日", "2024-04-01"),
        ("平成30年度", "2018-04-01"),
        ("令和5年12月", "2023-12-01"),
        ("R5.12", "2023-12-01"),
        ("2024/4/1", "2024-04-01"),
        ("2024年4月1日", "2024-04-01"),
        ("20240401", "2024-04-01"),
        ("令和 6年 4月 1日", "2024-04-01"),
        ("令6.4.1", "2024-04-01"),
        ("H27.10", "2015-10-01"),
        ("44927", "2023-01-01"),  # a serial of Excel
        ("", None),
    ],
)
def test_the_first_day_of_what_is_written(text, first):
    assert dates.parse_side(text, "first") == (dt.date.fromisoformat(first) if first else None)


@pytest.mark.parametrize(
    "text",
    ["令和3年2月30日", "平成32年4月1日", "平成31年5月1日", "令和元年4月30日", "25/7/1", "7/4/1", "07.04.01"],
)
def test_days_outside_the_calendar_or_the_era_and_years_of_two_digits_are_refused(text):
    for read in (dates.parse_date, lambda one: dates.parse_side(one, "first")):
        with pytest.raises(ValueRefusedError):
            read(text)


@pytest.mark.parametrize("text", ["平成30年度", "令和5年12月", "H27.10", "2025", "2025/7/123:02"])
def test_what_is_longer_than_a_day_is_no_day_unless_a_side_is_asked_for(text):
    with pytest.raises(ValueRefusedError):
        dates.parse_date(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025/7/1～7/3", "2025-07-01", "2025-07-03"),
        ("2025/7/1～3", "2025-07-01", "2025-07-03"),
        ("2025年7月1日～3日", "2025-07-01", "2025-07-03"),
        ("2025年7月1日から8月2日", "2025-07-01", "2025-08-02"),
        ("R7.7.1～R7.7.3", "2025-07-01", "2025-07-03"),
        ("2025-07-01 - 2025-07-03", "2025-07-01", "2025-07-03"),
        ("2025/7/1-2025/7/3", "2025-07-01", "2025-07-03"),
        ("2025/12/30～2026/1/2", "2025-12-30", "2026-01-02"),
        ("20250701～20250703", "2025-07-01", "2025-07-03"),
        ("令和7年4月～9月", "2025-04-01", "2025-09-30"),
        ("2025/7/1～", "2025-07-01", None),
        ("2025-07", "2025-07-01", "2025-07-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("令和7年度", "2025-04-01", "2026-03-31"),
        ("FY2025", "2025-04-01", "2026-03-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2025/7/1", "2025-07-01", "2025-07-01"),
    ],
)
def test_the_first_and_the_last_day_of_a_range_a_month_a_year(text, first, last):
    assert dates.parse_side(text, "first") == dt.date.fromisoformat(first)
    assert dates.parse_side(text, "last") == (dt.date.fromisoformat(last) if last else None)


@pytest.mark.parametrize("text", ["7/1～7/3", "2025/7/32～8/1", "2199年度"])
def test_what_has_no_first_day_is_refused(text):
    with pytest.raises(ValueRefusedError):
        dates.parse_side(text, "first")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1990", 1990),
        ("1990年生まれ", 1990),
        ("昭和60年生", 1985),
        ("S45", 1970),
        ("1985-04-01", 1985),
        ("昭和60年4月1日", 1985),
        ("", None),
    ],
)
def test_a_year_of_birth_may_be_written_as_a_day_of_which_the_year_is_kept(text, year):
    assert dates.parse_birth_year(text) == year


def test_a_day_of_birth_that_cannot_be_read_is_not_repeated():
    with pytest.raises(ValueRefusedError) as refused:
        dates.parse_birth_year("1985-04-99")
    for locale in ("ja", "en"):
        assert "1985-04" not in refused.value.text(locale)


@pytest.mark.parametrize(
    ("text", "year"), [("FY2025", 2025), ("R7年度", 2025), ("令和元年度", 2019), ("令和七年度", 2025)]
)
def test_a_fiscal_year_is_read_by_its_names(text, year):
    assert dates.parse_year(text) == year
