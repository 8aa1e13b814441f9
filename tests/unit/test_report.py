"""Figures in words."""

from itertools import pairwise

import pandas as pd
import pytest

from kayoi import report


@pytest.mark.parametrize(
    ("value", "unit", "ja", "en"),
    [
        (1234, "people", "1,234人", "1,234 people"),
        (1, "people", "1人", "1 person"),
        (0.1234, "percent", "12.3 %", "12.3%"),
        (0.0054, "percent", "0.54 %", "0.54%"),
        (0.00054, "percent", "0.054 %", "0.054%"),
        (0, "percent", "0.0 %", "0.0%"),
        (1.856, "times", "1.86 回", "1.86 visits"),
        (4.24, "nights", "4.2 泊", "4.2 nights"),
        (12_345, "yen", "1.2万円", "¥12,345"),
        (980, "yen", "980円", "¥980"),
        (5.25, "days", "5.2日", "5.2 days"),
        (0.4, "mean_people", "0.4人", "0.4 people"),
        (7.5, "hours", "7.5時間", "7.5 hours"),
        (12, "organizations", "12社・団体", "12 organisations"),
        (442_500, "quantity", "442,500", "442,500"),
        (5, "cases", "5件", "5"),
        (0, "people", "0人", "0 people"),
        (None, "people", "…", "…"),
        (float("nan"), "yen", "…", "…"),
        (pd.NA, "people", "…", "…"),
    ],
)
def test_a_figure_is_written_for_readers(value, unit, ja, en):
    assert report.figure(value, unit, "ja") == ja
    assert report.figure(value, unit, "en") == en


@pytest.mark.parametrize(
    ("value", "unit", "ja", "en"),
    [
        (12, "people", "12人 増", "up 12 people"),
        (-12, "people", "12人 減", "down 12 people"),
        (0.012, "percent", "1.2 ポイント 増", "up 1.2 points"),
        (-0.001, "nights", "増減なし", "no change"),
        (None, "people", "1年前と比べられません", "cannot be compared with a year before"),
    ],
)
def test_a_change_is_said_in_words_and_that_of_a_rate_in_points(value, unit, ja, en):
    assert report.change(value, unit, "ja") == ja
    assert report.change(value, unit, "en") == en


def test_the_exact_value_keeps_its_digits():
    assert report.exact(12_345.678, "yen", "ja") == "12,345.6780円"
    assert report.exact(0.123456, "percent", "ja") == "12.3456 %"


def stock(*at_or_above: int | None) -> pd.DataFrame:
    ladder = [(stage, True) for stage in report.LADDER] + [(stage, False) for stage in report.BESIDE]
    counts = [*at_or_above, *[None] * 4]
    return pd.DataFrame(
        {
            "stage": [stage for stage, _ in ladder],
            "is_ladder": [on_ladder for _, on_ladder in ladder],
            "at_or_above": pd.array(counts, dtype="Int64"),
            "step_rate": [
                None,
                *(b / a for a, b in pairwise(at_or_above)),
                *[None] * 4,
            ]
            if None not in at_or_above
            else [None] * 8,
            "start_rate": [n / at_or_above[0] for n in at_or_above] + [None] * 4
            if None not in at_or_above
            else [None] * 8,
        }
    )


def test_the_funnel_sentence_names_the_narrowest_step():
    said = report.funnel_finding(stock(1000, 200, 100, 5), "生坂村", "ja")
    assert "1,000人" in said
    assert "関係人口から二地域居住への段で、対前段階5.0 %" in said


def test_the_funnel_sentence_of_nobody_is_that_there_are_no_data():
    said = report.funnel_finding(stock(None, None, None, None), "生坂村", "ja")
    assert said == "生坂村には、この日のデータがありません。"


def test_the_overview_says_whether_the_target_is_reached():
    def kpis(achievement: float) -> dict[str, dict[str, object]]:
        nothing = dict.fromkeys(("change", "target", "achievement"))
        return {
            "K03": nothing | {"value": 29.0, "change": -2.0},
            "K01": nothing | {"value": 8.0, "target": 10.0, "achievement": achievement},
        }

    assert "2人 減" in report.overview_finding(kpis(0.8), "生坂村", "ja")
    assert "達成率は80.0 %" in report.overview_finding(kpis(0.8), "生坂村", "ja")
    assert "達成しています" in report.overview_finding(kpis(1.1), "生坂村", "ja")


def test_half_of_the_returns_came_within_the_band_that_reaches_half():
    gaps = pd.DataFrame({"gap_band": ["1-30", "31-60", "61-90"], "within_share": [0.4, 0.7, 1.0]})
    assert report.gaps_finding(gaps, "ja") == "再来訪の70.0 %は、前回の来訪から60日以内に起きています。"
