"""Tables as CSV files."""

import pandas as pd

from kayoi.exports import csv_bytes


def test_a_file_opens_in_a_spreadsheet_with_its_notes_above_the_table():
    table = pd.DataFrame({"段階": ["観光"], "人数": pd.array([3], dtype="Int64"), "割合": [None]})
    written = csv_bytes(table, ["表題：ファネル", "架空データ"])
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").split("\r\n") == [
        "# 表題：ファネル",
        "# 架空データ",
        "段階,人数,割合",
        "観光,3,",
        "",
    ]


def test_a_cell_that_would_be_a_formula_is_text_and_a_negative_number_stays_a_number():
    table = pd.DataFrame({"=head": ["=cmd()", "+1", "@x", "-a"], "change": [-1.5, 2.0, 0.0, 1.0]})
    lines = csv_bytes(table, []).decode("utf-8-sig").split("\r\n")
    assert lines[:5] == ["'=head,change", "'=cmd(),-1.5", "'+1,2.0", "'@x,0.0", "'-a,1.0"]


def test_dates_are_written_as_days():
    table = pd.DataFrame({"month": pd.to_datetime(["2025-09-30"])})
    assert "2025-09-30\r\n" in csv_bytes(table, []).decode("utf-8-sig")
