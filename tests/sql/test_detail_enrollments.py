"""What a reader of one municipality gets of its enrollments."""


def test_only_the_rows_of_that_municipality_in_the_order_of_the_input(given, read):
    given(
        "stg_enrollments",
        """
        person_key | municipality_code | started_on | scheme   | input_order
        2          | 20448             | 2024-03-01 | fan_club | 12
        1          | 20451             | 2024-03-02 | fan_club | 10
        1          | 20448             | 2024-03-03 | fan_club | 11
    """,
    )
    rows = read("detail_enrollments", region_code="20448")
    assert [row[:4] for row in rows] == [
        ["1", "20448", "fan_club", "2024-03-03"],
        ["2", "20448", "fan_club", "2024-03-01"],
    ]
