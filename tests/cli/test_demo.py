"""`demo`: invented people, never among real ones."""

import json

from kayoi.i18n import translate
from tests.cli.running import contents, kayoi


def test_it_refuses_a_folder_that_holds_data(own_valley):
    before = contents(own_valley)
    ran = kayoi("demo", "--people", "2000", "--warehouse", own_valley)
    assert ran.code == 2
    assert ran.err.strip() == translate("ja", "error.demo_warehouse_not_empty", warehouse=own_valley)
    assert contents(own_valley) == before


def test_too_few_people_to_show_anything_are_refused(tmp_path):
    ran = kayoi("demo", "--people", "3", "--warehouse", tmp_path / "warehouse")
    assert ran.code == 2
    assert "3" in ran.err


def test_the_warehouse_says_that_its_data_are_invented(demo_warehouse):
    assert json.loads((demo_warehouse / "warehouse.json").read_text("utf-8"))["data_label"] == "fictitious"


def test_an_export_of_invented_data_says_so(demo_warehouse, tmp_path):
    ran = kayoi("export", "mart_stock", "--out", tmp_path / "stock.csv", "--warehouse", demo_warehouse)
    assert translate("ja", "app.fictitious_note") in ran.out
