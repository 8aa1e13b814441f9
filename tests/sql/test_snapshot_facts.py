"""What the published snapshot is."""
# ruff: noqa: E501 - tables are drawn one row a line

from tests.conftest import cells


def test_the_facts_are_those_of_the_snapshot(given, read):
    given(
        "dim_snapshot",
        """
        snapshot_id | built_at            | ruleset_id    | ruleset_version | data_label | first_on   | last_on    | rows_read | rows_accepted | rows_duplicate | rows_rejected
        s1          | 2025-10-01 09:00:00 | jta-mlit-2026 | 2026.1          | fictitious | 2024-04-01 | 2025-09-30 | 10        | 7             | 2              | 1
        """,
    )
    assert read("snapshot_facts") == cells(
        "s1 | 2025-10-01 09:00:00 | jta-mlit-2026 | 2026.1 | fictitious | 2024-04-01 | 2025-09-30 | 10 | 7 | 2 | 1"
    )
