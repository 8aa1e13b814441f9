"""`doctor`: check the installation, the data and the published snapshot, and say what to mend."""

import argparse
import importlib.metadata
import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

from kayoi import keys
from kayoi.access import Scope
from kayoi.commands.call import Answer, Call, Command, add_json, named_path
from kayoi.errors import KayoiError, KeyMaterialError
from kayoi.i18n import Locale, translate
from kayoi.load import LateEnd, damaged_loads, ends_after, history, list_loads, originals, today
from kayoi.load.recovery import leftovers
from kayoi.lock import holder
from kayoi.warehouse import damaged_files, manifest_of, open_snapshot, published_id, snapshot_ids

_REQUIREMENTS = Path(__file__).parent.parent.parent / "requirements.txt"
_LEAST_FREE_BYTES = 2 * 2**30
_MOST_LISTED = 10


def _add_options(parser: argparse.ArgumentParser, locale: Locale) -> None:
    parser.add_argument(
        "--key-file", type=named_path, metavar="FILE", help=translate(locale, "command.option.key_file")
    )
    add_json(parser, locale)


def _run(call: Call) -> Answer:
    findings = [finding for check in _CHECKS for finding in check(call)]
    is_well = all(is_good for is_good, _ in findings)
    lines = [("✓ " if is_good else "✗ ") + words for is_good, words in findings]
    lines.append(call.say("command.doctor.well" if is_well else "command.doctor.ill"))
    data = {"is_well": is_well, "checks": [{"is_good": good, "text": words} for good, words in findings]}
    return Answer("\n".join(lines), data, 0 if is_well else 1)


def _installation(call: Call) -> list[tuple[bool, str]]:
    python = ".".join(map(str, sys.version_info[:3]))
    findings = [(sys.version_info >= (3, 11), call.say("command.doctor.python", version=python))]
    for line in _REQUIREMENTS.read_text(encoding="utf-8").splitlines():
        name, pinned, version = line.partition("==")
        if not pinned:
            continue
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = "-"
        if installed != version:
            findings.append(
                (False, call.say("command.doctor.package", name=name, installed=installed, wanted=version))
            )
    return findings


def _room(call: Call) -> list[tuple[bool, str]]:
    folder = call.warehouse if call.warehouse.exists() else call.warehouse.absolute().parent
    if not folder.exists():
        return [(False, call.say("command.doctor.no_warehouse", warehouse=call.warehouse))]
    free = shutil.disk_usage(folder).free
    size = f"{free / 2**30:.1f}"
    return [(free >= _LEAST_FREE_BYTES, call.say("command.doctor.free", size=size))]


def _key(call: Call) -> list[tuple[bool, str]]:
    findings = []
    beside = call.options.key_file or keys.key_file_beside(call.warehouse)
    is_in_file = not os.environ.get(keys.ENVIRONMENT_VARIABLE) and beside.exists()
    if is_in_file and keys.is_exposed(beside):
        findings.append((False, call.say("command.doctor.key_exposed", file=beside)))
    try:
        known = keys.bound_fingerprint(call.warehouse)
        # what the next load will ask for; without a load there is nothing it must fit
        if known is not None:
            key = keys.key_for(call.warehouse, call.options.key_file)
            if keys.fingerprint(key) != known:
                raise KeyMaterialError("key_other", warehouse=call.warehouse.name)
    except KeyMaterialError as error:
        return [*findings, (False, error.text(call.locale))]
    if is_in_file and not findings:
        findings.append((True, call.say("command.doctor.key", file=beside)))
    return findings


def _loads(call: Call) -> list[tuple[bool, str]]:
    damaged = damaged_loads(call.warehouse)
    if damaged:
        return [(False, error.text(call.locale)) for error in damaged[:_MOST_LISTED]]
    loads = list_loads(call.warehouse)
    if not loads:
        return [(False, call.say("error.no_loads", folder=call.warehouse))]
    files = [file for load in loads for file in load.files]
    read = sum(file.read for file in files)
    kept = sum(file.accepted + file.duplicate + file.rejected for file in files)
    rejected = sum(file.rejected for file in files)
    counted = call.say("command.doctor.loads", loads=len(loads), read=f"{read:,}", rejected=f"{rejected:,}")
    late = ends_after(loads, today())
    return [
        (read == kept, counted),
        *_withdrawn(call),
        *_originals(call),
        *((False, _late(call, end)) for end in late[:_MOST_LISTED]),
    ]


def _withdrawn(call: Call) -> list[tuple[bool, str]]:
    away = [one for one in history(call.warehouse) if one.kind == "load" and one.state != "counts"]
    if not away:
        return []
    back = sum(one.state == "withdrawn" for one in away)
    return [(True, call.say("command.doctor.withdrawn", count=len(away), back=back))]


def _originals(call: Call) -> list[tuple[bool, str]]:
    kept = originals.kept(call.warehouse)
    if not kept:
        return []
    size = f"{sum(one.size for one in kept) / 2**20:,.1f}"
    words = {"files": len(kept), "size": size, "oldest": kept[0].kept_on.isoformat()}
    try:
        days = originals.days_kept(call.warehouse)
    except KeyMaterialError:
        return []  # said of the key already
    return [(True, call.say("command.doctor.originals", days=days, **words))]


def _unfinished(call: Call) -> list[tuple[bool, str]]:
    """Say who is writing; where nobody is, what a writer that was killed left behind."""
    busy = holder(call.warehouse)
    if busy is not None:
        since = f"{datetime.fromisoformat(busy.since).astimezone():%Y-%m-%d %H:%M}"
        return [(True, call.say("command.doctor.busy", who=busy.who, doing=busy.doing, since=since))]
    left = leftovers(call.warehouse)
    if not left:
        return []
    works = ", ".join(sorted({one.work for one in left}))
    return [(True, call.say("command.doctor.leftovers", count=len(left), works=works))]


def _late(call: Call, end: LateEnd) -> str:
    key = "command.doctor.future_declared" if end.is_declared else "command.doctor.future_rows"
    return call.say(key, municipality=end.municipality_code, day=end.last_on.isoformat())


def _snapshot(call: Call) -> list[tuple[bool, str]]:
    try:
        snapshot_id = published_id(call.warehouse)
        damaged = damaged_files(call.warehouse, snapshot_id)
    except KayoiError as error:
        return [(False, error.text(call.locale)), *_shown_instead(call)]
    if damaged:
        listed = [
            (False, call.say("error.snapshot_damaged", snapshot=snapshot_id, file=name))
            for name in damaged[:_MOST_LISTED]
        ]
        return [*listed, *_shown_instead(call)]
    findings = [(True, call.say("command.doctor.snapshot", snapshot=snapshot_id))]
    for older in snapshot_ids(call.warehouse):
        if older < snapshot_id and (wrong := _damage(call.warehouse, older)):
            findings.append((True, call.say("command.doctor.older", snapshot=older, file=wrong)))
    return findings + _stale(call, snapshot_id)


def _shown_instead(call: Call) -> list[tuple[bool, str]]:
    """Say which snapshot readers are shown while the published one is damaged."""
    try:
        shown = open_snapshot(call.warehouse, Scope())
    except KayoiError:
        return []
    shown.close()
    if not shown.instead_of:
        return []
    words = {"damaged": shown.instead_of, "shown": shown.snapshot_id}
    return [(False, call.say("command.doctor.fallback", **words))]


def _damage(folder: Path, snapshot_id: str) -> str:
    try:
        return next(iter(damaged_files(folder, snapshot_id)), "")
    except KayoiError:
        return "manifest.json"


def _stale(call: Call, snapshot_id: str) -> list[tuple[bool, str]]:
    try:
        loads = [load.load_id for load in list_loads(call.warehouse)]
    except KayoiError:
        return []  # said above
    built = manifest_of(call.warehouse, snapshot_id).get("loads")
    return [] if built == loads else [(True, call.say("command.doctor.stale"))]


_CHECKS = (_installation, _room, _key, _unfinished, _loads, _snapshot)
COMMAND = Command(_add_options, _run)
