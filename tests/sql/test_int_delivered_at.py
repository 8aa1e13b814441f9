"""Which kinds of record a region has ever delivered."""

from tests.conftest import cells
from tests.sql.days import about, ask

COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2023-01-01   | 2025-09-30
    20202             | 2023-01-01   | 2025-09-30
"""


def test_one_member_that_delivers_is_enough_from_its_first_record_on(given, build):
    given(
        "int_deliveries",
        "municipality_code | record | first_on\n"
        "20448 | relocation | 2025-07-01\n20202 | relocation | 2025-08-01",
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-06-30", "2025-07-31")
    rows = build("int_delivered_at", columns="region_code, as_of, record")
    assert about(rows, "20") == about(rows, "20448") == cells("2025-07-31 | relocation")
    assert about(rows, "20202") == []
