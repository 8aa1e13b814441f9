"""`build`: a new snapshot of what is loaded."""

import json

import pytest

from tests.cli.running import kayoi


def test_it_publishes_a_snapshot_and_says_how_much_is_in_it(own_valley):
    before = (own_valley / "CURRENT").read_text()
    ran = kayoi("build", "--warehouse", own_valley, "--json")
    assert ran.code == 0
    published = (own_valley / "CURRENT").read_text()
    assert published != before
    assert ran.json["snapshot_id"] == published.strip()
    assert ran.json["visits"] == 7 + 1  # one is left out of the signals, but kept
    assert ran.json["regions"] == 5  # two municipalities, their prefecture, the nation, 第2のふるさとづくり
    assert ran.json["as_ofs"] == 45  # the month ends of January 2022 to September 2025


@pytest.mark.parametrize(("ruleset", "stage"), [("jta-mlit-2026", "related"), ("engagement-only", "loyal")])
def test_the_ruleset_decides_in_which_stage_four_visits_are(own_valley, ruleset, stage):
    assert kayoi("build", "--warehouse", own_valley, "--ruleset", ruleset).code == 0
    ran = kayoi("kpi", "--region", "20448", "--kpi", "K14", "--warehouse", own_valley, "--json")
    assert ran.json["ruleset"] == ruleset
    assert {part["key"]: part["value"] for part in ran.json["kpis"][0]["parts"]}[stage] == 1


def test_a_ruleset_that_is_wrong_is_refused_and_the_published_one_stays(own_valley, tmp_path):
    before = (own_valley / "CURRENT").read_text()
    wrong = tmp_path / "mine.toml"
    wrong.write_text("stages = 3", encoding="utf-8")
    ran = kayoi("build", "--warehouse", own_valley, "--ruleset", wrong)
    assert ran.code == 1
    assert "mine" in ran.err
    assert (own_valley / "CURRENT").read_text() == before


def test_what_was_built_says_which_loads_and_rules_it_is_made_of(valley):
    published = (valley / "CURRENT").read_text().strip()
    manifest = json.loads((valley / "snapshots" / published / "manifest.json").read_text("utf-8"))
    assert manifest["snapshot_id"] == published
    assert manifest["ruleset"]["id"] == "jta-mlit-2026"
    assert manifest["loads"] == [1]
