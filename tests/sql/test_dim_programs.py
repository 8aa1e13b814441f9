"""Programmes (施策)."""

from tests.conftest import cells


def test_a_programme_given_again_replaces_the_whole_earlier_row(given, build):
    given(
        "raw_programs",
        """
        program_id | name_ja | required_round_trips | operator
        trial      | 体験    | 4                    | 村
        other      | 交流    |                      |
        trial      | 本体験  |                      | 県
        """,
    )
    assert build("dim_programs", columns="program_id, name_ja, required_round_trips, operator") == cells("""
        other | 交流   | |
        trial | 本体験 | | 県
    """)
