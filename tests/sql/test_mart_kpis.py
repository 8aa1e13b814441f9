"""Every KPI beside its value a year before."""

from tests.conftest import cells
from tests.sql.days import about, ask, trips

COLUMNS = "kpi_id, region_code, segment_kind, as_of, value, status, previous"
COVERED = """
    municipality_code | covered_from | covered_through
    20448             | 2022-01-01   | 2025-08-31
    20202             | 2022-01-01   | 2025-09-30
"""
VALUE = (
    "kpi_id | part | region_level | region_code | as_of | reach_on | segment_kind | segment_value"
    " | value | status"
)
ASKED = """
    as_of      | previous_on | previous_reach_on
    2025-09-30 | 2024-09-30  | 2025-09-30
"""


def test_a_year_before_is_counted_over_the_members_that_speak_today(given, build):
    given(
        "raw_visits",
        trips("""
            1 | 20448 | 2024-05-10
            2 | 20448 | 2024-05-10
            3 | 20202 | 2024-05-10 2025-05-10
            4 | 20202 | 2025-05-10
        """),
    )
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30", "2024-09-30", "2024-09-30 for 2025-09-30")
    given("ask_previous", ASKED)
    assert about(build("mart_kpis", columns=COLUMNS), "K03", "20", "all") == cells(
        "2025-09-30 | 2 | final | 1"
    )


def test_only_the_days_asked_about_have_a_row_not_those_they_are_compared_with(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30", "2024-09-30", "2024-09-30 for 2025-09-30")
    given("ask_previous", ASKED)
    assert {row[3] for row in build("mart_kpis", columns=COLUMNS)} == {"2025-09-30"}


def test_a_rate_of_nothing_is_no_data_and_a_count_of_nothing_is_zero(given, build):
    given("raw_coverage", COVERED)
    ask(given, "2025-09-30")
    given("ask_previous", ASKED)
    figures = build("mart_kpis", columns=COLUMNS)
    assert about(figures, "K03", "20202", "all") == cells("2025-09-30 | 0 | final |")
    assert about(figures, "K06", "20202", "all") == cells("2025-09-30 | | no_data |")


def test_a_value_about_which_nothing_can_be_said_is_not_shown_nor_compared_with(given, build):
    given(
        "kpi_values",
        VALUE
        + """
        K15 | | municipality | 20448 | 2025-09-30 | 2025-09-30 | all | all | 0.5 | final
        K15 | | municipality | 20448 | 2024-09-30 | 2025-09-30 | all | all | 0.9 | no_data
        K18 | | municipality | 20448 | 2025-09-30 | 2025-09-30 | all | all | 0.3 | no_data
        """,
    )
    given("ask_previous", ASKED)
    figures = build("mart_kpis", columns=COLUMNS)
    assert about(figures, "K15") == cells("20448 | all | 2025-09-30 | 0.5 | final |")
    assert about(figures, "K18") == cells("20448 | all | 2025-09-30 | | no_data |")


def test_the_value_a_year_before_says_whether_it_was_final(given, build):
    given(
        "kpi_values",
        f"""
        {VALUE}
        K14 | dual | nation | JP | 2025-09-30 | 2025-09-30 | all | all | 5 | final
        K14 | dual | nation | JP | 2024-09-30 | 2025-09-30 | all | all | 4 | provisional
    """,
    )
    given("ask_previous", ASKED)
    assert build("mart_kpis", columns="value, status, previous, previous_status") == cells(
        "5 | final | 4 | provisional"
    )


def test_a_day_that_had_not_come_when_the_snapshot_was_built_is_never_final(given, build):
    given("ask_facts", "built_at\n2025-09-29")
    given("kpi_values", f"{VALUE}\nK03 | | nation | JP | 2025-09-30 | 2025-09-30 | all | all | 5 | final")
    given("ask_previous", ASKED)
    assert build("mart_kpis", columns="value, status") == cells("5 | provisional")
