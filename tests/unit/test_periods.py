"""Months, fiscal years, era years."""

from datetime import date

import pytest

from kayoi import periods


@pytest.mark.parametrize(
    ("day", "era"),
    [
        (date(2025, 9, 30), "令和7年"),
        (date(2019, 5, 1), "令和元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(1989, 1, 7), "昭和64年"),
    ],
)
def test_an_era_begins_on_its_day(day, era):
    assert periods.era_year(day) == era


def test_a_fiscal_year_begins_in_april():
    assert periods.fiscal_year(date(2025, 3, 31)) == 2024
    assert periods.fiscal_year(date(2025, 4, 1)) == 2025


def test_japanese_labels_have_the_era_beside_the_western_year():
    assert periods.month_label(date(2025, 9, 30), "ja") == "2025年9月（令和7年9月）"
    assert periods.day_label(date(2025, 9, 30), "ja") == "2025年9月30日（令和7年9月30日）"
    assert periods.year_label(2019, "fy", "ja") == "2019年度（令和元年度）"


def test_english_labels_are_english():
    assert periods.month_label(date(2025, 9, 30), "en") == "Sep 2025"
    assert periods.day_label(date(2025, 9, 30), "en") == "30 Sep 2025"
    assert periods.year_label(2025, "fy", "en") == "FY2025"


def test_a_month_key_is_what_the_url_has():
    assert periods.month_key(date(2025, 9, 30)) == "2025-09"
