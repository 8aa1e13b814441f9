"""The installed boundaries: WAREHOUSE/boundaries/, one TopoJSON under a name that is its content."""

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from kayoi.boundaries.topology import GRID, Arc, Shapes, merged, simplify
from kayoi.durable import SealBrokenError, read_sealed_json, sealed_json, write_whole
from kayoi.errors import BoundariesRefusedError

MOST_BYTES: Final = 300_000  # gzipped, for the whole nation: what a browser fetches once
_DESCRIBED: Final = "boundaries.json"
_FIRST_WEIGHT: Final = 5e-7  # square degrees, about half a hectare
_STEP: Final = 1.5
_TRIED: Final = "tried"


@dataclass(frozen=True)
class Boundaries:
    """What is installed: a file of arcs with `municipalities` and `prefectures`, and where it came from."""

    path: Path  # TopoJSON, gzipped
    municipalities: frozenset[str]
    source: str  # name of the file it was made from
    installed_on: str

    @property
    def name(self) -> str:
        """Return the name it is served under."""
        return self.path.name.removesuffix(".gz")


def folder_of(warehouse: Path) -> Path:
    """Return where a warehouse keeps its boundaries."""
    return warehouse / "boundaries"


def installed(warehouse: Path) -> Boundaries | None:
    """Return the boundaries of a warehouse, None where there are none or they are damaged."""
    folder = folder_of(warehouse)
    try:
        described = read_sealed_json(folder / _DESCRIBED)
        path = folder / described["file"]
        if not path.is_file():
            return None
        codes = frozenset(described["municipalities"])
        return Boundaries(path, codes, described["source"], described["installed_on"])
    except (OSError, ValueError, KeyError, SealBrokenError):
        return None


def put(warehouse: Path, arcs: list[Arc], source: Path) -> Boundaries:
    """Write the boundaries made from *source*; earlier ones go only when the new ones are on disk."""
    shapes, content = _small_enough(arcs)
    folder = folder_of(warehouse)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(content).hexdigest()[:16]}.topojson.gz"
    write_whole(path, [content])
    described = {
        "file": path.name,
        "source": source.name,
        "installed_on": datetime.now(UTC).date().isoformat(),
        "municipalities": sorted(shapes.rings),
    }
    write_whole(folder / _DESCRIBED, [sealed_json(described).encode()])
    for earlier in folder.glob("*.topojson.gz"):
        if earlier != path:
            earlier.unlink()
    return Boundaries(path, frozenset(shapes.rings), source.name, str(described["installed_on"]))


def was_tried(warehouse: Path) -> bool:
    """Tell whether fetching was tried for this warehouse, with or without success."""
    return (folder_of(warehouse) / _TRIED).exists() or installed(warehouse) is not None


def mark_tried(warehouse: Path) -> None:
    """Remember that fetching was tried."""
    folder_of(warehouse).mkdir(parents=True, exist_ok=True)
    (folder_of(warehouse) / _TRIED).touch()


def _small_enough(arcs: list[Arc]) -> tuple[Shapes, bytes]:
    least = _FIRST_WEIGHT
    while True:
        shapes = simplify(arcs, least)
        # mtime 0: the same shapes have the same bytes, and so the same name.
        content = gzip.compress(_json(topojson(shapes)), 9, mtime=0)
        if len(content) <= MOST_BYTES:
            return shapes, content
        if least > 1:
            raise BoundariesRefusedError("boundaries_too_large", file="")
        least *= _STEP


def topojson(shapes: Shapes) -> dict[str, Any]:
    """Return the shapes as a TopoJSON of two collections; ids are codes of five and of two digits."""
    points = np.concatenate(shapes.arcs)
    corner = points.min(axis=0)
    prefectures = merged(shapes, {code: code[:2] for code in shapes.rings})
    return {
        "type": "Topology",
        "transform": {
            "scale": [GRID, GRID],
            "translate": [round(float(edge) * GRID, 4) for edge in corner],
        },
        "objects": {
            "municipalities": _collection(shapes.rings, shapes),
            "prefectures": _collection(prefectures, shapes),
        },
        "arcs": [_steps(arc - corner) for arc in shapes.arcs],
    }


def _collection(rings: Mapping[str, tuple[tuple[int, ...], ...]], shapes: Shapes) -> dict[str, Any]:
    return {
        "type": "GeometryCollection",
        "geometries": [
            {"type": "MultiPolygon", "id": code, "arcs": _polygons(found, shapes)}
            for code, found in rings.items()
        ],
    }


def _polygons(rings: tuple[tuple[int, ...], ...], shapes: Shapes) -> list[list[list[int]]]:
    """Put every hole with the polygon around it: the smallest outer ring whose box holds it."""
    outers: list[tuple[float, tuple[float, ...], list[list[int]]]] = []
    holes: list[tuple[tuple[float, ...], list[int]]] = []
    for ring in rings:
        points = np.concatenate(
            [shapes.arcs[number] if number >= 0 else shapes.arcs[~number][::-1] for number in ring]
        )
        box = (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
        area = _area(points)
        if area >= 0:
            outers.append((area, box, [list(ring)]))
        else:
            holes.append((box, list(ring)))
    outers.sort(key=lambda outer: outer[0])
    for box, hole in holes:
        around = next((polygon for _, outer, polygon in outers if _holds(outer, box)), None)
        if around is None:
            outers.append((0.0, box, [hole]))
        else:
            around.append(hole)
    return [polygon for _, _, polygon in outers]


def _area(points: Any) -> float:  # noqa: ANN401 - an array of numbers
    x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def _holds(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    west, south, east, north = outer
    return west <= inner[0] and south <= inner[1] and inner[2] <= east and inner[3] <= north


def _steps(points: Any) -> list[list[int]]:  # noqa: ANN401 - an array of numbers
    steps: list[list[int]] = np.diff(points, axis=0, prepend=[[0, 0]]).tolist()
    return steps


def _json(described: dict[str, Any]) -> bytes:
    return json.dumps(described, separators=(",", ":")).encode()
