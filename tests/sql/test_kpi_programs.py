"""The KPIs of programmes, each programme for itself."""

from datetime import date

from tests.conftest import cells

HEAD = (
    "kpi_id | part | region_level | region_code | as_of | segment_kind | segment_value | value | n | status"
)
TRIAL = {"region_level": "nation", "region_code": "JP", "as_of": date(2026, 3, 31)}


def test_it_gives_each_programme_with_its_name_and_its_own_target(house, given, read):
    given(
        "mart_kpis",
        f"""
        {HEAD}
        K28 | x | nation       | JP    | 2026-03-31 | program | miles | 0.7 | 30 | final
        K28 | x | nation       | JP    | 2026-03-31 | program | other | 0.2 | 10 | final
        K28 | x | nation       | JP    | 2026-03-31 | all     | all   | 0.5 | 40 | final
        K28 | x | municipality | 20448 | 2026-03-31 | program | miles | 0.9 | 3  | final
        K03 | x | nation       | JP    | 2026-03-31 | program | miles | 99  | 99 | final
        """,
    )
    given(
        "mart_targets",
        "scope | kpi_id | part | as_of | reach_on | target\nmiles | K28 | x | 2026-03-31 | 2026-03-31 | 0.8",
    )
    given("raw_programs", "program_id | name_ja | name_en\nmiles | 架空の事業 | Made up")
    assert read("kpi_programs", **TRIAL) == cells("""
        miles | 架空の事業 | Made up | K28 | x | 0.7 | | | 30 | final | | | 0.8
        other |            |         | K28 | x | 0.2 | | | 10 | final | | |
    """)
