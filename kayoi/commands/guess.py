"""`guess FILE`: what a file seems to hold, what that rests on, and a mapping to review. Loads nothing."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from kayoi.commands.call import Answer, Call, Command, add_json, named_path
from kayoi.contract import TABLES
from kayoi.errors import UsageError
from kayoi.i18n import Locale, translate
from kayoi.load.guess import ColumnGuess, Guess, guess_sheet, guess_toml
from kayoi.load.mapping import Source
from kayoi.load.reader import read_bytes, read_sheet


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "file", type=named_path, metavar="FILE", help=translate(locale, "command.option.guess_file")
    )
    parser.add_argument(
        "--out", type=named_path, metavar="MAPPING.toml", help=translate(locale, "command.option.guess_out")
    )
    parser.add_argument(
        "--table",
        choices=list(TABLES),
        metavar="TABLE",
        help=translate(locale, "command.option.guess_table"),
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help=translate(locale, "command.option.guess_set"),
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    path: Path = call.options.file
    constants = _constants(call.options.set)
    sheet = read_sheet(path, read_bytes(path), call.options.table)
    guess = guess_sheet(sheet, table=call.options.table)
    lines = _lines(call, path.name, guess, constants)
    written = None
    if call.options.out is not None:
        if guess.table is None:
            return Answer("\n".join(lines), _data(call, path.name, guess, None), exit_code=1)
        mapping = guess.mapping(
            call.options.out.stem, name_ja=path.stem, name_en=path.stem, constants=constants
        )
        call.options.out.write_text(guess_toml(mapping, guess, call.locale), encoding="utf-8")
        written = str(call.options.out)
        lines += ["", call.say("command.guess.written", out=written, warehouse=call.warehouse, file=path)]
    return Answer("\n".join(lines), _data(call, path.name, guess, written), exit_code=0 if guess.table else 1)


def _constants(words: Sequence[str]) -> dict[str, str]:
    pairs = [word.partition("=") for word in words]
    for column, sign, value in pairs:
        if not (column and sign and value):
            raise UsageError("usage_guess_set", text=column)
    return {column.strip(): value.strip() for column, _, value in pairs}


def _lines(call: Call, file: str, guess: Guess, constants: dict[str, str]) -> list[str]:
    because = "、".join(one.text(call.locale) for one in guess.because)
    if guess.table is None:
        return [call.say("command.guess.nothing", file=file, because=because)]
    named = call.say(f"table.{guess.table}")
    lines = [
        call.say(
            "command.guess.table",
            file=file,
            table=guess.table,
            named=named,
            confidence=f"{guess.confidence:.0%}",
        ),
        f"  {because}",
    ]
    if guess.other_tables:
        lines.append("  " + call.say("command.guess.others", tables="、".join(guess.other_tables)))
    lines.append("")
    for one in guess.columns:
        lines.append(f"{one.column}  ←  {_shown(call, one.source)}  ({one.confidence:.0%})")
        lines += [f"    {because.text(call.locale)}" for because in one.because]
        if one.alternatives:
            lines.append(
                "    " + call.say("command.guess.alternatives", headings="、".join(one.alternatives))
            )
    for target in guess.also:
        lines.append(call.say("command.guess.also", table=target.table, columns="、".join(target.columns)))
    for column in guess.lacking:
        key = "told" if column in constants else "lacking"
        lines.append(call.say(f"command.guess.{key}", column=column, value=constants.get(column, "")))
    lines += [f"! {one.because.text(call.locale)}" for one in guess.blocked]
    if guess.unused:
        lines.append(call.say("command.guess.unused", headings="、".join(guess.unused)))
    return lines


def _shown(call: Call, source: Source) -> str:
    if source.constant is not None:
        return call.say("command.guess.constant", value=source.constant)
    return " + ".join(source.reads or source.either)


def _data(call: Call, file: str, guess: Guess, written: str | None) -> dict[str, object]:
    return {
        "file": file,
        "table": guess.table,
        "confidence": guess.confidence,
        "because": [one.text(call.locale) for one in guess.because],
        "needs_mapping": guess.needs_mapping,
        "mapping_id": guess.mapping_id,
        "columns": [_column(call, one) for one in guess.columns],
        "also": [{"table": one.table, "columns": list(one.columns)} for one in guess.also],
        "lacking": list(guess.lacking),
        "blocked": [
            {"heading": one.heading, "because": one.because.text(call.locale)} for one in guess.blocked
        ],
        "unused": list(guess.unused),
        "other_tables": list(guess.other_tables),
        "written": written,
    }


def _column(call: Call, one: ColumnGuess) -> dict[str, object]:
    return {
        "column": one.column,
        "headings": list(one.source.reads),
        "value": one.source.constant,
        "confidence": one.confidence,
        "because": [because.text(call.locale) for because in one.because],
        "alternatives": list(one.alternatives),
    }


COMMAND = Command(_add_options, _run)
