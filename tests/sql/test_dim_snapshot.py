"""What a snapshot is."""

from tests.conftest import cells

COLUMNS = "snapshot_id, ruleset_id, data_label, first_on, last_on, rows_read, rows_rejected"
FACTS = """
    snapshot_id | ruleset_id    | data_label | rows_read | rows_rejected
    one         | jta-mlit-2026 | fictitious | 200       | 10
"""


def test_it_reaches_from_the_first_to_the_last_covered_day_of_any_municipality(given, build):
    given("ask_facts", FACTS)
    given(
        "raw_coverage",
        """
        municipality_code | covered_from | covered_through
        20448             | 2023-01-01   | 2025-08-31
        20202             | 2024-01-01   | 2025-09-30
        """,
    )
    assert build("dim_snapshot", columns=COLUMNS) == cells(
        "one | jta-mlit-2026 | fictitious | 2023-01-01 | 2025-09-30 | 200 | 10"
    )


def test_it_says_what_it_is_even_where_no_municipality_has_data(given, build):
    given("ask_facts", FACTS)
    assert build("dim_snapshot", columns=COLUMNS) == cells("one | jta-mlit-2026 | fictitious | | | 200 | 10")
