"""What a reader of one municipality gets of its supports."""


def test_only_the_rows_of_that_municipality_in_the_order_of_the_input(given, read):
    given(
        "stg_supports",
        """
        person_key | municipality_code | supported_on | kind  | input_order
        2          | 20448             | 2024-03-01   | miles | 12
        1          | 20451             | 2024-03-02   | miles | 10
        1          | 20448             | 2024-03-03   | miles | 11
    """,
    )
    rows = read("detail_supports", region_code="20448")
    assert [row[:4] for row in rows] == [
        ["1", "20448", "2024-03-03", "miles"],
        ["2", "20448", "2024-03-01", "miles"],
    ]
