"""K13 同一人の消費額の増減: what the same people spent more or less than the year before."""

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, value, numerator, denominator, n, status"
SPENT = """
    person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
    1          | 20448             | 2024-05-10 | 2024-05-10  | 1000      | 1000      | 1000
    1          | 20448             | 2025-05-10 | 2025-05-10  | 4000      | 4000      | 4000
    2          | 20448             | 2024-05-10 | 2024-05-10  | 2000      | 2000      | 2000
    2          | 20448             | 2024-10-01 | 2024-10-01  |           | 0         | 2000
    3          | 20448             | 2024-09-30 | 2024-09-30  | 5000      | 5000      | 5000
    3          | 20448             | 2024-10-01 | 2024-10-01  |           | 100000    |
    4          | 20448             | 2025-05-10 | 2025-05-10  | 9         | 9         | 9
"""


def test_it_is_the_median_of_each_person_s_change_of_people_known_in_both_years(given, build):
    given("raw_visits", SPENT)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    # changes: +3000, -1000, and of person 3 nothing: the two days are one visit, in the year before
    figures = build("k13", columns=FIGURE)
    assert about(figures, "20448", "") == cells("1000 | 1000 | | 2 | final")
    assert about(figures, "20448", "more") == cells("0.5 | 1 | 2 | 2 | final")


def test_spending_in_two_towns_is_one_person_s_in_the_region(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | spend_yen | spend_low | spend_high
        1          | 20448             | 2024-05-10 | 2024-05-10  | 1000      | 1000      | 1000
        1          | 20202             | 2025-05-10 | 2025-05-10  | 300       | 300       | 300
        """,
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k13", columns=FIGURE)
    assert about(figures, "20", "") == cells("-700 | -700 | | 1 | final")
    assert about(figures, "20448", "") == []


def test_it_is_provisional_until_the_log_covers_both_years(given, build):
    given("raw_visits", SPENT)
    given("raw_coverage", COVERED.replace("2023-01-01", "2023-10-02"))
    ask(given, "2025-09-29", "2025-09-30")
    assert about(build("k13", columns="region_code, part, as_of, status"), "20448", "") == cells("""
        2025-09-29 | provisional
        2025-09-30 | final
    """)
