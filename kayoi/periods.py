"""Months, fiscal years and era years, and how each language writes them."""

import calendar
from datetime import date
from typing import Final, Literal

from kayoi.i18n import Locale

YearKind = Literal["fy", "cy"]
FIRST_MONTH: Final[dict[YearKind, int]] = {"fy": 4, "cy": 1}

# First day of each era that a record of visits can reach.
_ERAS: Final = ((date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"), (date(1926, 12, 25), "昭和"))


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def month_key(day: date) -> str:
    """Return the month of *day* as the URL has it: `2025-09`."""
    return f"{day:%Y-%m}"


def fiscal_year(day: date) -> int:
    """Return the fiscal year (April to March) *day* belongs to."""
    return day.year if day.month >= FIRST_MONTH["fy"] else day.year - 1


def era_year(day: date) -> str:
    """Return the year of *day* in the Japanese era calendar: 令和7年, 令和元年."""
    for starts_on, name in _ERAS:
        if day >= starts_on:
            year = day.year - starts_on.year + 1
            return f"{name}{'元' if year == 1 else year}年"
    return f"{day.year}年"


def month_label(day: date, locale: Locale) -> str:
    """Return the month of *day*: 2025年9月（令和7年9月）, Sep 2025."""
    if locale == "en":
        return f"{day:%b %Y}"
    return f"{day.year}年{day.month}月（{era_year(day)}{day.month}月）"


def short_month_label(day: date, locale: Locale) -> str:
    """Return the month of *day* where room is short: 2025年9月, Sep 2025."""
    return f"{day:%b %Y}" if locale == "en" else f"{day.year}年{day.month}月"


def day_label(day: date, locale: Locale) -> str:
    """Return *day*: 2025年9月30日（令和7年9月30日）, 30 Sep 2025."""
    if locale == "en":
        return f"{day.day} {day:%b %Y}"
    return f"{day.year}年{day.month}月{day.day}日（{era_year(day)}{day.month}月{day.day}日）"


def year_label(year: int, kind: YearKind, locale: Locale) -> str:
    """Return a fiscal or calendar year: 2025年度（令和7年度）, FY2025."""
    if locale == "en":
        return f"FY{year}" if kind == "fy" else str(year)
    # 31 March of 2019 was 平成31年, but the fiscal year that began a day later is called 令和元年度.
    era = era_year(date(year, 12, 31))
    return f"{year}年度（{era}度）" if kind == "fy" else f"{year}年（{era}）"
