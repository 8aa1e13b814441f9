"""Lets a spec draw first visitors of one municipality, and look at its cohorts."""

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from kayoi import queries
from tests.oracle.survival import COMPETED, REACHED, Person

HERE = {"region_level": "municipality", "region_code": "20448"}
AS_OF = date(2026, 3, 31)
CAME_ON = date(2022, 4, 1)
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2015-01-01   | 2026-03-31
"""


def entrants(*lines: str) -> str:
    """Return int_entries of `came_on | loyal_on | related_on | dual_on | settled_on | people`."""
    head = "region_level | region_code | speaks_from | is_early | came_on | loyal_on | related_on | dual_on"
    rows = [f"municipality | 20448 | 2026-03-31 | false | {line}" for line in lines]
    return "\n".join([f"{head} | settled_on | people", *rows])


def watch(house, people: Iterable[Person]) -> None:
    """Put people watched for so many days before AS_OF, towards `related`, as int_entries."""
    rows = []
    for days, outcome in people:
        # Who is censored came that many days ago; who is not came long enough ago to be seen to the end.
        came = AS_OF - timedelta(days) if outcome not in (REACHED, COMPETED) else CAME_ON
        ended = came + timedelta(days)
        climbed = ended if outcome == REACHED else None
        settled = ended if outcome == COMPETED else None
        rows.append(("municipality", "20448", AS_OF, came, False, climbed, climbed, None, settled, 1))
    columns = queries.load("int_entries").columns
    house.engine.put("int_entries", pd.DataFrame(rows, columns=list(columns), dtype=object), columns)
    house._given.add("int_entries")
    house.given("raw_coverage", COVERED)
    house.given("ask_days", "as_of | reach_on\n2026-03-31 | 2026-03-31")
