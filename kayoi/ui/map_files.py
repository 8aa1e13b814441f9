"""Files of the map a browser fetches once and keeps: script, shapes, names. The address is the content."""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kayoi.boundaries import installed
from kayoi.i18n import Locale, translate
from kayoi.municipalities import municipalities, prefectures
from kayoi.ui.data import warehouse_folder

_SCRIPTS: Final = Path(__file__).parent.parent.parent / "static" / "map"
_TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
_KEPT: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
_NORTHERN: Final = range(1695, 1701)  # villages of the northern territories: drawn and named, without data
_LOCALES: Final[dict[str, Locale]] = {"ja": "ja", "en": "en"}


def script_address(name: str) -> str:
    """Return where a file of static/map is served, under a name that changes with any of them."""
    return f"/kayoi/map/{_scripts_version()}/{name}"


def shapes_address() -> str | None:
    """Return where the municipality shapes are served; None where none are installed."""
    found = installed(warehouse_folder())
    return f"/kayoi/shapes/{found.name}" if found else None


def names_address(locale: Locale) -> str:
    """Return where the names and places of municipalities and prefectures are served."""
    return f"/kayoi/names/{hashlib.sha256(_names(locale)).hexdigest()[:16]}/{locale}.json"


async def _script(request: Request) -> Response:
    path = _SCRIPTS / Path(request.path_params["name"]).name
    if path.suffix not in _TYPES or not path.is_file():
        return Response(status_code=404)
    return _answer(request, gzip.compress(path.read_bytes(), mtime=0), _TYPES[path.suffix])


async def _shapes(request: Request) -> Response:
    found = installed(warehouse_folder())
    if found is None or found.name != request.path_params["name"]:
        return Response(status_code=404)
    return _answer(request, found.path.read_bytes(), "application/json")


async def _names_of(request: Request) -> Response:
    locale = _LOCALES.get(request.path_params["locale"])
    if locale is None:
        return Response(status_code=404)
    return _answer(request, _names(locale), "application/json")


def _answer(request: Request, zipped: bytes, media_type: str) -> Response:
    headers = {**_KEPT, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(zipped, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(zipped), media_type=media_type, headers=headers)


@cache
def _scripts_version() -> str:
    content = b"".join(path.read_bytes() for path in sorted(_SCRIPTS.iterdir()))
    return hashlib.sha256(content).hexdigest()[:16]


@cache
def _names(locale: Locale) -> bytes:
    known: dict[str, list[object]] = {}
    above = {
        code: place.name_ja if locale == "ja" else place.name_en for code, place in prefectures().items()
    }
    for code, prefecture in prefectures().items():
        known[code] = [above[code], "", prefecture.longitude, prefecture.latitude]
    for code, place in municipalities().items():
        if not place.parent_code:
            name = place.name_ja if locale == "ja" else place.name_en
            known[code] = [name, above[place.prefecture_code], place.longitude, place.latitude]
    for number in _NORTHERN:
        known[f"0{number}"] = [translate(locale, f"map.village.0{number}"), above["01"], 0, 0]
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


ROUTES: Final = (
    Route("/kayoi/map/{version}/{name}", _script),
    Route("/kayoi/shapes/{name}", _shapes),
    Route("/kayoi/names/{version}/{locale}.json", _names_of),
)
