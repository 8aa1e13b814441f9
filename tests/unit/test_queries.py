"""Query files: what their headers promise, in which order they are built, and what is put into them."""

import textwrap

import pytest

from kayoi import queries
from kayoi.errors import QueryHeaderError

WHOLE = """
    -- purpose: Visits of people
    --          that were merged.
    -- grain:   person_key, arrived_on
    -- reads:   stg_visits, stg_homes
    -- params:
    --   $region_code  varchar  code of the region
    --   $from_on      date     first day
    -- slots:   excluded_purposes
    -- columns:
    --   person_key  bigint  keyed hash: ours
    --   arrived_on  date    first day

    -- purpose: this comment is no header
    select person_key, arrived_on
    from stg_visits
    where purpose not in ({{excluded_purposes}}) and municipality_code = $region_code
        and arrived_on >= $from_on
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a query file where the queries are looked for."""
    monkeypatch.setattr(queries, "QUERIES_DIR", tmp_path)
    queries.load.cache_clear()

    def written(name: str, text: str, folder: str = "reads") -> None:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.sql").write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")

    yield written
    queries.load.cache_clear()


# --- headers ---


def test_a_header_is_read_field_by_field(write):
    write("merged", WHOLE)
    query = queries.load("merged")
    assert (query.name, query.folder) == ("merged", "reads")
    assert query.purpose == "Visits of people that were merged."
    assert query.grain == ("person_key", "arrived_on")
    assert query.reads == ("stg_visits", "stg_homes")
    assert query.params == ("region_code", "from_on")
    assert query.slots == ("excluded_purposes",)
    assert query.columns == {"person_key": "bigint", "arrived_on": "date"}


def test_none_is_an_empty_list(write):
    write(
        "plain",
        "-- purpose: p\n-- grain: a\n-- reads: none\n-- params: none\n-- columns:\n--   a date d\nselect 1",
    )
    query = queries.load("plain")
    assert (query.reads, query.params, query.slots) == ((), (), ())


@pytest.mark.parametrize("field", queries.REQUIRED_FIELDS)
def test_a_header_that_lacks_a_field_is_refused_by_name(write, field):
    write("lacking", WHOLE.replace(f"-- {field}:", f"-- x{field}:"))
    with pytest.raises(QueryHeaderError) as refused:
        queries.load("lacking")
    assert refused.value.key == "error.query_header_lacks"
    assert refused.value.values == {"query": "lacking", "fields": field}


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("-- slots:   excluded_purposes\n", "-- slots: none\n"),
        WHOLE.replace("-- slots:   excluded_purposes\n", "-- slots: excluded_purposes, stage\n"),
        WHOLE.replace("{{excluded_purposes}}", "''"),
    ],
    ids=["not named", "named but not there", "taken out"],
)
def test_slots_of_header_and_body_must_be_the_same(write, text):
    write("slotted", text)
    with pytest.raises(QueryHeaderError) as refused:
        queries.load("slotted")
    assert refused.value.key == "error.query_slots_differ"


def test_a_query_that_is_not_there_or_there_twice_is_refused(write):
    write("twice", WHOLE, folder="reads")
    write("twice", WHOLE, folder="marts")
    for name in ("nowhere", "twice"):
        with pytest.raises(QueryHeaderError, match=name) as refused:
            queries.load(name)
        assert refused.value.key == "error.query_unknown"


# --- slots ---


def test_every_slot_is_filled_and_parameters_are_left_to_be_bound(write):
    write("merged", WHOLE)
    sql = queries.load("merged").rendered({"excluded_purposes": "'relatives'", "stage": "unused"})
    assert "purpose not in ('relatives') and municipality_code = $region_code" in sql
    assert "{{" not in sql


def test_text_put_into_a_slot_is_not_searched_for_slots(write):
    write("merged", WHOLE)
    assert "not in ({{stage}})" in queries.load("merged").rendered(
        {"excluded_purposes": "{{stage}}", "stage": "x"}
    )


def test_a_slot_without_text_is_refused_by_name(write):
    write("merged", WHOLE)
    with pytest.raises(QueryHeaderError) as refused:
        queries.load("merged").rendered({"stage": "''"})
    assert refused.value.values == {"query": "merged", "slots": "excluded_purposes"}


# --- order ---


def test_a_query_comes_after_those_it_reads_whatever_their_names():
    wanted = [
        "int_municipality_spells",
        "int_horizons",
        "stg_visits",
        "stg_coverage",
        "int_visits",
        "stg_homes",
    ]
    order = queries.in_build_order(wanted)
    assert sorted(order) == sorted(wanted)
    for name in order:
        before = set(order[: order.index(name)])
        assert set(queries.load(name).reads) & set(wanted) <= before


def test_the_order_does_not_depend_on_the_order_of_asking():
    wanted = [*queries.names("staging"), *queries.names("intermediate")]
    assert queries.in_build_order(wanted) == queries.in_build_order(reversed(wanted))


def test_what_a_query_reads_through_others_counts_as_read():
    assert queries.depends_on("int_visits", "stg_visits")
    assert queries.depends_on("int_visits", "raw_visits")
    assert queries.depends_on("mart_stock", "ask_days")
    assert not queries.depends_on("int_visits", "ask_days")
    assert not queries.depends_on("stg_visits", "int_visits")


def test_the_queries_of_a_folder_are_named_in_order():
    assert queries.names("checks") == tuple(sorted(queries.names("checks")))
    assert {"visits_lie_apart", "spells_do_not_overlap"} <= set(queries.names("checks"))
    assert "int_visits" not in queries.names("checks")
