"""What stands before Streamlit: who may call, what a browser may do, the language of the page."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
ALIVE: Final = "/healthz"
TITLE: Final = "通い Kayoi"

# Streamlit answers these to anybody and no page of ours calls them.
_CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
# Streamlit keeps what anybody sends there in memory, also where no page asks for a file.
_UPLOAD: Final = "/_stcore/upload_file"

# wasm-unsafe-eval and blob: are what deck.gl, MapLibre and Streamlit's components need to start their
# workers; unsafe-inline is for styles alone (Streamlit writes them at run time).
_POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "media-src": "'self' blob:",
    "frame-src": "'self' blob:",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "form-action": "'self'",
}
_HEADERS: Final = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_INLINE_SCRIPT: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Doors:
    """The names this server answers to: the machine itself, and the origins a proxy serves it under."""

    origins: frozenset[str] = frozenset()
    hosts: frozenset[str] = field(default=LOOPBACK)

    @classmethod
    def for_origins(cls, origins: Iterable[str]) -> "Doors":
        """Return the doors for *origins* such as `https://kayoi.example.lg.jp`, and the machine itself."""
        named = frozenset(origin.strip().rstrip("/").lower() for origin in origins if origin.strip())
        return cls(named, LOOPBACK | {urlsplit(origin).hostname or "" for origin in named})

    def admits_host(self, host: str) -> bool:
        """Say whether a request for *host* (with or without a port) is meant for this server."""
        return re.sub(r":\d+$", "", host.lower()) in self.hosts

    def admits_origin(self, origin: str | None, host: str) -> bool:
        """Say whether a page of *origin* may call; a caller that is no page sends none."""
        if origin is None:
            return True
        return origin.lower() in self.origins or urlsplit(origin).netloc.lower() == host.lower()


class Guard:
    """ASGI middleware: turns strangers away before Streamlit looks at them, and adds the security headers.

    Streamlit answers a foreign Origin by looking up its own address on the internet, which blocks the whole
    server for seconds where there is none; so such a call must not reach it.
    """

    def __init__(self, app: ASGIApp, doors: Doors, may_upload: Callable[[], bool]) -> None:
        self._app = app
        self._doors = doors
        self._may_upload = may_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is allowed; answer 403, 404 or 421 (or close the socket) otherwise."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused and scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        elif refused:
            await PlainTextResponse(refused[1], status_code=refused[0])(scope, receive, _secured(scope, send))
        else:
            await self._app(scope, receive, _secured(scope, send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        path = scope["path"]
        host = _header(scope, b"host") or ""
        if path == ALIVE:
            return None
        if not self._doors.admits_host(host):
            return 421, "This server does not answer to that name."
        if not self._doors.admits_origin(_header(scope, b"origin"), host):
            return 403, "Calls from other sites are refused."
        if path.startswith(_CLOSED):
            return 404, "Not found"
        if path.startswith(_UPLOAD) and not self._may_upload():
            return 403, "Only administrators may send files."
        return None


class Page:
    """ASGI middleware: gives Streamlit's HTML our title, the language of the address, and our words."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Rewrite HTML answers; everything else passes untouched."""
        if scope["type"] != "http" or "." in scope["path"].rsplit("/", 1)[-1]:
            await self._app(scope, receive, send)
            return
        # The body is needed as it is: only HTML is asked for uncompressed.
        plain = [(key, value) for key, value in scope["headers"] if key not in _NEEDS_WHOLE_BODY]
        start: Message | None = None
        body = b""

        async def rewrite(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif message["type"] == "http.response.body" and start is not None:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    page = _our_page(body, language(scope))
                    await send({**start, "headers": _headers_for(start, page)})
                    await send({"type": "http.response.body", "body": page})
            else:
                await send(message)

        await self._app({**scope, "headers": plain}, receive, rewrite)


_NEEDS_WHOLE_BODY: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")


def language(scope: Scope) -> str:
    """Return the language a request asks for in its address: `en` with `lang=en`, else `ja`."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return "en" if query.get("lang") == ["en"] else "ja"


def policy(page: bytes = b"") -> str:
    """Return the content security policy; the inline scripts of *page* are allowed by their hash."""
    hashes = [
        f"'sha256-{b64encode(sha256(code).digest()).decode()}'" for code in _INLINE_SCRIPT.findall(page)
    ]
    rules = _POLICY | {"script-src": " ".join([_POLICY["script-src"], *hashes])}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _our_page(page: bytes, lang: str) -> bytes:
    page = page.replace(b'<html lang="en">', f'<html lang="{lang}">'.encode())
    page = page.replace(b"<title>Streamlit</title>", f"<title>{TITLE}</title>".encode())
    # Not deferred: its observer has to stand before Streamlit draws its first word.
    return page.replace(b"</head>", b'<script src="./app/static/i18n.js"></script></head>')


def _headers_for(start: Message, page: bytes) -> list[tuple[bytes, bytes]]:
    kept = [
        pair
        for pair in start["headers"]
        if pair[0].lower() not in (b"content-length", b"etag", b"last-modified")
    ]
    return [
        *kept,
        (b"content-length", str(len(page)).encode()),
        (b"content-security-policy", policy(page).encode()),
    ]


def _secured(scope: Scope, send: Send) -> Send:
    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = dict(_HEADERS)
            if not any(key.lower() == b"content-security-policy" for key, _ in message["headers"]):
                ours[b"content-security-policy"] = policy().encode()
            if scope["path"].startswith("/media/"):
                ours[b"cache-control"] = b"no-store"
            theirs = [pair for pair in message["headers"] if pair[0].lower() not in ours | {b"server": b""}]
            # Streamlit lets every site read static files; ours are for our own pages.
            kept = [pair for pair in theirs if pair[0].lower() != b"access-control-allow-origin"]
            message = {**message, "headers": [*kept, *ours.items()]}
        await send(message)

    return secured


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


def _is_html(message: Message) -> bool:
    return any(
        key.lower() == b"content-type" and value.startswith(b"text/html") for key, value in message["headers"]
    )
