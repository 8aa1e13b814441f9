"""What a reader is told when a page cannot be drawn."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import opened
from tests.browser.serving import serving

SERVE = """
from pathlib import Path
from kayoi.ui.server import build_app
app = build_app([], Path({script!r}))
"""
BROKEN = """
import streamlit as st
from kayoi.errors import NoSnapshotError
st.title("before")
if st.query_params.get("ours"):
    raise NoSnapshotError("no_snapshot", folder="/srv/data")
raise ValueError("secret 4711")
"""


def test_an_unexpected_error_shows_a_number_under_which_the_log_has_it_and_nothing_else(page, tmp_path):
    (tmp_path / "broken.py").write_text(BROKEN)
    (tmp_path / "serve_broken.py").write_text(SERVE.format(script=str(tmp_path / "broken.py")))
    log = tmp_path / "log.txt"
    command = ("uvicorn", "serve_broken:app", "--app-dir", str(tmp_path), "--ws", "websockets-sansio")
    with serving(tmp_path, log, command) as server:
        opened(page, server, "/")
        told = page.get_by_test_id("stAlert")
        expect(told).to_contain_text("この画面を作れませんでした")
        number = re.search(r"[0-9a-f]{8}", told.inner_text())
        assert number
        assert "4711" not in page.content()
        assert "ChatGPT" not in page.content()
        opened(page, server, "/", lang="en")
        expect(page.get_by_test_id("stAlert")).to_contain_text("could not be drawn")
        opened(page, server, "/", ours="1")
        expect(page.get_by_test_id("stAlert")).to_contain_text(
            "/srv/data には公開されたデータがまだありません"
        )
    assert f"unexpected error {number[0]}" in log.read_text()
    assert "secret 4711" in log.read_text()
