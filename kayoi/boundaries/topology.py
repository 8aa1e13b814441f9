"""Polygons in, shared borders out: every line between two municipalities is one arc that both use.

Arcs are thinned one by one with their ends held, so neighbours never come apart. Everything is worked out
on a grid of 0.0002° (about 20 m, less than a pixel at the closest view): points that are equal there are one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kayoi.boundaries.sources import Piece, signed_area

GRID: Final = 0.0002  # degrees
_COSINE: Final = 0.81  # of 36°, the middle of Japan: a degree of longitude is shorter than one of latitude
_HIGH: Final = 1 << 32
_SMALLEST_ISLAND: Final = 2e-5  # square degrees, about 0.2 km²; the largest of a municipality always stays
_FEWEST: Final = 3  # points of an island that is kept

Points = npt.NDArray[np.int64]  # (points, 2) on the grid
Direction = int  # 1: along the arc has the owner at its left; -1: against it


@dataclass(frozen=True)
class Arc:
    """A line from one junction to the next, or around an island; who lies at which side of it."""

    points: Points
    weights: npt.NDArray[np.float64]  # square degrees a point matters; ends are infinite
    owners: Mapping[str, Direction]

    @property
    def is_closed(self) -> bool:
        """Tell whether it ends where it starts."""
        return bool((self.points[0] == self.points[-1]).all())


@dataclass(frozen=True)
class Shapes:
    """Thinned arcs, and for every code its rings as numbers of arcs (~n: backwards), as TopoJSON has them."""

    arcs: tuple[Points, ...]
    rings: Mapping[str, tuple[tuple[int, ...], ...]]


def find_arcs(pieces: Iterable[tuple[str, Piece]]) -> list[Arc]:
    """Return the arcs of polygons with their codes of today; borders within one code vanish."""
    names, edges = _edges(pieces)
    starts, ends, owners = _net(edges)
    return _chained(names, starts, ends, owners)


def simplify(arcs: Iterable[Arc], least: float) -> Shapes:
    """Return the arcs without points that matter less than *least* square degrees (Visvalingam–Whyatt)."""
    listed = list(arcs)
    largest = _largest_islands(listed)
    between: dict[tuple[int, ...], int] = {}
    for arc in listed:
        between[_span(arc)] = between.get(_span(arc), 0) + 1
    kept: list[Points] = []
    by_owner: dict[str, list[tuple[int, Points]]] = {}
    for number, arc in enumerate(listed):
        if _is_too_small(arc) and number not in largest:
            continue
        # Two lines between the same junctions, both made straight, would leave nothing between them.
        fewest = _FEWEST + 1 if arc.is_closed else 3 if between[_span(arc)] > 1 else 2
        points = arc.points[_chosen(arc.weights, least, fewest)]
        for owner, direction in arc.owners.items():
            numbered = (len(kept), points) if direction > 0 else (~len(kept), points[::-1])
            by_owner.setdefault(owner, []).append(numbered)
        kept.append(points)
    return Shapes(tuple(kept), {owner: _rings(used) for owner, used in sorted(by_owner.items())})


def merged(shapes: Shapes, parent: Mapping[str, str]) -> dict[str, tuple[tuple[int, ...], ...]]:
    """Return the rings of the parents (code → parent): arcs with the same parent at both sides vanish."""
    sides: dict[str, set[int]] = {}
    for code, rings in shapes.rings.items():
        sides.setdefault(parent[code], set()).update(number for ring in rings for number in ring)
    return {
        code: _rings(
            [
                (number, shapes.arcs[number] if number >= 0 else shapes.arcs[~number][::-1])
                for number in sorted(numbers)
                if ~number not in numbers
            ]
        )
        for code, numbers in sorted(sides.items())
    }


# --- from polygons to arcs ------------------------------------------------------------------------


def _edges(pieces: Iterable[tuple[str, Piece]]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return the codes, and rows of start, end (points as one number) and place of the code."""
    names: dict[str, int] = {}
    blocks = []
    for code, piece in pieces:
        owner = names.setdefault(code, len(names))
        for ring in piece.rings:
            points = np.rint(ring / GRID).astype(np.int64)
            keys = points[:, 0] * _HIGH + points[:, 1]
            keys = keys[np.append(True, keys[1:] != keys[:-1])]
            if len(keys) > _FEWEST:
                blocks.append(np.column_stack([keys[:-1], keys[1:], np.full(len(keys) - 1, owner)]))
    empty: npt.NDArray[np.int64] = np.empty((0, 3), dtype=np.int64)
    return list(names), np.concatenate(blocks) if blocks else empty


def _net(
    edges: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the edges without those one owner has on both sides: joins of wards, and spikes."""
    low, high = edges[:, :2].min(axis=1), edges[:, :2].max(axis=1)
    sign = np.where(edges[:, 0] == low, 1, -1)
    order = np.lexsort((edges[:, 2], high, low))
    low, high, owner, sign = low[order], high[order], edges[order, 2], sign[order]
    if not len(low):
        return low, high, owner
    is_new = np.append(
        True, (low[1:] != low[:-1]) | (high[1:] != high[:-1]) | (owner[1:] != owner[:-1])
    ).nonzero()[0]
    total = np.add.reduceat(sign, is_new)
    stays = total != 0
    low, high, owner, total = (column[stays] for column in (low[is_new], high[is_new], owner[is_new], total))
    return np.where(total > 0, low, high), np.where(total > 0, high, low), owner


@dataclass(frozen=True)
class _Lines:
    """Every edge once: its two points, who is at its left from the first to the second, who at its right."""

    points: npt.NDArray[np.int64]  # packed, of the nodes
    ends: npt.NDArray[np.int64]  # (edges, 2): numbers of nodes
    sides: npt.NDArray[np.int64]  # (edges, 2): left and right owner, -1 for nobody
    first: npt.NDArray[np.int64]  # of a node: where its edges start in `at`
    at: npt.NDArray[np.int64]  # numbers of edges, node after node
    is_through: npt.NDArray[np.bool_]  # of a node: two edges, with the same owners on either side


def _lines(
    starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], owners: npt.NDArray[np.int64]
) -> _Lines:
    # Arrays, not dictionaries: the nation in full detail has millions of edges.
    points, numbered = np.unique(np.concatenate([starts, ends]), return_inverse=True)
    start, end = numbered[: len(starts)], numbered[len(starts) :]
    low, high, forward = np.minimum(start, end), np.maximum(start, end), start < end
    order = np.lexsort((owners, ~forward, high, low))
    low, high, forward, owner = low[order], high[order], forward[order], owners[order]
    # The owner of one direction and that of the other share an edge; where polygons overlap there are more.
    joins = np.zeros(len(low), dtype=bool)
    joins[1:] = (low[1:] == low[:-1]) & (high[1:] == high[:-1]) & forward[:-1] & ~forward[1:]
    sides = np.full((len(low), 2), -1, dtype=np.int64)
    sides[np.arange(len(low)), np.where(forward, 0, 1)] = owner
    sides[joins.nonzero()[0] - 1, 1] = owner[joins]
    pairs, sides = np.column_stack([low, high])[~joins], sides[~joins]
    node = pairs.T.ravel()
    at = np.argsort(node, kind="stable")
    degree = np.bincount(node, minlength=len(points))
    first = np.concatenate([[0], np.cumsum(degree)])
    edge = at % len(pairs)
    is_through = degree == 2
    two = first[:-1][is_through]
    leaving = [_sides_leaving(pairs, sides, edge[two + step], is_through.nonzero()[0]) for step in (0, 1)]
    is_through[is_through] = (leaving[0] == leaving[1][:, ::-1]).all(axis=1)
    return _Lines(points, pairs, sides, first, edge, is_through)


def _sides_leaving(
    ends: npt.NDArray[np.int64],
    sides: npt.NDArray[np.int64],
    edges: npt.NDArray[np.int64],
    nodes: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    is_first = ends[edges, 0] == nodes
    turned: npt.NDArray[np.int64] = np.where(is_first[:, None], sides[edges], sides[edges][:, ::-1])
    return turned


def _chained(
    names: list[str],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    owners: npt.NDArray[np.int64],
) -> list[Arc]:
    if not len(starts):
        return []
    lines = _lines(starts, ends, owners)
    is_done = np.zeros(len(lines.ends), dtype=bool)

    def walk(start: int, edge: int) -> Arc:
        is_first = int(lines.ends[edge, 0]) == start
        left, right = (int(side) for side in lines.sides[edge][:: 1 if is_first else -1])
        nodes, here = [start], start
        while not is_done[edge]:
            is_done[edge] = True
            one, other = lines.ends[edge]
            here = int(other) if int(one) == here else int(one)
            nodes.append(here)
            if not lines.is_through[here] or here == start:
                break
            place = lines.first[here]
            edge = int(lines.at[place + 1]) if lines.at[place] == edge else int(lines.at[place])
        packed = lines.points[nodes]
        low = ((packed + _HIGH // 2) % _HIGH) - _HIGH // 2
        points = np.column_stack([(packed - low) // _HIGH, low])
        held = {names[owner]: side for owner, side in ((left, 1), (right, -1)) if owner >= 0}
        return Arc(points, _weights(points), held)

    # What is left after the junctions are rings without any: islands and enclaves.
    nodes = np.concatenate([(~lines.is_through).nonzero()[0], lines.is_through.nonzero()[0]])
    return [
        walk(int(node), int(edge))
        for node in nodes
        for edge in lines.at[lines.first[node] : lines.first[node + 1]]
        if not is_done[edge]
    ]


# --- fewer points ---------------------------------------------------------------------------------


def _weights(points: Points) -> npt.NDArray[np.float64]:
    """Return the area each point spans when it is the least of those that are left."""
    count = len(points)
    weights = np.full(count, np.inf)
    if count < 3:
        return weights
    x: list[float] = (points[:, 0] * (GRID * _COSINE)).tolist()
    y: list[float] = (points[:, 1] * GRID).tolist()
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))

    def area(place: int) -> float:
        a, b = before[place], after[place]
        return 0.5 * abs((x[place] - x[a]) * (y[b] - y[a]) - (x[b] - x[a]) * (y[place] - y[a]))

    current = {place: area(place) for place in range(1, count - 1)}
    waiting = [(size, place) for place, size in current.items()]
    heapify(waiting)
    least = 0.0
    while waiting:
        size, place = heappop(waiting)
        if current.get(place) != size:
            continue
        del current[place]
        weights[place] = least = max(least, size)
        a, b = before[place], after[place]
        after[a], before[b] = b, a
        for neighbour in (a, b):
            if neighbour in current:
                current[neighbour] = area(neighbour)
                heappush(waiting, (current[neighbour], neighbour))
    return weights


def _chosen(weights: npt.NDArray[np.float64], least: float, fewest: int) -> npt.NDArray[np.bool_]:
    chosen = weights >= least
    if chosen.sum() < fewest:
        chosen[np.argsort(-weights, kind="stable")[:fewest]] = True
    return chosen


def _span(arc: Arc) -> tuple[int, ...]:
    ends = sorted([tuple(arc.points[0].tolist()), tuple(arc.points[-1].tolist())])
    return (*ends[0], *ends[1])


def _is_too_small(arc: Arc) -> bool:
    return arc.is_closed and len(arc.owners) == 1 and _size(arc) < _SMALLEST_ISLAND


def _size(arc: Arc) -> float:
    return abs(signed_area(arc.points)) * GRID**2 * _COSINE


def _largest_islands(arcs: list[Arc]) -> set[int]:
    """Return the arcs that must stay: the largest island of whoever has nothing else."""
    best: dict[str, tuple[float, int]] = {}
    for number, arc in enumerate(arcs):
        for owner in arc.owners:
            size = _size(arc) if arc.is_closed else float("inf")
            best[owner] = max(best.get(owner, (-1.0, -1)), (size, number))
    return {number for _, number in best.values()}


# --- from arcs to rings ---------------------------------------------------------------------------


def _rings(used: list[tuple[int, Points]]) -> tuple[tuple[int, ...], ...]:
    """Join arcs end to start into closed rings."""
    leaving: dict[tuple[Any, ...], list[tuple[int, tuple[Any, ...]]]] = {}
    for number, points in used:
        leaving.setdefault(tuple(points[0].tolist()), []).append((number, tuple(points[-1].tolist())))
    rings = []
    for start, out in leaving.items():
        while out:
            number, here = out.pop()
            ring = [number]
            while here != start and leaving.get(here):
                number, here = leaving[here].pop()
                ring.append(number)
            rings.append(tuple(ring))
    return tuple(rings)
