"""Files nobody should have to trust: each is read or refused as declared and in bounds."""

from pathlib import Path

import pytest

from kayoi.errors import FileRefusedError
from kayoi.load import list_loads, load_files
from kayoi.load.child import Worker
from tests.unit.hostile_corpus import CORPUS, Hostile
from tests.unit.load_parts import KEY

_MOST_BYTES = 512 * 2**20


def title(one: Hostile) -> str:
    return one.title


def test_the_corpus_is_large_and_every_title_is_its_own():
    assert len(CORPUS) >= 60
    assert len({one.title for one in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("one", CORPUS, ids=title)
def test_a_hostile_file_ends_as_declared_within_bounds(tmp_path: Path, one: Hostile):
    path = tmp_path / "in" / one.name
    path.parent.mkdir()
    path.write_bytes(one.make())
    Worker.shared().peak_bytes = 0
    if isinstance(one.outcome, str):
        with pytest.raises(FileRefusedError) as refused:
            load_files(tmp_path / "w", [path], key=KEY)
        assert refused.value.key == f"error.{one.outcome}"
        for locale in ("ja", "en"):
            assert not set("\u202e\x00\n\ufeff") & set(refused.value.text(locale))
        assert list_loads(tmp_path / "w") == ()
    else:
        [found] = load_files(tmp_path / "w", [path], key=KEY)
        assert (found.accepted, found.rejected) == one.outcome
        assert not set("\u202e\x00\n") & set(found.file)
    assert Worker.shared().peak_bytes <= _MOST_BYTES
