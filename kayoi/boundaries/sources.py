"""Boundary files as they are published, read into rings of one municipality code each.

Read: 国土数値情報 行政区域データ (N03) as GeoJSON, as Shapefile or as the zip it comes in, and the TopoJSON
of デジタル庁 (policy-dashboard-assets). Degrees of longitude and latitude, JGD2011 or WGS84 (equal here).
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt
import shapefile

from kayoi.errors import BoundariesRefusedError

Ring = npt.NDArray[np.float64]  # (points, 2): longitude, latitude; first point = last point

# Where the publishers write the code; 所属未定地 has none there.
_CODE_FIELDS: Final = ("N03_007", "lg_code_5", "code")
_CHUNK: Final = 1 << 20
_MOST_BYTES: Final = 3 * 2**30  # of one file within a zip: the nation's N03 takes about 0.6 GB
_PARTS: Final = (".shp", ".dbf", ".shx", ".cpg")


@dataclass(frozen=True)
class Piece:
    """One polygon with its holes: outer ring counter-clockwise, holes clockwise; code as written."""

    code: str
    rings: tuple[Ring, ...]


def read_pieces(path: Path) -> Iterator[Piece]:
    """Give every polygon of a boundary file that has a code; raises BoundariesRefusedError."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start[:2] == b"PK":
            yield from _zipped(path)
        elif path.suffix.lower() == ".shp":
            parts = {part.suffix.lower(): part for part in path.parent.glob(f"{path.stem}.*")}
            opened = {ending: parts[ending].open("rb") for ending in _PARTS if ending in parts}
            yield from _shapes(opened, path.name)
        else:
            with path.open("rb") as file:
                yield from _json(file, path.name)
    except FileNotFoundError:
        raise BoundariesRefusedError("boundaries_no_file", file=path) from None
    except (OSError, zipfile.BadZipFile, shapefile.ShapefileException, EOFError) as error:
        raise BoundariesRefusedError("boundaries_unreadable", file=path.name) from error


def _zipped(path: Path) -> Iterator[Piece]:
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
        if any(entry.file_size > _MOST_BYTES for entry in entries.values()):
            raise BoundariesRefusedError("boundaries_too_large", file=path.name)
        # A zip of N03 holds the same twice; the Shapefile is read with a tenth of the memory.
        names = [name for name in entries if name.lower().endswith(".shp")]
        if names:
            stem = names[0][:-4]
            parts = {PurePosixPath(name).suffix.lower(): name for name in entries if name[:-4] == stem}
            opened = {ending: io.BytesIO(archive.read(parts[ending])) for ending in _PARTS if ending in parts}
            yield from _shapes(opened, path.name)
            return
        names = [name for name in entries if name.lower().endswith((".geojson", ".json", ".topojson"))]
        if not names:
            raise BoundariesRefusedError("boundaries_empty_zip", file=path.name)
        with archive.open(names[0]) as file:
            yield from _json(file, path.name)


# --- Shapefile ------------------------------------------------------------------------------------


def _shapes(parts: Mapping[Any, Any], name: str) -> Iterator[Piece]:
    if ".shp" not in parts or ".dbf" not in parts:
        raise BoundariesRefusedError("boundaries_shapefile_parts", file=name)
    said = parts[".cpg"].read().decode("ascii", "replace").strip().lower() if ".cpg" in parts else ""
    encoding = "utf-8" if said.replace("-", "") in ("utf8", "65001") else "cp932"
    files = {ending[1:]: parts[ending] for ending in (".shp", ".dbf", ".shx") if ending in parts}
    with shapefile.Reader(**files, encoding=encoding, encodingErrors="replace") as reader:
        fields = [field[0] for field in reader.fields[1:]]
        field = next((known for known in _CODE_FIELDS if known in fields), None)
        if field is None:
            raise BoundariesRefusedError("boundaries_no_code", file=name, fields="、".join(_CODE_FIELDS))
        for found in reader.iterShapeRecords(fields=[field]):
            code = str(found.record[0] or "").strip()
            if not code or not found.shape.points:
                continue
            points = np.asarray(found.shape.points, dtype=np.float64)[:, :2]
            # A Shapefile has its outer rings clockwise and its holes the other way round.
            rings = [ring[::-1] for ring in np.split(points, list(found.shape.parts)[1:])]
            yield Piece(code, tuple(rings))


# --- JSON -----------------------------------------------------------------------------------------


def _json(file: IO[bytes], name: str) -> Iterator[Piece]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig")
    try:
        head = text.read(_CHUNK)
        if '"Topology"' in head:
            yield from _topology(json.loads(head + text.read()), name)
        elif '"features"' in head:
            for feature in _features(head, text):
                yield from _of_feature(feature, name)
        else:
            raise BoundariesRefusedError("boundaries_unknown_shape", file=name)
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, IndexError) as error:
        raise BoundariesRefusedError("boundaries_unreadable", file=name) from error


def _features(head: str, text: IO[str]) -> Iterator[dict[str, Any]]:
    """Give feature after feature: the nation's N03 as one object would take ten times its size."""
    decoder = json.JSONDecoder()
    waiting = head[head.index("[", head.index('"features"')) + 1 :]
    while True:
        waiting = waiting.lstrip(" \r\n\t,")
        if waiting.startswith("]"):
            return
        try:
            feature, end = decoder.raw_decode(waiting)
        except json.JSONDecodeError:
            more = text.read(max(_CHUNK, len(waiting)))
            if not more:
                raise
            waiting += more
            continue
        yield feature
        waiting = waiting[end:]


def _of_feature(feature: dict[str, Any], name: str) -> Iterator[Piece]:
    geometry = feature.get("geometry")
    if not geometry or geometry["type"] not in ("Polygon", "MultiPolygon"):
        return
    nested = geometry["coordinates"]
    polygons = [nested] if geometry["type"] == "Polygon" else nested
    code = _code(feature.get("properties") or {}, name)
    if code:
        for polygon in polygons:
            yield Piece(code, _turned(np.asarray(ring, dtype=np.float64)[:, :2] for ring in polygon))


def _topology(topology: dict[str, Any], name: str) -> Iterator[Piece]:
    transform = topology.get("transform", {"scale": [1, 1], "translate": [0, 0]})
    scale, translate = np.array(transform["scale"]), np.array(transform["translate"])
    arcs = []
    for arc in topology["arcs"]:
        points = np.asarray(arc, dtype=np.float64)[:, :2]
        if "transform" in topology:
            points = points.cumsum(axis=0)
        arcs.append(points * scale + translate)

    def ring(numbers: list[int]) -> Ring:
        parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    for collection in topology["objects"].values():
        for geometry in collection.get("geometries", [collection]):
            nested = geometry.get("arcs")
            code = _code(geometry.get("properties") or {}, name) if nested else ""
            if code:
                for polygon in [nested] if geometry["type"] == "Polygon" else nested:
                    yield Piece(code, _turned(ring(numbers) for numbers in polygon))


def _code(properties: dict[str, Any], name: str) -> str:
    field = next((known for known in _CODE_FIELDS if known in properties), None)
    if field is None:
        raise BoundariesRefusedError("boundaries_no_code", file=name, fields="、".join(_CODE_FIELDS))
    return str(properties[field] or "").strip()


def _turned(rings: Iterable[Ring]) -> tuple[Ring, ...]:
    """Return the rings of one polygon with the outer counter-clockwise and the holes clockwise."""
    return tuple(
        ring if (signed_area(ring) > 0) == (place == 0) else ring[::-1] for place, ring in enumerate(rings)
    )


def signed_area(ring: npt.NDArray[Any]) -> float:
    """Return the area of a closed ring in square units; negative where it runs clockwise."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)
