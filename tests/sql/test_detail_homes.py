"""What a reader of one municipality gets of where its people lived."""

from tests.conftest import cells


def test_every_home_of_the_people_with_a_stage_or_a_visit_there_and_of_nobody_else(given, read):
    given(
        "raw_people",
        """
        person_key | home_municipality_code | home_from
        4          | 01100                  | 2020-04-01
        1          | 27100                  | 2024-04-01
        1          | 13104                  | 2020-04-01
        2          | 13104                  | 2020-04-01
        3          | 13104                  | 2020-04-01
    """,
    )
    given("int_visits", "person_key|municipality_code|counted\n4|20448|false\n3|20451|true")
    given("int_municipality_spells", "person_key|municipality_code|stage\n1|20448|interest\n2|20451|tourist")
    assert read("detail_homes", region_code="20448") == cells("""
        1 | 13104 | 2020-04-01 | 2024-04-01
        1 | 27100 | 2024-04-01 |
        4 | 01100 | 2020-04-01 |
    """)
