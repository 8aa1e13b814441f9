"""Official figures per municipality and month."""

from tests.conftest import cells


def test_a_figure_given_again_replaces_the_earlier_one_with_its_source(given, build):
    given(
        "raw_area_stats",
        """
        municipality_code | month   | metric       | value | source
        20448             | 2025-08 | 観光来訪者数 | 1200  | 速報
        20448             | 2025-08 | 観光来訪者数 | 1250  | 確報
        20448             | 2025-09 | 観光来訪者数 | 900   | 速報
        20448             | 2025-08 | 住基人口     | 1600  | 住民基本台帳
        """,
    )
    assert build("dim_area_stats") == cells("""
        20448 | 2025-08 | 住基人口     | 1600 | 住民基本台帳
        20448 | 2025-08 | 観光来訪者数 | 1250 | 確報
        20448 | 2025-09 | 観光来訪者数 | 900  | 速報
    """)
