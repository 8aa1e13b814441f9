"""Who is reading, and what they may see. The first thing every page asks."""

from kayoi.access import Scope


def reader_scope() -> Scope:
    """Return what this session may see."""
    return Scope.everything()
