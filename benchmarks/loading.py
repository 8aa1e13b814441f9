"""A synthetic CP932 file → a load, beside the time pandas needs just to parse it. Prints one table.

    PYTHONPATH=. python benchmarks/loading.py        # 1,000,000 rows of 12 columns
    PYTHONPATH=. python benchmarks/loading.py --rows 100000

The ratio is the figure: both are timed in turn, in one run, on the same file. Each runs in a process of its
own; the peak memory of a load is that of the load and of the process that parses for it. One row in a hundred
has a fault: a day that does not exist, an unknown place, no id, a cell too many, an end before the beginning.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from kayoi.load import load_files
from kayoi.load.child import Worker

HEADINGS = (
    "person_id,municipality_code,arrived_on,departed_on,visit_id,purpose,spend_yen,"
    "home_municipality_code,program_id,organization_id,source,備考"
)
PLACES = ("20448", "204480", "長野県生坂村", "1633", "26213", "北海道上士幌町", "37406", "03211")
PURPOSES = ("観光", "帰省", "ワーケーション", "参加・交流", "")
SPENDS = ("１２，０００円", "5,000円以上 10,000円未満", "3000", "-", "")
NOTES = ("", "", "", "次回は家族と", "温泉を～①利用、髙橋旅館")
FAULTS = ("day", "place", "person", "cells", "period")


def main() -> None:
    """Generate once, then time both in turn."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--do", choices=["pandas", "load"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.do:
        print(json.dumps(_timed(asked.do, asked.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "visits.csv"
        _generate(file, asked.rows)
        print(f"{asked.rows:,} rows of 12 columns, CP932, {file.stat().st_size / 2**20:.0f} MiB")
        taken: dict[str, list[dict[str, float]]] = {"pandas": [], "load": []}
        for _ in range(asked.runs):
            for what, results in taken.items():
                results.append(_in_a_process(what, file))
        _print(taken)


def _in_a_process(what: str, file: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--do", what, "--file", str(file)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own file
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _timed(what: str, file: Path) -> dict[str, float]:
    child = 0.0
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        started = time.perf_counter()
        if what == "pandas":
            # text, as the load reads it; the rows with a cell too many are left out
            frame = pd.read_csv(file, encoding="cp932", dtype=str, keep_default_na=False, on_bad_lines="skip")
            rows, rejected = len(frame), 0
        else:
            [loaded] = load_files(Path(folder) / "w", [file], key=b"a key for benchmarks")
            rows, rejected = loaded.read, loaded.rejected
            child = Worker.shared().peak_bytes / 2**30
        seconds = time.perf_counter() - started
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {"seconds": seconds, "own_gib": own, "child_gib": child, "rows": rows, "rejected": rejected}


def _generate(file: Path, rows: int) -> None:
    chance = random.Random(26)
    with file.open("w", encoding="cp932", newline="") as out:
        out.write(HEADINGS + "\r\n")
        for number in range(rows):
            out.write(_row(chance, number) + "\r\n")


def _row(chance: random.Random, number: int) -> str:
    fault = chance.choice(FAULTS) if chance.random() < 0.01 else ""
    year, month, day = chance.randint(2022, 2025), chance.randint(1, 12), chance.randint(1, 26)
    nights = chance.choice((0, 0, 1, 2)) * (-1 if fault == "period" else 1) - (fault == "period")
    written = (f"{year}-{month:02d}-{day:02d}", f"{year}/{month}/{day}", f"R{year - 2018}.{month}.{day}")
    arrived = "2025-02-30" if fault == "day" else chance.choice(written)
    departed = "" if fault == "day" else f"{year}-{month:02d}-{day + nights:02d}" if day + nights else ""
    if fault == "period" and day + nights < 1:
        departed = f"{year - 1}-12-31"
    cells = [
        "" if fault == "person" else f"会員{chance.randint(1, rows_of_people(number)):07d}",
        "どこか" if fault == "place" else chance.choice(PLACES),
        arrived,
        departed,
        f"v{number}",
        chance.choice(PURPOSES),
        chance.choice(SPENDS),
        chance.choice(PLACES),
        chance.choice(("", "", "p1", "p2")),
        "",
        chance.choice(("宿泊", "アプリ")),
        chance.choice(NOTES),
    ]
    quoted = [f'"{cell}"' if "," in cell else cell for cell in cells]
    return ",".join(quoted + ["余り"] * (fault == "cells"))


def rows_of_people(number: int) -> int:
    """Return how many people there are by row *number*: three rows a person."""
    return max(1, number // 3)


def _print(taken: dict[str, list[dict[str, float]]]) -> None:
    """Print the medians, with the load beside its yardstick."""
    yardstick = statistics.median(one["seconds"] for one in taken["pandas"])
    for what, results in taken.items():
        seconds = statistics.median(one["seconds"] for one in results)
        own = max(one["own_gib"] for one in results)
        child = max(one["child_gib"] for one in results)
        rows, rejected = int(results[0]["rows"]), int(results[0]["rejected"])
        print(
            f"{what:7} {seconds:6.1f} s  {seconds / yardstick:4.1f} × pandas  peak {own:.1f} GiB"
            f" + {child:.1f} GiB where it is parsed  {rows:,} rows, {rejected:,} rejected"
        )


if __name__ == "__main__":
    main()
