"""`boundaries`: shapes of municipalities for the map, from an official file or fetched once."""

import argparse
import tempfile
from pathlib import Path
from typing import Final

from kayoi import boundaries
from kayoi.boundaries import download
from kayoi.commands.call import Answer, Call, Command, add_json, named_path
from kayoi.errors import BoundariesRefusedError
from kayoi.i18n import Locale, translate
from kayoi.municipalities import municipalities

_SECONDS: Final = 60.0
_SECONDS_ONCE: Final = 10.0
_MOST_LISTED: Final = 10


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=named_path,
        metavar="FILE",
        help=translate(locale, "command.option.boundary_file"),
    )
    parser.add_argument(
        "--accept-changed", action="store_true", help=translate(locale, "command.option.accept_changed")
    )
    parser.add_argument("--once", action="store_true", help=translate(locale, "command.option.once"))
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    if not call.options.once:
        return _installed(call, _SECONDS)
    if boundaries.was_tried(call.warehouse):
        return Answer("", {"tried": False})
    boundaries.mark_tried(call.warehouse)
    try:
        return _installed(call, _SECONDS_ONCE)
    except BoundariesRefusedError as error:
        # The map does without; a first start must not fail for want of it.
        said = call.say("command.boundaries.without", why=error.text(call.locale))
        return Answer(said, {"tried": True, "error": error.text(call.locale)})


def _installed(call: Call, seconds: float) -> Answer:
    file: Path | None = call.options.file
    with tempfile.TemporaryDirectory() as folder:
        if file is None:
            file = download.fetch(Path(folder), seconds, accept_changed=call.options.accept_changed)
        done = boundaries.install(call.warehouse, file)
    named = {code: place.name_ja for code, place in municipalities().items()}
    lines = [
        call.say(
            "command.boundaries.done",
            municipalities=f"{len(done.boundaries.municipalities & named.keys()):,}",
            kilobytes=f"{done.bytes_served / 1000:,.0f}",
            folder=boundaries.folder_of(call.warehouse),
        )
    ]
    if done.missing:
        listed = "、".join(f"{code} {named[code]}" for code in done.missing[:_MOST_LISTED])
        lines.append(call.say("command.boundaries.missing", count=f"{len(done.missing):,}", listed=listed))
    if done.unknown:
        listed = "、".join(done.unknown[:_MOST_LISTED])
        lines.append(call.say("command.boundaries.unknown", count=f"{len(done.unknown):,}", listed=listed))
    lines.append(call.say("map.credit_shapes"))
    data = {
        "municipalities": len(done.boundaries.municipalities),
        "missing": list(done.missing),
        "unknown": list(done.unknown),
        "bytes": done.bytes_served,
        "file": str(done.boundaries.path),
    }
    return Answer("\n".join(lines), data)


COMMAND = Command(_add_options, _run)
