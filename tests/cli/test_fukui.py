"""From a survey as it is published to a funnel: one month of real answers, where they are at hand."""

import csv

import pytest

from tests.cli.running import kayoi
from tests.conftest import ROOT

MONTH = ROOT.parent / "shared" / "real" / "fukui" / "202307.csv"

pytestmark = pytest.mark.skipif(not MONTH.is_file(), reason="the survey is not at hand")


@pytest.fixture(scope="module")
def fukui(tmp_path_factory):
    warehouse = tmp_path_factory.mktemp("fukui") / "warehouse"
    loaded = kayoi("load", MONTH, "--mapping", "fukui-survey", "--warehouse", warehouse, "--json")
    built = kayoi("build", "--warehouse", warehouse, "--json")
    return warehouse, loaded, built


def test_every_answer_is_accounted_for_and_most_can_be_used(fukui):
    _, loaded, built = fukui
    assert (loaded.code, built.code) == (0, 0)
    with MONTH.open(encoding="utf-8-sig", newline="") as file:
        answers = sum(1 for _ in csv.reader(file)) - 1
    [visits] = [file for file in loaded.json["files"] if file["table"] == "visits"]
    assert visits["read"] == answers
    assert visits["accepted"] + visits["duplicate"] + visits["rejected"] == answers
    assert visits["rejected"] < 0.05 * answers
    assert 0 < built.json["visits"] <= visits["accepted"]


def test_the_prefecture_has_fewer_visitors_than_its_municipalities_together(fukui, tmp_path):
    warehouse, *_ = fukui
    ran = kayoi("kpi", "--region", "18", "--kpi", "K03", "--warehouse", warehouse, "--json")
    people = ran.json["kpis"][0]["value"]
    out = tmp_path / "mart_visits.csv"
    assert kayoi("export", "mart_visits", "--out", out, "--warehouse", warehouse).code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["as_of"] == ran.json["as_of"]]
    towns = [
        int(row["people"])
        for row in rows
        if (row["region_level"], row["period"], row["segment_kind"]) == ("municipality", "w365", "all")
    ]
    assert max(towns) < people < sum(towns)


def test_the_ladder_of_the_prefecture_narrows_from_rung_to_rung(fukui):
    warehouse, *_ = fukui
    ran = kayoi("funnel", "--region", "18", "--warehouse", warehouse, "--json")
    reached = [step["at_or_above"] for step in ran.json["steps"]]
    assert reached[0] > reached[1] > 0
    assert reached == sorted(reached, reverse=True)
    assert ran.json["members_reporting"] <= ran.json["members_with_data"] <= ran.json["members_total"] == 17
