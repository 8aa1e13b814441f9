"""The command line: `python -m kayoi COMMAND`. Exit codes: 0 done, 1 data refused, 2 wrong usage."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import kayoi
from kayoi.commands import COMMANDS, Answer, Call
from kayoi.errors import KayoiError
from kayoi.i18n import Locale, translate
from kayoi.progress import reporter


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    locale = _locale(arguments if arguments is not None else sys.argv[1:])
    parsed = _parser(locale).parse_args(arguments)
    call = Call(options=parsed, locale=locale, progress=reporter(locale))
    try:
        answer = COMMANDS[parsed.command].run(call)
    except KayoiError as error:
        print(error.text(locale), file=sys.stderr)
        return error.exit_code
    try:
        _print(answer, as_json=getattr(parsed, "json", False))
    except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answer.exit_code


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False, indent=1))
    elif answer.text:
        print(answer.text)
    sys.stdout.flush()


def _locale(arguments: Sequence[str]) -> Locale:
    """Return --lang, else KAYOI_LANG, else Japanese: needed before the help is written."""
    for place, word in enumerate(arguments):
        if word == "--lang" and place + 1 < len(arguments):
            return "en" if arguments[place + 1] == "en" else "ja"
        if word.startswith("--lang="):
            return "en" if word.endswith("=en") else "ja"
    return "en" if os.environ.get("KAYOI_LANG", "").startswith("en") else "ja"


def _parser(locale: Locale) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kayoi", description=translate(locale, "command.kayoi"))
    parser.add_argument("--version", action="version", version=f"kayoi {kayoi.__version__}")
    listed = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        words = translate(locale, f"command.{name}")
        described = listed.add_parser(name, help=words, description=words)
        described.add_argument(
            "--warehouse",
            type=Path,
            default=Path(os.environ.get("KAYOI_WAREHOUSE", "warehouse")),
            metavar="DIR",
            help=translate(locale, "command.option.warehouse"),
        )
        described.add_argument("--lang", choices=["ja", "en"], help=translate(locale, "command.option.lang"))
        command.add_options(described, locale)
    return parser


if __name__ == "__main__":
    sys.exit(main())
