"""Who may read what: one value, passed down to the only function that opens files.

Today every reader of the command line and of a server on one's own machine has `Scope.everything()`;
identities and roles put other values here.
"""

from dataclasses import dataclass
from typing import Self

from kayoi.errors import NoAccessError


@dataclass(frozen=True)
class Scope:
    """What one reader may open; `regions` None means every region's people."""

    regions: frozenset[tuple[str, str]] | None = frozenset()  # (region_level, region_code)
    is_administrator: bool = False

    @classmethod
    def everything(cls) -> Self:
        """Return the scope of an administrator: every aggregate and every region's people."""
        return cls(regions=None, is_administrator=True)

    @classmethod
    def of_municipalities(cls, *codes: str) -> Self:
        """Return the scope of staff: aggregates of all, people of these municipalities."""
        return cls(regions=frozenset(("municipality", code) for code in codes))

    def may_see_people(self, region_level: str, region_code: str) -> bool:
        """Return whether rows about people of this region may be opened."""
        return self.regions is None or (region_level, region_code) in self.regions

    def require_people(self, region_level: str, region_code: str) -> None:
        """Raise NoAccessError unless rows about people of this region may be opened."""
        if not self.may_see_people(region_level, region_code):
            raise NoAccessError("no_access", what=region_code)
