"""The people of a file, numbered."""


def test_each_person_has_one_number(given, build):
    given("ask_file_rows", "row_no | person | event\n1 | x | a\n2 | y | a\n3 | x | b")
    rows = build("funnel_file_tracks")
    assert sorted(row[2] for row in rows) == ["x", "y"]
    assert [row[0] for row in rows] == [row[1] for row in rows] == ["1", "2"]
