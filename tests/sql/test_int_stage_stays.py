"""How long stays in a stage were."""

from tests.conftest import cells
from tests.sql.days import ask

SPELLS = "person_key | municipality_code | stage | valid_from | valid_to"


def test_a_stay_ends_when_another_stage_begins_else_it_was_only_watched(given, build):
    given(
        "raw_coverage",
        "municipality_code | covered_from | covered_through\n20448 | 2022-01-01 | 2025-09-30",
    )
    ask(given, "2025-09-30")
    given(
        "int_municipality_spells",
        f"""{SPELLS}
        1 | 20448 | tourist | 2025-01-01 | 2025-01-11
        1 | 20448 | loyal   | 2025-01-11 |
        2 | 20448 | tourist | 2025-09-20 |
        3 | 20448 | tourist | 2025-09-20 | 2025-10-05
        3 | 20448 | dormant | 2025-10-05 |
        """,
    )
    given("int_regional_spells", "region_level | region_code | person_key | stage | valid_from | valid_to")
    assert build("int_stage_stays", columns="stage, days, ended, watched") == cells("""
        loyal   | 262 | 0 | 1
        tourist | 10  | 1 | 2
    """)


def test_where_a_members_log_ends_no_stay_has_ended(given, build):
    given(
        "raw_coverage",
        "municipality_code | covered_from | covered_through\n20448 | 2022-01-01 | 2025-09-30",
    )
    ask(given, "2025-09-30")
    given("int_municipality_spells", SPELLS)
    given(
        "int_regional_spells",
        "region_level | region_code | person_key | stage | valid_from | valid_to\n"
        "prefecture | 20 | 1 | tourist | 2025-01-01 | 2025-07-01",
    )
    assert build("int_stage_stays", columns="stage, days, ended, watched") == cells("tourist | 181 | 0 | 1")
