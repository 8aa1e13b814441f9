"""What is covered of each municipality."""

from tests.conftest import cells

COLUMNS = "municipality_code, name_ja, first_on, horizon_on, is_declared, rows_accepted, sources"


def test_without_a_declared_span_it_runs_from_the_first_to_the_last_row_of_any_table(given, build):
    given(
        "raw_visits",
        """
        person_key | municipality_code | arrived_on | departed_on | source
        1          | 20448             | 2025-03-10 | 2025-03-10  | 調査
        2          | 20448             | 2025-05-10 | 2025-05-20  | アプリ
        3          | 20448             | 2025-05-10 | 2025-05-10  | 調査
        """,
    )
    given(
        "raw_engagements",
        """
        person_key | municipality_code | engaged_on | kind
        1          | 20448             | 2025-01-10 | donation
        """,
    )
    assert build("dim_municipalities", columns=COLUMNS) == cells(
        "20448 | 生坂村 | 2025-01-10 | 2025-05-10 | false | 4 | アプリ, 調査"
    )


def test_a_declared_span_holds_even_without_a_row(given, build):
    given(
        "raw_coverage", "municipality_code | covered_from | covered_through\n20448 | 2023-01-01 | 2025-09-30"
    )
    assert build("dim_municipalities", columns=COLUMNS) == cells(
        "20448 | 生坂村 | 2023-01-01 | 2025-09-30 | true | 0 |"
    )
