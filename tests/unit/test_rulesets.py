"""The shipped rulesets, a ruleset of one's own, and that what is built is what was written."""

from datetime import date, timedelta

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kayoi import rulesets
from kayoi.conditions import SIGNALS, parse
from kayoi.engine import Engine
from kayoi.errors import RulesetError
from kayoi.rulesets import STAGES, Rule, Ruleset
from tests.conftest import House
from tests.oracle import rulesets as oracle
from tests.oracle.rows import Data, Engagement, Enrollment, Record
from tests.oracle.spells import municipal_spells, work_out
from tests.unit.written import conditions, holds, signal_values

DEFAULT_CONDITIONS = {
    "settled": "relocated",
    "dual": "residence and visits_180 >= 1 and (nights_365 >= 30 or stay_months_365 >= 6)",
    "routine": "visits_56 >= 8 and nights_56 = 0 and not enrolled",
    "related": "visits_365 >= 4 or (visits_365 >= 2 and engagements_365 >= 1)"
    " or (visits_365 >= 1 and premium) or (visits_365 >= 1 and supporter_365 >= 3) or trial",
    "loyal": "visits_365 >= 2 or (visits_365 >= 1 and visits_730 >= 3)",
    "tourist": "visits_365 >= 1",
    "interest": "not ever_visited and (contacts_730 >= 1 or enrolled)",
    "dormant": "otherwise",
}
OWN = """
id = "own"
version = "1"
reviewed_on = 2026-11-22
exclude_purposes = ["relatives", "business"]
name = {{ ja = "独自", en = "Own" }}
note = {{ ja = "", en = "" }}
{stages}
"""
STAGE = """
[[stage]]
id = "{id}"
condition = "{condition}"
is_convention = true
source = {{ ja = "", en = "" }}
"""


@pytest.fixture
def own(tmp_path):
    """Load a ruleset of one's own from a file, its stages drawn as a table."""

    def loaded(stages: str, change=lambda text: text):
        drawn = [line.split("|") for line in stages.strip().splitlines()]
        text = "".join(STAGE.format(id=id_.strip(), condition=condition.strip()) for id_, condition in drawn)
        path = tmp_path / "own.toml"
        path.write_text(change(OWN.format(stages=text)), encoding="utf-8")
        return rulesets.load(path)

    return loaded


# --- shipped ---


def test_five_rulesets_are_shipped_the_default_first():
    assert rulesets.shipped()[0] == rulesets.DEFAULT == "jta-mlit-2026"
    assert set(rulesets.shipped()) == set(oracle.RULESETS)


@pytest.mark.parametrize("ruleset_id", rulesets.shipped())
def test_a_shipped_ruleset_loads_and_gives_its_sources_in_both_languages(ruleset_id):
    ruleset = rulesets.load(ruleset_id)
    assert ruleset.id == ruleset_id
    assert ruleset.exclude_purposes == ("relatives",)
    assert [rule.stage for rule in ruleset.rules][-1] == "dormant"
    for words in (ruleset.name, *(rule.source for rule in ruleset.rules[:-1])):
        assert set(words) == {"ja", "en"} and all(text.strip() for text in words.values())


def test_the_default_is_that_of_the_contract():
    rules = rulesets.load(rulesets.DEFAULT).rules
    assert {rule.stage: rule.text for rule in rules} == DEFAULT_CONDITIONS
    assert [rule.stage for rule in rules] == list(DEFAULT_CONDITIONS)


def test_stages_are_compared_in_the_order_of_the_contract():
    assert STAGES == ("settled", "dual", "related", "loyal", "tourist", "routine", "interest", "dormant")
    assert rulesets.LADDER == ("tourist", "loyal", "related", "dual")
    assert rulesets.RANKS["settled"] == 1 and rulesets.RANKS["dormant"] == 8


# --- a file of one's own ---


def test_a_file_may_name_its_own_stages_thresholds_and_purposes(own):
    ruleset = own("""
        loyal   | visits_365 >= 12
        tourist | visits_365 >= 1
        dormant | otherwise
    """)
    assert [rule.stage for rule in ruleset.rules] == ["loyal", "tourist", "dormant"]
    assert ruleset.slots()["excluded_purposes"] == "'relatives', 'business'"


@pytest.mark.parametrize(
    ("stages", "wrong"),
    [
        ("friend | visits_365 >= 1 \n dormant | otherwise", "friend"),
        ("tourist | visits_365 >= 1 \n tourist | visits_365 >= 2 \n dormant | otherwise", "tourist"),
        ("dormant | otherwise \n tourist | visits_365 >= 1", "dormant"),
        ("loyal | visits_365 >= 2 \n tourist | visits_365 >= 1", "tourist"),
    ],
    ids=["unknown", "repeated", "dormant not last", "no dormant"],
)
def test_stages_unknown_repeated_or_out_of_order_are_refused(own, stages, wrong):
    with pytest.raises(RulesetError) as refused:
        own(stages)
    assert refused.value.key == "error.ruleset_stage"
    assert refused.value.values["stage"] == wrong


def test_otherwise_is_for_the_last_stage_alone(own):
    with pytest.raises(RulesetError) as refused:
        own("tourist | otherwise \n dormant | otherwise")
    assert refused.value.key == "error.ruleset_signal"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('version = "1"', "", "version"),
        ('version = "1"', "version = 1", "version"),
        ('exclude_purposes = ["relatives", "business"]', "", "exclude_purposes"),
        ('["relatives", "business"]', '["family"]', "exclude_purposes"),
        ("reviewed_on = 2026-11-22", 'reviewed_on = "soon"', "reviewed_on"),
        ("is_convention = true", "", "is_convention"),
        ('condition = "visits_365 >= 1"', "", "condition"),
    ],
)
def test_a_field_that_is_missing_or_of_the_wrong_kind_is_named(own, old, new, field):
    with pytest.raises(RulesetError) as refused:
        own("tourist | visits_365 >= 1 \n dormant | otherwise", lambda text: text.replace(old, new))
    assert refused.value.key == "error.ruleset_shape"
    assert refused.value.values["field"] == field


def test_a_file_that_is_no_toml_is_refused_with_the_place(own):
    with pytest.raises(RulesetError, match="line 2"):
        own("dormant | otherwise", lambda text: text.replace('id = "own"', "id = own"))


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes("name = '独自'".encode("cp932"))
    with pytest.raises(RulesetError, match="UTF-8"):
        rulesets.load(path)


@pytest.mark.parametrize(
    "id_", ["", "Own", "独自", "../own", "own'", "own rules", "-own", "o" * 42, "own\\n"]
)
def test_an_id_that_is_no_plain_name_is_refused(own, id_):
    with pytest.raises(RulesetError) as refused:
        own("dormant | otherwise", lambda text: text.replace('id = "own"', f'id = "{id_}"'))
    assert refused.value.key == "error.ruleset_id"


@pytest.mark.parametrize("id_", ["o", "own", "2026-own", "o" * 41])
def test_a_plain_name_is_an_id(own, id_):
    drawn = "dormant | otherwise"
    assert own(drawn, lambda text: text.replace('id = "own"', f'id = "{id_}"')).id == id_


def test_a_threshold_nobody_reaches_costs_no_column_for_every_visit_before(own):
    many = own("loyal | visits_365 >= 1000000 and visits_730 >= 3\ndormant | otherwise").slots()
    few = own("loyal | visits_365 >= 50\ndormant | otherwise").slots()
    assert many["lags"].count("lag(") == 1
    assert few["lags"].count("lag(") == 50


@pytest.mark.parametrize("name", ["strict-5", "", "strict-4.toml"])
def test_a_name_that_is_neither_shipped_nor_a_file_is_refused_with_those_there_are(name):
    with pytest.raises(
        RulesetError, match="jta-mlit-2026, engagement-only, mlit-broad, strict-4, visits-only"
    ):
        rulesets.load(name)


def test_a_condition_that_is_refused_names_its_stage(own):
    with pytest.raises(RulesetError) as refused:
        own("loyal | visits_365 => 2 \n dormant | otherwise")
    assert (refused.value.values["stage"], refused.value.values["position"]) == ("loyal", 13)


# --- what is built is what was written ---

stage_lists = st.lists(conditions, min_size=1, max_size=4)


def ruleset_of(texts: list[str]) -> Ruleset:
    """Return a ruleset of the first stages with these conditions, then dormant."""
    rules = [
        Rule(stage, text, parse(text, ruleset="own", stage=stage), {}, True)
        for stage, text in zip(STAGES, texts, strict=False)
    ]
    dormant = Rule("dormant", "otherwise", frozenset(), {}, True)
    return Ruleset("own", "1", {}, {}, (), date(2026, 11, 22), (*rules, dormant))


def first_stage(texts: list[str], values: dict[str, int]) -> str:
    return next((stage for stage, text in zip(STAGES, texts, strict=False) if holds(text, values)), "dormant")


@settings(max_examples=60, deadline=None)
@given(texts=stage_lists, many=st.lists(signal_values, min_size=20, max_size=20))
def test_the_compiled_stage_is_the_first_whose_written_condition_holds(texts, many):
    signals = pd.DataFrame(many, columns=list(SIGNALS))
    with duckdb.connect() as connection:
        stage = duckdb.SQLExpression(ruleset_of(texts).slots()["stage"])
        found = connection.from_df(signals).select(stage).fetchall()
    assert [row[0] for row in found] == [first_stage(texts, values) for values in many]


# Distances at which the windows open and close, and small ones at which visits merge.
STEPS = (1, 2, 3, 7, 20, 30, 55, 56, 57, 90, 179, 180, 181, 364, 365, 366, 729, 730, 731)
FIRST, LAST = date(2021, 1, 1), date(2024, 12, 31)
PLACE = "20448"

days = st.integers(0, (LAST - FIRST).days).map(lambda passed: FIRST + timedelta(passed))
stays = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from((0, 0, 0, 1, 5))), max_size=12)
ties = st.lists(
    st.tuples(days, st.sampled_from(("contribution", "participation", "donation", "hobby"))), max_size=3
)
terms = st.lists(
    st.tuples(
        st.sampled_from(("furusato_premium", "dual_residence", "dual_trial", "fan_club", "relocation")),
        days,
        st.one_of(st.none(), st.integers(0, 400)),
    ),
    max_size=2,
)
people = st.lists(st.tuples(stays, ties, terms), min_size=3, max_size=6)


def data_of(drawn: list[tuple[list, list, list]]) -> Data:
    """Return what these people did in one place, each stay so many days after the one before."""
    records, engagements, enrollments = [], [], []
    for number, (stays, ties, terms) in enumerate(drawn, 1):
        person, day = str(number), FIRST
        for step, nights in stays:
            day += timedelta(step)
            if day <= LAST:
                records.append(Record(len(records), person, PLACE, day, day + timedelta(nights)))
        engagements += [Engagement(person, PLACE, day, kind) for day, kind in ties]
        enrollments += [
            Enrollment(person, PLACE, scheme, day, None if length is None else day + timedelta(length))
            for scheme, day, length in terms
        ]
    return Data(tuple(records), tuple(engagements), tuple(enrollments), (), {PLACE: LAST})


def built_spells(ruleset: Ruleset, data: Data) -> set[tuple[str | None, ...]]:
    """Return (person, stage, valid_from, valid_to) as the queries find them."""
    house = House(Engine.in_memory(ruleset.slots()))
    house.given("raw_coverage", f"municipality_code | covered_through\n{PLACE} | {LAST}")
    drawn = {
        "raw_visits | person_key | municipality_code | arrived_on | departed_on": [
            (r.person, r.municipality, r.arrived_on, r.departed_on) for r in data.records
        ],
        "raw_engagements | person_key | municipality_code | engaged_on | kind": [
            (e.person, e.municipality, e.engaged_on, e.kind) for e in data.engagements
        ],
        "raw_enrollments | person_key | municipality_code | scheme | started_on | ended_on": [
            (e.person, e.municipality, e.scheme, e.started_on, e.ended_on or "") for e in data.enrollments
        ],
    }
    for head, rows in drawn.items():
        table, _, header = head.partition(" | ")
        house.given(table, "\n".join([header, *("|".join(map(str, row)) for row in rows)]))
    found = house.build("int_municipality_spells", columns="person_key, stage, valid_from, valid_to")
    house.engine.close()
    return {tuple(row) for row in found}


@settings(max_examples=25, deadline=None)
@given(texts=stage_lists, drawn=people)
def test_spells_under_any_ruleset_are_those_of_the_slow_calculation(texts, drawn):
    data = data_of(drawn)
    stages = [
        (stage, lambda signals, text=text: holds(text, vars(signals)))
        for stage, text in zip(STAGES, texts, strict=False)
    ]
    slow = oracle.Ruleset("own", (*stages, ("dormant", oracle.otherwise)), exclude_purposes=())
    expected = {
        (spell.person, spell.stage, str(spell.valid_from), str(spell.valid_to) if spell.valid_to else None)
        for spell in municipal_spells(work_out(data, [slow])["own"])
    }
    assert built_spells(ruleset_of(texts), data) == expected


@pytest.mark.parametrize("least", [50, 51])
def test_a_high_threshold_is_reached_on_the_visit_that_reaches_it_whichever_way_it_takes(own, least):
    rules = own(f"loyal | visits_365 >= {least}\ntourist | visits_365 >= 1\ndormant | otherwise")
    house = House(Engine.in_memory(rules.slots()))
    days = [date(2025, 1, 1) + timedelta(days=2 * step) for step in range(52)]
    drawn = "\n".join(f"1 | 20448 | {day} | {day}" for day in days)
    house.given("raw_visits", f"person_key | municipality_code | arrived_on | departed_on\n{drawn}")
    spells = house.build("int_municipality_spells", columns="stage, valid_from")
    house.engine.close()
    assert spells == [["loyal", str(days[least - 1])], ["tourist", "2025-01-01"]]
