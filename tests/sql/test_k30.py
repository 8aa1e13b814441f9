"""K30 移住者数・就業者数: whom a tie brought to stay."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""
FIGURE = "region_code, part, value, n, status"
MOVED = """
    person_key | municipality_code | scheme           | started_on
    1          | 20448             | relocation       | 2025-04-01
    2          | 20448             | relocation       | 2025-04-02
    3          | 20448             | relocation       | 2025-03-31
    4          | 20448             | local_employment | 2025-05-01
"""


def test_only_who_stood_somewhere_before_counts(given, build):
    given("raw_visits", trips("1 | 20448 | 2024-12-10\n3 | 20448 | 2024-12-10\n4 | 20448 | 2024-12-10"))
    given("raw_enrollments", MOVED)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k30", columns=FIGURE)
    assert about(figures, "20448", "") == cells("1 | 1 | provisional")
    assert about(figures, "20448", "employment") == cells("1 | 1 | provisional")


def test_in_a_region_a_stage_in_another_member_is_a_stage_before(given, build):
    given("raw_visits", trips("2 | 20202 | 2024-12-10"))
    given("raw_enrollments", MOVED)
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    figures = build("k30", columns=FIGURE)
    assert about(figures, "20", "") == cells("1 | 1 | provisional")
    assert about(figures, "20448", "") == cells("0 | 0 | provisional")


def test_a_year_is_final_on_31_march_and_nothing_is_said_before_the_first_such_record(given, build):
    given("raw_visits", trips("3 | 20448 | 2024-12-10"))
    given("raw_enrollments", MOVED)
    given("raw_coverage", COVERED)
    ask(given, "2025-02-28", "2025-03-31")
    assert about(build("k30", columns="region_code, part, as_of, value, status"), "20448", "") == cells("""
        2025-03-31 | 1 | final
    """)
