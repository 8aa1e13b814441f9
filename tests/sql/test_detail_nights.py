"""The nights of one municipality, as published."""

from tests.conftest import cells


def test_it_gives_the_nights_of_that_municipality_alone(given, read):
    given(
        "int_nights",
        """
        person_key | municipality_code | slept_from | slept_to
        2          | 20448             | 2025-05-01 | 2025-05-03
        1          | 20448             | 2025-06-01 | 2025-06-02
        1          | 20202             | 2025-05-01 | 2025-05-03
        """,
    )
    assert read("detail_nights", region_code="20448") == cells("""
        1 | 20448 | 2025-06-01 | 2025-06-02
        2 | 20448 | 2025-05-01 | 2025-05-03
    """)
