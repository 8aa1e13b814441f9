"""Figures in words: number formats, and the sentence that says what a chart shows."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

import pandas as pd

from kayoi.i18n import Locale, translate
from kayoi.metrics import Unit
from kayoi.periods import short_month_label

NO_DATA: Final = "…"
LADDER: Final = ("tourist", "loyal", "related", "dual")
BESIDE: Final = ("settled", "routine", "interest", "dormant")
_TEN_THOUSAND: Final = 10_000
_OFTEN_WHOLE: Final = ("days", "hours", "cases", "organizations", "quantity")
_CONDITION_WORDS: Final = ("and", "or", "not", "otherwise")
_CONDITION_SIGNS: Final = {">=": "≥", "<=": "≤", "<>": "≠"}


def is_missing(value: object) -> bool:
    """Tell whether *value* is None, NaN or NaT."""
    return value is None or bool(pd.isna(value))


def figure(value: object, unit: Unit, locale: Locale) -> str:
    """Return a figure as readers write it: 1,234人, 12.3 %, 4.2 泊, 1.2万円; `…` where there is none."""
    if is_missing(value):
        return NO_DATA
    number = float(str(value))
    if unit == "yen" and locale == "ja" and abs(number) >= _TEN_THOUSAND:
        return translate(locale, "unit.ten_thousand_yen", value=f"{number / _TEN_THOUSAND:,.1f}")
    return _with_unit(_rounded(number, unit), unit, locale)


def exact(value: object, unit: Unit, locale: Locale) -> str:
    """Return a figure with all the digits that mean something."""
    if is_missing(value):
        return NO_DATA
    number = float(str(value))
    if unit == "percent":
        return _with_unit(f"{number * 100:,.4f}", unit, locale)
    return _with_unit(f"{number:,.0f}" if number.is_integer() else f"{number:,.4f}", unit, locale)


def change(value: object, unit: Unit, locale: Locale) -> str:
    """Return a change in words: 12人 増, 1.2ポイント 減, 増減なし."""
    if is_missing(value):
        return translate(locale, "change.unknown")
    number = float(str(value))
    amount = abs(number)
    if unit == "percent":
        text = translate(locale, "unit.points", value=_rounded(amount, unit))
    else:
        text = figure(amount, unit, locale)
    if _rounded(amount, unit).strip("0.") == "":
        return translate(locale, "change.none")
    return translate(locale, "change.up" if number > 0 else "change.down", amount=text)


def count(value: object, locale: Locale) -> str:
    """Return a bare number of something: 1,234; `…` where there is none."""
    return NO_DATA if is_missing(value) else f"{float(str(value)):,.0f}"


def visits(value: object, locale: Locale) -> str:
    """Return a number of visits: 1,234 回, 1 visit."""
    return _with_unit(count(value, locale), "times", locale)


def rate(value: object, locale: Locale) -> str:
    """Return a share (0–1) in percent; `…` where there is none."""
    return figure(value, "percent", locale)


def stage_name(stage: str, locale: Locale) -> str:
    """Return a stage's name."""
    return translate(locale, f"stage.{stage}")


def as_date(value: object) -> date:
    """Return the day of a date, a datetime or a pandas timestamp."""
    return value.date() if isinstance(value, datetime) else pd.Timestamp(str(value)).date()


def overview_finding(kpis: Mapping[str, Mapping[str, object]], place: str, locale: Locale) -> str:
    """Say in one or two sentences where a region stands; *kpis* are the rows of region_kpis by key."""
    came = kpis.get("K03")
    if came is None or is_missing(came["value"]):
        return translate(locale, "finding.no_data", place=place)
    sentences = [
        translate(
            locale,
            "finding.came" if is_missing(came["change"]) else "finding.came_changed",
            place=place,
            people=figure(came["value"], "people", locale),
            change=change(came["change"], "people", locale),
        )
    ]
    related, dual = kpis.get("K19"), kpis.get("K25")
    if related is not None and dual is not None and not is_missing(related["value"]):
        sentences.append(
            translate(
                locale,
                "finding.belonging",
                related=figure(related["value"], "people", locale),
                dual=figure(dual["value"], "people", locale),
            )
        )
    often = kpis.get("K01")
    if often is not None and not is_missing(often["target"]) and not is_missing(often["achievement"]):
        reached = float(str(often["achievement"])) >= 1
        sentences.append(
            translate(
                locale,
                "finding.target_reached" if reached else "finding.target_open",
                target=figure(often["target"], "people", locale),
                rate=rate(often["achievement"], locale),
            )
        )
    return translate(locale, "finding.join").join(sentences)


def funnel_finding(stock: pd.DataFrame, place: str, locale: Locale) -> str:
    """Say how many stand on the ladder and which step is the narrowest (rows of stage_stock)."""
    ladder = stock[stock["is_ladder"]]
    start = ladder.iloc[0]
    if is_missing(start["at_or_above"]) or start["at_or_above"] == 0:
        return translate(locale, "finding.no_data", place=place)
    top = ladder.iloc[-1]
    text = translate(
        locale,
        "finding.funnel",
        place=place,
        people=figure(start["at_or_above"], "people", locale),
        dual=figure(top["at_or_above"], "people", locale),
        rate=rate(top["start_rate"], locale),
    )
    steps = ladder[ladder["step_rate"].notna()]
    if steps.empty:
        return text
    place_of_lowest = int(steps["step_rate"].to_numpy().argmin())
    narrow = steps.iloc[place_of_lowest]
    before = ladder.iloc[list(ladder["stage"]).index(narrow["stage"]) - 1]
    return translate(locale, "finding.join").join(
        [
            text,
            translate(
                locale,
                "finding.narrowest",
                stage_from=stage_name(before["stage"], locale),
                stage_to=stage_name(narrow["stage"], locale),
                rate=rate(narrow["step_rate"], locale),
            ),
        ]
    )


def trend_finding(trend: pd.DataFrame, locale: Locale) -> str:
    """Say how the stage of related people stands against its highest month (rows of stage_trend)."""
    related = trend[trend["stage"] == "related"]
    if related.empty or related["people"].max() == 0:
        return translate(locale, "finding.trend_none")
    last = related.iloc[-1]
    highest = related.iloc[int(related["people"].to_numpy().argmax())]
    return translate(
        locale,
        "finding.trend_highest" if last["people"] == highest["people"] else "finding.trend",
        last=figure(last["people"], "people", locale),
        month=month_of(last["as_of"], locale),
        highest=figure(highest["people"], "people", locale),
        highest_month=month_of(highest["as_of"], locale),
    )


def month_of(day: object, locale: Locale) -> str:
    """Return the month of a cell that holds a date."""
    return short_month_label(as_date(day), locale)


def frequency_finding(bands: pd.DataFrame, target: Mapping[str, object] | None, locale: Locale) -> str:
    """Say how many came once only, and how many are one visit short of four."""
    if target is None or is_missing(bands.iloc[0]["people_share"]):
        return translate(locale, "finding.frequency_none")
    return translate(
        locale,
        "finding.frequency",
        once=rate(bands.iloc[0]["people_share"], locale),
        often=figure(target["people_4plus"], "people", locale),
        short=figure(target["one_short"], "people", locale),
    )


def months_finding(months: pd.DataFrame, locale: Locale) -> str:
    """Say which month brought the most visits and which the fewest (rows of visit_months)."""
    if months.empty or months["visits"].max() == 0:
        return translate(locale, "finding.months_none")
    most = months.iloc[int(months["visits"].to_numpy().argmax())]
    least = months.iloc[int(months["visits"].to_numpy().argmin())]
    return translate(
        locale,
        "finding.months",
        most_month=month_of(most["as_of"], locale),
        most=visits(most["visits"], locale),
        least_month=month_of(least["as_of"], locale),
        least=visits(least["visits"], locale),
    )


def gaps_finding(gaps: pd.DataFrame, locale: Locale) -> str:
    """Say within how many days half of the returns came (rows of return_gaps)."""
    half = gaps[gaps["within_share"] >= 0.5]
    if half.empty:
        return translate(locale, "finding.gaps_none")
    first = half.iloc[0]
    return translate(
        locale,
        "finding.gaps",
        band=translate(locale, f"band.within.{first['gap_band']}"),
        rate=rate(first["within_share"], locale),
    )


def origins_finding(origins: pd.DataFrame, locale: Locale) -> str:
    """Say where most people come from (rows of map_origins)."""
    known = origins[origins["name_ja"].notna()]
    if known.empty:
        return translate(locale, "finding.origins_none")
    first = known.iloc[0]
    return translate(
        locale,
        "finding.origins",
        place=first[f"name_{locale}"],
        people=figure(first["people"], "people", locale),
        rate=rate(first["people_share"], locale),
    )


def _rounded(number: float, unit: Unit) -> str:
    if unit in ("people", "yen"):
        return f"{number:,.0f}"
    if unit == "percent":
        percent = number * 100
        # Small rates are the rule here (one in two hundred comes four times): keep two digits that count.
        is_small = 0 < abs(percent) < 1
        decimals = min(4, 1 - math.floor(math.log10(abs(percent)))) if is_small else 1
        return f"{percent:,.{decimals}f}"
    if unit == "times":
        return f"{number:,.0f}" if number.is_integer() and number >= 10 else f"{number:,.2f}"
    is_whole = number.is_integer() and unit in _OFTEN_WHOLE
    return f"{number:,.0f}" if is_whole else f"{number:,.1f}"


def _with_unit(text: str, unit: Unit, locale: Locale) -> str:
    key = f"unit.{unit}.one" if text == "1" else f"unit.{unit}"
    return translate(locale, key, value=text)


def condition_words(text: str, locale: Locale) -> str:
    """Return the condition of a ruleset in plain words: 365日間の来訪回数 ≥ 4 または …."""

    def words(found: re.Match[str]) -> str:
        word = found[0]
        if found["denied"]:
            signal = translate(locale, f"signal.{found['denied']}")
            return translate(locale, "condition.not_signal", signal=signal)
        if word in _CONDITION_WORDS:
            return translate(locale, f"condition.{word}")
        return _CONDITION_SIGNS.get(word) or translate(locale, f"signal.{word}")

    return re.sub(r"not\s+(?!not\b)(?P<denied>[a-z]\w*)|[a-z]\w*|[<>]=|<>", words, text)
