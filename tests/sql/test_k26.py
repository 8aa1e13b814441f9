"""K26 二地域居住（推定）: two places in practice, nothing on paper."""

# ruff: noqa: E501 - tables are drawn one row a line

import pytest

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, value, n, status"
MONTHS = "2025-04-10 2025-05-10 2025-06-10 2025-07-10 2025-08-10 2025-09-10"


def stay(nights: int) -> str:
    """Return raw_visits of person 1, who stayed so many nights."""
    return f"person_key | municipality_code | arrived_on | departed_on\n1 | 20448 | 2025-05-01 | 2025-05-{nights + 1:02d}"


@pytest.mark.parametrize(("nights", "people"), [(29, "0"), (30, "1")])
def test_thirty_nights_are_enough(given, build, nights, people):
    given("raw_visits", stay(nights))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k26", columns=FIGURE), "20448") == [[people, people, "final"]]


@pytest.mark.parametrize(
    ("days", "people"), [(MONTHS, "1"), (MONTHS.replace("2025-08-10", "2025-09-01"), "0")]
)
def test_so_are_visits_in_six_months(given, build, days, people):
    given("raw_visits", trips(f"1 | 20448 | {days}"))
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k26", columns=FIGURE), "20448") == [[people, people, "final"]]


def test_a_month_counts_by_its_first_visit(given, build):
    # the first visit of October 2024 lies on its 1st, 364 days before; a visit on 30 September would not do
    given(
        "raw_visits",
        trips("1 | 20448 | 2024-10-01 2024-10-20 2024-11-10 2024-12-10 2025-01-10 2025-02-10 2025-03-10"),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    assert about(build("k26", columns="region_code, as_of, value"), "20448") == cells("2025-09-30 | 1")


def test_nights_of_a_stay_that_is_not_over_are_not_known_yet(given, build):
    given(
        "raw_visits",
        "person_key | municipality_code | arrived_on | departed_on\n1 | 20448 | 2025-08-20 | 2025-10-05",
    )
    given("raw_coverage", COVERED.replace("2025-09-30", "2025-12-31"))
    ask(given, "2025-09-30", "2025-10-31")
    assert about(build("k26", columns="region_code, as_of, value"), "20448") == cells("""
        2025-09-30 | 0
        2025-10-31 | 1
    """)


def test_who_has_it_on_paper_or_lives_in_two_places_elsewhere_in_the_region_is_not_estimated(given, build):
    given("raw_visits", trips(f"1 | 20448 | {MONTHS}\n1 | 20202 | {MONTHS}"))
    given(
        "raw_enrollments",
        "person_key | municipality_code | scheme | started_on\n1 | 20448 | dual_residence | 2025-04-01",
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k26", columns=FIGURE)
    assert [about(figures, code) for code in ("20448", "20202", "20")] == [
        cells("0 | 0 | final"),
        cells("1 | 1 | final"),
        cells("0 | 0 | final"),
    ]
