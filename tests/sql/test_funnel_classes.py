"""Kinds of events by the steps they may serve, and their bits."""

from tests.conftest import cells


def test_a_kind_has_as_many_bits_as_it_may_serve_steps_and_none_are_shared(given, build):
    given(
        "funnel_events",
        "track | at_us | mask | breaks\n1 | 1 | 1 | 0\n1 | 2 | 6 | 0\n2 | 1 | 6 | 0\n2 | 2 | 8 | 0",
    )
    assert build("funnel_classes") == cells("""
        1 | 0 | 1
        6 | 1 | 2
        8 | 3 | 1
    """)


def test_events_that_serve_no_step_are_no_kind(given, build):
    given("funnel_events", "track | at_us | mask | breaks\n1 | 1 | 0 | 2")
    assert build("funnel_classes") == []
