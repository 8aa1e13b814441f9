"""What happened at each moment of a track, as a signature."""

from tests.conftest import cells

EVENTS = """
    track | at_us | mask | breaks
    1     | 10    | 1    | 0
    1     | 10    | 2    | 0
    1     | 20    | 0    | 2
    1     | 30    | 0    | 0
    2     | 10    | 1    | 0
"""


def test_events_of_one_moment_share_a_signature(given, build):
    given("funnel_events", EVENTS)
    assert build("funnel_moments", is_strict=False) == cells("""
        1 | 10 | 3 | 0 | 2
        1 | 20 | 0 | 2 | 1
        2 | 10 | 1 | 0 | 1
    """)


def test_in_a_strict_funnel_events_that_serve_no_step_are_moments_too(given, build):
    given("funnel_events", EVENTS)
    assert ["1", "30", "0", "0", "1"] in build("funnel_moments", is_strict=True)


def test_of_a_kind_that_may_serve_two_steps_two_events_count_and_a_third_adds_nothing(given, build):
    rows = [
        "track | at_us | mask | breaks",
        "1 | 10 | 3 | 0",
        *["2 | 10 | 3 | 0"] * 2,
        *["3 | 10 | 3 | 0"] * 3,
    ]
    given("funnel_events", "\n".join(rows))
    made = build("funnel_moments", columns="track, signature, events", is_strict=False)
    assert made == cells("""
        1 | 1 | 1
        2 | 3 | 2
        3 | 3 | 3
    """)
