"""What a file with unknown headings is taken for, and what that rests on (架空データ)."""

import pytest

from kayoi.contract import TABLES
from kayoi.errors import MappingError
from kayoi.load import guess_mapping, load_files
from kayoi.load.guess import guess_toml
from kayoi.load.headings import dictionary, heading_key, hints
from kayoi.load.mapping import parse_mapping
from kayoi.load.personal import heading_is_personal
from tests.unit.load_parts import KEY, stored, write
from tests.unit.test_shipped_mappings import SAMPLES


def cells(drawn: str) -> tuple[list[str], list[list[str]]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    return rows[0], [list(column) for column in zip(*rows[1:], strict=True)]


def guessed(drawn: str, **asked):
    return guess_mapping(*cells(drawn), **asked)


def sources(guess) -> dict[str, str]:
    return {one.column: one.source.constant or " + ".join(one.source.reads) for one in guess.columns}


UNKNOWN = """
    整理No | ご利用者さま番号 | ご利用日      | 行き先の町   | お支払い額（千円） | お住まい | 性別 | 年代
    1      | K-1              | 令和7年7月1日 | 生坂村       | 12                 | 東京都   | 女   | 30代
    2      | K-2              | 令和7年7月4日 | 長野県生坂村 | 3                  | 大阪市   | 男   | 40代
    3      | K-2              | 令和7年8月4日 | 山形村       | 3                  | 大阪市   | 男   | 40代
"""


def test_headings_nobody_has_seen_are_told_by_their_words_and_values():
    guess = guessed(UNKNOWN)
    assert guess.table == "visits"
    assert guess.mapping_id is None
    assert sources(guess) == {
        "person_id": "ご利用者さま番号",
        "municipality_code": "行き先の町",
        "arrived_on": "ご利用日",
        "visit_id": "整理No",
        "spend_yen": "お支払い額（千円）",
        "home_municipality_code": "お住まい",
    }
    assert [(target.table, tuple(target.columns)) for target in guess.also] == [
        ("people", ("person_id", "gender", "birth_year"))
    ]
    assert guess.lacking == ()


def test_every_column_says_what_made_it_in_both_languages():
    for one in guessed(UNKNOWN).columns:
        assert 0 < one.confidence <= 1
        assert one.because
        for because in one.because:
            assert because.text("ja")
            assert because.text("en")
    said = {one.column: [b.text("ja") for b in one.because] for one in guessed(UNKNOWN).columns}
    assert "3 件中 3 件が日付です" in said["arrived_on"]
    assert "単位は千円です" in said["spend_yen"]


def test_an_accepted_guess_loads_the_file(tmp_path):
    guess = guessed(UNKNOWN)
    text = guess_toml(guess.mapping("ours", name_ja="うちの表"), guess, "ja")
    assert "# 95% 見出し「ご利用日」は同じ意味の言葉です / 3 件中 3 件が日付です" in text
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    file = write(tmp_path, "うちの表.csv", UNKNOWN)
    load_files(tmp_path / "w", [file], mapping=tmp_path / "ours.toml", key=KEY)
    assert stored(tmp_path / "w", "visits", "municipality_code", "arrived_on", "spend_yen") == [
        ["20448", "2025-07-01", "12000"],
        ["20448", "2025-07-04", "3000"],
        ["20450", "2025-08-04", "3000"],
    ]
    assert stored(tmp_path / "w", "people", "gender", "birth_year") == [["female", "1991"], ["male", "1981"]]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_shipped_mapping_is_known_by_its_headings(name):
    guess = guessed(SAMPLES[name])
    assert guess.mapping_id == name
    assert guess.lacking == ()
    assert guess.confidence >= 0.9


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_shipped_mapping_proposes_loads_the_same_rows(tmp_path, name):
    file = write(tmp_path, "書き出し.csv", SAMPLES[name])
    (tmp_path / "own.toml").write_text(
        guess_toml(guessed(SAMPLES[name]).mapping("own"), guessed(SAMPLES[name]), "en"), encoding="utf-8"
    )
    [shipped] = load_files(tmp_path / "w1", [file], mapping=name, key=KEY)
    [own] = load_files(tmp_path / "w2", [file], mapping=tmp_path / "own.toml", key=KEY)
    assert (own.read, own.accepted, own.rejected) == (shipped.read, shipped.accepted, shipped.rejected)


def test_a_file_that_does_not_say_where_asks_for_the_place_and_takes_it():
    drawn = """
        予約番号 | 会員番号 | チェックイン日 | 泊数 | 部屋タイプ
        R1       | M1       | 2025-07-01     | 2    | 和室
    """
    guess = guessed(drawn)
    assert guess.mapping_id == "inn-register"
    assert guess.lacking == ("municipality_code",)
    with pytest.raises(MappingError):
        guess.mapping("ours")
    mapping = guess.mapping("ours", constants={"municipality_code": "20448"})
    assert mapping.target.columns["municipality_code"].constant == "20448"
    changed = guess.mapping(
        "ours", constants={"municipality_code": "20448"}, headings={"nights": "", "visit_id": "部屋タイプ"}
    )
    assert "nights" not in changed.target.columns
    assert changed.target.columns["visit_id"].headings == ("部屋タイプ",)


def test_a_column_that_is_none_of_the_tables_is_refused_by_name():
    with pytest.raises(MappingError) as refused:
        guessed(UNKNOWN).mapping("ours", constants={"colour": "red"})
    assert "colour" in str(refused.value)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", ["id", "japanese"])
def test_the_headings_of_an_input_table_need_no_mapping(table, language):
    named = dictionary()[table]
    headings = [name if language == "id" else one.japanese for name, one in named.items()]
    guess = guess_mapping(headings, [[one.example] for one in named.values()])
    assert (guess.table, guess.needs_mapping, guess.lacking, guess.unused) == (table, False, (), ())
    assert guess.confidence == 1


@pytest.mark.parametrize("table", TABLES)
def test_the_example_of_every_column_is_read_by_it(tmp_path, table):
    named = dictionary()[table]
    rows = [[one.japanese for one in named.values()], [one.example for one in named.values()]]
    if table == "visits":
        rows[1][list(named).index("nights")] = ""
    drawn = "\n".join(" | ".join(row) for row in rows)
    [file] = load_files(tmp_path / "w", [write(tmp_path, f"{table}.csv", drawn)], key=KEY)
    assert (file.read, file.accepted) == (1, 1)


def test_dates_with_their_year_at_the_end_and_periods_in_a_cell_are_declared():
    american = """
        顧客番号 | 市町村 | 来訪日
        K1       | 生坂村 | 07/21/2025
        K2       | 生坂村 | 07/04/2025
    """
    [arrived] = [one for one in guessed(american).columns if one.column == "arrived_on"]
    assert arrived.source.order == "mdy"
    periods = """
        顧客番号 | 滞在先 | 滞在期間
        K1       | 生坂村 | 2025/7/1～7/3
        K2       | 生坂村 | 2025/8/1～8/2
    """
    sides = {one.column: one.source.period for one in guessed(periods).columns}
    assert (sides["arrived_on"], sides["departed_on"]) == ("first", "last")


def test_the_prefecture_and_the_town_of_a_home_are_read_together():
    drawn = """
        顧客番号 | 訪問先 | 来訪日     | 居住都道府県 | 居住市区町村
        K1       | 生坂村 | 2025-07-01 | 広島県       | 府中市
        K2       | 生坂村 | 2025-07-02 | 東京都       | 府中市
    """
    [home] = [one.source for one in guessed(drawn).columns if one.column == "home_municipality_code"]
    assert (home.prefecture_heading, home.name_heading) == ("居住都道府県", "居住市区町村")


@pytest.mark.parametrize(
    ("drawn", "table", "column", "value"),
    [
        (
            "寄付者番号 | 寄付先 | 寄付年月日 | 寄付額\nD1 | 生坂村 | 2025-07-01 | 10000",
            "engagements",
            "kind",
            "donation",
        ),
        (
            "会員番号 | 自治体 | 支給日 | 付与マイル合計\nD1 | 生坂村 | 2025-07-02 | 10000",
            "supports",
            "kind",
            "miles",
        ),
        (
            "会員番号 | 自治体 | ファンクラブ入会日 | 入会日\nD1 | 生坂村 | 2025-07-01 | 2025-07-02",
            "enrollments",
            "scheme",
            "fan_club",
        ),
    ],
)
def test_a_word_in_a_heading_tells_the_table_and_what_all_its_rows_are(drawn, table, column, value):
    guess = guessed(drawn)
    assert guess.table == table
    assert sources(guess)[column] == value


def test_personal_columns_are_blocked_with_what_to_do_and_no_value_is_repeated():
    drawn = """
        会員番号 | 氏名 | 連絡先 | 住所 | 生年月日 | 来訪日 | 市町村 | 備考
        K1 | 架空太郎 | 03-0000-0000 | 福井県坂井市三国町1-2-3 | 1990-01-02 | 2025-07-01 | 生坂村 | 受付済
    """
    guess = guessed(drawn)
    assert [one.heading for one in guess.blocked] == ["氏名", "連絡先", "住所"]
    # the year is all that is kept of a day of birth that is mapped to it
    assert [tuple(target.columns) for target in guess.also] == [("person_id", "birth_year")]
    said = " ".join(
        because.text(locale)
        for locale in ("ja", "en")
        for because in [
            *(one.because for one in guess.blocked),
            *(b for c in guess.columns for b in c.because),
        ]
    )
    assert [value for value in ("架空太郎", "03-0000-0000", "三国町", "1990", "K1") if value in said] == []


def test_a_mileage_number_may_be_what_tells_people_apart_and_is_blocked_beside_another():
    alone = "お得意様番号 | 訪問先 | 来訪日\n100200300 | 生坂村 | 2025-07-01"
    assert sources(guessed(alone))["person_id"] == "お得意様番号"
    assert guessed(alone).blocked == ()
    beside = "個人ID | お得意様番号 | 訪問先 | 来訪日\nK1 | 100200300 | 生坂村 | 2025-07-01"
    assert [one.heading for one in guessed(beside).blocked] == ["お得意様番号"]


@pytest.mark.parametrize(
    "drawn", ["品目 | 数\nりんご | 3", "a | b\n1 | 2", " | \n | ", "名称 | 電話\nx | 03-0000-0000"]
)
def test_a_file_of_something_else_is_taken_for_nothing(drawn):
    guess = guessed(drawn)
    assert guess.table is None
    assert guess.because[0].text("ja")


def test_a_column_most_of_whose_values_do_not_read_so_is_left_alone():
    drawn = """
        顧客番号 | 訪問先 | 来訪日     | 消費額
        K1       | 生坂村 | 2025-07-01 | 少し
        K2       | 生坂村 | 2025-07-02 | たくさん
    """
    assert "消費額" in guessed(drawn).unused


def test_many_columns_of_text_that_is_nothing_are_told_apart_from_places_in_passing():
    headings = [f"備考{number}" for number in range(60)]
    texts = [f"{number}番目の市民の話" for number in range(200)]
    guess = guess_mapping([*headings, "year"], [*([texts] * 60), ["2023", "2024", "2025"]])
    assert guess.table is None


def test_a_table_may_be_asked_for():
    drawn = "顧客番号 | 市町村 | 日付\nK1 | 生坂村 | 2025-07-01"
    assert guessed(drawn).table == "visits"
    asked = guessed(drawn, table="engagements")
    assert asked.table == "engagements"
    assert asked.lacking == ("kind",)


def test_headings_alone_are_enough_to_begin_with():
    guess = guess_mapping(["顧客番号", "訪問先", "来訪日"], [])
    assert guess.table == "visits"
    assert parse_mapping(guess_toml(guess.mapping("a"), guess, "ja"), "a.toml").target.table == "visits"


def test_the_dictionary_names_every_column_once_and_no_heading_of_ours_is_personal():
    for table, columns in dictionary().items():
        headings = [heading_key(one.japanese) for one in columns.values()]
        assert len(set(headings)) == len(headings)
        assert [one.japanese for one in columns.values() if heading_is_personal(one.japanese, table)] == []
    for hint in hints():
        known = TABLES[hint.table]
        assert hint.column is None or hint.value in known.column(hint.column).values
