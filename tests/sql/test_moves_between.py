"""Moves between any two days."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import cells

SPELLS = "person_key | municipality_code | stage | valid_from | valid_to"
HORIZONS = "municipality_code | first_on | horizon_on"
DAYS = {"since": date(2024, 5, 5), "as_of": date(2025, 5, 5)}
STAGES = ("tourist", "loyal", "related", "dual", "settled", "routine", "interest", "dormant")
PATHS = st.lists(
    st.lists(st.tuples(st.integers(1, 700), st.sampled_from(STAGES)), min_size=1, max_size=5), max_size=12
)


def test_the_highest_stage_over_the_members_that_reach_the_later_day(given, read):
    given("int_horizons", f"{HORIZONS}\n20448 | 2022-01-01 | 2025-09-30\n20202 | 2022-01-01 | 2025-05-04")
    given(
        "int_municipality_spells",
        f"""{SPELLS}
        1 | 20448 | tourist | 2024-01-01 | 2025-05-05
        1 | 20448 | loyal   | 2025-05-05 |
        1 | 20202 | dual    | 2024-01-01 |
        2 | 20448 | tourist | 2024-05-06 |
        3 | 20448 | tourist | 2025-05-06 |
        """,
    )
    assert read("moves_between", **DAYS) == cells("""
        none    | tourist | 1
        tourist | loyal   | 1
    """)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paths=PATHS)
def test_the_matrix_adds_up_to_the_people(house, paths):
    lines, expected = [SPELLS], Counter()
    for person, path in enumerate(paths):
        starts = [date(2023, 1, 1)]
        for days, _ in path[:-1]:
            starts.append(starts[-1] + timedelta(days))
        ends = [*starts[1:], None]
        stages = {}
        for (_, stage), start, end in zip(path, starts, ends, strict=True):
            lines.append(f"{person} | 20448 | {stage} | {start} | {end or ''}")
            for name, day in DAYS.items():
                if start <= day and (end is None or end > day):
                    stages[name] = stage
        if "as_of" in stages:
            expected[(stages.get("since", "none"), stages["as_of"])] += 1
    house.given("int_horizons", f"{HORIZONS}\n20448 | 2022-01-01 | 2026-09-30")
    house.given("int_municipality_spells", "\n".join(lines))
    found = {(row[0], row[1]): int(row[2]) for row in house.read("moves_between", **DAYS)}
    assert found == dict(expected)
