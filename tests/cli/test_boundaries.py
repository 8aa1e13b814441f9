"""`boundaries`: an official file, or fetched once from the one address there is."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kayoi.boundaries import download
from tests.cli.running import kayoi
from tests.unit.test_boundaries import geojson


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "N03-20240101.geojson"
    path.write_text(geojson(), encoding="utf-8")
    return path


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A server in place of the publisher's; gives the paths that were asked for."""
    asked: list[str] = []

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            content = geojson().encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(download, "ADDRESS", f"http://127.0.0.1:{server.server_port}/shapes.json")
    monkeypatch.setattr(download, "SHA256", hashlib.sha256(geojson().encode()).hexdigest())
    yield asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without internet: nobody listens at the address."""
    monkeypatch.setattr(download, "ADDRESS", "http://127.0.0.1:9/shapes.json")


def test_a_file_is_taken_in_and_what_is_missing_is_said(file, tmp_path):
    ran = kayoi("boundaries", file, "--warehouse", tmp_path / "warehouse")
    assert (ran.code, ran.err) == (0, "")
    assert "2市町村の形" in ran.out
    assert "形のない市町村が 1,739 あります：01202 函館市、01203 小樽市" in ran.out
    assert "国土数値情報（行政区域データ）」（国土交通省）を加工して作成" in ran.out


def test_json_lists_every_missing_municipality(file, tmp_path):
    said = kayoi("boundaries", file, "--warehouse", tmp_path / "warehouse", "--json").json
    assert (said["municipalities"], len(said["missing"]), said["unknown"]) == (2, 1739, [])


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path):
    ran = kayoi("boundaries", tmp_path / "none.zip", "--warehouse", tmp_path / "warehouse")
    assert (ran.code, ran.out) == (1, "")
    assert "none.zip がありません" in ran.err


def test_without_a_file_it_is_fetched_from_the_one_address(published, tmp_path):
    ran = kayoi("boundaries", "--warehouse", tmp_path / "warehouse")
    assert (ran.code, published) == (0, ["/shapes.json"])


def test_another_content_is_refused_unless_it_is_accepted(published, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "SHA256", "0" * 64)
    refused = kayoi("boundaries", "--warehouse", tmp_path / "warehouse")
    assert refused.code == 1
    assert "--accept-changed" in refused.err
    assert not (tmp_path / "warehouse" / "boundaries").exists()
    accepted = kayoi("boundaries", "--accept-changed", "--warehouse", tmp_path / "warehouse")
    assert accepted.code == 0


def test_without_internet_it_says_how_to_bring_the_file(nowhere, tmp_path):
    ran = kayoi("boundaries", "--warehouse", tmp_path / "warehouse")
    assert ran.code == 1
    assert "python -m kayoi boundaries ファイル" in ran.err


def test_a_first_start_tries_once_and_goes_on_without(nowhere, tmp_path):
    first = kayoi("boundaries", "--once", "--warehouse", tmp_path / "warehouse")
    assert first.code == 0
    assert "地図は円で描き" in first.out
    again = kayoi("boundaries", "--once", "--warehouse", tmp_path / "warehouse")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_a_first_start_fetches_nothing_where_boundaries_are_installed(published, file, tmp_path):
    kayoi("boundaries", file, "--warehouse", tmp_path / "warehouse")
    assert kayoi("boundaries", "--once", "--warehouse", tmp_path / "warehouse").code == 0
    assert published == []
