"""Who is reading, and what they may see. The first thing every page asks."""

import os
from typing import Final

from kayoi.access import Scope

# `on`: the proxy in front lets nobody but administrators through; `off`: for readers only.
ADMINISTRATION: Final = "KAYOI_ADMINISTRATION"


def reader_scope() -> Scope:
    """Return what this session may see."""
    return Scope.everything() if may_administer() else Scope(regions=None)


def may_administer() -> bool:
    """Tell whether whoever reaches this server may bring in and withdraw data.

    On the machine itself they may. Readers who come over a network (KAYOI_ORIGINS) are not known by name
    here, so they may not, unless KAYOI_ADMINISTRATION says that the proxy admits administrators alone.
    """
    said = os.environ.get(ADMINISTRATION, "").strip().lower()
    if said in ("on", "off"):
        return said == "on"
    return not os.environ.get("KAYOI_ORIGINS", "").strip(" ,")
