"""データ取込, from a file with the usual slips to figures, back out again, and in again."""

import re

import pytest

from kayoi.keys import key_for
from kayoi.load import history, list_loads, rejects_to_mend
from kayoi.ui.import_saved import known_mappings
from tests.pages.importing import choose, counts, finished, press, said, upload

# All invented: a title above the headings, names, an era date, a district that is no more, no such day.
REGISTER = """
宿泊台帳（架空データ）,,,,,
,,,,,
会員番号,氏名,市町村,到着日,出発日,目的
A-1,架空太郎,坂井市,2025/7/1,2025/7/3,観光
A-2,架空花子,坂井郡,R7.7.5,,帰省
A-3,架空次郎,坂井市,令和7年8月1日,,観光
A-1,架空太郎,坂井市,2025/9/13,2025/9/14,観光
A-4,架空三郎,坂井郡,2025/13/1,,観光
""".strip()


@pytest.fixture
def warehouse(tmp_path, monkeypatch):
    for name in ("KAYOI_ORIGINS", "KAYOI_ADMINISTRATION", "KAYOI_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "warehouse"


def read_as_visits(app, lang="ja"):
    """Say what is in the register, leave the names out, and accept."""
    app = choose(app, "何のファイルか" if lang == "ja" else "What is in the file", "visits")
    control = next(one for one in app.get("button_group") if "氏名" in one.proto.label)
    app = control.set_value("drop").run()
    return press(app, "この読み方でよい" if lang == "ja" else "This is how to read it")


@pytest.fixture
def tried(warehouse, open_app):
    """The page after the register was tried."""
    app = upload(open_app(warehouse, "import_data"), **{"宿泊台帳.csv": REGISTER})
    app = press(read_as_visits(app), "試しに読む")
    return finished(app, warehouse)


def test_the_headings_below_a_title_are_found_and_the_first_rows_shown_before_and_after(warehouse, open_app):
    app = upload(open_app(warehouse, "import_data"), **{"宿泊台帳.csv": REGISTER})
    app = choose(app, "何のファイルか", "visits")
    assert "見出しは 3 行目" in said(app)
    tables = [frame.value for frame in app.dataframe]
    before = next(table for table in tables if "会員番号" in table)
    after = next(table for table in tables if "結果" in table)
    assert list(before["到着日"])[:3] == ["2025/7/1", "R7.7.5", "令和7年8月1日"]
    assert list(after["着いた日"])[:3] == ["2025-07-01", "", "2025-08-01"]
    assert list(after["結果"])[:3] == ["採用", "入らない", "採用"]
    assert "坂井郡" in after["理由"][1]
    assert not any("A-1" in str(cell) for cell in after.to_numpy().ravel())


def test_a_column_of_names_has_to_be_decided_about_before_anything_goes_on(warehouse, open_app):
    app = upload(open_app(warehouse, "import_data"), **{"宿泊台帳.csv": REGISTER})
    app = choose(app, "何のファイルか", "visits")
    assert "どうするかを選んでいない個人情報の列: 氏名" in said(app)
    accept = next(button for button in app.button if button.label == "この読み方でよい")
    assert accept.disabled


def test_nothing_is_loaded_before_it_is_asked_for(tried, warehouse):
    assert counts(tried) == ["5行", "3行", "0行", "2行"]
    assert list_loads(warehouse) == ()


def test_a_value_is_put_right_once_for_all_its_rows(tried, warehouse):
    app = next(box for box in tried.selectbox if "坂井郡" in box.label)
    assert "×2行" in app.label
    first = list(app.options)[1]
    assert first == "福井県坂井市 (18210) ← 似ています"
    app.set_value("means:18210")
    app = finished(press(tried, "直して、もう一度試す"), warehouse)
    assert counts(app) == ["5行", "4行", "0行", "1行"]
    # the day that never was is asked about next
    assert [box.label for box in app.text_input if "2025/13/1" in box.label] == ["到着日「2025/13/1」×1行"]


def test_what_was_put_right_can_be_kept_for_the_next_time(tried, warehouse, open_app):
    next(box for box in tried.selectbox if "坂井郡" in box.label).set_value("means:18210")
    app = finished(press(tried, "直して、もう一度試す"), warehouse)
    app = next(box for box in app.text_input if box.label == "名前").set_value("町内の宿").run()
    app = press(app, "この置き場所に残す")
    (kept,) = set(known_mappings(warehouse)) - set(known_mappings(warehouse.parent))
    app = upload(
        open_app(warehouse, "import_data"), **{"10月.csv": REGISTER.replace("2025/9/13", "2025/9/12")}
    )
    assert next(box for box in app.selectbox if box.label.startswith("読み方")).value == kept
    app = press(app, "この読み方でよい")
    app = finished(press(app, "試しに読む"), warehouse)
    assert counts(app) == ["5行", "4行", "0行", "1行"]


@pytest.fixture
def loaded(tried, warehouse):
    """The page after the register was loaded and built."""
    return finished(press(tried, "取り込む"), warehouse)


def test_after_loading_the_figures_are_there_and_the_file_lies_about_no_more(loaded, warehouse, open_app):
    assert not list((warehouse / "inbox").iterdir())
    assert "取り込みました" in said(loaded)
    assert counts(loaded) == ["5行", "3行", "0行", "2行"]
    app = open_app(warehouse, region="18210")
    assert {card.label: card.value for card in app.metric}["来訪者実人数"] == "2人"


def test_a_reload_finds_the_same_outcome_by_its_address(loaded, warehouse, open_app):
    again = open_app(warehouse, "import_data", job=loaded.query_params["job"])
    assert counts(again) == ["5行", "3行", "0行", "2行"]


def test_the_same_file_again_would_bring_nothing_and_cannot_be_loaded(loaded, warehouse, open_app):
    app = upload(open_app(warehouse, "import_data"), **{"宿泊台帳.csv": REGISTER})
    app = finished(press(press(app, "この読み方でよい"), "試しに読む"), warehouse)
    assert counts(app) == ["5行", "0行", "3行", "2行"]
    assert "新しく入る行がありません" in said(app)
    assert "取り込む" not in [button.label for button in app.button]


def test_the_rows_that_were_not_taken_are_listed_with_the_reason_and_can_be_narrowed_down(
    loaded, warehouse, open_app
):
    app = open_app(warehouse, "import_data", view="rejects")
    table = app.dataframe[0].value
    assert list(table["値"]) == ["坂井郡", "坂井郡"]
    assert "2行のうち 2行" in said(app)
    assert [list(box.options) for box in app.selectbox if box.label == "ファイル"] == [
        ["すべて", "宿泊台帳.csv（2行）"]
    ]


def test_a_load_goes_only_when_that_was_confirmed_and_comes_back(loaded, warehouse, open_app):
    app = open_app(warehouse, "import_data", view="history")
    assert "数から外れるもの: 3行" in said(app)
    button = next(one for one in app.button if one.label == "この取込を取り消す")
    assert button.disabled
    app = app.checkbox[0].check().run()
    app = finished(press(app, "この取込を取り消す"), warehouse)
    assert [entry.state for entry in history(warehouse) if entry.kind == "load"] == ["withdrawn"]
    app = open_app(warehouse, "import_data", view="history")
    app = finished(press(app, "この取込を元に戻す"), warehouse)
    assert [entry.state for entry in history(warehouse) if entry.kind == "load"] == ["counts"]
    assert "元に戻しました" in said(app)


def test_files_with_the_same_headings_are_agreed_on_once(warehouse, open_app):
    head = "person_id,municipality_code,arrived_on"
    app = upload(
        open_app(warehouse, "import_data"),
        **{
            "visits_07.csv": f"{head}\na,20448,2025-07-01\n",
            "visits_08.csv": f"{head}\na,20448,2025-08-01\n",
        },
    )
    assert [one.value for one in app.subheader] == [
        "1. visits_07.csv ほか 1件（見出しが同じ）".replace("_", "\\_")
    ]
    app = finished(press(press(app, "この読み方でよい"), "試しに読む"), warehouse)
    assert counts(app) == ["2行", "2行", "0行", "0行"]


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "<script>alert(1)</script>.csv", "[x](http://evil.example).csv"]
)
def test_the_name_of_a_file_is_text_to_show_and_never_a_path(warehouse, open_app, name):
    text = "person_id,municipality_code,arrived_on\na,20448,2025-07-01\n"
    app = upload(open_app(warehouse, "import_data"), **{name: text})
    assert all(re.fullmatch("[0-9a-f]{64}", path.name) for path in (warehouse / "inbox").iterdir())
    assert not list(warehouse.parent.rglob("*evil*"))
    heading = app.subheader[0].value
    assert "<script>" not in heading and "](http" not in heading


def test_a_file_that_cannot_be_read_says_why_and_can_be_taken_out(warehouse, open_app):
    app = upload(open_app(warehouse, "import_data"), **{"絵.csv": b"\x89PNG\r\n\x1a\n0000"})
    assert len(app.error) == 1 and "絵.csv" in app.error[0].value
    app = press(app, "「絵.csv」を外す")
    assert not app.error and "受け取ったファイル" not in [one.label for one in app.expander]
    assert not list((warehouse / "inbox").iterdir())


@pytest.mark.parametrize(("lang", "left"), [("en", re.compile(r"[぀-ヿ一-鿿]"))])
def test_the_steps_are_complete_in_english(warehouse, open_app, lang, left):
    app = upload(
        open_app(warehouse, "import_data", lang=lang),
        **{"visits.csv": "person_id,municipality_code,arrived_on\na,20448,2025-07-01\nb,20448,x9\n"},
    )
    shown = [said(app), *(one.label for one in (*app.selectbox, *app.button, *app.expander))]
    app = press(app, "This is how to read it")
    app = finished(press(app, "Try (nothing is loaded yet)"), warehouse)
    assert counts(app) == ["2", "1", "0", "1"]
    shown += [said(app), *(one.label for one in (*app.selectbox, *app.button, *app.expander))]
    app = finished(press(app, "Load"), warehouse)
    shown += [said(app), *(one.label for one in (*app.metric, *app.button))]
    lines = [line for text in shown for line in text.splitlines() if "Kayoi 通い" not in line]
    # a date of the calendar of eras is an example in English, too
    assert [line for line in lines if left.search(line.replace("令和7年7月1日", ""))] == []


def test_mended_rows_come_in_by_themselves_read_as_the_file_was(loaded, warehouse, open_app):
    mending = rejects_to_mend(warehouse, 1, 1, key=key_for(warehouse))
    text = mending.csv_bytes().decode("utf-8-sig")
    assert [line.split(",")[3] for line in text.splitlines()[1:]] == ["A-2", "A-4"]
    mended = text.replace("坂井郡", "坂井市").replace("2025/13/1", "2025/8/1")
    app = upload(open_app(warehouse, "import_data"), **{mending.file_name: mended})
    assert next(box for box in app.selectbox if box.label.startswith("読み方")).value.startswith("visits-")
    app = finished(press(press(app, "この読み方でよい"), "試しに読む"), warehouse)
    assert counts(app) == ["2行", "2行", "0行", "0行"]
