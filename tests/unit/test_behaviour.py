"""What a behaviour funnel may ask, and its short text."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kayoi.behaviour import FunnelDefinition, Plan, Span, Step, read_definition, write_definition
from kayoi.behaviour.definition import ENTRIES, KINDS
from kayoi.errors import UsageError
from kayoi.i18n import translate

FIRST_TWO = "ordered.365~visit.nth:1~visit.nth:2"

spans = st.tuples(st.none() | st.integers(0, 99), st.none() | st.integers(0, 99)).map(
    lambda ends: Span(*ends) if None in ends else Span(*sorted(ends))
)
programs = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5), max_size=2)


@st.composite
def steps(draw: st.DrawFn, *, role: str = "required") -> Step:
    source = draw(st.sampled_from(list(KINDS)))
    kinds = draw(st.lists(st.sampled_from(KINDS[source]), unique=True, max_size=3))
    is_visit = source == "visit"
    return Step(
        source=source,
        kinds=tuple(kinds),
        programs=tuple(draw(programs)),
        nights=draw(spans) if is_visit else Span(),
        nth=draw(spans) if is_visit else Span(),
        within_days=draw(st.none() | st.integers(0, 999)),
        role=role,  # type: ignore[arg-type]
    )


@st.composite
def definitions(draw: st.DrawFn) -> FunnelDefinition:
    middle = draw(st.lists(st.sampled_from(["required", "optional", "excluded"]), max_size=4))
    listed = [draw(steps(role=role)) for role in ["required", *middle, "required"]]
    return FunnelDefinition(
        tuple(listed), draw(st.integers(0, 9999)), "ordered", draw(st.sampled_from(ENTRIES))
    )


@given(definitions())
def test_a_definition_comes_back_from_its_text(definition):
    assert read_definition(write_definition(definition)) == definition


@given(definitions())
def test_the_text_may_stand_in_an_address_as_it_is(definition):
    text = write_definition(definition)
    assert quote(text, safe="~.:,*-_") == text


def test_the_text_is_short_and_says_what_is_asked():
    donation = Step("engagement", ("donation",), role="optional")
    definition = FunnelDefinition(
        (Step("visit", nth=Span(1, 1)), donation, Step("visit", nights=Span(2), within_days=90)), 365
    )
    assert write_definition(definition) == (
        "ordered.365~visit.nth:1~opt.engagement.kind:donation~visit.nights:2-.within:90"
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "funnel_order"),
        ("sideways.365~visit", "funnel_order"),
        ("ordered~visit", "funnel_head"),
        ("ordered.soon~visit", "funnel_head"),
        ("ordered.365.last~visit", "funnel_head"),
        ("ordered.365", "funnel_steps"),
        ("ordered.365~", "funnel_source"),
        ("ordered.365~flight", "funnel_source"),
        ("ordered.365~opt.", "funnel_source"),
        ("ordered.365~visit.colour:red", "funnel_field"),
        ("ordered.365~visit.nth", "funnel_field"),
        ("ordered.365~visit.nth:1.nth:2", "funnel_field"),
        ("ordered.365~visit.program:*ZZ", "funnel_field"),
        ("ordered.365~visit.program:*FF", "funnel_field"),
        ("ordered.365~visit.within:x", "funnel_field"),
        ("ordered.365~visit.nights:3-1", "funnel_span"),
        ("ordered.365~visit.nights:-", "funnel_span"),
        ("ordered.365~visit.nights:one", "funnel_span"),
        ("ordered.365~visit.kind:donation", "funnel_kind"),
        ("ordered.365~support.nights:1", "funnel_visits_only"),
        ("ordered.365~engagement.nth:1", "funnel_visits_only"),
        ("ordered.99999~visit", "funnel_days"),
        ("ordered.365~visit.within:99999", "funnel_days"),
        ("ordered.365~opt.visit", "funnel_first_step"),
        ("ordered.365~not.visit~visit", "funnel_first_step"),
        ("ordered.365~visit~not.visit", "funnel_excluded_last"),
        ("ordered.365~visit~not.visit~opt.visit", "funnel_excluded_last"),
        ("strict.365~visit~opt.visit", "funnel_roles_need_order"),
        ("unordered.365~visit~not.support~visit", "funnel_roles_need_order"),
        ("unordered.365~visit~visit.within:3", "funnel_within_unordered"),
        ("~".join(["ordered.365", *["visit"] * 11]), "funnel_steps"),
    ],
)
def test_a_text_that_means_nothing_is_refused_in_both_languages(text, key):
    with pytest.raises(UsageError) as refused:
        read_definition(text)
    assert refused.value.key == f"error.{key}"
    for locale in ("ja", "en"):
        assert refused.value.text(locale) == translate(locale, refused.value.key, **refused.value.values)


def test_ten_steps_are_not_too_many():
    assert len(read_definition("~".join(["ordered.365", *["visit"] * 10])).steps) == 10


def test_a_rate_is_one_of_the_required_step_before():
    plan = Plan(("required", "optional", "excluded", "required", "required"), 10)
    assert [(row[0], row[2]) for row in plan.step_rows()] == [(1, None), (2, 1), (3, 1), (4, 1), (5, 4)]
