"""How far the people of one year's first visits got, with unfinished observation left unfinished."""

import math
from datetime import date, timedelta
from random import Random

import pandas as pd
import pytest

from kayoi import queries

AS_OF = date(2026, 3, 31)
REGION = {"region_level": "municipality", "region_code": "20448", "as_of": AS_OF}
COLUMNS = "region_level | region_code | person_key | stage | valid_from | valid_to"


def drawn(*rows: str) -> str:
    return "\n".join([COLUMNS, *(f"municipality | 20448 | {row}" for row in rows)])


def rates(read, within: int, stage: str) -> list[str | None]:
    found = [row for row in read("cohort_reach", **REGION) if row[1] == stage and row[2] == str(within)]
    (row,) = found
    return row


def test_somebody_still_watched_is_no_failure(given, read):
    # Of four people one reached it on day 100, when three were still watched: 1 - 2/3, not 1/4.
    given(
        "stage_spells",
        drawn(
            "1 | tourist | 2023-04-01 | 2023-07-10",
            "1 | loyal   | 2023-07-10 |",
            "2 | tourist | 2023-04-01 |",
            "3 | tourist | 2023-04-01 |",
            "4 | tourist | 2023-04-01 | 2023-05-01",
        ),
    )
    row = rates(read, 365, "loyal")
    assert row[:6] == ["2023", "loyal", "365", "4", "3", "1"]
    assert float(row[6]) == pytest.approx(1 / 3)


def test_a_rate_is_not_given_where_nobody_is_watched_for_so_long(given, read):
    given("stage_spells", drawn("1 | tourist | 2025-05-01 |", "2 | loyal | 2025-05-01 |"))
    assert rates(read, 365, "loyal")[6] is None


def test_a_stage_is_reached_by_any_higher_one(given, read):
    given("stage_spells", drawn("1 | tourist | 2022-04-01 | 2022-05-01", "1 | dual | 2022-05-01 |"))
    assert float(rates(read, 365, "related")[6]) == 1.0
    assert float(rates(read, 365, "settled")[6]) == 0.0


def test_the_cohort_is_the_fiscal_year_of_the_first_visit_not_of_the_first_interest(given, read):
    given("stage_spells", drawn("1 | interest | 2022-05-01 | 2023-03-31", "1 | tourist | 2023-03-31 |"))
    assert {row[0] for row in read("cohort_reach", **REGION)} == {"2022"}
    given("stage_spells", drawn("1 | interest | 2022-05-01 | 2023-04-01", "1 | tourist | 2023-04-01 |"))
    assert {row[0] for row in read("cohort_reach", **REGION)} == {"2023"}


@pytest.mark.parametrize("seed", range(5))
def test_the_estimate_and_its_interval_are_those_worked_out_by_hand(house, seed):
    random = Random(seed)
    people = [
        (came, came + timedelta(random.randrange(1, 1800)))
        for came in (date(2022, 4, 1) + timedelta(random.randrange(365)) for _ in range(60))
    ]
    rows = []
    for number, (came, loyal) in enumerate(people, 1):
        rows.append(("municipality", "20448", number, "tourist", came, loyal if loyal <= AS_OF else None))
        if loyal <= AS_OF:
            rows.append(("municipality", "20448", number, "loyal", loyal, None))
    columns = {name: queries.load("detail_stage_spells").columns[name] for name in COLUMNS.split(" | ")}
    house.engine.put("stage_spells", pd.DataFrame(rows, columns=list(columns)), columns)
    found = house.engine.fetch("cohort_reach", REGION)
    for within in (365, 730, 1095):
        row = found[(found["stage"] == "loyal") & (found["within_days"] == within)].iloc[0]
        rate, low, high = by_hand(people, within)
        assert row["reach_rate"] == pytest.approx(rate, abs=1e-12)
        assert (row["rate_low"], row["rate_high"]) == pytest.approx((low, high), abs=1e-12)


def by_hand(people: list[tuple[date, date]], within: int) -> tuple[float, float, float]:
    """Kaplan-Meier with Greenwood's variance on the log-log scale, person by person."""
    times = sorted((min((loyal - came).days, (AS_OF - came).days), loyal <= AS_OF) for came, loyal in people)
    survival, variance = 1.0, 0.0
    for day in sorted({day for day, is_reached in times if is_reached and day <= within}):
        at_risk = sum(one >= day for one, _ in times)
        reached = sum(one == day and is_reached for one, is_reached in times)
        survival *= 1 - reached / at_risk
        variance += reached / (at_risk * (at_risk - reached))
    spread = 1.959963984540054 * math.sqrt(variance) / abs(math.log(survival))
    return 1 - survival, 1 - survival ** math.exp(-spread), 1 - survival ** math.exp(spread)
