"""K24 premium 更新率: who registered again within 30 days."""

import pytest

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, value, numerator, denominator, n, status"


@pytest.mark.parametrize(
    ("started_on", "renewed"),
    [("2024-12-20", "1"), ("2025-01-01", "1"), ("2025-01-30", "1"), ("2025-01-31", "0")],
)
def test_a_renewal_begins_by_the_30th_day_after_the_end(given, build, started_on, renewed):
    given(
        "raw_enrollments",
        f"""
        person_key | municipality_code | scheme           | started_on   | ended_on
        1          | 20448             | furusato_premium | 2024-01-01   | 2024-12-31
        1          | 20448             | furusato_premium | {started_on} |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    assert about(build("k24", columns=FIGURE), "20448") == [[renewed, renewed, "1", "1", "final"]]


def test_another_person_place_or_kind_renews_nothing(given, build):
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme           | started_on | ended_on
        1          | 20448             | furusato_premium | 2024-01-01 | 2024-12-31
        1          | 20202             | furusato_premium | 2025-01-01 |
        2          | 20448             | furusato_premium | 2025-01-01 |
        1          | 20448             | furusato_basic   | 2025-01-01 |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    assert about(build("k24", columns=FIGURE), "20") == cells("0 | 0 | 1 | 1 | final")


def test_while_the_30_days_of_any_are_open_it_is_provisional_and_what_comes_later_is_not_known(given, build):
    given(
        "raw_enrollments",
        """
        person_key | municipality_code | scheme           | started_on | ended_on
        1          | 20448             | furusato_premium | 2024-01-01 | 2025-03-20
        1          | 20448             | furusato_premium | 2025-04-01 |
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-03-31")
    assert about(build("k24", columns=FIGURE), "20448") == cells("0 | 0 | 1 | 1 | provisional")
