"""Shapes of municipalities and prefectures, made from an official file the reader brings or has fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kayoi.boundaries.sources import Piece, read_pieces
from kayoi.boundaries.store import Boundaries, folder_of, installed, mark_tried, put, was_tried
from kayoi.boundaries.topology import find_arcs
from kayoi.errors import BoundariesRefusedError, CodeError
from kayoi.municipalities import municipalities, resolve_code

__all__ = ["Boundaries", "Installed", "folder_of", "install", "installed", "mark_tried", "was_tried"]

# Drawn without data: they belong to no municipality that reports (歯舞群島 is part of 根室市).
NORTHERN_VILLAGES: Final = frozenset(f"{code:05d}" for code in range(1695, 1701))


@dataclass(frozen=True)
class Installed:
    """What an installation found: how much is there, which of the 1,741 are missing, what was left out."""

    boundaries: Boundaries
    missing: tuple[str, ...]  # codes of today without a shape
    unknown: tuple[str, ...]  # codes in the file that are nobody's
    bytes_served: int


def install(warehouse: Path, file: Path) -> Installed:
    """Make the shapes of *warehouse* from a boundary file; raises BoundariesRefusedError.

    Unassigned land is dropped, wards join their city and former municipalities the one of today.
    """
    unknown: set[str] = set()
    arcs = find_arcs(_of_today(read_pieces(file), unknown))
    if not arcs:
        raise BoundariesRefusedError("boundaries_nothing", file=file.name)
    boundaries = put(warehouse, arcs, file)
    wanted = {code for code, place in municipalities().items() if not place.parent_code}
    return Installed(
        boundaries,
        tuple(sorted(wanted - boundaries.municipalities)),
        tuple(sorted(unknown)),
        boundaries.path.stat().st_size,
    )


def _of_today(pieces: Iterator[Piece], unknown: set[str]) -> Iterator[tuple[str, Piece]]:
    known: dict[str, str | None] = {}
    for piece in pieces:
        if piece.code not in known:
            known[piece.code] = _today(piece.code)
        code = known[piece.code]
        if code is None:
            unknown.add(piece.code)
        else:
            yield code, piece


def _today(code: str) -> str | None:
    if code in NORTHERN_VILLAGES:
        return code
    try:
        return resolve_code(code).code
    except CodeError:
        return None
