"""`rejects --load N --out FILE`: the rows a load refused, with the reasons, to mend and load again."""

import argparse

from kayoi import keys
from kayoi.commands.call import Answer, Call, Command, add_json, named_path
from kayoi.durable import write_whole
from kayoi.errors import UnknownLoadError, UsageError
from kayoi.i18n import Locale, translate
from kayoi.load import FileReconciliation, list_loads, rejects_to_mend


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "--load",
        type=int,
        required=True,
        dest="load_id",
        metavar="N",
        help=translate(locale, "command.option.load_id"),
    )
    parser.add_argument("--file", metavar="NAME", help=translate(locale, "command.option.rejects_file"))
    parser.add_argument(
        "--out", type=named_path, required=True, metavar="FILE", help=translate(locale, "command.option.out")
    )
    parser.add_argument(
        "--key-file", type=named_path, metavar="FILE", help=translate(locale, "command.option.key_file")
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    out = call.options.out
    if out.suffix != ".csv":
        raise UsageError("rejects_suffix", file=out.name)
    if not out.parent.is_dir():
        raise UsageError("export_folder", folder=out.parent)
    file = _chosen(call)
    key = keys.key_for(call.warehouse, call.options.key_file)
    mending = rejects_to_mend(call.warehouse, file.load_id, file.file_no, key=key, locale=call.locale)
    # raw ids of people stand in it: for nobody but who asked
    write_whole(out, [mending.csv_bytes()], mode=0o600)
    text = call.say("command.rejects.done", rows=f"{len(mending.rows):,}", file=out, source=file.file)
    return Answer(text, {"rows": len(mending.rows), "file": str(out), "source": file.file})


def _chosen(call: Call) -> FileReconciliation:
    """Return the file meant: the one named, or the only one with refused rows."""
    wanted = call.options
    load = next((one for one in list_loads(call.warehouse) if one.load_id == wanted.load_id), None)
    if load is None:
        raise UnknownLoadError("load_unknown", load=wanted.load_id)
    files = [one for one in load.files if one.rejected and wanted.file in (None, one.file)]
    if not files:
        raise UsageError("rejects_none", load=wanted.load_id)
    if len(files) > 1:
        raise UsageError("rejects_which", files="、".join(one.file for one in files))
    return files[0]


COMMAND = Command(_add_options, _run)
