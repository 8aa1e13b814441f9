"""A withdrawn load is as if it had never been loaded, and can be brought back."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kayoi.build import build
from kayoi.errors import LoadDamagedError, UnknownLoadError
from kayoi.load import history, list_loads, load_files, read_reconciliation, restore, withdraw
from kayoi.load.originals import kept
from tests.unit.load_parts import KEY, load, stored, write

HEADINGS = "person_id | municipality_code | arrived_on"


def visits(folder: Path, name: str, *people: str) -> Path:
    """Write a file with one visit of each of *people*; `p1/07` comes on 1 July."""
    rows = [person.partition("/") for person in people]
    lines = [f"{person} | 20448 | 2025-{month or '06'}-01" for person, _, month in rows]
    return write(folder, name, "\n".join([HEADINGS, *lines]))


def counts(warehouse: Path) -> list[list[int]]:
    """Return load_id, read, accepted, duplicate, rejected of each file that counts."""
    columns = ["load_id", "read", "accepted", "duplicate", "rejected"]
    return read_reconciliation(warehouse)[columns].to_numpy().tolist()


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w"


def test_rows_that_were_dropped_as_duplicates_of_a_withdrawn_load_count_again(warehouse, tmp_path):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1", "p2"))
    load(warehouse, visits(tmp_path, "visits_2.csv", "p2", "p3", "p3"))
    assert counts(warehouse) == [[1, 2, 2, 0, 0], [2, 3, 1, 2, 0]]
    withdraw(warehouse, 1, why="the wrong year")
    assert counts(warehouse) == [[2, 3, 2, 1, 0]]
    assert [row[:2] for row in stored(warehouse, "visits", "load_id", "line")] == [["2", "2"], ["2", "3"]]
    assert build(warehouse).visits == 2


def test_a_withdrawn_load_can_be_brought_back_as_it_was(warehouse, tmp_path):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1", "p2"))
    load(warehouse, visits(tmp_path, "visits_2.csv", "p2", "p3"))
    before = (counts(warehouse), stored(warehouse, "visits", "input_order", "row_hash"))
    withdraw(warehouse, 1)
    restore(warehouse, 1)
    assert (counts(warehouse), stored(warehouse, "visits", "input_order", "row_hash")) == before


def test_what_came_while_a_load_was_away_gives_way_when_it_returns(warehouse, tmp_path):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1", "p2"))
    withdraw(warehouse, 1)
    load(warehouse, visits(tmp_path, "visits_2.csv", "p2", "p3"))
    assert counts(warehouse) == [[3, 2, 2, 0, 0]]
    restore(warehouse, 1)
    assert counts(warehouse) == [[1, 2, 2, 0, 0], [3, 2, 1, 1, 0]]
    withdraw(warehouse, 3)
    assert counts(warehouse) == [[1, 2, 2, 0, 0]]


def test_a_row_an_earlier_load_brought_once_more_is_a_duplicate_for_those_after_it(warehouse, tmp_path):
    for number in (1, 2, 3):
        load(warehouse, visits(tmp_path, f"visits_{number}.csv", "p1", f"own{number}"))
    withdraw(warehouse, 1)
    assert counts(warehouse) == [[2, 2, 2, 0, 0], [3, 2, 1, 1, 0]]
    load(warehouse, visits(tmp_path, "visits_4.csv", "p1"))
    assert counts(warehouse)[-1] == [5, 1, 0, 1, 0]
    withdraw(warehouse, 2)
    assert counts(warehouse) == [[3, 2, 2, 0, 0], [5, 1, 0, 1, 0]]


def test_rows_of_a_second_table_of_the_same_file_go_and_come_with_it(warehouse, tmp_path):
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'id = "m"\nversion = "1"\ntable = "visits"\n[name]\nja = "例"\nen = "example"\n'
        '[columns]\nperson_id = "人"\nmunicipality_code = "町"\narrived_on = "日"\n'
        '[[also]]\ntable = "people"\n[also.columns]\nperson_id = "人"\ngender = "性"\n',
        encoding="utf-8",
    )
    one = write(tmp_path, "a.csv", "人 | 町 | 日 | 性\np1 | 20448 | 2025-06-01 | female")
    two = write(
        tmp_path,
        "b.csv",
        "人 | 町 | 日 | 性\np1 | 20448 | 2025-06-01 | female\np2 | 20448 | 2025-06-01 | male",
    )
    load(warehouse, one, mapping=mapping)
    load(warehouse, two, mapping=mapping)
    assert len(stored(warehouse, "people", "gender")) == 2
    withdraw(warehouse, 1)
    assert stored(warehouse, "people", "load_id", "gender") == [["2", "female"], ["2", "male"]]
    assert [row[0] for row in stored(warehouse, "visits", "load_id")] == ["2", "2"]


def test_the_history_says_who_when_and_why_and_what_can_be_brought_back(warehouse, tmp_path):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1"))
    load(warehouse, visits(tmp_path, "visits_2.csv", "p2"))
    withdraw(warehouse, 1, why="別の町のファイルでした")
    entries = history(warehouse)
    assert [(one.entry_id, one.kind, one.of, one.state) for one in entries] == [
        (1, "load", 1, "withdrawn"),
        (2, "load", 2, "counts"),
        (3, "withdrawal", 1, "withdrawn"),
    ]
    assert entries[2].why == "別の町のファイルでした"
    assert all(one.at and one.by for one in entries)
    assert entries[0].files[0].file == "visits_1.csv"
    restore(warehouse, 1)
    assert [(one.kind, one.state) for one in history(warehouse)] == [
        ("load", "counts"),
        ("load", "counts"),
        ("withdrawal", "counts"),
        ("restoration", "counts"),
    ]


def test_the_files_of_a_withdrawn_load_go_unless_another_came_from_them(warehouse, tmp_path):
    file = visits(tmp_path, "visits_1.csv", "p1")
    load(warehouse, file)
    load(warehouse, file, visits(tmp_path, "visits_2.csv", "p2"))
    withdraw(warehouse, 2)
    assert len(kept(warehouse)) == 1
    withdraw(warehouse, 1)
    assert kept(warehouse) == ()


def test_an_erased_load_leaves_its_name_in_the_history_and_no_row(warehouse, tmp_path):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1"))
    load(warehouse, visits(tmp_path, "visits_2.csv", "p1", "p2"))
    withdraw(warehouse, 1)
    withdraw(warehouse, 1, erase=True)
    assert sorted(path.name for path in (warehouse / "loads").iterdir()) == ["000002", "000003"]
    first = history(warehouse)[0]
    assert (first.entry_id, first.state) == (1, "erased")
    assert history(warehouse)[0].files[0].file == "visits_1.csv"
    assert counts(warehouse) == [[2, 2, 2, 0, 0]]
    with pytest.raises(UnknownLoadError, match="erased"):
        restore(warehouse, 1)
    assert load(warehouse, visits(tmp_path, "visits_3.csv", "p3")) == [("visits_3.csv", 1, 1, 0, 0)]
    assert list_loads(warehouse)[-1].load_id == 4


@pytest.mark.parametrize("number", [0, 2, 9, -1])
def test_what_was_never_loaded_cannot_be_withdrawn(warehouse, tmp_path, number):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1"))
    with pytest.raises(UnknownLoadError):
        withdraw(warehouse, number)
    with pytest.raises(UnknownLoadError):
        restore(warehouse, number)
    assert counts(warehouse) == [[1, 1, 1, 0, 0]]


def test_a_load_is_withdrawn_once_and_a_withdrawal_is_no_load(warehouse, tmp_path):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1"))
    with pytest.raises(UnknownLoadError, match="not withdrawn"):
        restore(warehouse, 1)
    withdraw(warehouse, 1)
    for number in (1, 2):
        with pytest.raises(UnknownLoadError):
            withdraw(warehouse, number)


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_a_load_that_is_lost_or_damaged_is_said_and_can_be_withdrawn(warehouse, tmp_path, harm):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1"))
    load(warehouse, visits(tmp_path, "visits_2.csv", "p1", "p2"))
    lost = warehouse / "loads" / "000001"
    if harm == "gone":
        shutil.rmtree(lost)
    else:
        (lost / "visits.parquet").write_bytes(b"")
    with pytest.raises(LoadDamagedError):
        list_loads(warehouse)
    withdraw(warehouse, 1)
    assert counts(warehouse) == [[2, 2, 2, 0, 0]]
    assert load(warehouse, visits(tmp_path, "visits_1.csv", "p1")) == [("visits_1.csv", 1, 0, 1, 0)]


def test_a_changed_word_of_the_ledger_is_damage(warehouse, tmp_path):
    load(warehouse, visits(tmp_path, "visits_1.csv", "p1", "p2"))
    path = warehouse / "loads" / "000001" / "load.json"
    path.write_text(path.read_text().replace('"accepted": 2', '"accepted": 1'))
    with pytest.raises(LoadDamagedError):
        list_loads(warehouse)
    load_json = json.loads(path.read_text())
    assert load_json["files"][0]["accepted"] == 1


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("load"), st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5)),
        st.tuples(st.sampled_from(["withdraw", "restore"]), st.integers(1, 6)),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_loaded_withdrawn_and_brought_back_counts_as_if_only_what_counts_was_ever_loaded(
    tmp_path_factory, steps
):
    folder = tmp_path_factory.mktemp("steps")
    loaded: dict[int, list[str]] = {}
    away: set[int] = set()
    entries = 0
    for what, value in steps:
        if what == "load":
            entries += 1
            loaded[entries] = value
            load_files(folder / "w", [visits(folder, f"visits_{entries}.csv", *value)], key=KEY)
        elif what == "withdraw" and value in loaded.keys() - away:
            withdraw(folder / "w", value)
            away.add(value)
            entries += 1
        elif what == "restore" and value in away:
            restore(folder / "w", value)
            away.remove(value)
            entries += 1
    for number in sorted(loaded.keys() - away):
        load_files(folder / "fresh", [folder / f"visits_{number}.csv"], key=KEY)

    def said(warehouse: Path) -> tuple[list[list[int]], list[list[str]]]:
        rows = stored(warehouse, "visits", "row_hash", "line", "arrived_on")
        return [one[1:] for one in counts(warehouse)], rows

    assert said(folder / "w") == said(folder / "fresh")
    for read, accepted, duplicate, rejected in said(folder / "w")[0]:
        assert read == accepted + duplicate + rejected
    for one in list_loads(folder / "w"):
        for path in one.tables.values():
            assert pq.read_metadata(path).num_rows > 0
