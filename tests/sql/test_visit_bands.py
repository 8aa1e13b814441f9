"""People by how often they came."""
# ruff: noqa: E501 - tables are drawn one row a line

from datetime import date

from tests.conftest import cells

COVERAGE = """
    region_level | region_code | as_of      | reach_on   | members_reporting | first_on
    municipality | 20448       | 2025-09-30 | 2025-09-30 | 1                 | 2024-04-01
    municipality | 20448       | 2024-09-30 | 2024-09-30 | 1                 | {first_on}
"""
FREQUENCY = """
    region_level | region_code | as_of      | reach_on   | period | segment_kind | segment_value | visits_band | people
    municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | all          | all           | 1           | 6
    municipality | 20448       | 2025-09-30 | 2025-09-30 | w365   | all          | all           | 12+         | 2
    municipality | 20448       | 2025-09-30 | 2025-09-30 | fy     | all          | all           | 1           | 99
    municipality | 20448       | 2024-09-30 | 2024-09-30 | w365   | all          | all           | 1           | 5
"""
DAYS = """
    as_of      | previous_on
    2025-09-30 | 2024-09-30
"""


def bands(given, read, first_on: str):
    given("mart_coverage", COVERAGE.format(first_on=first_on))
    given("mart_frequency", FREQUENCY)
    given("dim_as_ofs", DAYS)
    return read(
        "visit_bands",
        region_level="municipality",
        region_code="20448",
        as_of=date(2025, 9, 30),
        period="w365",
        segment_kind="all",
        segment_value="all",
    )


def test_every_band_has_a_row_with_its_share_and_the_year_before(given, read):
    assert bands(given, read, "2023-04-01") == cells("""
        1    | 6 | 0.75 | 5
        2    | 0 | 0    | 0
        3    | 0 | 0    | 0
        4-5  | 0 | 0    | 0
        6-11 | 0 | 0    | 0
        12+  | 2 | 0.25 | 0
    """)


def test_a_year_before_the_data_began_is_unknown_not_zero(given, read):
    assert [row[3] for row in bands(given, read, "2024-10-01")] == [None] * 6
