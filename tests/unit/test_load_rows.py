"""What becomes of each row: stored, merged as a duplicate, or rejected with its reason."""

import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kayoi.contract import stored_columns
from kayoi.errors import FileRefusedError
from kayoi.keys import person_keys
from kayoi.load import list_loads, load_files, read_reconciliation, read_rejects, today
from kayoi.load.rows import ARROW_TYPES
from tests.unit.load_parts import KEY, load, stored, write


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w"


def rejected(warehouse: Path) -> list[tuple[str, int, str, str]]:
    frame = read_rejects(warehouse)
    return list(zip(frame["file"], frame["line"].tolist(), frame["column"], frame["value"], strict=True))


def test_a_visit_is_stored_with_todays_code_a_departure_and_a_band(warehouse, tmp_path):
    file = write(
        tmp_path,
        "visits.csv",
        """
        person_id | municipality_code | arrived_on | departed_on | nights | purpose | spend_yen
        p1        | 204480            | R7.7.1     | 2025/7/3    |        | 観光    | 5,000円以上 10,000円未満
        p1        | 20448             | 2025-08-01 |             | 2      |         | １，２００円
        p2        | 長野県生坂村      | 20250901   |             |        | 帰省    |
    """,
    )
    assert load(warehouse, file) == [("visits.csv", 3, 3, 0, 0)]
    assert stored(
        warehouse,
        "visits",
        "municipality_code",
        "arrived_on",
        "departed_on",
        "purpose",
        "spend_yen",
        "spend_low",
        "spend_high",
        "line",
    ) == [
        ["20448", "2025-07-01", "2025-07-03", "leisure", "", "5000", "10000", "2"],
        ["20448", "2025-08-01", "2025-08-03", "", "1200", "1200", "1200", "3"],
        ["20448", "2025-09-01", "2025-09-01", "relatives", "", "", "", "4"],
    ]


@pytest.mark.parametrize(
    ("table", "drawn"),
    [
        ("coverage", "municipality_code | covered_through\n20448 | 2030-01-01"),
        ("people", "person_id | home_municipality_code | birth_year\np1 | 13 | 昭和45年"),
        (
            "programs",
            "program_id | kind | municipality_codes | budget_yen\nq1 | 企業版 | 03211;30 | 1,000万円",
        ),
        ("organizations", "organization_id | name\n7000012050002 | ㈱ためし"),
        ("visits", "person_id | municipality_code | arrived_on\np1 | 20448 | 2025-07-01"),
        (
            "engagements",
            "person_id | municipality_code | engaged_on | kind | hours\n"
            "p1 | 20448 | 2025-07-01 | 直接寄与 | 1.5",
        ),
        (
            "enrollments",
            "person_id | municipality_code | scheme | started_on\np1 | 20448 | 移住 | 2025-07-01",
        ),
        (
            "supports",
            "person_id | municipality_code | supported_on | kind | yen\n"
            "p1 | 20448 | 2025-07-01 | miles | 5000",
        ),
        ("targets", "scope | kpi_id | fiscal_year | value\n20448 | K01 | 令和7年度 | 10"),
        ("area_stats", "municipality_code | month | metric | value\n20448 | 2025年7月 | 住基人口 | 1,615"),
        ("events", "municipality_code | starts_on | label_ja\n | 2025-09-01 | 開始"),
    ],
)
def test_every_table_is_stored_in_the_contracts_columns_and_types(warehouse, tmp_path, table, drawn):
    assert load(warehouse, write(tmp_path, f"{table}.csv", drawn)) == [(f"{table}.csv", 1, 1, 0, 0)]
    schema = pq.read_schema(list_loads(warehouse)[0].tables[table])
    expected = {name: ARROW_TYPES[kind] for name, kind in stored_columns(table).items()}
    assert dict(zip(schema.names, schema.types, strict=True)) == expected


def test_a_home_is_a_municipality_or_a_prefecture_and_keeps_the_code_it_was_carried_from(warehouse, tmp_path):
    file = write(
        tmp_path,
        "visits.csv",
        """
        person_id | municipality_code | arrived_on | home_municipality_code
        p1        | 20448             | 2025-07-01 | 13
        p2        | 20448             | 2025-07-01 | 22131
        p3        | 20448             | 2025-07-01 | 福井県永平寺町
        p4        | 20448             | 2025-07-01 |
    """,
    )
    load(warehouse, file)
    assert stored(warehouse, "visits", "home_municipality_code", "home_municipality_code_old") == [
        ["13", ""],
        ["22130", "22131"],
        ["18322", ""],
        ["", ""],
    ]


def test_a_person_is_stored_as_a_key_alone(warehouse, tmp_path):
    file = write(
        tmp_path,
        "visits.csv",
        """
        person_id  | municipality_code | arrived_on
        member-777 | 20448             | 2025-07-01
        member-777 | 99999             | 2025-07-01
        member-777 | 20448             | 2025-99-01
    """,
    )
    load(warehouse, file)
    assert stored(warehouse, "visits", "person_key") == [[str(person_keys(KEY, ["member-777"])[0])]]
    for path in warehouse.rglob("*"):
        assert path.is_dir() or b"member-777" not in path.read_bytes()
    assert "member-777" not in read_rejects(warehouse).to_csv()


def test_a_mark_for_no_id_is_nobody_and_no_visit_of_that_id(warehouse, tmp_path):
    file = write(
        tmp_path,
        "visits.csv",
        """
        person_id | municipality_code | arrived_on | visit_id | source
        －        | 20448             | 2025-07-01 | 1        | 宿泊
        不明      | 20448             | 2025-07-01 | 2        | 宿泊
        x         | 20448             | 2025-07-01 | -        | ｱﾌﾟﾘ
    """,
    )
    assert load(warehouse, file) == [("visits.csv", 3, 1, 0, 2)]
    assert stored(warehouse, "visits", "visit_id", "source") == [["", "アプリ"]]


def test_a_bad_row_is_rejected_once_with_its_line_column_value_and_reason(warehouse, tmp_path):
    file = write(
        tmp_path,
        "visits.csv",
        """
        person_id | municipality_code | arrived_on  | departed_on | nights | purpose | organization_id
                  | 20448             | 2025-07-01  |             |        |         |
        p1        | 99999             | 2025-07-99  |             |        |         |
        p1        | 20448             | 令和3年2月30日 |           |        |         |
        p1        | 20448             | 2025-07-02  | 2025-07-01  |        |         |
        p1        | 20448             | 2025-07-02  |             | -1     |         |
        p1        | 20448             | 2025-07-02  |             |        | 散歩    |
        p1        | 20448             | 2025-07-02  |             |        |         | 8000012050002
        p1        | 20448             | 2025-07-02  |             |        |         |              |  | ずれ
        p1        | 20448             | 2025-07-02  |             |        |         |              |  |
    """,
    )
    assert load(warehouse, file) == [("visits.csv", 9, 1, 0, 8)]
    assert rejected(warehouse) == [
        ("visits.csv", 2, "person_id", ""),
        ("visits.csv", 3, "municipality_code", "99999"),
        ("visits.csv", 4, "arrived_on", "令和3年2月30日"),
        ("visits.csv", 5, "departed_on", "2025-07-01"),
        ("visits.csv", 6, "nights", "-1"),
        ("visits.csv", 7, "purpose", "散歩"),
        ("visits.csv", 8, "organization_id", "8000012050002"),
        ("visits.csv", 9, "", ""),
    ]
    reasons = read_rejects(warehouse)
    assert reasons["reason_ja"].str.contains("[ぁ-ん]").all()
    assert reasons["reason_en"].str.contains("[a-z]").all()


def test_a_period_that_ends_before_it_begins_is_rejected(warehouse, tmp_path):
    files = [
        write(
            tmp_path,
            "coverage.csv",
            "municipality_code | covered_from | covered_through\n20448 | 2025-02-01 | 2025-01-31",
        ),
        write(
            tmp_path,
            "enrollments.csv",
            "person_id | municipality_code | scheme | started_on | ended_on\n"
            "p1 | 20448 | fan_club | 2025-02-01 | 2025-01-31",
        ),
    ]
    assert [one[1:] for one in load(warehouse, *files)] == [(1, 0, 0, 1), (1, 0, 0, 1)]
    assert [row[1:] for row in rejected(warehouse)] == [
        (2, "covered_through", "2025-01-31"),
        (2, "ended_on", "2025-01-31"),
    ]


VISITS = """
    person_id | municipality_code | arrived_on | note
    p1        | 20448             | 2025-07-01 | a
    p1        | 20448             | 2025-07-01 | a
    p1        | 20448             | 2025-07-01 | b
    p1        | 20448             | 2025/07/01 | a
    p1        | 20448             | 2025-07-99 | a
    p1        | 20448             | 2025-07-99 | a
"""


def test_a_row_equal_in_every_column_as_read_is_a_duplicate_and_a_bad_row_is_rejected_each_time(
    warehouse, tmp_path
):
    assert load(warehouse, write(tmp_path, "visits.csv", VISITS)) == [("visits.csv", 6, 3, 1, 2)]
    assert stored(warehouse, "visits", "line") == [["2"], ["4"], ["5"]]


def test_duplicates_are_found_across_files_of_a_load_whatever_the_order_of_their_columns(warehouse, tmp_path):
    one = write(
        tmp_path, "visits_1.csv", "person_id | municipality_code | arrived_on\np1 | 20448 | 2025-07-01"
    )
    two = write(
        tmp_path,
        "visits_2.csv",
        "arrived_on | person_id | municipality_code | purpose\n2025-07-01 | p1 | 20448 |",
    )
    assert load(warehouse, one, two) == [("visits_1.csv", 1, 1, 0, 0), ("visits_2.csv", 1, 0, 1, 0)]


def test_values_that_only_change_places_are_no_duplicates(warehouse, tmp_path):
    drawn = (
        "person_id | municipality_code | arrived_on | source | visit_id\n"
        "p1 | 20448 | 2025-07-01 | a | b\n"
        "p1 | 20448 | 2025-07-01 | b | a"
    )
    assert load(warehouse, write(tmp_path, "visits.csv", drawn)) == [("visits.csv", 2, 2, 0, 0)]


def test_loading_the_same_file_twice_stores_no_row_and_no_reject_again(warehouse, tmp_path):
    file = write(tmp_path, "visits.csv", VISITS)
    load(warehouse, file)
    rows, rejects = stored(warehouse, "visits", "row_hash"), rejected(warehouse)
    assert load(warehouse, file) == [("visits.csv", 6, 0, 4, 2)]
    assert (stored(warehouse, "visits", "row_hash"), rejected(warehouse)) == (rows, rejects)
    assert read_reconciliation(warehouse).values.tolist() == [
        [1, "visits.csv", 6, 3, 1, 2],
        [2, "visits.csv", 6, 0, 4, 2],
    ]


def test_a_copy_of_a_file_in_one_load_writes_its_rejects_once(warehouse, tmp_path):
    files = [write(tmp_path, f"visits_{n}.csv", VISITS) for n in (1, 2)]
    assert [one[2:] for one in load(warehouse, *files)] == [(3, 1, 2), (0, 4, 2)]
    assert [row[:2] for row in rejected(warehouse)] == [("visits_1.csv", 6), ("visits_1.csv", 7)]


def test_the_same_visit_id_twice_is_stored_twice_in_the_order_of_the_input(warehouse, tmp_path):
    drawn = (
        "person_id | municipality_code | arrived_on | visit_id | source\n"
        "p1 | 20448 | 2025-07-01 | 1 | a\n"
        "p1 | 20448 | 2025-07-02 | 1 | a"
    )
    load(warehouse, write(tmp_path, "visits.csv", drawn))
    later = "person_id | municipality_code | arrived_on | visit_id | source\np1 | 20448 | 2025-07-03 | 1 | a"
    load(warehouse, write(tmp_path, "visits.csv", later))
    found = stored(warehouse, "visits", "arrived_on", "input_order")
    assert [day for day, _ in found] == ["2025-07-01", "2025-07-02", "2025-07-03"]
    assert [int(order) - base * 2**32 for (_, order), base in zip(found, (1, 1, 2), strict=True)] == [1, 2, 1]


COVERAGE = """
    municipality_code | source | covered_from | covered_through
    20448             | 宿泊   | 2025-01-01   | 2025-06-30
    20448             | 調査   | 2025-01-01   | 2025-03-31
"""
DATED = """
    person_id | municipality_code | arrived_on
    p1        | 20448             | 2025-06-30
    p1        | 20448             | 2025-07-01
    p1        | 20451             | 2026-01-01
"""


def test_a_row_after_the_declared_horizon_is_rejected_whichever_file_comes_first(warehouse, tmp_path):
    visits = write(tmp_path, "visits.csv", DATED)
    coverage = write(tmp_path, "coverage.csv", COVERAGE)
    assert load(warehouse, visits, coverage) == [("coverage.csv", 2, 2, 0, 0), ("visits.csv", 3, 2, 0, 1)]
    assert rejected(warehouse) == [("visits.csv", 3, "arrived_on", "2025-07-01")]
    assert "2025-06-30" in read_rejects(warehouse)["reason_ja"][0]


def test_a_later_declaration_lets_in_what_it_now_covers(warehouse, tmp_path):
    visits = write(tmp_path, "visits.csv", DATED)
    load(warehouse, write(tmp_path, "coverage.csv", COVERAGE))
    assert load(warehouse, visits) == [("visits.csv", 3, 2, 0, 1)]
    load(
        warehouse, write(tmp_path, "coverage.csv", "municipality_code | covered_through\n20448 | 2025-12-31")
    )
    assert load(warehouse, visits) == [("visits.csv", 3, 1, 2, 0)]


def test_a_missing_required_column_refuses_the_whole_load_and_names_file_and_column(warehouse, tmp_path):
    good = write(tmp_path, "people.csv", "person_id | gender\np1 | 女")
    bad = write(tmp_path, "visits.csv", "person_id | municipality_code\np1 | 20448")
    with pytest.raises(FileRefusedError) as refused:
        load(warehouse, good, bad)
    assert "visits.csv" in str(refused.value)
    assert "arrived_on" in str(refused.value)
    assert list_loads(warehouse) == ()


cell = st.sampled_from(
    [
        "",
        " ",
        "p1",
        "p2",
        "20448",
        "204480",
        "99999",
        "2025-07-01",
        "2025/7/1",
        "R7.13.1",
        "観光",
        "x",
        '"',
        "a,b",
        "行\n行",
    ]
)
table = st.lists(st.lists(cell, min_size=0, max_size=6), max_size=25)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=table)
def test_every_row_read_ends_in_exactly_one_place(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("any")
    headings = ["person_id", "municipality_code", "arrived_on", "purpose"]
    quoted = [",".join('"' + text.replace('"', '""') + '"' for text in row) for row in [headings, *rows]]
    (folder / "visits.csv").write_text("\n".join(quoted) + "\n", encoding="utf-8", newline="")
    read = sum(1 for row in rows if any(text.strip() for text in row))
    [(_, counted, accepted, duplicate, refused)] = load(folder / "w", folder / "visits.csv")
    assert counted == read == accepted + duplicate + refused
    assert len(read_rejects(folder / "w")) == refused
    assert len(stored(folder / "w", "visits", "line")) == accepted
    [(_, counted, accepted_again, duplicate_again, refused_again)] = load(folder / "w", folder / "visits.csv")
    assert (accepted_again, duplicate_again, refused_again) == (0, accepted + duplicate, refused)


def test_a_day_trip_and_a_time_of_day_are_the_day_as_written(warehouse, tmp_path):
    load(
        warehouse,
        write(
            tmp_path,
            "visits.csv",
            "person_id | municipality_code | arrived_on\np1 | 20448 | 2024-09-01T23:59:59Z",
        ),
    )
    assert stored(warehouse, "visits", "arrived_on", "departed_on") == [[str(dt.date(2024, 9, 1))] * 2]


def notes(warehouse: Path, *paths: Path) -> list[tuple[str, int, str]]:
    found = [note for file in load_files(warehouse, paths, key=KEY) for note in file.notes]
    return [(note.key, note.count, note.what) for note in found]


@pytest.mark.parametrize(
    ("name", "drawn", "column"),
    [
        (
            "visits",
            """
            person_id | municipality_code | arrived_on
            p1        | 20448             | 2025-07-01
            p1        | 20448             | 2099-07-01
            p1        | 20448             | 令和99年7月1日
            p1        | 20448             | 2099-07-01
            p1        | 99999             | 2099-07-01
            """,
            "arrived_on",
        ),
        (
            "coverage",
            """
            municipality_code | covered_through
            20448             | 2025-07-01
            20202             | 2099-07-01
            20204             | 2099-07-01
            """,
            "covered_through",
        ),
    ],
)
def test_rows_dated_after_today_are_accepted_and_counted_in_a_note(warehouse, tmp_path, name, drawn, column):
    assert notes(warehouse, write(tmp_path, f"{name}.csv", drawn)) == [("load.note.future", 2, column)]


def test_a_row_of_today_is_not_in_the_future(warehouse, tmp_path):
    drawn = f"person_id | municipality_code | arrived_on\np1 | 20448 | {today()}"
    assert notes(warehouse, write(tmp_path, "visits.csv", drawn)) == []


def test_the_day_of_departure_counts_where_the_nights_say_another_and_a_note_says_how_often(
    warehouse, tmp_path
):
    file = write(
        tmp_path,
        "visits.csv",
        """
        person_id | municipality_code | arrived_on | departed_on | nights
        p1        | 20448             | 2025-07-01 | 2025-07-03  | 5
        p1        | 20448             | 2025-07-05 | 2025-07-05  | 1泊2日
        p1        | 20448             | 2025-07-10 | 2025-07-12  | 2
        p1        | 20448             | 2025-07-15 | 2025-07-16  |
        p1        | 20448             | 2025-07-20 |             | 3
        p1        | 99999             | 2025-07-25 | 2025-07-26  | 3
        """,
    )
    assert notes(warehouse, file) == [("load.note.nights_differ", 2, "nights")]
    assert [row[0][-2:] for row in stored(warehouse, "visits", "departed_on")] == [
        "03",
        "05",
        "12",
        "16",
        "23",
    ]
