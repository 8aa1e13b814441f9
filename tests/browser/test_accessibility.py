"""What axe finds wrong for readers who see, hear or move differently (JIS X 8341-3:2016 AA)."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_direct_links import PATHS

# Streamlit's own markup, which no page can change.
THEIRS = {"svg-img-alt", "list", "listitem"}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_wrong(path, scheme, page, visit):
    page.emulate_media(color_scheme=scheme)
    found = Axe().run(visit(path), options=RULES).response["violations"]
    told = [
        f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for violation in found
        if violation["id"] not in THEIRS
        for node in violation["nodes"]
    ]
    assert told == []
