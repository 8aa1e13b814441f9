"""Which names and origins the server answers to."""

import pytest

from kayoi.errors import UsageError
from kayoi.ui.guard import Doors, policy
from kayoi.ui.server import refuse_unsafe

OFFICE = "https://kayoi.example.lg.jp"


def test_without_a_proxy_only_the_machine_itself_is_answered():
    doors = Doors.for_origins([])
    assert doors.admits_host("127.0.0.1:8501")
    assert doors.admits_host("localhost")
    assert doors.admits_host("[::1]:8501")
    assert not doors.admits_host("kayoi.example.lg.jp")
    assert not doors.admits_host("127.0.0.1.evil.example")


def test_behind_a_proxy_its_origin_and_name_are_answered_too():
    doors = Doors.for_origins([f" {OFFICE}/ "])
    assert doors.admits_host("kayoi.example.lg.jp")
    assert doors.admits_origin(OFFICE, "127.0.0.1:8501")
    assert not doors.admits_origin("http://kayoi.example.lg.jp", "127.0.0.1:8501")
    assert not doors.admits_origin("https://other.example.lg.jp", "kayoi.example.lg.jp")


def test_a_caller_that_is_no_page_sends_no_origin():
    assert Doors.for_origins([]).admits_origin(None, "127.0.0.1:8501")


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "unix:///run/kayoi.sock"])
def test_serving_this_machine_needs_no_setting(address):
    refuse_unsafe(address, [])


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.5"])
def test_serving_a_network_needs_the_address_readers_open(address):
    with pytest.raises(UsageError) as refused:
        refuse_unsafe(address, [])
    assert "KAYOI_ORIGINS" in refused.value.text("ja")
    refuse_unsafe(address, [OFFICE])


def test_an_inline_script_of_streamlit_is_allowed_by_its_hash_alone():
    assert "'unsafe-inline'" not in policy(b"<script>let a = 1</script>").split("script-src")[1].split(";")[0]
    assert policy(b"<script>let a = 1</script>") != policy(b"<script>let a = 2</script>") != policy()
