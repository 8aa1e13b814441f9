"""Our end of the process that parses: limits, one request at a time, and a refusal where it died."""

import errno
import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, ClassVar, Final, Self

import pyarrow as pa

from kayoi.errors import FileRefusedError
from kayoi.load.sheet import Sheet
from kayoi.load.wire import received

_ROOT: Final = Path(__file__).parent.parent.parent
_MIB: Final = 1024 * 1024
_GRACE_SECONDS: Final = 10  # the system ends the child in time: only a worker that hangs itself needs this
_OUT_OF_TIME: Final = (-signal.SIGALRM, -signal.SIGXCPU)
_LONGEST_LINE: Final = 64 * _MIB


@dataclass(frozen=True)
class Limits:
    """What reading one file may take: memory and output in bytes, the processor's and the clock's seconds.

    Memory grows with the file, from the least to the most: a small file has no need of much.
    """

    least_memory: int = 320 * _MIB
    most_memory: int = 2048 * _MIB
    memory_per_byte: int = 14
    memory_per_packed_byte: int = 80
    cpu_seconds: int = 120
    seconds: float = 300
    file_bytes: int = 1024 * _MIB

    def of(self, suffix: str, size: int) -> dict[str, float]:
        """Return the limits of a file of *size* bytes; workbooks and Parquet are packed."""
        per_byte = self.memory_per_packed_byte if suffix in (".xlsx", ".parquet") else self.memory_per_byte
        return {
            "memory": min(self.most_memory, self.least_memory + per_byte * size),
            "cpu_seconds": self.cpu_seconds,
            "seconds": self.seconds,
            "file_bytes": self.file_bytes,
        }


@dataclass
class Worker:
    """The process that parses, and the two nameless files it shares with this one. One file at a time."""

    process: "subprocess.Popen[bytes]"
    source: IO[bytes]
    target: IO[bytes]
    owner: int
    peak_bytes: int = 0  # of the last file
    _said: bytearray = field(default_factory=bytearray)
    _busy: threading.Lock = field(default_factory=threading.Lock)

    _running: ClassVar["Worker | None"] = None
    _starting: ClassVar[threading.Lock] = threading.Lock()

    @classmethod
    def shared(cls) -> "Worker":
        """Return the worker of this process, started when first needed and again when it is gone."""
        with cls._starting:
            found = cls._running
            if found is None or found.owner != os.getpid() or found.process.poll() is not None:
                found = Worker._running = cls.start()
            return found

    @classmethod
    def start(cls) -> Self:
        """Start a worker that has neither our environment nor our open files but the two."""
        source, target = _nameless(), _nameless()
        shared = (source.fileno(), target.fileno())
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", "kayoi.load.worker", *map(str, shared)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=os.sep,  # there on every machine, also where the disk is full
            pass_fds=shared,
            start_new_session=True,
        )
        return cls(process, source, target, os.getpid())

    def end(self) -> None:
        """End the worker and its child. Nothing of ours waits for it."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def outline(self, request: Mapping[str, Any], data: bytes) -> list[dict[str, Any]]:
        """Return what the sheets of a file look like. Raises FileRefusedError."""
        with self._busy:
            found: list[dict[str, Any]] = self._answer({"what": "outline", **request}, data)["outline"]
            return found

    def sheet(self, request: Mapping[str, Any], data: bytes) -> Sheet:
        """Return the sheet of a file. Raises FileRefusedError."""
        with self._busy:
            answer = self._answer({"what": "sheet", **request}, data)
            try:
                return received(answer["sheet"], self.target.fileno())
            except (pa.ArrowException, ValueError, LookupError, TypeError) as error:
                raise FileRefusedError("file_not_readable", file=request["name"]) from error
            finally:
                os.ftruncate(self.target.fileno(), 0)

    def _answer(self, request: Mapping[str, Any], data: bytes) -> dict[str, Any]:
        self._put(data)
        answer = self._ask(request, request["limits"]["seconds"] + _GRACE_SECONDS)
        os.ftruncate(self.source.fileno(), 0)
        self.peak_bytes = answer.get("peak_bytes", 0)
        if "refused" in answer:
            raise FileRefusedError(answer["refused"], **answer["values"])
        if request["what"] not in answer:
            if answer.get("status") == -signal.SIGXFSZ and self._has_less_room(
                request["limits"]["file_bytes"]
            ):
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            is_late = answer.get("status") in _OUT_OF_TIME
            raise FileRefusedError("file_too_slow" if is_late else "file_not_readable", file=request["name"])
        return answer

    @staticmethod
    def _has_less_room(file_bytes: int) -> bool:
        """Tell whether this account may write less to a file than a sheet may take: not the file's fault."""
        soft, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
        return soft != resource.RLIM_INFINITY and soft < file_bytes

    def _put(self, data: bytes) -> None:
        os.ftruncate(self.source.fileno(), 0)
        os.ftruncate(self.target.fileno(), 0)
        os.lseek(self.target.fileno(), 0, os.SEEK_SET)
        whole = memoryview(data)
        place = 0
        while place < len(data):
            place += os.pwrite(self.source.fileno(), whole[place : place + 2**30], place)

    def _ask(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Send a request; return what the child said and how it ended. A silent worker is ended."""
        answer: dict[str, Any] = {}
        until = time.monotonic() + seconds
        try:
            if self.process.stdin is None:
                raise BrokenPipeError
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
            while "status" not in answer:
                answer |= json.loads(self._line(until))
        except (OSError, ValueError, TypeError) as error:
            self.end()
            return {"status": -signal.SIGALRM} if isinstance(error, TimeoutError) else {}
        except BaseException:  # Ctrl-C: what comes next must not read this file's answer
            self.end()
            raise
        return answer

    def _line(self, until: float) -> bytes:
        """Return the next line the worker says. Raises OSError where it ends or says nothing until then."""
        pipe = self.process.stdout
        if pipe is None:
            raise BrokenPipeError
        while (end := self._said.find(b"\n")) < 0:
            ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            piece = os.read(pipe.fileno(), _MIB)
            if not piece or len(self._said) > _LONGEST_LINE:
                raise BrokenPipeError
            self._said += piece
        line = bytes(self._said[:end])
        del self._said[: end + 1]
        return line


def _nameless() -> IO[bytes]:
    """Return a file that is in no folder; in memory where the system can, so that no row meets the disk."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("kayoi"), "w+b")
    return tempfile.TemporaryFile()


def _environment() -> dict[str, str]:
    """Return what the worker is told: where the program is, and to take one thread. No key, no token."""
    told = {
        "PATH": os.defpath,
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "2",
    }
    for name in ("TZ", "LANG", "LD_LIBRARY_PATH"):
        if name in os.environ:
            told[name] = os.environ[name]
    return told
