"""The segment of each person on a day: as everywhere, of the latest counted visit."""

from datetime import date

import pytest

from tests.conftest import cells

VISITS = """
    person_key | municipality_code | arrived_on | purpose | program_id | home_municipality_code | counted
    1          | 20448             | 2025-01-10 | work    |            | 27100                  | true
    1          | 20202             | 2025-02-10 | leisure | P1         | 13101                  | true
    1          | 20448             | 2025-08-10 | other   |            | 01100                  | true
"""


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        ("purpose", "leisure", "unknown"),
        ("program", "P1", "unknown"),
        ("gender", "female", "unknown"),
        ("age_band", "40-49", "unknown"),
        ("origin_block", "kanto", "kinki"),
    ],
)
def test_it_is_that_of_the_latest_visit_up_to_the_day_or_of_what_is_known_otherwise(
    given, build, kind, one, two
):
    given("int_visits", VISITS)
    given("funnel_tracks", "track | person | municipality_code\n1 | 1 | 20448\n2 | 1 | 20202\n3 | 2 | 20448")
    given("stg_people", "person_key | birth_year | gender\n1 | 1980 | female")
    given("stg_homes", "person_key | home_municipality_code | home_from | home_to\n2 | 27 | 2020-01-01 |")
    made = build("funnel_region_segments", segment_kind=kind, on_day=date(2025, 6, 30))
    assert made == cells(f"1 | {one}\n2 | {two}")
