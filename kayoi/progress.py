"""Progress of long work: a line on a terminal, nothing in a pipe."""

import sys
import time
from collections.abc import Callable
from typing import Final, TextIO

from kayoi.i18n import Locale, translate

_EVERY_SECONDS: Final = 0.1


def reporter(locale: Locale, stream: TextIO = sys.stderr) -> Callable[[str, int, int], None]:
    """Return a function (step, done, total) that keeps one line of *stream* up to date."""
    if not stream.isatty():
        return lambda _step, _done, _total: None
    started = time.monotonic()
    shown_at = [0.0]

    def report(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        is_last = done >= total
        if not is_last and now - shown_at[0] < _EVERY_SECONDS:
            return
        shown_at[0] = now
        key = f"progress.{step}"
        words = translate(locale, key) if step in _STEPS else step
        line = translate(
            locale, "progress.line", step=words, done=done, total=total, seconds=int(now - started)
        )
        stream.write(f"\r\x1b[K{line}" + ("\n" if is_last else ""))
        stream.flush()

    return report


_STEPS: Final = ("people", "measure", "seal")
