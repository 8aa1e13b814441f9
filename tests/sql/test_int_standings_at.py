"""People alike in stage, earlier stages and every segment, counted."""

from tests.conftest import cells


def test_people_alike_in_everything_are_one_row_and_any_difference_makes_another(given, build):
    rows = [
        "1 | loyal   | tourist | tourist | female | 2025-09-30",
        "2 | loyal   | tourist | tourist | female | 2025-09-30",
        "3 | loyal   | none    | tourist | female | 2025-09-30",
        "4 | loyal   | tourist | loyal   | female | 2025-09-30",
        "5 | loyal   | tourist | tourist | male   | 2025-09-30",
        "6 | related | tourist | tourist | female | 2025-09-30",
        "1 | loyal   | tourist | tourist | female | 2025-10-31",
    ]
    header = "person_key | stage | stage_year_ago | stage_month_ago | gender | reach_on | region_code | as_of"
    given("int_people_at", "\n".join([header, *(f"{row} | 20448 | 2025-09-30" for row in rows)]))
    alike = "reach_on, stage, stage_year_ago, stage_month_ago, gender, people"
    assert build("int_standings_at", columns=alike) == cells("""
        2025-09-30 | loyal   | none    | tourist | female | 1
        2025-09-30 | loyal   | tourist | loyal   | female | 1
        2025-09-30 | loyal   | tourist | tourist | female | 2
        2025-09-30 | loyal   | tourist | tourist | male   | 1
        2025-09-30 | related | tourist | tourist | female | 1
        2025-10-31 | loyal   | tourist | tourist | female | 1
    """)
