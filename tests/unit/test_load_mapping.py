"""How a mapping brings a supplier's headings to the contract's columns."""

from pathlib import Path

import pytest

from kayoi.errors import FileRefusedError, MappingError
from kayoi.load import load_files, read_rejects
from kayoi.load.mapping import load_mapping, shipped_mappings
from tests.unit.load_parts import KEY, load, stored, write

HEAD = 'id = "m"\nversion = "1"\ntable = "visits"\n[name]\nja = "例"\nen = "Example"\n'
COLUMNS = HEAD + '[columns]\nperson_id = "会員"\nmunicipality_code = "町"\narrived_on = "日"\n'


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w"


@pytest.fixture
def mapping(tmp_path: Path):
    def write_mapping(text: str) -> Path:
        path = tmp_path / "m.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_mapping


def test_headings_constants_value_tables_missing_marks_and_joined_cells(warehouse, tmp_path, mapping):
    spec = mapping(
        HEAD
        + """
        [columns]
        municipality_code = "町"
        [columns.person_id]
        from = ["施設", "番号"]
        joined_by = "-"
        [columns.arrived_on]
        from = ["年", "月日"]
        joined_by = "/"
        [columns.nights]
        from = "泊（県内）"
        values = { "泊まらない" = "0", "４泊以上" = "4" }
        [columns.spend_yen]
        from = "消費"
        missing = ["9999999"]
        [columns.source]
        value = "宿泊"
    """
    )
    file = write(
        tmp_path,
        "記録.csv",
        """
        施設 | 番号 | 町    | 年   | 月日 | 泊(県内)   | 消費
        A    | 1    | 20448 | 2025 | 7/1  | 4泊以上    | 9999999
        B    | 1    | 20448 | 2025 | 7/2  | 泊まらない | 500
        B    | 1    | 20448 | 2025 | 7/3  | 1泊        |
    """,
    )
    assert load(warehouse, file, mapping=spec) == [("記録.csv", 3, 3, 0, 0)]
    assert stored(warehouse, "visits", "arrived_on", "departed_on", "spend_yen", "source") == [
        ["2025-07-01", "2025-07-05", "", "宿泊"],
        ["2025-07-02", "2025-07-02", "500", "宿泊"],
        ["2025-07-03", "2025-07-04", "", "宿泊"],
    ]
    keys = [row[0] for row in stored(warehouse, "visits", "person_key")]
    assert keys[0] != keys[1] == keys[2]


def test_rules_are_tried_in_order_and_the_constant_is_what_is_left(warehouse, tmp_path, mapping):
    spec = mapping(
        COLUMNS
        + """
        [columns.purpose]
        rules = [
            { when = { column = "親戚", equals = "1" }, value = "relatives" },
            { when = { column = "仕事", equals = "1" }, value = "business" },
        ]
        value = "leisure"
    """
    )
    file = write(
        tmp_path,
        "記録.csv",
        """
        会員 | 町    | 日         | 親戚 | 仕事
        p1   | 20448 | 2025-07-01 | 1    | 1
        p1   | 20448 | 2025-07-02 | 0    | １
        p1   | 20448 | 2025-07-03 | 0    |
    """,
    )
    load(warehouse, file, mapping=spec)
    assert stored(warehouse, "visits", "purpose") == [["relatives"], ["business"], ["leisure"]]


HOME = """
    [columns.home_municipality_code]
    prefecture = "県"
    name = "市町村"
    unresolved = ["single_in_district", "prefecture"]
"""
HOMES = """
    会員 | 町    | 日         | 県     | 市町村
    p1   | 20448 | 2025-07-01 | 神奈川県 | 横浜市戸塚区
    p2   | 20448 | 2025-07-01 | 福井県 | 吉田郡
    p3   | 20448 | 2025-07-01 | 福井県 | 大飯郡
    p4   | 20448 | 2025-07-01 | 香川県 | 仲多度群
    p5   | 20448 | 2025-07-01 | 東京都 |
    p6   | 20448 | 2025-07-01 |        |
    p7   | 20448 | 2025-07-01 | ハワイ | ホノルル
"""


def test_a_name_that_leads_to_no_municipality_takes_the_ways_out_the_mapping_allows(
    warehouse, tmp_path, mapping
):
    file = write(tmp_path, "記録.csv", HOMES)
    [reconciled] = load_files(warehouse, [file], mapping=mapping(COLUMNS + HOME), key=KEY)
    assert (reconciled.accepted, reconciled.rejected) == (6, 1)
    assert stored(warehouse, "visits", "home_municipality_code", "home_municipality_code_old") == [
        ["14100", "横浜市戸塚区"],
        ["18322", "吉田郡"],
        ["18", "大飯郡"],
        ["37", "仲多度群"],
        ["13", ""],
        ["", ""],
    ]
    counted = {note.key.removeprefix("load.note."): note.count for note in reconciled.notes}
    assert counted == {"carried": 1, "single_in_district": 1, "prefecture": 3}
    assert read_rejects(warehouse)[["column", "value"]].values.tolist() == [
        ["県 + 市町村", "ハワイ ホノルル"]
    ]


def test_without_a_way_out_such_a_name_is_rejected(warehouse, tmp_path, mapping):
    spec = mapping(COLUMNS + HOME.replace('unresolved = ["single_in_district", "prefecture"]', ""))
    assert load(warehouse, write(tmp_path, "記録.csv", HOMES), mapping=spec) == [("記録.csv", 7, 3, 0, 4)]


def test_a_reject_quotes_the_cell_as_the_file_has_it_not_as_the_mapping_made_it(warehouse, tmp_path, mapping):
    spec = mapping(COLUMNS + '[columns.purpose]\nfrom = "目的"\nvalues = { "散歩" = "walk" }\n')
    file = write(tmp_path, "記録.csv", "会員 | 町 | 日 | 目的\np1 | 20448 | 2025-07-01 | 散歩")
    load(warehouse, file, mapping=spec)
    assert read_rejects(warehouse)[["column", "value"]].values.tolist() == [["目的", "散歩"]]


def test_a_second_table_takes_the_distinct_rows_of_the_same_file_once(warehouse, tmp_path, mapping):
    spec = mapping(
        COLUMNS + '[[also]]\ntable = "people"\n[also.columns]\nperson_id = "会員"\ngender = "性別"\n'
    )
    drawn = """
        会員 | 町    | 日         | 性別
        p1   | 20448 | 2025-07-01 | 女
        p1   | 20448 | 2025-07-02 | 女
        p2   | 20448 | 2025-07-03 |
        p3   | 20448 | 2025-07-99 | 男
        p4   | 20448 | 2025-07-04 | 男性
    """
    file = write(tmp_path, "記録.csv", drawn)
    again = write(tmp_path, "記録2.csv", drawn.replace("2025-07", "2025-08"))
    assert load(warehouse, file, again, mapping=spec) == [("記録.csv", 5, 4, 0, 1), ("記録2.csv", 5, 4, 0, 1)]
    assert stored(warehouse, "people", "gender", "line") == [["female", "2"], ["male", "6"]]
    load(warehouse, file, mapping=spec)
    assert len(stored(warehouse, "people", "gender")) == 2


def test_a_file_named_as_an_input_table_is_read_as_that_beside_mapped_files(warehouse, tmp_path, mapping):
    coverage = write(tmp_path, "coverage.csv", "municipality_code | covered_through\n20448 | 2025-07-01")
    file = write(tmp_path, "記録.csv", "会員 | 町 | 日\np1 | 20448 | 2025-07-01\np1 | 20448 | 2025-07-02")
    assert load(warehouse, file, coverage, mapping=mapping(COLUMNS)) == [
        ("coverage.csv", 1, 1, 0, 0),
        ("記録.csv", 2, 1, 0, 1),
    ]


def test_a_file_without_the_mappings_headings_is_refused_with_their_names(warehouse, tmp_path, mapping):
    file = write(tmp_path, "記録.csv", "会員 | 町\np1 | 20448")
    with pytest.raises(FileRefusedError) as refused:
        load(warehouse, file, mapping=mapping(COLUMNS))
    assert "日" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (COLUMNS + 'colour = "a"\n', "colour"),
        (COLUMNS.replace("[name]", "colour = 1\n[name]"), "colour"),
        (COLUMNS + '[columns.purpose]\nform = "a"\n', "columns.purpose.form"),
        (COLUMNS + '[columns.purpose]\nrules = [{ when = { column = "a", is = "1" }, value = "b" }]\n', "is"),
        (COLUMNS.replace('arrived_on = "日"\n', ""), "arrived_on"),
        (COLUMNS.replace('"visits"', '"visit"'), "visit"),
        (COLUMNS.replace('version = "1"\n', ""), "version"),
        (COLUMNS + '[columns.purpose]\nfrom = "a"\nvalue = "b"\n', "columns.purpose"),
        (COLUMNS + "[columns.purpose]\n", "columns.purpose"),
        (COLUMNS + '[columns.home_municipality_code]\nname = "a"\n', "prefecture"),
        (COLUMNS + '[columns.home_municipality_code]\nfrom = "a"\nprefecture = "b"\n', "name"),
        (COLUMNS + '[columns.purpose]\nname = "a"\nprefecture = "b"\n', "name"),
        (COLUMNS + HOME.replace("single_in_district", "guess"), "unresolved"),
        (COLUMNS + "[columns.purpose]\nfrom = 3\n", "from"),
        (COLUMNS + '[columns.purpose]\nfrom = "a"\nvalues = 3\n', "values"),
        (COLUMNS + '[[also]]\ntable = "people"\n[also.columns]\ngender = "a"\n', "person_id"),
        (COLUMNS + "[columns\n", "m.toml"),
    ],
)
def test_a_wrong_mapping_is_refused_by_the_name_of_what_is_wrong(mapping, text, named):
    with pytest.raises(MappingError) as refused:
        load_mapping(mapping(text))
    for locale in ("ja", "en"):
        assert named in refused.value.text(locale)
        assert "m.toml" in refused.value.text(locale)


def test_a_mapping_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    with pytest.raises(MappingError) as refused:
        load_mapping(tmp_path / "none.toml")
    assert "fukui-survey" in str(refused.value)


@pytest.mark.parametrize("name", shipped_mappings())
def test_every_shipped_mapping_is_found_by_its_id(name):
    assert load_mapping(name).id == name


FUKUI = Path(__file__).parents[3] / "shared" / "real" / "fukui"


@pytest.mark.skipif(not FUKUI.exists(), reason="needs the survey nobody here wrote")
def test_the_whole_survey_of_fukui_is_accounted_for(warehouse):
    files = load_files(warehouse, [FUKUI], mapping="fukui-survey", key=KEY)
    assert len(files) == 30
    assert all(one.read == one.accepted + one.duplicate + one.rejected for one in files)
    assert sum(one.read for one in files) == 57_603
    # the only rows that cannot be placed are those that name no municipality
    assert set(read_rejects(warehouse)["column"]) == {"市町村"}
    assert set(read_rejects(warehouse)["value"]) == {""}
    again = load_files(warehouse, [FUKUI], mapping="fukui-survey", key=KEY)
    assert sum(one.accepted for one in again) == 0
