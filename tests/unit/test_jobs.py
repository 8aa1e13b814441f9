"""Work in a process of its own: watched, waited for, stopped at any moment."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kayoi import jobs
from kayoi.errors import UnknownJobError
from kayoi.jobs import Batch, Job, Upload, cancel, clean_name, list_jobs, read_job, start_build, start_load
from kayoi.load import list_loads, withdraw
from kayoi.warehouse import published_id
from tests.conftest import ROOT
from tests.unit.load_parts import KEY, load, write

VISITS = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2025-05-10
    p1        | 20448             | 2025-06-10
    p2        | 20202             | not a day
"""
PATIENCE_SECONDS = 60


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAYOI_KEY", KEY.decode())
    return tmp_path / "w"


def until(warehouse: Path, job_id: str, is_so: Callable[[Job], bool]) -> Job:
    """Look at a job until something holds of it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so(job := read_job(warehouse, job_id)):
        assert time.monotonic() < deadline, job
        select.select([], [], [], 0.05)
    return job


def ended(warehouse: Path, job: Job) -> Job:
    return until(warehouse, job.job_id, lambda one: one.has_ended)


def uploaded(warehouse: Path, tmp_path: Path, drawn: str = VISITS, name: str = "visits.csv") -> list[Batch]:
    """Put a file where uploads are put."""
    inbox = warehouse / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    path = write(tmp_path, name, drawn).rename(inbox / "0123abcd")
    return [Batch([Upload(path, name)])]


def test_a_job_loads_and_builds_and_tells_what_it_did(warehouse, tmp_path):
    job = ended(warehouse, start_load(warehouse, uploaded(warehouse, tmp_path), then_build=True))
    assert (job.state, job.kinds, job.error) == ("done", ("load", "build"), {})
    assert [job.result["load"][name] for name in ("read", "accepted", "duplicate", "rejected")] == [
        3,
        2,
        0,
        1,
    ]
    assert job.result["load"]["files"][0]["file"] == "visits.csv"
    assert job.result["build"]["snapshot_id"] == published_id(warehouse)
    assert list((warehouse / "inbox").iterdir()) == []
    assert [one.job_id for one in list_jobs(warehouse)] == [job.job_id]


def test_a_trial_tells_the_same_stores_nothing_and_leaves_the_upload_for_the_load(warehouse, tmp_path):
    batches = uploaded(warehouse, tmp_path)
    job = ended(warehouse, start_load(warehouse, batches, dry_run=True))
    assert job.state == "done"
    assert [job.result["try"][name] for name in ("read", "accepted", "rejected")] == [3, 2, 1]
    assert [row["value"] for row in job.result["try"]["rejects"]] == ["not a day"]
    assert sorted(path.name for path in warehouse.iterdir()) == ["inbox", "jobs"]
    assert ended(warehouse, start_load(warehouse, batches)).state == "done"


def test_what_is_refused_is_said_in_both_languages(warehouse, tmp_path):
    job = ended(warehouse, start_load(warehouse, uploaded(warehouse, tmp_path, "a | b\n1 | 2")))
    assert job.state == "refused"
    assert job.error["ja"] != job.error["en"]
    assert "visits.csv" in job.error["ja"]
    assert list_loads(warehouse) == ()


def test_a_mapping_may_be_given_as_its_text(warehouse, tmp_path):
    toml = (
        'id = "m"\nversion = "1"\ntable = "visits"\n[name]\nja = "例"\nen = "example"\n'
        '[columns]\nperson_id = "人"\nmunicipality_code = "町"\narrived_on = "日"\n'
    )
    [batch] = uploaded(warehouse, tmp_path, "人 | 町 | 日\np1 | 20448 | 2025-06-01", "来訪記録.csv")
    job = ended(warehouse, start_load(warehouse, [Batch(batch.files, mapping_toml=toml)]))
    assert (job.state, job.result.get("load", {}).get("accepted")) == ("done", 1), job.error


def test_a_withdrawal_and_a_return_are_jobs_too(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS), write(tmp_path, "visits_2.csv", VISITS))
    load(warehouse, write(tmp_path, "visits_3.csv", VISITS.replace("p1", "p7")))
    assert ended(warehouse, jobs.start_withdraw(warehouse, 2, why="試し")).state == "done"
    assert [one.load_id for one in list_loads(warehouse)] == [1]
    assert ended(warehouse, jobs.start_restore(warehouse, 2)).state == "done"
    assert [one.load_id for one in list_loads(warehouse)] == [1, 2]
    assert ended(warehouse, jobs.start_withdraw(warehouse, 9)).state == "refused"


HOLD = """
import sys
from pathlib import Path
from kayoi.lock import writing
with writing(Path(sys.argv[1]), doing="build"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(warehouse):
    """Another process that writes until its input is closed."""
    words = [sys.executable, "-c", HOLD, str(warehouse)]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        yield other
        if not other.stdin.closed:
            other.stdin.close()


def test_a_job_waits_for_the_writer_before_it(warehouse, tmp_path, held):
    load_job = start_load(warehouse, uploaded(warehouse, tmp_path))
    told = warehouse / "jobs" / load_job.job_id / "progress.jsonl"
    until(warehouse, load_job.job_id, lambda one: told.exists() and b'"holder"' in told.read_bytes())
    waiting = read_job(warehouse, load_job.job_id)
    assert (waiting.state, waiting.seconds_left) == ("waiting", None)
    assert json.loads(told.read_bytes().splitlines()[-1])["holder"]["doing"] == "build"
    held.stdin.close()
    assert ended(warehouse, load_job).state == "done"


def test_a_job_that_is_cancelled_changes_nothing_and_the_next_one_works(warehouse, tmp_path, held):
    batches = uploaded(warehouse, tmp_path)
    job = cancel(warehouse, start_load(warehouse, batches).job_id)
    assert job.state == "cancelled"
    assert list_loads(warehouse) == ()
    held.stdin.close()
    held.wait()
    assert ended(warehouse, start_load(warehouse, batches, then_build=True)).state == "done"


def test_cancelling_what_has_ended_changes_nothing(warehouse, tmp_path):
    job = ended(warehouse, start_load(warehouse, uploaded(warehouse, tmp_path)))
    assert cancel(warehouse, job.job_id) == job


def test_a_job_whose_process_was_killed_has_died_and_says_so(warehouse, tmp_path, held):
    job = start_load(warehouse, uploaded(warehouse, tmp_path))
    os.killpg(int((warehouse / "jobs" / job.job_id / "pid").read_text()), signal.SIGKILL)
    assert ended(warehouse, job).state == "died"


STARTS = """
import sys
from pathlib import Path
from kayoi.jobs import start_build
print(start_build(Path(sys.argv[1])).job_id)
"""


def test_a_job_outlives_the_process_that_started_it(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS))
    words = [sys.executable, "-c", STARTS, str(warehouse)]
    started = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    job = until(warehouse, started.stdout.strip(), lambda one: one.has_ended)
    assert (job.state, job.result["build"]["visits"]) == ("done", 2)


def test_a_running_build_says_how_far_it_is(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS))
    job = ended(warehouse, start_build(warehouse))
    assert (job.step, job.done) == ("seal", job.total)
    told = (warehouse / "jobs" / job.job_id / "progress.jsonl").read_text().splitlines()
    assert {json.loads(line)["step"] for line in told} >= {"build", "people", "measure", "seal"}


@pytest.mark.parametrize("name", ["", "..", "../../etc", "20250101T000000000000-abcdef", "x/y"])
def test_what_is_no_job_is_unknown(warehouse, name):
    with pytest.raises(UnknownJobError):
        read_job(warehouse, name)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("visits.csv", "visits.csv"),
        ("来訪（9月）.xlsx", "来訪（9月）.xlsx"),
        ("../../evil\u202egpj.csv\0", "evilgpj.csv"),
        ("C:\\Users\\x\\visits.csv", "visits.csv"),
        (".hidden.csv", "hidden.csv"),
        ("/", "file"),
        ("a" * 300 + ".csv", "a" * 80 + ".csv"),
    ],
)
def test_the_name_of_an_upload_leads_nowhere(name, clean):
    assert clean_name(name) == clean


def test_a_withdrawn_load_is_not_in_a_later_build(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS))
    load(warehouse, write(tmp_path, "visits_2.csv", VISITS.replace("p1", "p5")))
    withdraw(warehouse, 1)
    job = ended(warehouse, start_build(warehouse))
    assert job.result["build"]["visits"] == 2


def test_of_jobs_begun_in_the_same_second_the_last_begun_is_the_latest(warehouse, tmp_path):
    load(warehouse, write(tmp_path, "visits.csv", VISITS))
    begun = [start_build(warehouse).job_id for _ in range(4)]
    for job_id in begun:
        cancel(warehouse, job_id)
    assert [job.job_id for job in list_jobs(warehouse)] == begun[::-1]
