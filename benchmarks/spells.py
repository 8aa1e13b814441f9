"""Synthetic visits → spells, beside the time DuckDB needs just to sort the same rows. Prints one table.

    PYTHONPATH=. python benchmarks/spells.py        # 10,000,000 visits
    python benchmarks/spells.py --visits 1000000

The ratio is the figure: both are timed in turn, in one run, on the same rows and settings. Each runs in a
process of its own, whose peak memory is the operating system's. 5 % of the pairs (person × municipality)
carry enrollments or engagements; one record in seven continues a trip.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from kayoi import queries, rulesets
from kayoi.contract import TABLES, stored_columns
from kayoi.engine import Engine

SPELLS = "int_municipality_spells"


def main() -> None:
    """Generate once, then time sort, spells and regional spells in turn."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--visits", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory", default="8GB", help="memory_limit of DuckDB, the same for all")
    parser.add_argument("--do", choices=["sort", "spells", "regional"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.do:
        print(json.dumps(_timed(asked.do, asked.folder, asked.memory)))
        return
    with tempfile.TemporaryDirectory() as folder:
        _generate(Path(folder), asked.visits)
        print(f"{asked.visits:,} visits, duckdb {duckdb.__version__}, memory_limit {asked.memory}")
        taken: dict[str, list[dict[str, float]]] = {"sort": [], "spells": [], "regional": []}
        for _ in range(asked.runs):
            for what, results in taken.items():
                results.append(_in_a_process(what, Path(folder), asked.memory))
        _print(taken)


def _in_a_process(what: str, folder: Path, memory: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--do", what, "--folder", str(folder), "--memory", memory]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own file
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _timed(what: str, folder: Path, memory: str) -> dict[str, float]:
    """Time one thing on the generated rows, already in a table of the working file."""
    with tempfile.TemporaryDirectory(dir=folder) as work:
        engine = Engine.working(Path(work), rulesets.load(rulesets.DEFAULT).slots(), memory_limit=memory)
        for table in TABLES:
            found = folder / f"{table}.parquet"
            engine.expose(f"raw_{table}", [found] if found.exists() else [], stored_columns(table))
        rows = engine.rows("raw_visits")
        wanted = _tables_for(SPELLS)
        if what == "regional":
            for name in wanted:
                engine.create(name)
            engine.put("ref_groups", _no_groups(), {"group_id": "varchar", "municipality_code": "varchar"})
            engine.create("int_membership")
            wanted = ["int_regional_spells"]
        started, busy = time.perf_counter(), time.process_time()
        if what == "sort":
            engine.sort("raw_visits", ("person_key", "municipality_code", "arrived_on"))
        else:
            for name in wanted:
                engine.create(name)
        seconds, processor = time.perf_counter() - started, time.process_time() - busy
        made = engine.rows(wanted[-1]) if what != "sort" else rows
        engine.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {"seconds": seconds, "processor": processor, "peak_gib": peak, "rows": made}


def _tables_for(target: str) -> list[str]:
    """Return the queries between the loads and *target*, in build order."""
    wanted, open_ = set(), [target]
    while open_:
        name = open_.pop()
        if name not in wanted and not name.startswith(("raw_", "ref_")):
            wanted.add(name)
            open_ += queries.load(name).reads
    return list(queries.in_build_order(wanted))


def _no_groups() -> "object":
    import pandas as pd

    return pd.DataFrame({"group_id": [], "municipality_code": []})


def _generate(folder: Path, visits: int) -> None:
    """Write raw visits and ties: 3 visits for 2 pairs, one person in three in two places."""
    con = duckdb.connect()
    con.execute("select setseed(0.26)")
    con.execute(
        """
        create table pairs as
        select
            cast(hash(pair - cast(pair % 4 = 3 as integer)) as hugeint) % (1::hugeint << 62) as person,
            lpad(cast(1 + hash(pair * 7) % 47 as varchar), 2, '0')
                || lpad(cast(201 + hash(pair * 13) % 37 as varchar), 3, '0') as municipality_code,
            -- Heavy tail: three pairs in four come once, one in two hundred ten times or more.
            1 + cast(floor(0.35 * pow(random() + 1e-9, -0.62)) as integer) as trips,
            random() as tie
        from range($pairs) as numbers (pair)
        """,
        {"pairs": visits * 65 // 100},
    )
    con.execute(
        """
        create table records as
        select
            cast(person as bigint) as person_key,
            municipality_code,
            date '2022-04-01' + cast(floor(random() * 1640) as integer) as arrived_on,
            cast(floor(pow(random(), 3) * 4) as integer) as nights,
            random() < 0.155 as goes_on,
            tie
        from (select person, municipality_code, tie, unnest(range(trips)) as trip from pairs)
        """
    )
    con.execute(
        f"""
        copy (
            with every as (
                select person_key, municipality_code, arrived_on, arrived_on + nights as departed_on
                from records
                union all
                select person_key, municipality_code, arrived_on + nights + 1, arrived_on + nights + 1
                from records
                where goes_on
            )
            select
                person_key, municipality_code, arrived_on, departed_on,
                'leisure' as purpose,
                cast(case when hash(person_key) % 3 > 0 then 1000 + hash(arrived_on) % 50000 end as bigint)
                    as spend_yen,
                spend_yen as spend_low, spend_yen as spend_high,
                '13101' as home_municipality_code, 'アプリ' as source,
                row_number() over () as input_order
            from every
            limit {visits}
        ) to '{folder}/visits.parquet' (compression zstd)
        """  # noqa: S608 - numbers and a folder of our own
    )
    for table, day, kind, share in (
        ("engagements", "engaged_on", "kind", 0.03),
        ("enrollments", "started_on", "scheme", 0.05),
    ):
        values = "['contribution', 'participation', 'donation', 'work_onsite']"
        if table == "enrollments":
            values = "['furusato_basic', 'furusato_premium', 'dual_trial', 'dual_residence', 'fan_club']"
        low = 0.0 if table == "engagements" else 0.03
        con.execute(
            f"""
            copy (
                select
                    cast(person as bigint) as person_key, municipality_code,
                    date '2022-04-01' + cast(floor(random() * 1500) as integer) as {day},
                    {values}[1 + cast(floor(random() * len({values})) as integer)] as {kind},
                    row_number() over () as input_order
                from pairs
                where tie >= {low} and tie < {share}
            ) to '{folder}/{table}.parquet' (compression zstd)
            """  # noqa: S608
        )
    con.close()


def _print(taken: dict[str, list[dict[str, float]]]) -> None:
    print(f"{'':12}{'seconds':>24}{'cpu s':>9}{'peak GiB':>10}{'rows':>14}{'ratio to sort':>26}")
    for what, results in taken.items():
        seconds = [result["seconds"] for result in results]
        ratios = [one["seconds"] / sort["seconds"] for one, sort in zip(results, taken["sort"], strict=True)]
        print(
            f"{what:12}{_spread(seconds):>24}"
            f"{statistics.median(one['processor'] for one in results):>9.1f}"
            f"{max(one['peak_gib'] for one in results):>10.2f}{results[-1]['rows']:>14,.0f}"
            f"{_spread(ratios):>26}"
        )


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f}–{max(values):.1f})"


if __name__ == "__main__":
    main()
