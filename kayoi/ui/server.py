"""The web server: `python -m kayoi.ui.server`, or any ASGI server with `kayoi.ui.server:app`."""

import gc
import logging
import os
import sys
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Final
from uuid import uuid4

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from kayoi import __version__
from kayoi.errors import KayoiError, UsageError
from kayoi.i18n import Locale, translate
from kayoi.ui.guard import ALIVE, LOOPBACK, Doors, Guard, Page
from kayoi.ui.identity import may_administer
from kayoi.ui.map_files import ROUTES as MAP_FILES

DASHBOARD: Final = Path(__file__).parent.parent.parent / "dashboard.py"

# Imported before the first reader comes. What is there when gc.freeze() runs is no longer walked by the
# full collection Streamlit makes after every run of a page: 55 ms → 4 ms for an empty one.
WARM: Final = (
    "pandas",
    "pyarrow",
    "plotly.graph_objects",
    "pydeck",
    "streamlit.elements.plotly_chart",
    "kayoi.charts",
    "kayoi.maps",
    "kayoi.warehouse",
    "kayoi.ui.frame",
)


def build_app(origins: Sequence[str], script: Path = DASHBOARD) -> st.App:
    """Return the ASGI app; *origins* are the addresses readers use where a proxy stands in front."""
    return st.App(
        script,
        lifespan=_warmed,
        routes=[Route(ALIVE, _alive), *MAP_FILES],
        middleware=[
            Middleware(Guard, doors=Doors.for_origins(origins), may_upload=may_administer),
            Middleware(Page),
        ],
        on_script_error=_say_what_went_wrong,
    )


def refuse_unsafe(address: str, origins: Sequence[str]) -> None:
    """Raise UsageError where the server would listen to a network without saying under which name."""
    if address not in LOOPBACK | {"::1"} and not address.startswith("unix:") and not any(origins):
        raise UsageError("server_open", address=address)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; return 0, or 2 where the settings are refused."""
    parser = ArgumentParser(prog="python -m kayoi.ui.server", description=__doc__)
    parser.add_argument("--address", default=st.get_option("server.address") or "127.0.0.1")
    parser.add_argument("--port", type=int, default=st.get_option("server.port"))
    chosen = parser.parse_args(arguments)
    try:
        refuse_unsafe(chosen.address, _origins())
    except UsageError as refusal:
        print(refusal.text("ja"), refusal.text("en"), sep="\n", file=sys.stderr)
        return refusal.exit_code
    print(f"通い Kayoi {__version__}  http://{chosen.address}:{chosen.port}/", flush=True)
    uvicorn.run(
        app,
        host=chosen.address,
        port=chosen.port,
        ws="websockets-sansio",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    return 0


@asynccontextmanager
async def _warmed(_app: st.App) -> AsyncIterator[None]:
    for name in WARM:
        import_module(name)
    gc.collect()
    gc.freeze()
    yield


def _say_what_went_wrong(error: Exception) -> bool:
    """Show ours in the reader's language; any other by a number under which the log has the rest of it.

    Streamlit's own box is English and offers to send the message to a search engine.
    """
    locale: Locale = "en" if st.query_params.get("lang") == "en" else "ja"
    if isinstance(error, KayoiError):
        st.error(error.text(locale))
    else:
        number = uuid4().hex[:8]
        logging.getLogger("kayoi").error("unexpected error %s", number, exc_info=error)
        st.error(translate(locale, "error.unexpected", number=number))
    return True


async def _alive(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok", "version": __version__}, headers={"Cache-Control": "no-store"})


def _origins() -> list[str]:
    return [origin for origin in os.environ.get("KAYOI_ORIGINS", "").split(",") if origin.strip()]


app = build_app(_origins())

if __name__ == "__main__":
    sys.exit(main())
