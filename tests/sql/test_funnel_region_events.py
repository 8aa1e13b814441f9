"""Which steps each occurrence could serve."""

import pytest

OCCURRENCES = """
    occurrence | person_key | municipality_code | on_day     | source     | kind     | program | nights | nth
    1          | 7          | 20448             | 2025-01-01 | visit      | leisure  | self    | 2      | 1
    2          | 7          | 20448             | 2025-02-01 | visit      | work     | P1      | 0      | 2
    3          | 7          | 20448             | 2025-03-01 | engagement | donation | self    |        |
"""
FILTERS = (
    "step | source | kinds | programs | nights_low | nights_high | nth_low | nth_high | step_bit | gap_bit\n"
)


def served(given, build, *filters: str) -> dict[str, tuple[str, str]]:
    """Return day → (mask, breaks)."""
    given("funnel_region_occurrences", OCCURRENCES)
    given("ask_filters", FILTERS + "\n".join(filters))
    rows = build("funnel_region_events", from_on="2025-01-01", last_on="2025-12-31")
    day = {"1735689600000000": "Jan", "1738368000000000": "Feb", "1740787200000000": "Mar"}
    return {day[row[1]]: (row[2], row[3]) for row in rows}


@pytest.mark.parametrize(
    ("condition", "days"),
    [
        ("| | | | | |", "Jan Feb"),
        ("[work, other] | | | | | |", "Feb"),
        ("| [self] | | | | |", "Jan"),
        ("| | 1 | | | |", "Jan"),
        ("| | | 1 | | |", "Feb"),
        ("| | | | 2 | |", "Feb"),
        ("| | | | | 1 |", "Jan"),
    ],
)
def test_a_visit_serves_a_step_whose_conditions_all_hold(given, build, condition, days):
    found = served(given, build, f"1 | visit | {condition} 1 | 0")
    assert [day for day, (mask, _) in found.items() if mask == "1"] == days.split()


def test_one_occurrence_may_be_able_to_serve_several_steps_and_break_a_gap(given, build):
    nothing = "| | | | | |"
    found = served(
        given,
        build,
        f"1 | visit | {nothing} 1 | 0",
        f"2 | visit | [work] {nothing} 2 | 0",
        f"3 | visit | {nothing} 0 | 2",
    )
    assert found == {"Jan": ("1", "2"), "Feb": ("3", "2")}


def test_tables_no_step_names_and_days_outside_the_period_are_left_out(given, build):
    found = served(given, build, "1 | engagement | | | | | | | 1 | 0")
    assert found == {"Mar": ("1", "0")}
    rows = build("funnel_region_events", from_on="2025-03-02", last_on="2025-12-31")
    assert rows == []
