"""A funnel is gone through with one municipality: kpis.md takes the best single one above it."""

from tests.conftest import cells


def test_a_person_has_a_track_for_each_municipality(given, build):
    given(
        "funnel_region_occurrences",
        """
        occurrence | person_key | municipality_code | on_day
        1          | 7          | 20448             | 2025-01-01
        2          | 7          | 20448             | 2025-01-02
        3          | 7          | 20202             | 2025-01-03
    """,
    )
    assert build("funnel_region_tracks") == cells("""
        1 | 7 | 20202
        2 | 7 | 20448
    """)
