"""A small warehouse that most commands are tried on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import KEY, kayoi, write_input


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what this machine is set up for out of the tests."""
    for name in ("KAYOI_LANG", "KAYOI_WAREHOUSE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KAYOI_KEY", KEY)


@pytest.fixture(scope="session")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A warehouse with the drawn input, loaded and built by the commands; read it, never write to it."""
    folder = tmp_path_factory.mktemp("valley")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAYOI_KEY", KEY)
        for words in (("load", write_input(folder / "input")), ("build",)):
            ran = kayoi(*words, "--warehouse", folder / "warehouse")
            assert ran.code == 0, ran.err
    yield folder / "warehouse"


@pytest.fixture
def own_valley(valley: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may harm."""
    return Path(shutil.copytree(valley, tmp_path / "warehouse"))
