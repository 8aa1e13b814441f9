"""What a condition may say, where it says something else, and that its normal form means the same."""

import pytest
from hypothesis import given, settings

from kayoi.conditions import COUNT_SIGNALS, FALSE, SIGNALS, TRUE, Condition, Literal, negated, parse
from kayoi.errors import RulesetError
from tests.unit.written import conditions, holds, signal_values


def parsed(text: str) -> Condition:
    return parse(text, ruleset="own", stage="loyal")


def meets(condition: Condition, values: dict[str, int]) -> bool:
    return any(
        all((values[one.signal] >= one.at_least) == one.is_positive for one in conjunct)
        for conjunct in condition
    )


def any_of(*conjuncts: list[Literal]) -> Condition:
    return frozenset(frozenset(conjunct) for conjunct in conjuncts)


# --- meaning ---


@settings(max_examples=300, deadline=None)
@given(text=conditions, values=signal_values)
def test_the_normal_form_holds_exactly_when_the_written_condition_does(text, values):
    assert meets(parsed(text), values) == holds(text, values)


@settings(max_examples=200, deadline=None)
@given(text=conditions, values=signal_values)
def test_the_negation_holds_exactly_when_the_condition_does_not(text, values):
    assert meets(negated(parsed(text)), values) != meets(parsed(text), values)


@pytest.mark.parametrize("signal", SIGNALS)
def test_every_signal_of_the_contract_may_be_compared(signal):
    assert parsed(f"{signal} >= 1") == any_of([Literal(signal, 1)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("visits_365 > 3", any_of([Literal("visits_365", 4)])),
        ("visits_365 < 4", any_of([Literal("visits_365", 4, False)])),
        ("visits_365 <= 3", any_of([Literal("visits_365", 4, False)])),
        ("visits_365 = 3", any_of([Literal("visits_365", 3), Literal("visits_365", 4, False)])),
        ("visits_365 <> 3", any_of([Literal("visits_365", 4)], [Literal("visits_365", 3, False)])),
        ("4 <= visits_365", any_of([Literal("visits_365", 4)])),
        ("nights_56 = 0", any_of([Literal("nights_56", 1, False)])),
        ("premium = 1", any_of([Literal("premium", 1)])),
        ("not premium", any_of([Literal("premium", 1, False)])),
    ],
)
def test_a_comparison_becomes_thresholds(text, expected):
    assert parsed(text) == expected


def test_and_binds_more_than_or_and_not_more_than_and():
    assert parsed("premium or basic and not trial") == any_of(
        [Literal("premium", 1)], [Literal("basic", 1), Literal("trial", 1, False)]
    )
    assert parsed("(premium or basic) and not trial") == any_of(
        [Literal("premium", 1), Literal("trial", 1, False)], [Literal("basic", 1), Literal("trial", 1, False)]
    )


def test_of_two_thresholds_the_tighter_stays_and_what_a_weaker_one_covers_goes():
    assert parsed("visits_365 >= 2 and visits_365 >= 4") == any_of([Literal("visits_365", 4)])
    assert parsed("trial or (trial and premium)") == any_of([Literal("trial", 1)])


@pytest.mark.parametrize(
    "text", ["visits_365 < 0", "premium > 1", "premium and not premium", "not visits_365 >= 0"]
)
def test_what_can_never_hold_is_false(text):
    assert parsed(text) == FALSE


@pytest.mark.parametrize("text", ["visits_365 >= 0", "premium <= 1", "visits_365 > 2 or visits_365 >= 0"])
def test_what_always_holds_is_true(text):
    assert parsed(text) == TRUE


# --- refusals ---


@pytest.mark.parametrize(
    ("text", "key", "token", "position"),
    [
        ("visits_365 >= 4 or visits_999 >= 1", "ruleset_signal", "visits_999", 20),
        ("visits_365 >= 1.5", "ruleset_token", ".", 16),
        ("visits_365 >= -1", "ruleset_token", "-", 15),
        ("visits_365 + 1 >= 4", "ruleset_token", "+", 12),
        ("premium; drop", "ruleset_token", ";", 8),
        ("premium -- all", "ruleset_token", "-", 9),
        ("premium = 'yes'", "ruleset_token", "'", 11),
        ('"premium"', "ruleset_token", '"', 1),
        ("visits_365 != 3", "ruleset_token", "!", 12),
        ("visits_365 == 3", "ruleset_syntax", "=", 13),
        ("premium AND basic", "ruleset_syntax", "AND", 9),
        ("true", "ruleset_signal", "true", 1),
        ("Premium", "ruleset_signal", "Premium", 1),
        ("select 1", "ruleset_signal", "select", 1),
        ("count(visits_365) >= 1", "ruleset_signal", "count", 1),
        ("visits_365", "ruleset_syntax", "…", 11),
        ("visits_365 >=", "ruleset_syntax", "…", 14),
        ("premium and", "ruleset_syntax", "…", 12),
        ("premium basic", "ruleset_syntax", "basic", 9),
        ("and premium", "ruleset_syntax", "and", 1),
        ("(premium", "ruleset_syntax", "…", 9),
        ("premium)", "ruleset_syntax", ")", 8),
        ("not", "ruleset_syntax", "…", 4),
        ("", "ruleset_syntax", "…", 1),
        ("   ", "ruleset_syntax", "…", 1),
        ("4", "ruleset_syntax", "…", 2),
        ("4 >= 3", "ruleset_syntax", "3", 6),
        ("visits_365 >= visits_180", "ruleset_syntax", "visits_180", 15),
        ("2 <= visits_365 <= 4", "ruleset_syntax", "<=", 17),
        ("otherwise", "ruleset_signal", "otherwise", 1),
    ],
)
def test_anything_else_is_refused_by_name_and_position(text, key, token, position):
    with pytest.raises(RulesetError) as refused:
        parsed(text)
    assert refused.value.key == f"error.{key}"
    assert (refused.value.values["token"], refused.value.values["position"]) == (token, position)


@pytest.mark.parametrize(
    "text",
    [
        "premium" + " or premium" * 400,
        "(" * 1_900 + "premium" + ")" * 1_900,
        " and ".join(f"({signal} = 1 or {signal} = 3 or {signal} = 5)" for signal in COUNT_SIGNALS),
    ],
    ids=["long", "deep", "wide"],
)
def test_a_condition_nobody_can_mean_is_refused_before_it_takes_the_machine(text):
    with pytest.raises(RulesetError) as refused:
        parsed(text)
    assert refused.value.key == "error.ruleset_too_wide"


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_a_refusal_names_ruleset_stage_token_and_position_to_the_reader(locale):
    with pytest.raises(RulesetError) as refused:
        parsed("visits_365 >= 4 or visits_999 >= 1")
    said = refused.value.text(locale)
    assert all(word in said for word in ("own", "loyal", "visits_999", "20"))


@pytest.mark.parametrize(
    ("text", "position"), [("visits_365 >= 1000001", 15), ("99999999999999999999 > nights_365", 1)]
)
def test_a_number_nobody_can_mean_is_refused_with_its_place(text, position):
    with pytest.raises(RulesetError) as refused:
        parsed(text)
    assert refused.value.key == "error.ruleset_number"
    assert refused.value.values["position"] == position


def test_a_million_may_be_written():
    assert parsed("visits_365 >= 1000000") == any_of([Literal("visits_365", 1_000_000)])
