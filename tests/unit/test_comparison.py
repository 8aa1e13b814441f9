"""Supported people beside people alike: matching, weights, the interval, and when nothing is said."""

import pandas as pd
import pytest

from kayoi.comparison import LEAST_PEOPLE, MATCHED_ON, compare


def strata(*rows: tuple[str, bool, int, int]) -> pd.DataFrame:
    """Return rows of matched_strata of (stage, supported, people, reached); alike in everything else."""
    alike = {"visits_band": "1", "nights_band": "0", "origin_block": "kanto", "age_band": "-39"}
    return pd.DataFrame(
        [
            {"is_supported": supported, "stage": stage, **alike, "people": people, "reached": reached}
            for stage, supported, people, reached in rows
        ]
    )


def test_the_others_are_weighted_like_the_supported_they_are_compared_with():
    found = compare(
        strata(
            ("tourist", True, 30, 3),
            ("loyal", True, 10, 5),
            ("tourist", False, 100, 5),
            ("loyal", False, 900, 360),
        )
    )
    assert (found.supported, found.matched, found.others) == (40, 40, 1000)
    assert found.supported_rate == pytest.approx(8 / 40)
    assert found.others_rate == pytest.approx(0.75 * 0.05 + 0.25 * 0.4)
    assert found.difference == pytest.approx(0.2 - 0.1375)


def test_who_has_nobody_alike_is_left_out_and_said():
    found = compare(strata(("tourist", True, 20, 2), ("related", True, 5, 5), ("tourist", False, 50, 5)))
    assert (found.supported, found.matched) == (25, 20)
    assert found.difference == pytest.approx(0.0)
    stages = found.balance[found.balance["variable"] == "stage"].set_index("value")
    assert stages.loc["related", "supported_share"] == 0
    assert stages.loc["related", "all_supported_share"] == pytest.approx(0.2)


@pytest.mark.parametrize(("supported", "others"), [(LEAST_PEOPLE - 1, 500), (500, LEAST_PEOPLE - 1), (20, 0)])
def test_too_few_on_either_side_say_nothing(supported: int, others: int):
    rows = [("tourist", True, supported, 3), ("tourist", False, others, 3)]
    found = compare(strata(*[row for row in rows if row[2]]))
    assert not found.has_enough
    assert (found.supported_rate, found.others_rate, found.low, found.high) == (None, None, None, None)


def test_nobody_at_all_is_not_enough_either():
    assert not compare(strata(("tourist", True, 1, 0)).iloc[:0]).has_enough


def test_the_interval_is_the_same_for_the_same_seed_and_holds_the_difference():
    drawn = strata(("tourist", True, 200, 30), ("tourist", False, 2000, 100))
    one, other = compare(drawn), compare(drawn)
    assert (one.low, one.high) == (other.low, other.high)
    assert one.low < one.difference < one.high
    # the usual interval of a difference of two shares
    spread = 1.96 * (0.15 * 0.85 / 200 + 0.05 * 0.95 / 2000) ** 0.5
    assert one.high - one.low == pytest.approx(2 * spread, rel=0.1)


def test_the_balance_says_how_different_the_two_sides_were_in_every_variable():
    found = compare(
        strata(
            ("tourist", True, 20, 2),
            ("tourist", False, 10, 1),
            ("loyal", True, 20, 2),
            ("loyal", False, 90, 9),
        )
    )
    assert set(found.balance["variable"]) == set(MATCHED_ON)
    stages = found.balance[found.balance["variable"] == "stage"].set_index("value")
    assert stages.loc["tourist", "supported_share"] == pytest.approx(0.5)
    assert stages.loc["tourist", "others_share"] == pytest.approx(0.1)
    assert found.balance.groupby("variable")["supported_share"].sum().tolist() == pytest.approx([1.0] * 5)
