"""Who may bring in data, before anybody has a name."""

import pytest

from kayoi.ui.identity import may_administer, reader_scope

OFFICE = "https://kayoi.example.lg.jp"


@pytest.mark.parametrize(
    ("origins", "said", "may"),
    [
        ("", "", True),
        (" , ", "", True),
        (OFFICE, "", False),
        (OFFICE, "on", True),
        ("", "off", False),
        (OFFICE, "yes please", False),
    ],
)
def test_readers_from_a_network_administer_nothing_unless_the_server_is_told_so(
    origins, said, may, monkeypatch
):
    monkeypatch.setenv("KAYOI_ORIGINS", origins)
    monkeypatch.setenv("KAYOI_ADMINISTRATION", said)
    assert may_administer() is may
    assert reader_scope().is_administrator is may
    assert reader_scope().may_see_people("municipality", "20448")
