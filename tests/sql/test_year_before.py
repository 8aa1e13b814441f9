"""The day a year before."""

from datetime import date

import pytest

from tests.conftest import cells


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (["2024-09-30"], "2024-09-30 | 2024-09-30"),
        (["2024-09-30", "2025-09-30"], "2024-09-30 | 2025-09-30"),
    ],
)
def test_it_is_measured_with_the_members_of_the_later_day_where_one_stopped_reporting(
    given, read, measured, expected
):
    given("dim_as_ofs", "as_of | previous_on\n2025-09-30 | 2024-09-30")
    rows = "\n".join(f"nation | JP | 2024-09-30 | {day} | 1" for day in measured)
    given("mart_coverage", f"region_level | region_code | as_of | reach_on | members_reporting\n{rows}")
    assert read("year_before", as_of=date(2025, 9, 30)) == cells(expected)
