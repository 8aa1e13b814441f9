"""A behaviour funnel over the people of a region, in a warehouse that was loaded and built."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kayoi.access import Scope
from kayoi.behaviour import SEGMENT_KINDS, RegionFunnel, measure_funnel, read_definition
from kayoi.errors import NoAccessError, UsageError
from kayoi.keys import person_keys
from kayoi.warehouse import open_snapshot
from tests.cli.running import KEY, kayoi

VISITS = """person_id,municipality_code,arrived_on,departed_on,purpose,program_id,home_municipality_code
ann,20448,2024-05-10,2024-05-12,leisure,,13101
ann,20448,2024-07-10,,leisure,,13101
ben,20448,2024-06-01,,leisure,P1,27100
ben,20202,2024-06-03,,leisure,,27100
cat,20448,2024-06-01,,relatives,,27100
cat,20448,2024-06-20,,relatives,,27100
dan,20448,2024-08-01,,leisure,,13101
dan,20448,2024-12-01,2024-12-03,work,,13101
eve,20448,2023-06-01,,leisure,,
eve,20448,2023-06-20,,leisure,,
"""
ENGAGEMENTS = """person_id,municipality_code,engaged_on,kind
ann,20448,2024-06-10,donation
dan,20202,2024-08-10,donation
"""
COVERAGE = """municipality_code,covered_from,covered_through
20448,2022-01-01,2025-03-31
20202,2022-01-01,2024-12-31
"""
TWICE = "ordered.90~visit~visit"
PERIOD = {"entered_from": date(2024, 4, 1), "entered_to": date(2024, 9, 30)}


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("village")
    (folder / "input").mkdir()
    for name, text in (("visits", VISITS), ("engagements", ENGAGEMENTS), ("coverage", COVERAGE)):
        (folder / "input" / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAYOI_KEY", KEY)
        for words in (("load", folder / "input"), ("build",)):
            ran = kayoi(*words, "--warehouse", folder / "warehouse")
            assert ran.code == 0, ran.err
    yield folder / "warehouse"


def funnel(
    village: Path, text: str, code: str = "20448", scope: Scope | None = None, **more: object
) -> RegionFunnel:
    snapshot = open_snapshot(village, scope or Scope.everything())
    level = "municipality" if len(code) == 5 else "prefecture"
    return measure_funnel(snapshot, level, code, read_definition(text), **{**PERIOD, **more})  # type: ignore[arg-type]


def people(found: RegionFunnel) -> list[int]:
    return [int(one) for one in found.steps["people"]]


def test_visits_follow_each_other_and_those_that_do_not_count_are_no_steps(village):
    assert people(funnel(village, TWICE)) == [3, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ordered.90~visit.nth:1~visit.nth:2", [3, 1]),
        ("ordered.150~visit~visit.nights:1-", [3, 1]),
        ("ordered.150~visit.nights:1-~visit", [1, 1]),
        ("ordered.150~visit~visit.kind:work", [3, 1]),
        ("ordered.150~visit.program:P1~visit", [1, 0]),
        ("ordered.150~visit.program:self~visit", [2, 2]),
        ("ordered.90~visit~engagement.kind:donation~visit", [3, 1, 1]),
        ("ordered.90~visit~not.engagement~visit", [3, 0]),
        ("ordered.90~visit~opt.engagement~visit", [3, 1, 1]),
        ("strict.90~visit~visit", [3, 1]),
        ("unordered.90~engagement~visit", [3, 1]),
        ("ordered.90~visit~visit.within:30", [3, 0]),
    ],
)
def test_steps_are_told_by_purpose_programme_nights_and_number(village, text, expected):
    assert people(funnel(village, text)) == expected


def test_two_towns_on_one_trip_are_no_return_for_the_prefecture_either(village):
    # ben came to two towns within two days; dan gave to one town and visited the other
    assert people(funnel(village, TWICE, "20")) == [3, 1]
    assert people(funnel(village, "ordered.90~visit~engagement", "20")) == [3, 1]


def test_a_member_whose_horizon_does_not_reach_the_last_day_followed_is_not_used(village):
    found = funnel(village, TWICE, "20", entered_to=date(2024, 12, 1))
    assert (found.reach_on, found.members_reporting, found.members_with_data) == (date(2025, 3, 1), 1, 2)


def test_by_default_people_enter_in_the_last_365_days_that_can_be_followed_to_the_end(village):
    found = funnel(village, TWICE, entered_from=None, entered_to=None)
    assert (found.entered_from, found.entered_to, found.reach_on) == (
        date(2024, 1, 2),  # 2024 is a leap year
        date(2024, 12, 31),
        date(2025, 3, 31),
    )


def test_the_period_before_is_as_long_and_shown_where_there_are_data(village):
    found = funnel(village, TWICE, entered_from=date(2024, 1, 1), entered_to=date(2024, 12, 31))
    assert (found.previous_from, found.previous_to) == (date(2022, 12, 31), date(2023, 12, 31))
    assert list(found.steps["previous_people"]) == [1, 1]
    assert list(found.steps["previous_start_rate"]) == [1.0, 1.0]
    early = funnel(village, TWICE, entered_from=date(2022, 1, 1))
    assert early.previous_from is None
    assert early.steps["previous_people"].isna().all()


def test_days_to_each_step_are_given_with_their_distribution(village):
    found = funnel(village, TWICE)
    assert found.times[["step", "people", "p50_days", "max_days"]].to_numpy().tolist() == [[2, 1, 61, 61]]
    assert found.bands[found.bands["people"] > 0]["days_band"].tolist() == ["61-90"]


@pytest.mark.parametrize("kind", SEGMENT_KINDS)
def test_segments_add_up_to_everybody(village, kind):
    found = funnel(village, TWICE, segment_kind=kind)
    assert found.segments is not None
    assert found.segments.groupby("step")["people"].sum().tolist() == people(found)


def test_people_are_broken_down_by_where_they_live(village):
    found = funnel(village, TWICE, segment_kind="origin_block")
    assert found.segments is not None
    rows = found.segments[["segment_value", "step", "people"]].to_numpy().tolist()
    assert rows == [["kanto", 1, 2], ["kanto", 2, 1], ["kinki", 1, 1], ["kinki", 2, 0]]


def test_who_did_not_go_on_is_listed_for_those_who_may_see_them(village):
    found = funnel(village, TWICE, scope=Scope.of_municipalities("20448"), keys_of=2)
    assert found.dropped_keys == tuple(sorted(person_keys(KEY.encode(), ["ben", "dan"])))


def test_people_outside_the_scope_are_neither_counted_nor_listed(village):
    with pytest.raises(NoAccessError):
        funnel(village, TWICE, scope=Scope.of_municipalities("20202"))
    with pytest.raises(NoAccessError):
        funnel(village, TWICE, "20", scope=Scope.of_municipalities("20448"))


def test_staff_of_every_member_may_count_the_prefecture_but_not_list_its_people(village):
    both = Scope.of_municipalities("20448", "20202")
    assert people(funnel(village, TWICE, "20", scope=both)) == [3, 1]
    with pytest.raises(NoAccessError):
        funnel(village, TWICE, "20", scope=both, keys_of=2)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"entered_to": date(2025, 1, 1)}, "funnel_after_data"),
        ({"entered_from": date(2024, 10, 1)}, "funnel_period"),
        ({"segment_kind": "shoe_size"}, "funnel_segment"),
        ({"keys_of": 1}, "funnel_keys_of"),
        ({"keys_of": 3}, "funnel_keys_of"),
        ({"code": "01101"}, "usage_no_data"),
    ],
)
def test_what_cannot_be_asked_is_refused(village, more, key):
    with pytest.raises(UsageError) as refused:
        funnel(village, TWICE, **more)
    assert refused.value.key == f"error.{key}"
    assert refused.value.text("ja")
    assert refused.value.text("en")
