"""The command line: `python -m kayoi COMMAND`. Exit codes: 0 done, 1 data refused, 2 wrong usage."""

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn

import kayoi
from kayoi.commands import COMMANDS, Answer, Call
from kayoi.commands.call import named_path
from kayoi.errors import KayoiError, UsageError
from kayoi.failures import machine_error
from kayoi.i18n import Locale, translate
from kayoi.progress import reporter

# What argparse says in English → the key of the same in the reader's language.
_COMPLAINTS: Final = (
    (re.compile(r"the following arguments are required: (.+)"), "required"),
    (re.compile(r"unrecognized arguments: (.+)"), "unknown"),
    (re.compile(r"argument (.+?): invalid choice: .+"), "choice"),
    (re.compile(r"argument (.+?): (?:expected|invalid) .+"), "value"),
    (re.compile(r"(.+)"), "wrong"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose help and complaints are in the reader's language."""

    def __init__(self, *, locale: Locale, **described: Any) -> None:  # noqa: ANN401 - as argparse has them
        super().__init__(add_help=False, **described)
        self._locale = locale
        self._positionals.title = translate(locale, "command.help.arguments")
        self._optionals.title = translate(locale, "command.help.options")
        self.add_argument("-h", "--help", action="help", help=translate(locale, "command.help.help"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words of a command, and end with 2."""
        found, key = next(
            (found, key) for pattern, key in _COMPLAINTS if (found := pattern.fullmatch(message.strip()))
        )
        self.print_usage(sys.stderr)
        said = translate(self._locale, f"command.help.{key}", words=found[1], command=self.prog)
        self.exit(2, said + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    locale = _locale(arguments if arguments is not None else sys.argv[1:])
    parsed = _parser(locale).parse_args(arguments)
    call = Call(options=parsed, locale=locale, progress=reporter(locale))
    try:
        if call.warehouse.is_file():
            raise UsageError("usage_warehouse_file", file=call.warehouse)
        answer = COMMANDS[parsed.command].run(call)
        try:
            _print(answer, as_json=getattr(parsed, "json", False))
        except BrokenPipeError:  # the reader, `head` perhaps, has seen enough
            _print_nothing_more()
    except KayoiError as error:
        return _fail(error, locale)
    except (Exception, KeyboardInterrupt) as error:
        # A full disk and Ctrl-C are nobody's mistake: a sentence, not a traceback. A bug of ours is one.
        said = machine_error(error, call.warehouse)
        if said is None:
            raise
        return _fail(said, locale)
    return answer.exit_code


def _fail(error: KayoiError, locale: Locale) -> int:
    print(error.text(locale), file=sys.stderr)
    return error.exit_code


def _print_nothing_more() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    parser = _Parser(prog="python -m kayoi", description=translate(locale, "command.kayoi"), locale=locale)
    version = f"kayoi {kayoi.__version__}"
    parser.add_argument(
        "--version", action="version", version=version, help=translate(locale, "command.help.version")
    )
    listed = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        words = translate(locale, f"command.{name}")
        described = listed.add_parser(name, help=words, description=words, locale=locale)
        described.add_argument(
            "--warehouse",
            type=named_path,
            default=os.environ.get("KAYOI_WAREHOUSE") or "warehouse",
            metavar="DIR",
            help=translate(locale, "command.option.warehouse"),
        )
        described.add_argument("--lang", choices=["ja", "en"], help=translate(locale, "command.option.lang"))
        command.add_options(described, locale)
    return parser


if __name__ == "__main__":
    sys.exit(main())
