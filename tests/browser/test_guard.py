"""Who the server answers, and what it tells a browser to refuse."""

import base64
import os
import socket

import pytest

WEBSOCKET = "/_stcore/stream"


def handshake(server, **headers: str) -> str:
    """Ask for a WebSocket; return the status line."""
    asked = {
        "Host": f"127.0.0.1:{server.port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Protocol": "streamlit",
    } | headers
    lines = [f"GET {WEBSOCKET} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items()), "", ""]
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as wire:
        wire.sendall("\r\n".join(lines).encode())
        return wire.recv(4096).decode("latin-1").splitlines()[0]


def test_a_page_of_this_server_may_open_a_socket(server):
    assert " 101 " in handshake(server, Origin=server.url)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1"])
def test_a_page_of_another_site_may_not(server, origin):
    assert " 403 " in handshake(server, Origin=origin)
    assert server.get("/", Origin=origin)[0] == 403
    assert server.get("/_stcore/host-config", Origin=origin)[0] == 403


def test_a_name_that_is_not_ours_is_not_answered_even_if_it_points_here(server):
    rebound = f"evil.example:{server.port}"
    assert server.get("/", Host=rebound)[0] == 421
    assert " 403 " in handshake(server, Host=rebound, Origin=f"http://{rebound}")


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"]
)
def test_what_no_page_needs_is_closed(server, path):
    assert server.get(path)[0] == 404


def test_a_monitor_can_ask_whether_the_server_lives_under_any_name(server):
    status, _, text = server.get("/healthz", Host="10.0.0.5")
    assert status == 200
    assert '"ok"' in text


@pytest.mark.parametrize(
    "path", ["/", "/funnel", "/app/static/i18n.js", "/_stcore/health", "/no/such/file.css"]
)
def test_every_answer_carries_the_security_headers(server, path):
    _, headers, _ = server.get(path)
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe-eval'" not in headers["content-security-policy"].replace("wasm-unsafe-eval", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers


def test_the_policy_names_no_other_host(server):
    _, headers, _ = server.get("/")
    assert "http" not in headers["content-security-policy"]
    assert "*" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("query", "lang"), [("", "ja"), ("?lang=ja", "ja"), ("?lang=en", "en"), ("?lang=%22", "ja")]
)
def test_the_page_says_its_language_before_any_script_runs(server, query, lang):
    _, _, text = server.get(f"/funnel{query}")
    assert f'<html lang="{lang}">' in text
    assert "<title>通い Kayoi</title>" in text
    assert text.index("app/static/i18n.js") < text.index("</head>")
