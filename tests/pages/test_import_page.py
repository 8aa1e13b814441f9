"""データ取込: who may open it, what it says where nothing is there yet, and what a demonstration takes."""

import re

import pytest

from tests.pages.conftest import load

JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def said(app) -> str:
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.info, *app.warning, *app.error]
    return "\n".join(element.value for element in parts).replace("\\", "")


def links(app) -> list[str]:
    return [link.proto.page for link in app.get("page_link")]


@pytest.fixture
def administered(monkeypatch) -> None:
    monkeypatch.delenv("KAYOI_ORIGINS", raising=False)
    monkeypatch.delenv("KAYOI_ADMINISTRATION", raising=False)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_whoever_is_no_administrator_finds_no_way_in_and_a_page_without_data(
    small_warehouse, open_app, monkeypatch, lang
):
    monkeypatch.setenv("KAYOI_ADMINISTRATION", "off")
    assert "import_data" not in links(open_app(small_warehouse, lang=lang))
    app = open_app(small_warehouse, "import_data", lang=lang)
    assert ("担当者だけ" if lang == "ja" else "Only those who administer") in app.info[0].value
    assert not app.get("file_uploader") and not app.dataframe and not app.button
    assert str(small_warehouse) not in said(app)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_administrator_finds_the_page_in_the_menu(small_warehouse, open_app, administered, lang):
    assert "import_data" in links(open_app(small_warehouse, lang=lang))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_demonstration_takes_no_real_data_and_says_how_to_start_a_warehouse(
    small_warehouse, open_app, administered, lang
):
    app = open_app(small_warehouse, "import_data", lang=lang)
    assert (
        "実際のデータは取り込めません" if lang == "ja" else "Real data cannot be brought in"
    ) in app.warning[0].value
    assert app.code[0].value == "KAYOI_WAREHOUSE=my-warehouse .venv/bin/python -m kayoi.ui.server"
    assert not app.get("file_uploader")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("view", ["new", "rejects", "history"])
def test_the_page_works_where_nothing_was_ever_loaded(tmp_path, open_app, administered, lang, view):
    app = open_app(tmp_path / "warehouse", "import_data", lang=lang, view=view)
    assert ("まだ何も取り込まれていません" if lang == "ja" else "nothing has been loaded yet") in said(app)
    assert bool(app.get("file_uploader")) is (view == "new")
    assert not (tmp_path / "warehouse").exists()


@pytest.mark.parametrize("view", ["new", "rejects", "history"])
def test_no_japanese_is_left_on_the_english_page(tmp_path, open_app, administered, view):
    warehouse = tmp_path / "warehouse"
    load(
        warehouse,
        tmp_path / "files",
        visits="person_id,municipality_code,arrived_on\na,20448,x9\nb,20448,2025-09-01\n",
    )
    app = open_app(warehouse, "import_data", lang="en", view=view)
    texts = [line for line in said(app).splitlines() if "Kayoi 通い" not in line]
    labels = [element.label for element in (*app.selectbox, *app.button, *app.expander)]
    assert [text for text in [*texts, *labels] if JAPANESE.search(text)] == []


def test_where_nothing_is_published_the_other_pages_lead_here(tmp_path, open_app, administered):
    assert links(open_app(tmp_path / "nothing")).count("import_data") == 2
