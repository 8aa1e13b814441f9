"""Data frame in, figure out."""

import math

import pandas as pd
import pytest

from kayoi import charts, report, visit_charts
from kayoi.palette import PALETTES

NO_EVENTS = pd.DataFrame({"starts_on": [], "label_ja": [], "label_en": []})


def stock(counts: list[int | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stage": [*report.LADDER, *report.BESIDE],
            "is_ladder": [True] * 4 + [False] * 4,
            "people": pd.array([*counts, 0, 0, 0, 0], dtype="Int64"),
            "at_or_above": pd.array([*counts, None, None, None, None], dtype="Int64"),
            "step_rate": [None, 0.2, 0.5, 0.0, None, None, None, None],
            "start_rate": [1.0, 0.2, 0.1, 0.0, None, None, None, None],
        }
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_funnel_has_one_bar_per_ladder_stage_in_its_own_colour_and_order(theme):
    (bars,) = charts.stage_funnel(stock([1000, 200, 100, 0]), "ja", theme).data
    assert list(bars.y) == ["観光", "ロイヤルカスタマー", "関係人口", "二地域居住"]
    assert list(bars.x) == [1000, 200, 100, 0]
    assert list(bars.marker.color) == [PALETTES[theme].stages[stage] for stage in report.LADDER]


def test_on_the_log_scale_every_step_is_seen_and_nobody_is_still_written_down():
    figure = charts.stage_funnel(stock([1000, 200, 100, 0]), "ja", "light", log=True)
    low, high = figure.layout.xaxis.range
    assert all(low <= math.log10(length) <= high for length in figure.data[0].x)
    assert any(note.text.startswith("<b>0人</b>") for note in figure.layout.annotations)


def test_bars_of_counts_begin_at_zero():
    figure = charts.stage_funnel(stock([1000, 200, 100, 0]), "ja", "light")
    assert figure.layout.xaxis.range[0] == 0


def test_a_stage_that_is_not_known_has_no_text_of_zero():
    figure = charts.stage_funnel(stock([None, None, None, None]), "ja", "light", log=True)
    assert [note.text for note in figure.layout.annotations] == [
        "観光", "ロイヤルカスタマー", "関係人口", "二地域居住",
    ]  # fmt: skip


def test_each_stage_has_a_panel_from_zero_on_its_own_scale():
    days = pd.to_datetime(["2025-08-31", "2025-09-30"])
    trend = pd.concat(
        pd.DataFrame({"as_of": days, "stage": stage, "people": [top, top // 2]})
        for stage, top in zip(report.LADDER, (10_000, 400, 40, 2), strict=True)
    )
    figure = charts.stage_trend(trend, NO_EVENTS, "en", "light")
    assert [list(line.y) for line in figure.data] == [[10_000, 5_000], [400, 200], [40, 20], [2, 1]]
    tops = [axis.range for axis in (figure.layout.yaxis, figure.layout.yaxis4)]
    assert [low for low, _ in tops] == [0, 0]
    assert tops[0][1] > 10_000 > 100 > tops[1][1]


def test_months_stand_in_the_order_of_the_year_and_a_month_to_come_is_empty():
    months = pd.DataFrame({"year": [2024, 2025], "month": [3, 4], "position": [11, 0], "visits": [7, 5]})
    (grid,) = visit_charts.month_heat(months, "fy", "ja", "light").data
    assert list(grid.y) == ["4月", "3月"]
    assert list(grid.x) == ["2024年度", "2025年度"]
    assert [[None if math.isnan(cell) else cell for cell in row] for row in grid.z] == [[None, 5], [7, None]]


def test_a_year_before_that_is_not_known_is_not_drawn():
    bands = pd.DataFrame(
        {
            "visits_band": ["1", "2"],
            "people": [3, 1],
            "people_share": [0.75, 0.25],
            "people_before": pd.array([None, None], dtype="Int64"),
        }
    )
    assert len(visit_charts.frequency_bars(bands, "ja", "light").data) == 1


def test_every_text_is_at_least_fourteen_pixels():
    figure = charts.stage_funnel(stock([1000, 200, 100, 0]), "ja", "light")
    sizes = {note.font.size for note in figure.layout.annotations} | {figure.layout.font.size}
    assert min(sizes) >= 14


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "background"), [("light", "#FFFFFF"), ("dark", "#14161A")])
def test_marks_stand_out_three_to_one_and_texts_four_and_a_half_to_one(theme, background):
    palette = PALETTES[theme]
    marks = [
        *palette.stages.values(),
        palette.mark,
        palette.before,
        palette.target,
        palette.rise,
        palette.fall,
    ]
    assert [colour for colour in marks if contrast(colour, background) < 3] == []
    grounds = [background, palette.land, *palette.heat]
    assert [ground for ground in grounds if contrast(palette.text, ground) < 4.5] == []


def test_on_a_telephone_a_panel_has_room_for_two_years_and_fifteen_letters_a_line():
    days = pd.date_range("2022-04-30", "2026-09-30", freq="ME")
    trend = pd.concat(pd.DataFrame({"as_of": days, "stage": stage, "people": 5}) for stage in report.LADDER)
    figure = charts.stage_trend(trend, NO_EVENTS, "en", "light")
    assert list(figure.layout.xaxis.tickvals) == ["2023-01-01", "2026-01-01"]
    lines = [line for note in figure.layout.annotations for line in note.text.split("<br>")]
    assert max(map(len, lines)) <= 15
    assert any(note.text.startswith("Two-place<br>residents<br>") for note in figure.layout.annotations)


def test_the_years_of_the_month_heat_stand_upright_in_two_lines():
    months = pd.DataFrame({"position": [1, 1], "month": [4, 4], "year": [2024, 2025], "visits": [1, 2]})
    assert list(visit_charts.month_heat(months, "fy", "ja", "light").layout.xaxis.ticktext) == [
        "2024<br>年度",
        "2025<br>年度",
    ]
    assert list(visit_charts.month_heat(months, "fy", "en", "light").layout.xaxis.ticktext) == [
        "FY<br>2024",
        "FY<br>2025",
    ]
