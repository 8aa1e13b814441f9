"""Cases of other funnels, drawn anew: what they count we count, and where we decided otherwise we say so.

Events that a peer writes one after the other without a time are drawn on days that follow each other.
"""

from typing import NamedTuple

import pytest

from kayoi.behaviour.definition import Order
from tests.conftest import cells
from tests.sql.funnels import counts, plan, reached

CLICKHOUSE = "ClickHouse/ClickHouse tests/queries/0_stateless/00632_aggregation_window_funnel.sql"
POSTHOG = "PostHog/posthog posthog/hogql_queries/insights/funnels/test"
POSTHOG_2021 = "PostHog/posthog ee/clickhouse/queries/funnels/test"
DORIS = "apache/doris regression-test/suites/nereids_p0/aggregate/window_funnel.groovy"


class Case(NamedTuple):
    """Where it is from, the funnel, the people's events, and how far each of them comes."""

    source: str
    steps: str
    window: int
    order: Order
    drawn: str  # track | events | steps reached


LINE = "1 | a@0 b@1 c@2 d@3 e@4 f@5 g@6 h@7 i@8"
REPEATED = """
    1 | a@1 b@2 c@3                         | {0}
    2 | a@1 z@2 b@3 c@4                     | {1}
    3 | a@1 a@2 b@3 b@4 c@5 c@6             | {2}
    4 | a@1 a@2 a@3 a@4 b@5 b@6 c@7 c@8     | {3}
    5 | a@1 a@2 b@3 b@4 z@5 c@6 c@7         | {4}
    6 | c@1 c@2 b@3 b@4 a@5 a@6             | {5}
    7 | a@1 c@2 b@3                         | {6}
"""
REENTRY = """
    1 | a@1 b@2 a@3 c@4                     | {0}
    2 | a@1 b@2 a@3 b@4 c@5                 | {1}
    3 | a@1 b@2 c@3 b@4 d@5                 | {2}
    4 | a@1 c@2 b@3                         | {3}
    5 | a@1 b@2 c@3 a@4 b@5 c@6 d@7         | {4}
"""

CASES = [
    # ClickHouse windowFunnel: seconds are days here.
    Case(f"{CLICKHOUSE}: funnel_test, 1 step", "a", 10_000, "ordered", f"{LINE} | 1"),
    Case(f"{CLICKHOUSE}: funnel_test, 2 steps", "a b", 10_000, "ordered", f"{LINE} | 2"),
    Case(f"{CLICKHOUSE}: funnel_test, 3 steps", "a b c", 10_000, "ordered", f"{LINE} | 3"),
    Case(f"{CLICKHOUSE}: funnel_test, far step", "a b c i", 10_000, "ordered", f"{LINE} | 4"),
    Case(f"{CLICKHOUSE}: funnel_test, window 1", "a", 1, "ordered", f"{LINE} | 1"),
    Case(f"{CLICKHOUSE}: funnel_test, window 2", "d e f g h", 2, "ordered", f"{LINE} | 3"),
    Case(f"{CLICKHOUSE}: funnel_test, window 3", "d e f g h", 3, "ordered", f"{LINE} | 4"),
    Case(f"{CLICKHOUSE}: funnel_test, window 4", "d e f g h", 4, "ordered", f"{LINE} | 5"),
    Case(f"{CLICKHOUSE}: funnel_test2, first and last", "b i", 10_000, "ordered", f"{LINE} | 2"),
    Case(f"{CLICKHOUSE}: funnel_test2, backwards", "i b", 10_000, "ordered", f"{LINE} | 1"),
    # conditions that overlap: <= 1007, >= 1002, <= 1006, >= 1004 over 1001 to 1008, window 4
    Case(
        f"{CLICKHOUSE}: funnel_test2, overlapping conditions",
        "a b c d",
        4,
        "ordered",
        "1 | ac@1 abc@2 abc@3 abcd@4 abcd@5 abcd@6 abd@7 bd@8 | 4",
    ),
    Case(
        f"{CLICKHOUSE}: funnel_test_strict, default mode",
        "a b c d e f g",
        10_000,
        "ordered",
        "1 | a@0 b@10 c@20 d@30 e@40 f@50 f@51 g@60 h@70 i@80 | 7",
    ),
    Case(
        f"{CLICKHOUSE}: funnel_test_strict_order, default mode",
        "a b c",
        10_000,
        "ordered",
        REPEATED.format(3, 3, 3, 3, 3, 1, 2),
    ),
    # windowFunnel('strict_order') lets a step be repeated (people 3, 4 and 5: 3, 3 and 2 steps). For us, as
    # for PostHog, whatever happens between two steps stands between them, the same step too.
    Case(
        f"{CLICKHOUSE}: funnel_test_strict_order, strict_order",
        "a b c",
        10_000,
        "strict",
        REPEATED.format(3, 1, 2, 2, 2, 1, 1),
    ),
    # ClickHouse gives up person 2 at the second a (2 steps); here every entry counts, also that one.
    Case(
        f"{CLICKHOUSE}: funnel_test_allow_reentry, strict_order",
        "a b c",
        10_000,
        "strict",
        REENTRY.format(2, 3, 3, 1, 3),
    ),
    Case(
        f"{CLICKHOUSE}: funnel_test_allow_reentry, allow_reentry",
        "a b c d",
        10_000,
        "ordered",
        REENTRY.format(3, 3, 4, 2, 4),
    ),
    Case(
        f"{CLICKHOUSE}: strict_BiteTheDDDD (issue 27469), default mode",
        "a b c d",
        10_000,
        "ordered",
        "1 | a@1 b@2 c@3 b@4 d@5 | 4",
    ),
    Case(
        f"{CLICKHOUSE}: funnel_test_strict_increase, one second in the middle",
        "a b c d e",
        10_000,
        "ordered",
        "1 | a@0 b@1 c@1 d@1 e@2 | 5",
    ),
    # windowFunnel counts one event for three equal steps (3; 1 in 'strict_once'). Here it serves one step.
    Case(
        f"{CLICKHOUSE}: funnel_test_strict_increase, the same step three times",
        "a a a",
        10_000,
        "ordered",
        "1 | a@2 | 1",
    ),
    Case(
        f"{CLICKHOUSE}: failure, failure, success; strict_once",
        "f f s",
        200,
        "ordered",
        """
        123 | f@180 f@220 s@250       | 3
        234 | f@100 f@250             | 2
        345 | s@200 f@210 s@230       | 1
        """,
    ),
    Case(
        f"{CLICKHOUSE}: funnel_test_ecommerce, four steps",
        "b v b p",
        600,
        "ordered",
        """
        1 | b@100 v@200 b@300 p@400         | 4
        2 | b@100 v@200 v@250 b@300 p@400   | 4
        3 | b@100 v@200 p@300               | 2
        """,
    ),
    Case(
        f"{CLICKHOUSE}: funnel_test_ecommerce, allow_reentry",
        "b v p",
        600,
        "ordered",
        """
        1 | b@100 v@200 b@300 p@400         | 3
        2 | b@100 v@200 v@250 b@300 p@400   | 3
        3 | b@100 v@200 p@300               | 3
        """,
    ),
    # Doris: 10:41:00, 13:28:02 and windows of 1 and 20,000 seconds, drawn in days of 10,000 seconds
    Case(f"{DORIS}: window too short", "a b", 0, "ordered", "1 | a@3.846 b@4.8482 c@5.8501 d@6.8704 | 1"),
    Case(f"{DORIS}: window long enough", "a b", 2, "ordered", "1 | a@3.846 b@4.8482 c@5.8501 d@6.8704 | 2"),
    # PostHog
    Case(
        f"{POSTHOG_2021}/test_funnel.py::test_basic_funnel_default_funnel_days",
        "u p",
        14,
        "ordered",
        "1 | u@2 p@10 | 2",
    ),
    Case(
        f"{POSTHOG_2021}/test_funnel.py::test_basic_funnel_with_repeat_steps",
        "u u",
        14,
        "ordered",
        """
        1 | u@1 u@2 | 2
        2 | u@1     | 1
        """,
    ),
    Case(
        f"{POSTHOG_2021}/test_funnel.py::test_advanced_funnel_with_repeat_steps",
        "u p p p p",
        14,
        "ordered",
        """
        1 | u@1                     | 1
        2 | u@1 p@2                 | 2
        3 | u@1 p@2 z@3 p@4         | 3
        4 | u@1 p@2 z@3 p@4 p@5 z@6 | 4
        5 | u@1 p@2 p@3 p@4 p@5     | 5
        """,
    ),
    Case(
        f"{POSTHOG_2021}/test_funnel.py::test_advanced_funnel_with_repeat_steps_out_of_order_events",
        "u p p p p",
        14,
        "ordered",
        """
        1 | p@1 u@2                 | 1
        2 | u@1 p@2                 | 2
        3 | p@1 u@2 z@3 p@4         | 2
        4 | z@1 p@2 z@3 p@4 u@5 p@6 | 2
        5 | u@1 p@2 z@3 p@4 p@5 p@6 | 5
        6 | p@1 z@2 p@3 p@4 p@5     | 0
        """,
    ),
    Case(
        f"{POSTHOG_2021}/test_funnel.py::test_funnel_with_actions_and_events",
        "u u s s",
        14,
        "ordered",
        """
        1 | u@1 u@2 s@3 s@4 | 4
        2 | u@1 u@2 s@3     | 3
        3 | u@1 s@2 u@3 s@4 | 3
        4 | u@1 s@2 u@3     | 2
        5 | s@1             | 0
        """,
    ),
    # the fourth step is also served by whatever serves the second and third (a page view of any address)
    Case(
        f"{POSTHOG_2021}/test_funnel.py::test_funnel_with_matching_properties",
        "u p q q a",
        14,
        "ordered",
        """
        1 | u@1                        | 1
        2 | u@1 pa@2                   | 2
        3 | u@1 pa@2 z@3 qa@4          | 3
        4 | u@1 pa@2 z@3 qa@4 qa@5 z@6 | 4
        5 | u@1 pa@2 z@3 qa@4 pa@5 qa@6 | 4
        """,
    ),
    Case(
        f"{POSTHOG_2021}/test_funnel.py::test_funnel_conversion_window",
        "a b c",
        7,
        "ordered",
        """
        1 | a@1 b@2  | 2
        2 | a@1 b@10 | 1
        """,
    ),
    Case(
        f"{POSTHOG}/test_funnel_strict.py::test_basic_strict_funnel",
        "u p i",
        14,
        "strict",
        """
        1 | u@1                 | 1
        2 | p@1 u@2             | 1
        3 | u@1 p@2 z@3 i@4     | 2
        4 | i@1 z@2 p@3 u@4     | 1
        5 | p@1 u@2 z@3 p@4 i@5 | 1
        6 | z@1 u@2 z@3 p@4     | 1
        7 | z@1 u@2 p@3 i@4 z@5 | 3
        8 | i@1 p@2             | 0
        """,
    ),
    Case(
        f"{POSTHOG}/test_funnel_strict.py::test_advanced_strict_funnel",
        "u s p v",
        14,
        "strict",
        """
        1 | u@1                     | 1
        2 | u@1 p@2                 | 1
        3 | u@1 s@2 z@3 p@4 z@5 z@6 | 2
        4 | z@1 u@2 s@3 p@4 z@5     | 3
        5 | z@1 u@2 s@3 p@4 z@5     | 3
        6 | z@1 u@2 s@3 p@4 z@5     | 3
        7 | z@1 u@2 s@3 p@4 u@5 v@6 | 3
        8 | z@1 u@2 u@3 s@4 p@5 v@6 | 4
        """,
    ),
    Case(
        f"{POSTHOG}/test_funnel_strict.py::test_multiple_events_same_timestamp_doesnt_blow_up",
        "a b c",
        14,
        "ordered",
        f"1 | {'a@1 ' * 30} b@1 c@1 | 3",
    ),
    Case(
        f"{POSTHOG}/test_funnel_strict.py::test_different_prop_val_in_strict_filter",
        "f s",
        14,
        "strict",
        "1 | f@1 f@2 z@3 z@4 s@5 s@6 | 1",
    ),
    Case(
        f"{POSTHOG_2021}/test_funnel_unordered.py::test_basic_unordered_funnel",
        "u p i",
        14,
        "unordered",
        """
        1 | u@1             | 1
        2 | p@1 u@2         | 2
        3 | u@1 p@2 z@3 i@4 | 3
        4 | i@1 p@2 u@3     | 3
        5 | p@1 u@2 z@3 i@4 | 3
        6 | z@1 i@2         | 1
        7 | p@1 z@2         | 1
        8 | i@1 p@2         | 2
        """,
    ),
    Case(
        f"{POSTHOG_2021}/test_funnel_unordered.py::test_big_multi_step_unordered_funnel",
        "u p i c",
        14,
        "unordered",
        """
        1 | u@1             | 1
        2 | p@1 c@2         | 2
        3 | u@1 p@2 z@3 i@4 | 3
        4 | i@1 c@2 u@3     | 3
        5 | p@1 u@2 c@3 i@4 | 4
        6 | z@1 i@2         | 1
        7 | p@1 z@2         | 1
        8 | i@1 p@2         | 2
        """,
    ),
    Case(
        f"{POSTHOG_2021}/test_funnel_unordered.py::test_single_event_unordered_funnel",
        "u",
        14,
        "unordered",
        """
        1 | u@1     | 1
        2 | p@1 u@2 | 1
        """,
    ),
    # PostHog as we: who did the excluded thing is kept out of the later steps by it, not out of the first.
    Case(
        f"{POSTHOG_2021}/test_funnel_unordered.py::test_funnel_exclusions_full_window",
        "u !x p",
        14,
        "ordered",
        """
        1 | u@1 p@2     | 3
        2 | u@3 x@4 p@5 | 1
        3 | u@5 p@6     | 3
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.source.split("/")[-1] for case in CASES])
def test_a_case_of_a_peer_comes_out_as_decided(house, case):
    asked = plan(case.steps, case.window, case.order)
    lines = cells(case.drawn)
    drawn = "\n".join(f"{track} | {happened}" for track, happened, _ in lines)
    wanted = {int(track or 0): int(steps or 0) for track, _, steps in lines if steps != "0"}
    found = reached(house.engine, asked, case.steps, drawn)
    assert {track: max(steps) for track, steps in found.items()} == wanted
    if case.order == "unordered":
        people = [
            sum(steps >= number for steps in wanted.values()) for number in range(1, len(asked.roles) + 1)
        ]
        assert counts(house.engine, asked, case.steps, drawn) == people


def test_incomplete_tries_do_not_make_the_time_to_convert_longer(house):
    # PostHog conversion_time_cases.py::test_funnel_with_multiple_incomplete_tries: 1, as here
    # (hours are days)
    drawn = "1 | u@1 p@2 e@3 u@52 p@53 u@79 p@82"
    assert reached(house.engine, plan("u p e", 24), "u p e", drawn) == {1: {1: 0, 2: 1, 3: 2}}


def test_times_to_each_step_run_from_the_first_one(house):
    # PostHog test_funnel_strict.py::test_basic_strict_funnel_conversion_times has 2 hours from step 2 to 3;
    # we give days from the first step, 4, which is what "within N days" is about
    drawn = """
        1 | u@0
        2 | u@0 p@1
        3 | u@0 p@2 i@4
    """
    found = reached(house.engine, plan("u p i", 7, "strict"), "u p i", drawn)
    assert found == {1: {1: 0}, 2: {1: 0, 2: 1}, 3: {1: 0, 2: 2, 3: 4}}


def test_the_fastest_of_several_conversions_is_the_time_of_a_person(house):
    # PostHog test_funnel_unordered.py::test_basic_unordered_funnel_conversion_times takes the mean of a
    # person's conversions (2 and 3 hours from step to step); we take the fastest one as a whole
    drawn = "3 | i@0 u@2 p@4 p@24 i@27 u@30"
    found = reached(house.engine, plan("u p i", 10, "unordered"), "u p i", drawn)
    assert found == {3: {1: 0, 2: 2, 3: 4}}
