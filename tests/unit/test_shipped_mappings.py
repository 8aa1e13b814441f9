"""Every shipped mapping on a small file in the shape it is for: which rows come out of it."""

from pathlib import Path

import pytest

from kayoi.load import load_files, read_rejects
from kayoi.load.mapping import load_mapping, shipped_mappings
from tests.unit.load_parts import KEY, load, stored, write

# 架空データ: no row of these tables is about anybody
SAMPLES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent / "supplier_files").glob("*.txt"))
}
VISIT = ("municipality_code", "arrived_on", "departed_on", "spend_yen", "home_municipality_code", "source")
EXPECTED = {
    "fukui-survey": [
        (
            "visits",
            (
                "municipality_code",
                "departed_on",
                "purpose",
                "spend_low",
                "spend_high",
                "home_municipality_code",
            ),
            ["18210 2025-07-05 leisure 0 1000 20448", "18201 2025-07-02 relatives 5000 10000 18322"],
        ),
        ("people", ("gender",), ["female", "male"]),
    ],
    "inn-register": [
        (
            "visits",
            VISIT,
            ["20448 2025-07-01 2025-07-03 12000 13 宿泊", "20448 2025-08-05 2025-08-06 9000 27 宿泊"],
        )
    ],
    "app-checkins": [
        (
            "visits",
            ("municipality_code", "arrived_on", "visit_id", "home_municipality_code", "source"),
            [
                "01633 2025-07-01 c1 13 アプリ",
                "01633 2025-07-01 c2 13 アプリ",
                "01633 2025-07-04 c3 01 アプリ",
            ],
        ),
        ("people", ("birth_year", "gender"), ["1990 female"]),
    ],
    "mileage-stays": [
        (
            "visits",
            ("municipality_code", "arrived_on", "departed_on", "program_id", "source"),
            [
                "01633 2025-09-05 2025-09-08 futachi-2025 航空",
                "01633 2025-10-03 2025-10-06 futachi-2025 航空",
            ],
        )
    ],
    "mileage-credits": [
        (
            "supports",
            ("municipality_code", "supported_on", "kind", "quantity", "yen", "program_id"),
            ["01633 2025-09-30 miles 7500.0 11250 futachi-2025"],
        )
    ],
    "furusato-donations": [
        (
            "engagements",
            ("municipality_code", "engaged_on", "kind", "amount_yen", "source"),
            ["20448 2025-12-01 donation 10000 サイトA", "20448 2025-12-31 donation 10000 サイトB"],
        ),
        ("people", ("home_municipality_code",), ["13206"]),
    ],
    "trial-housing": [
        (
            "enrollments",
            ("municipality_code", "scheme", "started_on", "ended_on"),
            ["20448 dual_trial 2025-07-01 2025-07-14"],
        ),
        ("visits", VISIT, ["20448 2025-07-01 2025-07-14  27 お試し住宅"]),
    ],
    "dual-residents": [
        (
            "enrollments",
            ("municipality_code", "scheme", "started_on", "ended_on"),
            ["20448 dual_residence 2025-04-01 ", "20448 dual_residence 2024-10-01 2025-09-30"],
        ),
        (
            "people",
            ("home_municipality_code", "birth_year", "gender"),
            ["13112 1985 female", "27100 1990 male"],
        ),
    ],
    "company-workation": [
        (
            "visits",
            ("municipality_code", "arrived_on", "departed_on", "purpose", "organization_id"),
            ["03211 2025-10-06 2025-10-09 workation 7000012050002"] * 2,
        ),
        ("organizations", ("organization_id", "name", "industry"), ["7000012050002 架空株式会社 情報通信業"]),
    ],
}


def test_every_shipped_mapping_has_a_sample():
    assert sorted(SAMPLES) == list(shipped_mappings())
    assert SAMPLES.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_small_export_in_its_shape_gives_the_right_rows(tmp_path: Path, name):
    file = write(tmp_path, "書き出し.csv", SAMPLES[name], encoding="cp932")
    load_files(tmp_path / "w", [file], mapping=name, key=KEY)
    for table, columns, rows in EXPECTED[name]:
        assert [" ".join(row) for row in stored(tmp_path / "w", table, *columns)] == rows
    reasons = read_rejects(tmp_path / "w")["reason_ja"].tolist()
    assert [reason for reason in reasons if "直す必要はありません" not in reason] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_loading_it_again_changes_nothing(tmp_path: Path, name):
    file = write(tmp_path, "書き出し.csv", SAMPLES[name])
    load(tmp_path / "w", file, mapping=name)
    [(_, read, accepted, duplicate, rejected)] = load(tmp_path / "w", file, mapping=name)
    assert (accepted, duplicate + rejected) == (0, read)


@pytest.mark.parametrize("name", shipped_mappings())
def test_a_shipped_mapping_is_named_in_both_languages_and_known_by_headings_it_reads(name):
    mapping = load_mapping(name)
    assert mapping.name_ja
    assert mapping.name_en
    if name != "fukui-survey":
        assert mapping.known_by
        assert mapping.note


def test_a_file_of_the_same_shape_may_lack_what_is_optional(tmp_path: Path):
    drawn = "会員番号 | 市町村 | 宿泊日 | 泊数\nM1 | 長野県生坂村 | 2025-07-01 | 2"
    assert load(tmp_path / "w", write(tmp_path, "宿.csv", drawn), mapping="inn-register") == [
        ("宿.csv", 1, 1, 0, 0)
    ]
    assert stored(tmp_path / "w", "visits", "departed_on", "spend_yen") == [["2025-07-03", ""]]
