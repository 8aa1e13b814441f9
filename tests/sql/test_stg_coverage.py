"""Through which day each municipality is vouched for."""

from tests.conftest import cells


def test_of_several_sources_the_last_day_any_vouches_for_and_the_first_any_does(given, build):
    given(
        "raw_coverage",
        """
        municipality_code | source | covered_from | covered_through
        20448             | 調査   | 2020-04-01   | 2021-03-31
        20448             | アプリ | 2021-04-01   | 2025-09-30
        30421             | 宿泊   |              | 2024-12-31
    """,
    )
    assert build("stg_coverage") == cells("""
        20448 | 2020-04-01 | 2025-09-30
        30421 |            | 2024-12-31
    """)
