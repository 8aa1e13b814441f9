"""What a mapping may declare about the form of a column."""

from pathlib import Path

import pytest

from kayoi.errors import FileRefusedError, MappingError
from kayoi.load import load_files, read_rejects
from kayoi.load.mapping import load_mapping, parse_mapping, shipped_mappings
from kayoi.load.mapping_text import mapping_toml
from tests.unit.load_parts import KEY, load, stored, write

HEAD = 'id = "m"\nversion = "1"\ntable = "{table}"\n{top}\n[name]\nja = "例"\nen = "Example"\n'
VISITS = HEAD.format(table="visits", top="") + '[columns]\nperson_id = "会員"\nmunicipality_code = "町"\n'


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w"


@pytest.fixture
def loaded(warehouse: Path, tmp_path: Path):
    """Load a drawn file by a mapping and give columns of what was stored."""

    def loaded(spec: str, drawn: str, table: str, *columns: str):
        (tmp_path / "m.toml").write_text(spec, encoding="utf-8")
        load_files(warehouse, [write(tmp_path, "記録.csv", drawn)], mapping=tmp_path / "m.toml", key=KEY)
        return stored(warehouse, table, *columns)

    return loaded


def test_the_first_of_several_headings_that_the_file_has_is_read(loaded):
    spec = VISITS + '[columns.arrived_on]\neither = ["到着日", "ご利用日", "日付"]\n'
    drawn = "会員 | 町 | 日付 | ご利用日\np1 | 20448 | 2025-07-09 | 2025-07-01"
    assert loaded(spec, drawn, "visits", "arrived_on") == [["2025-07-01"]]


def test_a_file_with_none_of_them_is_refused_with_all_of_them(loaded):
    spec = VISITS + '[columns.arrived_on]\neither = ["到着日", "ご利用日"]\n'
    with pytest.raises(FileRefusedError) as refused:
        loaded(spec, "会員 | 町 | 日付\np1 | 20448 | 2025-07-09", "visits")
    assert "到着日" in refused.value.text("ja")
    assert "ご利用日" in refused.value.text("ja")


def test_an_optional_column_may_be_lacking(loaded):
    spec = VISITS + 'arrived_on = "日"\n[columns.spend_yen]\nfrom = "額"\noptional = true\n'
    assert loaded(spec, "会員 | 町 | 日\np1 | 20448 | 2025-07-01", "visits", "spend_yen") == [[""]]


def test_years_of_one_era_may_be_written_without_it(loaded):
    spec = VISITS + '[columns.arrived_on]\nfrom = "日(令和)"\nera = "令和"\n'
    drawn = """
        会員 | 町    | 日（令和）
        p1   | 20448 | 7.7.1
        p1   | 20448 | 07/08/01
        p1   | 20448 | 7年9月1日
        p1   | 20448 | 071001
        p1   | 20448 | 元年11月1日
    """
    assert loaded(spec, drawn, "visits", "arrived_on") == [
        ["2025-07-01"],
        ["2025-08-01"],
        ["2025-09-01"],
        ["2025-10-01"],
        ["2019-11-01"],
    ]


@pytest.mark.parametrize(("order", "day"), [("mdy", "2025-07-05"), ("dmy", "2025-05-07")])
def test_dates_with_their_year_at_the_end_are_read_in_the_order_declared(loaded, order, day):
    spec = VISITS + f'[columns.arrived_on]\nfrom = "日"\norder = "{order}"\n'
    drawn = "会員 | 町 | 日\np1 | 20448 | 07/05/2025 10:00\np1 | 20448 | 2025-09-01"
    assert loaded(spec, drawn, "visits", "arrived_on") == [[day], ["2025-09-01"]]


def test_a_cell_with_a_period_gives_its_first_and_its_last_day(loaded):
    spec = (
        VISITS
        + '[columns.arrived_on]\nfrom = "期間"\nperiod = "first"\n'
        + '[columns.departed_on]\nfrom = "期間"\nperiod = "last"\n'
    )
    drawn = """
        会員 | 町    | 期間
        p1   | 20448 | 2025/7/1～7/3
        p1   | 20448 | 2025年8月
        p1   | 20448 | 2025/9/1
    """
    assert loaded(spec, drawn, "visits", "arrived_on", "departed_on") == [
        ["2025-07-01", "2025-07-03"],
        ["2025-08-01", "2025-08-31"],
        ["2025-09-01", "2025-09-01"],
    ]


def test_a_range_of_numbers_counts_as_the_end_declared(loaded):
    spec = VISITS + 'arrived_on = "日"\n[columns.nights]\nfrom = "泊"\nbound = "low"\n'
    drawn = """
        会員 | 町    | 日         | 泊
        p1   | 20448 | 2025-07-01 | 2～3泊
        p1   | 20448 | 2025-08-01 | 4泊以上
        p1   | 20448 | 2025-09-01 | 日帰り
    """
    assert loaded(spec, drawn, "visits", "departed_on") == [["2025-07-03"], ["2025-08-05"], ["2025-09-01"]]


def test_a_bare_number_counts_the_unit_declared_and_a_text_with_its_own_unit_that(loaded):
    spec = VISITS + 'arrived_on = "日"\n[columns.spend_yen]\nfrom = "額（千円）"\nunit = "千円"\n'
    drawn = """
        会員 | 町    | 日         | 額（千円）
        p1   | 20448 | 2025-07-01 | 12
        p1   | 20448 | 2025-08-01 | 1.5
        p1   | 20448 | 2025-09-01 | 3,000円
        p1   | 20448 | 2025-10-01 | 1,000円未満
        p1   | 20448 | 2025-11-01 | -
    """
    assert loaded(spec, drawn, "visits", "spend_yen", "spend_low", "spend_high") == [
        ["12000", "12000", "12000"],
        ["1500", "1500", "1500"],
        ["3000", "3000", "3000"],
        ["", "0", "1000"],
        ["", "", ""],
    ]


def test_minutes_are_hours(loaded):
    top = HEAD.format(table="engagements", top="")
    spec = top + '[columns]\nperson_id = "会員"\nmunicipality_code = "町"\nengaged_on = "日"\n'
    spec += '[columns.kind]\nvalue = "contribution"\n[columns.hours]\nfrom = "分"\nunit = "分"\n'
    assert loaded(spec, "会員 | 町 | 日 | 分\np1 | 20448 | 2025-07-01 | 90", "engagements", "hours") == [
        ["1.5"]
    ]


def test_a_total_is_divided_by_the_people_it_was_for(loaded, warehouse):
    spec = VISITS + 'arrived_on = "日"\n[columns.spend_yen]\nfrom = "合計"\nper = ["宿泊人数", "人数"]\n'
    drawn = """
        会員 | 町    | 日         | 合計                  | 人数
        p1   | 20448 | 2025-07-01 | 24000                 | 2
        p1   | 20448 | 2025-08-01 | 10000                 | 3名
        p1   | 20448 | 2025-09-01 | 5,000円以上8,000円未満 | 2
        p1   | 20448 | 2025-10-01 |                       |
        p1   | 20448 | 2025-11-01 | 9000                  | 0
    """
    assert loaded(spec, drawn, "visits", "spend_yen", "spend_low", "spend_high") == [
        ["12000", "12000", "12000"],
        ["3333", "3333", "3333"],
        ["", "2500", "4000"],
        ["", "", ""],
    ]
    [(column, value, reason)] = read_rejects(warehouse)[["column", "value", "reason_ja"]].values.tolist()
    assert (column, value) == ("合計 + 人数", "9000")
    assert "人数" in reason


def test_an_age_on_a_day_is_a_year_of_birth_and_a_band_where_its_middle_is_taken(loaded, warehouse):
    top = HEAD.format(table="people", top="") + '[columns]\nperson_id = "会員"\n'
    spec = top + '[columns.birth_year]\nfrom = "年齢"\nage_on = "回答日"\nbound = "middle"\n'
    drawn = """
        会員 | 年齢     | 回答日
        p1   | 34       | 2025-07-01
        p2   | 30代     | 2025-07-01
        p3   | 70歳以上 | 2024-07-01
        p4   |          | 2025-07-01
        p5   | 34       |
    """
    assert loaded(spec, drawn, "people", "birth_year") == [["1991"], ["1991"], ["1954"], [""]]
    # who somebody is must not be told by a reject
    assert read_rejects(warehouse)[["column", "value"]].values.tolist() == [["年齢 + 回答日", ""]]


def test_a_band_of_ages_without_a_word_for_it_is_rejected(loaded, warehouse):
    top = HEAD.format(table="people", top="") + '[columns]\nperson_id = "会員"\n'
    spec = top + '[columns.birth_year]\nfrom = "年齢"\nage_on = "回答日"\n'
    drawn = "会員 | 年齢 | 回答日\np1 | 30代 | 2025-07-01\np2 | 20歳 | 2025-07-01"
    assert loaded(spec, drawn, "people", "birth_year") == [["2005"]]


def test_of_several_answers_in_a_cell_the_first_rule_that_holds_decides(loaded):
    spec = (
        VISITS
        + """arrived_on = "日"
        [columns.purpose]
        rules = [
            { when = { column = "目的", has = "仕事" }, value = "business" },
            { when = { column = "目的", has = "3" }, value = "relatives" },
            { when = { column = "目的", has = "親戚・友人" }, value = "relatives" },
        ]
        value = "leisure"
    """
    )
    drawn = """
        会員 | 町    | 日         | 目的
        p1   | 20448 | 2025-07-01 | 観光、仕事
        p1   | 20448 | 2025-08-01 | 1;3;5
        p1   | 20448 | 2025-09-01 | 1;13;5
        p1   | 20448 | 2025-10-01 | 観光／親戚・友人
        p1   | 20448 | 2025-11-01 | 観光、食事
        p1   | 20448 | 2025-12-01 | 仕事始め
    """
    assert loaded(spec, drawn, "visits", "purpose") == [
        ["business"],
        ["relatives"],
        ["leisure"],
        ["relatives"],
        ["leisure"],
        ["leisure"],
    ]


def test_rows_a_mapping_leaves_out_are_rejected_with_that_reason_and_no_other(loaded, warehouse):
    top = 'leave_out = [{ column = "状態", equals = "キャンセル" }, { column = "無い列", equals = "1" }]'
    spec = VISITS.replace('table = "visits"\n', f'table = "visits"\n{top}\n') + 'arrived_on = "日"\n'
    drawn = """
        会員 | 町    | 日         | 状態
        p1   | 20448 | 2025-07-01 | 確定
        p1   | 20448 |            | キャンセル
        p1   | 20448 | いつか     | 確定
    """
    assert loaded(spec, drawn, "visits", "arrived_on") == [["2025-07-01"]]
    rejects = read_rejects(warehouse)[["line", "column", "value"]].values.tolist()
    assert rejects == [[3, "状態", "キャンセル"], [4, "日", "いつか"]]
    assert "直す必要はありません" in read_rejects(warehouse)["reason_ja"][0]


def test_ids_that_a_spreadsheet_shows_in_part_are_rejected_not_taken_for_one_person(loaded, warehouse):
    spec = VISITS + 'arrived_on = "日"\n'
    drawn = """
        会員        | 町    | 日
        1.23457E+12 | 20448 | 2025-07-01
        1E5         | 20448 | 2025-07-01
    """
    assert loaded(spec, drawn, "visits", "arrived_on") == [["2025-07-01"]]
    assert read_rejects(warehouse)[["column", "value"]].values.tolist() == [["会員", ""]]


@pytest.mark.parametrize(
    ("column", "spec", "named"),
    [
        ("arrived_on", 'from = "a"\nera = "大化"', "令和"),
        ("arrived_on", 'from = "a"\norder = "ymd"', "mdy"),
        ("arrived_on", 'from = "a"\nperiod = "middle"', "first"),
        ("arrived_on", 'from = "a"\nunit = "千円"', "columns.arrived_on.unit"),
        ("arrived_on", 'from = "a"\nage_on = "b"', "columns.arrived_on.age_on"),
        ("nights", 'from = "a"\nbound = "middle"', "columns.nights.bound"),
        ("spend_yen", 'from = "a"\nunit = "ドル"', "千円"),
        ("spend_yen", 'value = "1"\nunit = "千円"', "columns.spend_yen.from"),
        ("spend_yen", 'from = "a"\neither = ["b"]', "columns.spend_yen"),
        ("spend_yen", 'from = "a"\noptional = "yes"', "columns.spend_yen.optional"),
        ("purpose", 'rules = [{ when = { column = "a" }, value = "b" }]', "equals"),
        ("purpose", 'rules = [{ when = { column = "a", has = "1", equals = "1" }, value = "b" }]', "equals"),
        ("purpose", 'rules = "a"', "rules"),
    ],
)
def test_a_form_that_does_not_fit_its_column_is_refused_by_name(column, spec, named):
    text = (
        VISITS + ("" if column == "arrived_on" else 'arrived_on = "日"\n') + f"[columns.{column}]\n{spec}\n"
    )
    with pytest.raises(MappingError) as refused:
        parse_mapping(text, "m.toml")
    for locale in ("ja", "en"):
        assert named in refused.value.text(locale)


EVERYTHING = (
    HEAD.format(
        table="visits",
        top='note = "注 \\"1\\""\nknown_by = ["目"]\n'
        'leave_out = [{ column = "状", equals = "" }, { column = "状", has = "x" }]',
    )
    + """
    [columns]
    person_id = "会\\\\員"
    municipality_code = { prefecture_code = "20", name = "町" }
    arrived_on = { either = ["日", "月日"], era = "令和", period = "first" }
    departed_on = { from = "発", order = "mdy", optional = true }
    nights = { from = "泊", bound = "low", values = { "なし" = "0" }, missing = ["9"] }
    visit_id = { from = ["館", "号"], joined_by = "-" }
    spend_yen = { from = "額", unit = "千円", per = ["人", "名"] }
    home_municipality_code = { prefecture = "県", name = "市", unresolved = ["prefecture"] }
    source = { value = "宿泊" }
    [columns.purpose]
    rules = [{ when = { column = "目", has = "仕事" }, value = "business" }]
    value = "leisure"
    [[also]]
    table = "people"
    [also.columns]
    person_id = "会\\\\員"
    birth_year = { from = "年代", age_on = "日", bound = "middle" }
"""
)


def test_a_mapping_written_as_toml_is_read_as_the_same():
    mapping = parse_mapping(EVERYTHING, "m.toml")
    assert parse_mapping(mapping_toml(mapping), "m.toml") == mapping
    commented = mapping_toml(mapping, {"person_id": ["見出し\n[name]"]})
    assert parse_mapping(commented, "m.toml") == mapping


@pytest.mark.parametrize("name", shipped_mappings())
def test_every_shipped_mapping_written_as_toml_is_read_as_the_same(name):
    assert parse_mapping(mapping_toml(load_mapping(name)), name) == load_mapping(name)


def test_the_japanese_headings_of_the_templates_need_no_mapping(warehouse, tmp_path):
    file = write(
        tmp_path, "名簿.csv", "個人ID | 市区町村コード | 到着日 | 消費額(円)\np1 | 20448 | 2025-07-01 | 500"
    )
    assert load(warehouse, file) == [("名簿.csv", 1, 1, 0, 0)]
    assert stored(warehouse, "visits", "spend_yen") == [["500"]]
