"""What a reader of one municipality gets of the people themselves."""

from tests.conftest import cells


def test_only_people_with_a_stage_or_a_visit_there(given, read):
    given(
        "raw_people",
        """
        person_key | birth_year | gender
        1          | 1980       | female
        2          | 1990       | male
        3          | 1970       | male
        4          |            |
    """,
    )
    given("int_visits", "person_key|municipality_code|counted\n4|20448|false\n3|20451|true")
    given("int_municipality_spells", "person_key|municipality_code|stage\n1|20448|interest\n2|20451|tourist")
    assert read("detail_people", region_code="20448") == cells("""
        1 | 1980 | female
        4 |      |
    """)
