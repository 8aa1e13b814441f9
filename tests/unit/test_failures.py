"""What the machine does is said in a sentence; a bug of ours is not."""

import errno
from pathlib import Path

import duckdb
import pytest

from kayoi.errors import MachineError, StoppedError
from kayoi.failures import machine_error

PLACE = Path("warehouse")
SAID = {
    "error.machine_disk_full": (
        OSError(errno.ENOSPC, "No space left on device", "work.duckdb"),
        OSError(errno.EFBIG, "File too large"),
        duckdb.IOException("IO Error: Could not write file: No space left on device"),
        duckdb.OutOfMemoryException("failed to offload data block (max_temp_directory_size)"),
    ),
    "error.machine_denied": (
        PermissionError(errno.EACCES, "Permission denied", "out.csv"),
        OSError(errno.EROFS, "Read-only file system"),
        duckdb.IOException("IO Error: Cannot open file: Permission denied"),
    ),
    "error.machine_memory": (MemoryError(), duckdb.OutOfMemoryException("Out of Memory Error: 1 GB")),
    "error.machine_input_output": (
        OSError(errno.EIO, "Input/output error"),
        duckdb.IOException("IO Error: Could not read"),
    ),
    "error.stopped": (
        KeyboardInterrupt(),
        RuntimeError("Query interrupted"),
        duckdb.InterruptException("INTERRUPT Error: Interrupted!"),
    ),
}


@pytest.mark.parametrize("error", [one for errors in SAID.values() for one in errors], ids=repr)
def test_each_failure_has_its_sentence_in_both_languages(error):
    said = machine_error(error, PLACE)
    assert said is not None
    assert error in SAID[said.key]
    assert said.text("ja") != said.text("en")
    assert said.exit_code == (130 if isinstance(said, StoppedError) else 1)


@pytest.mark.parametrize(
    "error", [KeyError("x"), RuntimeError("x"), duckdb.BinderException("x"), duckdb.CatalogException("x")]
)
def test_a_bug_of_ours_is_not_excused(error):
    assert machine_error(error, PLACE) is None


def test_clearing_up_that_fails_too_does_not_hide_the_full_disk():
    try:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        finally:
            raise duckdb.CatalogException("no database is attached")
    except duckdb.Error as error:
        said = machine_error(error, PLACE)
    assert said is not None
    assert said.key == "error.machine_disk_full"


def test_a_bug_while_a_failure_is_handled_stays_a_bug():
    try:
        try:
            raise OSError(errno.ENOSPC, "No space left on device")
        finally:
            raise KeyError("x")
    except KeyError as error:
        assert machine_error(error, PLACE) is None


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EACCES, "Permission denied", "/w/.draft-1"),
        OSError(errno.ENAMETOOLONG, "File name too long", "/w/.draft-1"),
        duckdb.IOException('IO Error: Cannot open file "/w/.draft-1": No such file or directory'),
        duckdb.IOException('IO Error: Could not write file "/w/.draft-1": No space left on device'),
    ],
    ids=repr,
)
def test_the_file_the_reader_named_is_said_and_no_draft_of_ours(error):
    said = machine_error(error, Path("mine.csv"))
    assert isinstance(said, MachineError)
    for locale in ("ja", "en"):
        assert "mine.csv" in said.text(locale)
        assert ".draft" not in said.text(locale)
