"""K38 データ鮮度・欠損: how old the data are, and how many rows were refused."""

from tests.conftest import cells
from tests.sql.days import about, ask

FIGURE = "region_code, part, segment_kind, value, numerator, denominator, n, status"
FACTS = """
    snapshot_id | built_at            | rows_read | rows_accepted | rows_duplicate | rows_rejected
    one         | 2025-10-10 08:00:00 | 200       | 180           | 10             | 10
"""


def test_freshness_is_the_days_from_the_last_day_any_member_vouches_for_to_the_build(given, build):
    given("ask_facts", FACTS)
    given(
        "raw_coverage",
        """
        municipality_code | covered_from | covered_through
        20448             | 2023-01-01   | 2025-09-30
        20202             | 2023-01-01   | 2025-10-05
        """,
    )
    ask(given, "2025-09-30")
    figures = build("k38", columns=FIGURE)
    assert about(figures, "20448", "", "all") == cells("10 | 10 | | 200 | final")
    assert about(figures, "20", "", "all") == cells("5 | 5 | | 200 | final")


def test_the_share_of_rejected_rows_is_that_of_everything_read(given, build):
    given("ask_facts", FACTS)
    given(
        "raw_coverage", "municipality_code | covered_from | covered_through\n20448 | 2023-01-01 | 2025-09-30"
    )
    ask(given, "2025-09-30")
    assert about(build("k38", columns=FIGURE), "20448", "rejected", "all") == cells(
        "0.05 | 10 | 200 | 200 | final"
    )


def test_nothing_read_has_no_share_of_rejected_rows(given, build):
    given("ask_facts", FACTS.replace("200 ", "0 ").replace("180", "0").replace("| 10 ", "| 0 "))
    given(
        "raw_coverage", "municipality_code | covered_from | covered_through\n20448 | 2023-01-01 | 2025-09-30"
    )
    ask(given, "2025-09-30")
    [[value, *_]] = about(build("k38", columns=FIGURE), "20448", "rejected", "all")
    assert value is None
