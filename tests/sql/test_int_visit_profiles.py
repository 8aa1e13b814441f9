"""What the latest visit says of a person, and until when."""

from tests.conftest import cells


def test_a_visit_speaks_from_its_day_until_the_next_one_that_counts(given, build):
    given(
        "int_visits",
        """
        person_key|municipality_code|arrived_on|purpose  |program_id|home_municipality_code|counted
        1         |20448            |2024-01-10|leisure  |          |13104                 |true
        1         |20448            |2024-02-10|relatives|          |13104                 |false
        1         |20448            |2024-03-10|         |p1        |                      |true
        1         |20451            |2024-02-20|work     |          |27                    |true
    """,
    )
    assert build("int_visit_profiles") == cells("""
        20448 | 1 | 2024-01-10 | 2024-03-10 |            | leisure | self | 13104
        20448 | 1 | 2024-03-10 |            | 2024-01-10 | unknown | p1   |
        20451 | 1 | 2024-02-20 |            |            | work    | self | 27
    """)
