"""Values that were not understood: grouped, and what they may mean."""

import pytest

from kayoi.ui.import_corrections import suggestions


@pytest.mark.parametrize(
    ("written", "likeliest"),
    [
        ("坂井郡", "18210"),  # 坂井市
        ("福井県 坂井郡", "18210"),
        ("福井県 あわら", "18208"),  # あわら市
        ("福井県 大野", "18205"),  # 大野市, not that of another prefecture
        ("長野県生板村", "20448"),  # 生坂村, miswritten
    ],
)
def test_the_municipality_whose_name_is_most_alike_comes_first(written, likeliest):
    assert suggestions(written)[0] == likeliest


def test_nothing_is_suggested_for_what_is_like_no_name():
    assert suggestions("ＸＹＺ") == []
