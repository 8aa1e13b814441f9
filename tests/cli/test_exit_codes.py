"""0: done, 1: data refused, 2: wrong usage, and always a sentence about what to do."""

import pytest

from kayoi.i18n import translate
from tests.cli.running import kayoi

WRONG = {
    "no command": (),
    "an unknown command": ("fly",),
    "an unknown option": ("kpi", "--region", "20448", "--colour", "red"),
    "a missing option": ("kpi",),
    "an unknown kind of funnel": ("funnel", "--region", "20448", "--kind", "paper"),
    "an unknown code": ("kpi", "--region", "99999"),
    "an unknown group": ("kpi", "--region", "no-such-group"),
    "a region without data and without a day": ("kpi", "--region", "01101"),
    "an unknown region of a funnel": ("funnel", "--region", "99999"),
    "a day in words": ("kpi", "--region", "20448", "--as-of", "yesterday"),
    "a day that is not in the calendar": ("funnel", "--region", "20448", "--as-of", "2025-09-31"),
    "a day before anybody counted": ("kpi", "--region", "20448", "--as-of", "0001-01-01"),
    "a day after anybody's plans": ("funnel", "--region", "20448", "--as-of", "2200-01-01"),
    "an empty day": ("kpi", "--region", "20448", "--as-of", ""),
    "an empty file to export to": ("export", "visits", "--out", ""),
    "an empty file to load": ("load", ""),
    "an unknown KPI": ("kpi", "--region", "20448", "--kpi", "K99"),
    "an unknown table": ("export", "secrets", "--out", "out.csv"),
    "an export to a form nobody asked for": ("export", "visits", "--out", "out.docx"),
    "an export to a folder that is not there": ("export", "visits", "--out", "nowhere/out.csv"),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_wrong_usage_ends_with_2_and_says_why(valley, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = kayoi(*words, "--warehouse", valley) if words else kayoi()
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("kpi", "--region", "20448"),
        ("funnel", "--region", "20448"),
        ("export", "visits", "--out", "out.csv"),
        ("build",),
        ("doctor",),
    ],
    ids=lambda words: words[0],
)
def test_without_data_a_command_ends_with_1_and_makes_nothing(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = kayoi(*words, "--warehouse", tmp_path / "nothing")
    assert ran.code == 1
    assert (ran.err + ran.out).strip()
    assert not (tmp_path / "out.csv").exists()


def test_a_refusal_is_in_japanese_unless_english_is_asked_for(valley):
    words = ("kpi", "--region", "99999", "--warehouse", valley)
    assert "地域 99999 はありません" in kayoi(*words).err
    assert kayoi(*words, "--lang", "en").err.startswith("There is no region 99999")


def test_english_may_be_asked_for_once_in_the_environment(valley, monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", "en")
    assert kayoi("kpi", "--region", "99999", "--warehouse", valley).err.startswith("There is no region 99999")


@pytest.mark.parametrize(
    ("words", "key", "named"),
    [
        (("kpi",), "required", "--region"),
        (("kpi", "--region", "JP", "--colour", "red"), "unknown", "--colour red"),
        (("funnel", "--region", "JP", "--kind", "paper"), "choice", "--kind"),
        (("kpi", "--region"), "value", "--region"),
        (("demo", "--people", "many"), "value", "--people"),
    ],
)
@pytest.mark.parametrize("locale", ["ja", "en"])
def test_what_is_wrong_with_the_words_is_said_in_the_reader_s_language(words, key, named, locale):
    ran = kayoi(*words[:1], "--lang", locale, *words[1:])
    command = "python -m kayoi" if key == "unknown" else f"python -m kayoi {words[0]}"
    said = translate(locale, f"command.help.{key}", words=named, command=command)
    assert (ran.code, ran.err.splitlines()[-1]) == (2, said)


@pytest.mark.parametrize("words", [("load", "input"), ("build",), ("kpi", "--region", "JP"), ("doctor",)])
@pytest.mark.parametrize("folder", ["", " "])
def test_a_warehouse_without_a_name_is_never_the_current_folder(tmp_path, monkeypatch, words, folder):
    monkeypatch.chdir(tmp_path)
    ran = kayoi(*words, "--warehouse", folder)
    assert (ran.code, ran.out) == (2, "")
    assert "--warehouse" in ran.err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_an_empty_variable_means_the_default_warehouse(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAYOI_WAREHOUSE", "")
    ran = kayoi("kpi", "--region", "JP")
    assert (ran.code, ran.err.strip()) == (1, translate("ja", "error.no_snapshot", folder="warehouse"))


@pytest.mark.parametrize(
    "words", [("load", "input"), ("build",), ("kpi", "--region", "JP"), ("demo",), ("doctor",)]
)
def test_a_file_is_no_warehouse(tmp_path, words):
    file = tmp_path / "warehouse"
    file.write_text("mine", encoding="utf-8")
    ran = kayoi(*words, "--warehouse", file)
    assert (ran.code, ran.err.strip()) == (2, translate("ja", "error.usage_warehouse_file", file=file))
    assert [path.name for path in tmp_path.iterdir()] == ["warehouse"]
    assert file.read_text("utf-8") == "mine"
