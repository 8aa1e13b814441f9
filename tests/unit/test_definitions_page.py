"""docs/definitions.md says what the registry and the rulesets say."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_definitions_in_docs_are_those_of_the_registry_and_the_rulesets():
    path = ROOT / "scripts" / "write_definitions.py"
    spec = importlib.util.spec_from_file_location("write_definitions", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    assert written == script.text(), "run: python scripts/write_definitions.py"
