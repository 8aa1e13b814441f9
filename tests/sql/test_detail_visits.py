"""What a reader of one municipality gets of its visits."""

from tests.conftest import cells


def test_every_visit_there_with_those_left_out_and_why_and_none_elsewhere(given, read):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | purpose   | home_municipality_code
        2          | 20448             | 2024-01-10 | 2024-01-12  | relatives | 13104
        1          | 20448             | 2024-02-10 | 2024-02-10  | leisure   | 13104
        1          | 20448             | 2024-01-10 | 2024-01-10  | leisure   | 20448
        1          | 20451             | 2024-03-10 | 2024-03-10  | leisure   | 13104
    """,
    )
    rows = read("detail_visits", region_code="20448")
    assert [[*row[:5], *row[12:14]] for row in rows] == cells("""
        1 | 20448 | 2024-01-10 | 2024-01-10 | 0 | false | resident
        1 | 20448 | 2024-02-10 | 2024-02-10 | 0 | true  |
        2 | 20448 | 2024-01-10 | 2024-01-12 | 2 | false | purpose
    """)
