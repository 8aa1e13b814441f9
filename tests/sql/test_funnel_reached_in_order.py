"""Who reached which step, by the best of their chains and of their tracks."""

from tests.conftest import cells


def test_a_person_counts_once_by_the_best_track_and_the_fastest_chain(given, build):
    given("funnel_tracks", "track | person | municipality_code\n1 | 7 | 20448\n2 | 7 | 20202\n3 | 8 | 20448")
    given(
        "funnel_chains",
        """
        track | at_us | step | depth | started_us | is_open | moment_no | onward_epoch_us
        1     | 10    | 1    | 1     | 10         | true    | 0         | 0
        1     | 30    | 2    | 2     | 10         | true    | 0         | 0
        2     | 10    | 1    | 1     | 10         | true    | 0         | 0
        2     | 15    | 2    | 2     | 10         | true    | 0         | 0
        3     | 10    | 1    | 1     | 10         | true    | 0         | 0
    """,
    )
    assert build("funnel_reached_in_order") == cells("""
        7 | 1 | 0
        7 | 2 | 5
        8 | 1 | 0
    """)
