"""`event-funnel`: a funnel over any file of events, or over a region by its definition."""

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from kayoi.i18n import translate
from tests.cli.running import kayoi

EVENTS = """person,time,event
x,2025-07-01,look
x,2025-07-03,visit
x,2025-07-31,stay
y,2025-07-01,look
y,2025-07-02,other
y,2025-07-05,visit
z,2025-07-05,visit
z,2025-07-05,look
w,2025-07-06,visit
w,2025-07-09,look
"""
STEPS = ("--steps", "look,visit,stay", "--window", "30")


@pytest.fixture
def written(tmp_path):
    """Write a file of events and return it."""

    def write(text: str | bytes, name: str = "events.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def people(file: object, *words: str) -> list[int]:
    ran = kayoi("event-funnel", file, *words, "--json")
    assert ran.code == 0, ran.err
    return [step["people"] for step in ran.json["steps"]]


@pytest.mark.parametrize(
    ("order", "expected"), [("ordered", [4, 3, 1]), ("strict", [4, 2, 1]), ("unordered", [4, 4, 1])]
)
def test_json_has_every_step_with_its_people_in_the_order_asked(written, order, expected):
    ran = kayoi("event-funnel", written(EVENTS), *STEPS, "--order", order, "--json")
    assert ran.code == 0
    assert [(one["step"], one["people"]) for one in ran.json["steps"]] == [
        *zip(["look", "visit", "stay"], expected, strict=True)
    ]


def test_day_n_is_included(written):
    assert people(written(EVENTS), "--steps", "look,stay", "--window", "30") == [4, 1]
    assert people(written(EVENTS), "--steps", "look,stay", "--window", "29") == [4, 0]


def test_without_an_order_it_is_in_order(written):
    assert people(written(EVENTS), *STEPS) == people(written(EVENTS), *STEPS, "--order", "ordered")


def test_a_window_of_no_days_is_the_same_day(written):
    assert people(written(EVENTS), "--steps", "look,visit", "--window", "0") == [4, 1]


def test_one_step_is_counted_and_a_name_given_twice_asks_for_a_second_time(written):
    assert people(written(EVENTS), "--steps", "visit", "--window", "9") == [4]
    assert people(written(EVENTS + "w,2025-07-07,visit\n"), "--steps", "visit,visit", "--window", "9") == [
        4,
        1,
    ]


def test_ten_steps_are_counted(written):
    rows = "".join(f"x,2025-07-{day:02},s{day}\n" for day in range(1, 11))
    steps = ",".join(f"s{day}" for day in range(1, 11))
    assert people(written("person,time,event\n" + rows), "--steps", steps, "--window", "9") == [1] * 10


def test_with_times_of_day_n_days_are_n_times_24_hours(written):
    file = written(
        "person,time,event\nx,2025-07-01 10:00,a\nx,2025-07-02 10:00:00,b\ny,2025-07-01T10:00,a\n"
        "y,2025-07-02T10:00:01,b\n"
    )
    assert people(file, "--steps", "a,b", "--window", "1") == [2, 1]


def test_times_with_and_without_an_offset_are_japanese_time(written):
    file = written("person,time,event\nx,2025-07-01T01:00:00Z,a\nx,2025-07-01 10:00,b\n")
    assert people(file, "--steps", "a,b", "--window", "0") == [1, 1]


def test_dates_may_be_written_as_officers_write_them(written):
    file = written("person,time,event\nx,令和7年7月1日,a\nx,20250702,b\ny,2025/7/1,a\ny,R7.7.3,b\n")
    assert people(file, "--steps", "a,b", "--window", "1") == [2, 1]


@pytest.mark.parametrize(
    "form", ["csv", "tsv", "cp932", "bom", "xlsx", "parquet dates", "parquet times", "parquet text"]
)
def test_a_file_says_the_same_in_every_form(written, tmp_path, form):
    table = pd.read_csv(written(EVENTS))
    path = tmp_path / f"form.{'parquet' if form.startswith('parquet') else 'csv'}"
    if form == "parquet text":
        table.to_parquet(path)
    elif form == "parquet dates":
        table.assign(time=[dt.date.fromisoformat(one) for one in table["time"]]).to_parquet(path)
    elif form == "parquet times":
        times = pd.to_datetime(table["time"]).dt.tz_localize("Asia/Tokyo").dt.tz_convert("UTC")
        table.assign(time=times, person=range(len(table))).assign(
            person=table["person"].map(hash)
        ).to_parquet(path)
    elif form == "xlsx":
        path = tmp_path / "form.xlsx"
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(list(table.columns))
        for person, day, event in table.itertuples(index=False):
            book.active.append([person, dt.datetime.fromisoformat(day), event])
        book.save(path)
    elif form == "cp932":
        path = written(EVENTS.replace("other", "その他").encode("cp932"), "form.csv")
    elif form == "bom":
        path = written(b"\xef\xbb\xbf" + EVENTS.encode(), "form.csv")
    elif form == "tsv":
        path = written(EVENTS.replace(",", "\t"), "form.tsv")
    else:
        path = written(
            EVENTS.replace("person,time,event", "Person, TIME ,event").replace("\n", "\r\n"), "form.csv"
        )
    for order, expected in (("ordered", [4, 3, 1]), ("strict", [4, 2, 1])):
        assert people(path, *STEPS, "--order", order) == expected


def test_more_columns_quoted_line_breaks_and_blank_rows_do_no_harm(written):
    text = 'note,person,time,event\n"two\nlines",x,2025-07-01,a\n,,,\n,x,2025-07-02,b\n\n'
    assert people(written(text), "--steps", "a,b", "--window", "9") == [1, 1]


def test_a_file_without_rows_has_nobody(written):
    assert people(written("person,time,event\n"), *STEPS) == [0, 0, 0]
    assert people(written("person,time,event"), *STEPS) == [0, 0, 0]


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_step_no_row_has_is_counted_as_nobody_and_named(written, locale):
    ran = kayoi("event-funnel", written(EVENTS), "--steps", "look,fly", "--window", "9", "--lang", locale)
    assert ran.code == 0
    assert translate(locale, "command.event_funnel.missing", steps="fly") in ran.out
    found = kayoi("event-funnel", written(EVENTS), "--steps", "look,fly", "--window", "9", "--json").json
    assert found["missing_steps"] == ["fly"]
    assert [one["people"] for one in found["steps"]] == [4, 0]


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("order", ["ordered", "strict", "unordered"])
def test_in_words_every_rate_says_of_what_it_is_one(written, locale, order):
    ran = kayoi("event-funnel", written(EVENTS), *STEPS, "--order", order, "--lang", locale)
    assert ran.code == 0
    for word in ("people", "of_previous", "of_first"):
        assert translate(locale, f"command.funnel.{word}") in ran.out
    assert ("look" in ran.out) is (order != "unordered")


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        (
            "person,day,event\nx,2025-07-01,a\n",
            "funnel_file_columns",
            {"columns": "time", "needed": "person, time, event"},
        ),
        ("person,time,event,Event\n", "file_column_twice", {"column": "event"}),
        ("person,time,event\nx,2025-07-01,a\nx,soon,b\n", "funnel_file_time", {"row": 2, "value": "soon"}),
        ("person,time,event\nx,2025-02-30,a\n", "funnel_file_time", {"row": 1, "value": "2025-02-30"}),
        ("person,time,event\nx,R7.7.1 10:30,a\n", "funnel_file_time", {"row": 1, "value": "R7.7.1 10:30"}),
        ("person,time,event\nx,45839.5,a\n", "funnel_file_time", {"row": 1, "value": "45839.5"}),
        ("person,time,event\nx,20250701T1030,a\n", "funnel_file_time", {"row": 1, "value": "20250701T1030"}),
        ("person,time,event\nx,,a\n", "funnel_file_empty_cell", {"row": 1, "column": "time"}),
        ("person,time,event\n ,2025-07-01,a\n", "funnel_file_empty_cell", {"row": 1, "column": "person"}),
        ("person,time,event\nx,2025-07-01\n", "funnel_file_rows", {"columns": 3}),
        ("", "file_empty", {}),
    ],
)
def test_a_file_that_cannot_be_counted_ends_with_1_and_says_where(written, locale, text, key, values):
    ran = kayoi("event-funnel", written(text), *STEPS, "--lang", locale)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.strip() == translate(locale, f"error.{key}", file="events.csv", **values)


def test_a_file_of_another_kind_or_that_is_not_there_ends_with_1(written, tmp_path):
    assert kayoi("event-funnel", written("x", "events.pdf"), *STEPS).code == 1
    assert kayoi("event-funnel", tmp_path / "nowhere.csv", *STEPS).code == 1
    assert kayoi("event-funnel", written(b"no parquet", "events.parquet"), *STEPS).code == 1
    assert kayoi("event-funnel", written(b"no workbook", "events.xlsx"), *STEPS).code == 1


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize(
    ("words", "key", "values"),
    [
        (("--steps", "a,b"), "funnel_file_or_region", {}),
        (("--window", "3"), "funnel_file_or_region", {}),
        ((*STEPS, "--region", "20448"), "funnel_file_or_region", {}),
        (("--steps", "a,,b", "--window", "3"), "funnel_step_empty", {"steps": "a,,b"}),
        (("--steps", "", "--window", "3"), "funnel_step_empty", {"steps": ""}),
        (("--steps", "a,b", "--window", "-1"), "funnel_days", {"days": -1, "most": 36_500}),
        (("--steps", "a,b", "--window", "36501"), "funnel_days", {"days": 36_501, "most": 36_500}),
        (("--steps", ",".join("abcdefghijk"), "--window", "3"), "funnel_steps", {"count": 11, "most": 10}),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(written, locale, words, key, values):
    ran = kayoi("event-funnel", written(EVENTS), *words, "--lang", locale)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip() == translate(locale, f"error.{key}", **values)


@pytest.mark.parametrize("words", [("--window", "soon"), ("--order", "sideways"), ("--colour", "red")])
def test_words_that_are_no_options_end_with_2(written, words):
    assert kayoi("event-funnel", written(EVENTS), *STEPS, *words).code == 2


def test_a_region_is_counted_by_its_definition(valley):
    words = (
        "--region",
        "20448",
        "--define",
        "ordered.90~visit~visit",
        "--to",
        "2025-06-30",
        "--warehouse",
        valley,
    )
    ran = kayoi("event-funnel", *words, "--json")
    assert ran.code == 0, ran.err
    assert [(one["step"], one["people"]) for one in ran.json["steps"]] == [("visit", 2), ("visit", 1)]
    assert (ran.json["entered_from"], ran.json["entered_to"]) == ("2024-07-01", "2025-06-30")
    assert ran.json["define"] == "ordered.90~visit~visit"
    for locale in ("ja", "en"):
        said = kayoi("event-funnel", *words, "--lang", locale)
        assert said.code == 0
        assert translate(locale, "command.event_funnel.dropped") in said.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--region", "20448", "--define", "sideways"), 2),
        (("--region", "99999", "--define", "ordered.90~visit"), 2),
        (("--region", "20448", "--define", "ordered.90~visit", "--to", "2025-09-30"), 2),
        (("--region", "20448", "--define", "ordered.90~visit", "--window", "3"), 2),
        (("--region", "20448"), 2),
        ((), 2),
    ],
)
def test_a_region_that_cannot_be_counted_is_refused(valley, words, code):
    ran = kayoi("event-funnel", *words, "--warehouse", valley)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.strip()
