"""The classes a map is shaded in."""

import pytest

from kayoi.map_scale import NO_DATA, WITHHELD, ZERO, class_words, make_scale, own_breaks


def scale(values, show="value", unit="people", method="quantile", own=()):
    return make_scale(values, show, unit, method, own)


def test_classes_by_rank_have_edges_a_reader_can_keep_in_mind():
    found = scale(range(1, 1001))
    assert found.edges == (1, 200, 400, 600, 800)
    assert class_words(found, "value", "people", "ja") == [
        "0人",
        "1人～199人",
        "200人～399人",
        "400人～599人",
        "600人～799人",
        "800人以上",
    ]


def test_equal_steps_follow_the_largest_value_and_not_the_ranks():
    skewed = [*range(1, 100), 1000]
    assert scale(skewed, method="equal").edges == (1, 200, 400, 600, 800)
    assert scale(skewed).edges[-1] < 100


def test_breaks_of_ones_own_are_taken_as_they_are():
    found = scale([1, 5, 50], method="own", own=(10.0, 40.0))
    assert [found.class_of(value) for value in (1, 10, 39, 40, 50)] == [1, 2, 2, 3, 3]
    assert class_words(found, "value", "people", "en") == [
        "0 people",
        "1 person to 9 people",
        "10 people to 39 people",
        "40 people or more",
    ]


@pytest.mark.parametrize(
    ("text", "breaks"), [("10, 50,100", (10, 50, 100)), ("１００、５０", (50, 100)), ("0.5", (0.5,))]
)
def test_breaks_are_read_as_people_type_them(text, breaks):
    assert own_breaks(text) == breaks


@pytest.mark.parametrize("text", ["", "a", "0", "-1", "1,2,3,4,5", "inf", "nan"])
def test_breaks_that_make_no_classes_are_refused(text):
    with pytest.raises(ValueError):
        own_breaks(text)


def test_a_few_counts_have_a_class_each():
    found = scale([0, 1, 3, 3, 7])
    assert found.edges == (1, 3, 7)
    assert class_words(found, "value", "people", "ja") == ["0人", "1人～2人", "3人～6人", "7人"]


def test_nothing_zero_and_withheld_are_no_class_of_values():
    found = scale([1, 2, 3])
    assert found.class_of(None) == NO_DATA
    assert found.class_of(float("nan")) == NO_DATA
    assert found.class_of(0) == ZERO
    assert found.class_of(None, "suppressed") == WITHHELD
    assert found.class_of(2, "suppressed") == WITHHELD


def test_a_change_is_shaded_by_its_direction_and_whether_it_is_large():
    found = scale([-40, -1, 0, 1, 2, 3, 40], show="change")
    assert [found.class_of(value) for value in (-40, -1, 0, 1, 40)] == [1, 2, ZERO, 3, 4]
    assert len(found.colours("light")) == len(class_words(found, "change", "people", "ja")) == 5


def test_rates_have_no_gap_between_their_classes():
    found = scale([0.01, 0.02, 0.03, 0.04, 0.05, 0.06], unit="percent")
    words = class_words(found, "value", "percent", "ja")
    assert words[1].endswith("未満") and words[-1].endswith("以上")


def test_no_values_at_all_still_have_a_legend():
    found = scale([None, None])
    assert len(class_words(found, "value", "people", "ja")) == len(found.colours("dark"))


@pytest.mark.parametrize("values", [[5], [1, 1, 1], range(1, 12), [0.5, 2_000_000], range(3, 3000, 7)])
@pytest.mark.parametrize("unit", ["people", "percent", "nights", "yen"])
@pytest.mark.parametrize("method", ["quantile", "equal"])
def test_every_value_has_a_class_with_a_colour_and_words(values, unit, method):
    found = scale(values, unit=unit, method=method)
    words, colours = class_words(found, "value", unit, "ja"), found.colours("light")
    assert len(words) == len(colours) == len(set(colours)) == len(found.edges) + 1
    assert all(1 <= found.class_of(value) <= len(found.edges) for value in values)
