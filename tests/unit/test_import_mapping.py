"""What was guessed and what a person decided, brought together as one mapping."""

from kayoi.load import Because, ColumnGuess, Guess
from kayoi.load.mapping import Mapping, Source, Target
from kayoi.ui.import_draft import Choice
from kayoi.ui.import_mapping import HEADING, KEEP, NONE, SAME, how, propose

WHY = (Because("import.join"),)
GUESS = Guess(
    "visits",
    0.9,
    WHY,
    columns=(
        ColumnGuess("person_id", Source(headings=("会員番号",)), 0.9, WHY),
        ColumnGuess("arrived_on", Source(headings=("到着日",)), 0.9, WHY),
        ColumnGuess("purpose", Source(headings=("目的",), values=(("遊び", "leisure"),)), 0.8, WHY),
    ),
    lacking=("municipality_code",),
)
SHIPPED = Mapping(
    "fukui-survey",
    "1",
    "調査",
    "Survey",
    Target(
        "visits",
        {
            "person_id": Source(headings=("会員ID",)),
            "municipality_code": Source(name_heading="市町村", prefecture_code="18"),
            "arrived_on": Source(headings=("回答日時",)),
        },
    ),
)


def sources(choice: Choice, base: Mapping | None = None) -> dict[str, Source]:
    proposal = propose(choice, GUESS, base, "a-name", "A name")
    assert proposal is not None
    return dict(proposal.sources)


def test_nothing_is_proposed_where_nobody_knows_the_table():
    assert propose(Choice(), Guess(None, 0.0, ()), None, "a-name", "A name") is None


def test_what_was_guessed_stands_until_a_person_says_otherwise():
    proposal = propose(Choice(), GUESS, None, "a-name", "A name")
    assert proposal is not None
    assert proposal.table == "visits"
    assert proposal.lacking == ("municipality_code",)
    assert proposal.sources["arrived_on"] == Source(headings=("到着日",))
    assert how("arrived_on", Choice(), proposal.proposed) == f"{HEADING}到着日"
    assert how("nights", Choice(), proposal.proposed) == NONE


def test_a_column_can_have_another_heading_one_value_for_all_rows_or_none():
    choice = Choice(
        columns={
            "arrived_on": f"{HEADING}宿泊日",
            "municipality_code": f"{SAME}18210",
            "purpose": NONE,
        }
    )
    decided = sources(choice)
    assert decided["arrived_on"] == Source(headings=("宿泊日",))
    assert decided["municipality_code"] == Source(constant="18210")
    assert "purpose" not in decided


def test_one_value_for_all_rows_that_is_not_said_yet_is_lacking():
    assert "municipality_code" not in sources(Choice(columns={"municipality_code": SAME}))


def test_a_name_of_a_municipality_is_looked_for_in_the_prefecture_that_is_named():
    here = {"municipality_code": f"{HEADING}市町村"}
    assert sources(Choice(columns=here, prefectures={"municipality_code": "code:18"}))[
        "municipality_code"
    ] == Source(name_heading="市町村", prefecture_code="18")
    assert sources(Choice(columns=here, prefectures={"municipality_code": f"{HEADING}県"}))[
        "municipality_code"
    ] == Source(name_heading="市町村", prefecture_heading="県")


def test_what_a_text_means_is_added_to_the_value_table_and_goes_before_it():
    told = Choice().told("purpose", {"遊び": "other", "お祭り": "leisure"})
    assert dict(sources(told)["purpose"].values) == {"遊び": "other", "お祭り": "leisure"}


def test_a_shipped_mapping_keeps_its_sources_unless_they_are_changed():
    decided = sources(Choice(), SHIPPED)
    assert decided["municipality_code"].prefecture_code == "18"
    assert how("municipality_code", Choice(), SHIPPED.target.columns) == KEEP
    told = Choice().told("municipality_code", {"坂井郡": "福井県坂井市"})
    assert dict(sources(told, SHIPPED)["municipality_code"].values) == {"坂井郡": "福井県坂井市"}
    assert sources(told, SHIPPED)["municipality_code"].name_heading == "市町村"


def test_a_mapping_that_was_not_changed_keeps_its_name_and_a_changed_one_gets_another():
    unchanged = propose(Choice(), GUESS, SHIPPED, "a-name", "A name")
    changed = propose(Choice(dropped=frozenset({"氏名"})), GUESS, SHIPPED, "a-name", "A name")
    assert unchanged is not None and changed is not None
    assert unchanged.mapping == SHIPPED
    assert (changed.mapping.id, changed.mapping.name_ja) == ("a-name", "調査")
    assert changed.mapping.drop == ("氏名",)
