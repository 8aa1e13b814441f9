"""The process that parses foreign bytes: a child of it for each file, with limits, that ends with the file.

Started by `child.py` as `python -m kayoi.load.worker IN OUT`: two nameless files, shared with its parent.
A line of JSON comes in per file and its bytes stand in IN; lines of JSON go out and the columns stand in OUT.
It has nothing to lose: no key, no warehouse, no environment.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from typing import Any

from kayoi.errors import FileRefusedError
from kayoi.load.decode import outline_file, parse_file
from kayoi.load.layout import Layout, Wanted
from kayoi.load.wire import read_whole, send


def main() -> None:
    """Serve one request after the other until the parent closes the pipe or is gone."""
    source, target = int(sys.argv[1]), int(sys.argv[2])
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _serve(request, source, target)
        _, status, used = os.wait4(child, 0)
        peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        _say({"status": os.waitstatus_to_exitcode(status), "peak_bytes": peak})


def _serve(request: Mapping[str, Any], source: int, target: int) -> None:
    """Answer one request and end this process, however it goes."""
    code = 1
    try:
        _limit(request["limits"])
        _say(_answer(request, read_whole(source), target))
        code = 0
    finally:
        os._exit(code)


def _limit(limits: Mapping[str, Any]) -> None:
    """Bound what this process may take; the clock ends it without a word, whatever it is doing."""
    bounds = {
        resource.RLIMIT_AS: _held_bytes() + limits["memory"],
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_FSIZE: limits["file_bytes"],
        resource.RLIMIT_CORE: 0,
    }
    for what, most in bounds.items():
        _, allowed = resource.getrlimit(what)
        within = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (within, within))
    for number in (signal.SIGALRM, signal.SIGXFSZ, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits["seconds"])


def _held_bytes() -> int:
    """Return the address space in use, which the libraries took before any file was read."""
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123 - no path of ours
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:  # a system without /proc
        return 1024 * 1024 * 1024


def _answer(request: Mapping[str, Any], data: bytes, target: int) -> dict[str, Any]:
    wanted = [
        Wanted(tuple(map(tuple, one["required"])), tuple(one["known"]), one["least"])
        for one in request["wanted"]
    ]
    layout = Layout(**request["layout"])
    try:
        if request["what"] == "outline":
            return {"outline": outline_file(request["name"], data, wanted, layout)}
        sheet = parse_file(request["name"], data, request["table"], wanted, layout)
    except FileRefusedError as error:
        return {"refused": error.key.removeprefix("error."), "values": error.values}
    return {"sheet": send(sheet, target)}


def _say(answer: Mapping[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
