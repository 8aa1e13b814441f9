"""データ取込 in a real browser: from a file with the usual slips to a figure that changed."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import opened
from tests.browser.importing import accept_all, counts, drawn, drop, loaded, pick, press, tried
from tests.browser.serving import Served, serving
from tests.browser.test_accessibility import RULES, THEIRS

SHARED = Path(__file__).parents[3] / "shared"
MESSY = SHARED / "messy"
FUKUI = SHARED / "real" / "fukui"

REGISTER = """
宿泊台帳（架空データ）,,,,,
,,,,,
会員番号,氏名,市町村,到着日,出発日,目的
A-1,架空太郎,坂井市,2025/7/1,2025/7/3,観光
A-2,架空花子,坂井郡,R7.7.5,,帰省
A-3,架空次郎,坂井市,令和7年8月1日,,観光
A-1,架空太郎,坂井市,2025/9/13,2025/9/14,観光
A-4,架空三郎,坂井郡,2025/8/1,,観光
""".strip()
ALREADY = """
person_id,municipality_code,arrived_on
Z-1,18210,2025-07-01
Z-1,18210,2025-09-20
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory):
    """A server on a warehouse in which nothing has been loaded."""
    folder = tmp_path_factory.mktemp("own")
    with serving(folder / "warehouse", folder / "log.txt") as served:
        yield served


@pytest.fixture
def empty(tmp_path: Path):
    """A server on a warehouse of this test's own."""
    with serving(tmp_path / "warehouse", tmp_path / "log.txt") as served:
        yield served


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text.strip() + "\n", encoding=encoding)
    return path


def test_a_file_with_slips_is_put_right_loaded_and_changes_the_figures(empty, watched, tmp_path):
    page = opened(watched, empty, "/import_data")
    drop(page, [written(tmp_path, "visits.csv", ALREADY)])
    accept_all(page)
    assert tried(page) == [2, 2, 0, 0]
    assert loaded(page) == [2, 2, 0, 0]
    press(page, "続けて別のファイルを取り込む")

    drop(page, [written(tmp_path, "宿泊台帳.csv", REGISTER, "cp932")])
    expect(page.get_by_text("文字コード Shift_JIS")).to_be_visible()
    pick(page, "何のファイルか", "来訪の記録")
    page.get_by_test_id("stMain").get_by_text("取り込まない", exact=True).first.click()
    drawn(page)
    accept_all(page)
    assert tried(page) == [5, 3, 0, 2]
    pick(page, "市町村「坂井郡」×2行", "福井県坂井市 (18210)")
    press(page, "直して、もう一度試す")
    expect(page.get_by_text("すべての行が読めました")).to_be_visible(timeout=60_000)
    assert counts(page) == [5, 5, 0, 0]
    assert loaded(page) == [5, 5, 0, 0]
    expect(page.get_by_role("heading", name="変わった指標")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").last).to_be_visible()

    page.get_by_role("link", name="全体像で数字を見る").click()
    drawn(page)
    people = page.get_by_test_id("stMetric").filter(has_text="来訪者実人数")
    # who came to see relatives (帰省) is not counted
    expect(people.get_by_test_id("stMetricValue")).to_have_text("4人")


def test_the_names_of_people_in_a_file_are_nowhere_on_disk_once_it_is_loaded(empty, watched, tmp_path):
    page = opened(watched, empty, "/import_data")
    drop(page, [written(tmp_path, "宿泊台帳.csv", REGISTER)])
    pick(page, "何のファイルか", "来訪の記録")
    page.get_by_test_id("stMain").get_by_text("取り込まない", exact=True).first.click()
    drawn(page)
    accept_all(page)
    tried(page)
    loaded(page)
    held = [path for path in (tmp_path / "warehouse").rglob("*") if path.is_file()]
    assert held
    assert [path for path in held if "架空太郎".encode() in path.read_bytes()] == []
    assert [path for path in held if b"A-1" in path.read_bytes()] == []


@pytest.mark.parametrize("view", ["new", "rejects", "history"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_where_something_stands(own, watched, view, scheme, tmp_path):
    watched.emulate_media(color_scheme=scheme)
    page = opened(watched, own, "/import_data", view=view)
    if view == "new":
        drop(page, [written(tmp_path, "宿泊台帳.csv", REGISTER)])
        pick(page, "何のファイルか", "来訪の記録")
    found = Axe().run(page, options=RULES).response["violations"]
    told = [
        f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:200]}"
        for one in found
        if one["id"] not in THEIRS
        for node in one["nodes"]
    ]
    assert told == []


@pytest.mark.parametrize("width", [390, 1024])
def test_nothing_is_wider_than_the_screen(own, watched, width, tmp_path):
    watched.set_viewport_size({"width": width, "height": 900})
    page = opened(watched, own, "/import_data")
    drop(page, [written(tmp_path, "宿泊台帳.csv", REGISTER)])
    main = page.get_by_test_id("stMain")
    assert main.evaluate("one => one.scrollWidth <= one.clientWidth + 1")


def test_everything_can_be_done_from_the_keyboard(own, watched, tmp_path):
    page = opened(watched, own, "/import_data")
    drop(page, [written(tmp_path, "visits.csv", ALREADY)])
    button = page.get_by_role("button", name="この読み方でよい")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("確かめ済み")).to_be_visible()
    button = page.get_by_role("button", name="試しに読む（まだ取り込みません）")
    button.focus()
    page.keyboard.press("Enter")
    assert counts(page) == [2, 2, 0, 0]


def test_a_file_that_is_too_large_is_refused_with_the_reason(empty, watched, tmp_path):
    page = opened(watched, empty, "/import_data")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    page.set_input_files("[data-testid=stFileUploaderDropzoneInput]", str(tmp_path / "large.csv"))
    expect(page.get_by_test_id("stFileUploader")).to_contain_text(
        "ファイルが大きすぎます（1ファイル 200MB まで）"
    )
    assert not (tmp_path / "warehouse").exists()


# --- who is no administrator ---


@pytest.fixture(scope="module")
def readers(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory):
    """A server for readers only."""
    log = tmp_path_factory.mktemp("readers") / "log.txt"
    with serving(demo_warehouse, log, KAYOI_ADMINISTRATION="off") as served:
        yield served


def test_whoever_is_no_administrator_sees_no_entry_and_no_data(readers: Served, watched: Page):
    page = opened(watched, readers, "/")
    expect(page.get_by_role("link", name="全体像")).to_be_visible()
    expect(page.get_by_role("link", name="データ取込")).to_have_count(0)
    page = opened(watched, readers, "/import_data")
    expect(page.get_by_text("担当者だけが使えます")).to_be_visible()
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)


@pytest.mark.parametrize("method", ["PUT", "POST", "OPTIONS", "DELETE"])
def test_the_server_takes_no_file_from_whoever_is_no_administrator(readers: Served, page: Page, method):
    opened(page, readers, "/")
    answer = page.request.fetch(
        f"{readers.url}/_stcore/upload_file/any/file", method=method, headers={"Origin": readers.url}
    )
    assert answer.status == 403
    assert "administrators" in answer.text()


def test_an_upload_without_the_token_of_a_page_is_refused(own: Served, page: Page):
    answer = page.request.put(
        f"{own.url}/_stcore/upload_file/any/file",
        multipart={"file": {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a"}},
    )
    assert answer.status == 403


# --- files as they are published, where they are at hand ---


@pytest.mark.skipif(not MESSY.is_dir(), reason="the files are not at hand")
@pytest.mark.parametrize("name", [path.name for path in sorted(MESSY.glob("*.csv"))])
def test_a_messy_file_is_taken_or_refused_with_a_next_step(name, own, watched):
    page = opened(watched, own, "/import_data")
    drop(page, [MESSY / name])
    main = page.get_by_test_id("stMain")
    expect(main.get_by_test_id("stException")).to_have_count(0)
    expect(
        main.get_by_text("読み方を確かめる").or_(main.get_by_role("button", name=f"「{name}」を外す")).first
    ).to_be_visible()
    expect(main).not_to_contain_text("この画面を作れませんでした")


@pytest.mark.skipif(not FUKUI.is_dir(), reason="the files are not at hand")
def test_a_month_of_a_published_survey_comes_in_as_proposed(empty, watched):
    month = sorted(FUKUI.glob("*.csv"))[0]
    page = opened(watched, empty, "/import_data")
    drop(page, [month])
    expect(page.get_by_role("combobox", name="読み方")).to_have_value("福井県観光アンケート（FTAS）")
    accept_all(page)
    read, accepted, duplicate, rejected = tried(page)
    assert read == accepted + duplicate + rejected
    assert accepted > 0.9 * read
    assert loaded(page) == [read, accepted, duplicate, rejected]


@pytest.mark.skipif(not os.environ.get("KAYOI_SLOW"), reason="takes minutes: set KAYOI_SLOW")
@pytest.mark.skipif(not FUKUI.is_dir(), reason="the files are not at hand")
def test_all_months_of_a_published_survey_come_in_as_one_load(empty, watched):
    page = opened(watched, empty, "/import_data")
    drop(page, sorted(FUKUI.glob("*.csv")))
    accept_all(page)
    read, accepted, duplicate, rejected = tried(page)
    assert read == accepted + duplicate + rejected
    assert accepted > 0.9 * read
    assert loaded(page) == [read, accepted, duplicate, rejected]
