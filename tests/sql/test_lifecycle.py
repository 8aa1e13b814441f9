"""Who is new, stayed, came back, fell dormant; PostHog's cases, a day of theirs a year of ours.

PostHog (posthog/hogql_queries/insights/test/test_lifecycle_query_runner.py) asks on which days somebody was
active; here somebody is active on 31 December who came in that year.
"""

from datetime import date

import pytest

from tests.conftest import cells
from tests.sql.days import ask, trips

HERE = {
    "region_level": "municipality",
    "region_code": "20448",
    "segment_kind": "all",
    "segment_value": "all",
}
COVERED = "municipality_code | covered_from | covered_through\n20448 | 1990-01-01 | 2021-12-31"


def years(*numbers: int) -> list[str]:
    return [f"20{number:02}-12-31" for number in numbers]


# Days people were seen on; then, day by day from the first shown: new, returning, resurrecting, dormant.
PEERS = {
    "test_lifecycle_trend": (
        {"1": (11, 12, 13, 15, 17, 19), "2": (9, 12), "3": (12,), "4": (15,)},
        (12, 19),
        (
            [1, 0, 0, 1, 0, 0, 0, 0],
            [1, 1, 0, 0, 0, 0, 0, 0],
            [1, 0, 0, 1, 0, 1, 0, 1],
            [0, 2, 1, 0, 2, 0, 1, 0],
        ),
    ),
    "test_events_query_partial_range": (
        {"1": (11, 12, 13, 15, 17, 19), "2": (9, 12), "3": (12,), "4": (15,)},
        (11, 14),
        ([1, 1, 0, 0], [0, 1, 1, 0], [0, 1, 0, 0], [0, 0, 2, 1]),
    ),
}


@pytest.mark.parametrize("name", PEERS)
def test_it_counts_as_posthog_does(given, build, read, name):
    people, (first, last), expected = PEERS[name]
    given("raw_coverage", COVERED)
    given(
        "raw_visits",
        trips(
            "\n".join(
                f"{person} | 20448 | {' '.join(f'20{day:02}-07-01' for day in days)}"
                for person, days in people.items()
            )
        ),
    )
    ask(given, *years(*range(first, last + 1)))
    rows = read("lifecycle", **HERE, span="year", as_of=date(2000 + last, 12, 31))
    assert [row[0] for row in rows] == years(*range(first, last + 1))
    for column, counts in zip((1, 2, 3, 4), expected, strict=True):
        assert [int(row[column]) for row in rows] == counts


def test_months_go_from_month_end_to_month_end_and_the_logs_first_year_is_provisional(given, read):
    given(
        "mart_coverage",
        """
        region_level | region_code | as_of      | reach_on   | members_reporting | first_on
        municipality | 20448       | 2021-12-30 | 2021-12-30 | 1                 | 2021-01-01
        municipality | 20448       | 2021-12-31 | 2021-12-31 | 1                 | 2021-01-01
    """,
    )
    head = "region_level | region_code | as_of | reach_on | span | segment_kind | segment_value"
    here = "municipality | 20448 | 2021-12-31 | 2021-12-31"
    given(
        "mart_moves",
        f"""{head} | stage_from | stage_to | people
        {here} | month | all | all | none     | tourist  | 1
        {here} | month | all | all | interest | loyal    | 2
        {here} | month | all | all | none     | interest | 4
        {here} | month | all | all | loyal    | tourist  | 8
        {here} | month | all | all | dual     | settled  | 16
        {here} | month | all | all | dormant  | tourist  | 32
        {here} | month | all | all | dormant  | dormant  | 64
        {here} | month | all | all | related  | dormant  | 128
        {here} | year  | all | all | none     | tourist  | 256
        """,
    )
    assert read("lifecycle", **HERE, span="month", as_of=date(2021, 12, 31)) == cells("""
        2021-12-30 | 0 | 0  | 0  | 0   | 1 | provisional
        2021-12-31 | 3 | 24 | 32 | 128 | 1 | final
    """)
