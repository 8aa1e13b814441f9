"""Where the table stands in a file: its sheet, the line its headings begin on, how many lines they take."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from kayoi.load.headings import heading_key
from kayoi.load.unseen import shown_text

JOINED_BY: Final = "／"
LOOKED_AT: Final = 30  # lines in which the headings are looked for
_MOST_HEADING_LINES: Final = 3
_VALUE: Final = re.compile(
    r"[-+▲△¥\\]?[\d,.]+[%円人泊件]?|(?:[RHS]|令和|平成|昭和)?\d{1,4}[-/.年]\d{1,2}[-/.月].*"
)

Row = tuple[int, Sequence[str]]  # the line a record starts on, and its cells


@dataclass(frozen=True)
class Layout:
    """Where a table stands; what is None is found. Lines are those of the file, from 1."""

    sheet: str | None = None
    first_heading_line: int | None = None
    heading_lines: int | None = None


FOUND: Final = Layout()  # nothing is said: everything is found


@dataclass(frozen=True)
class Wanted:
    """Headings that tell a table: one of each of *required* must be there; *known* may be."""

    required: tuple[tuple[str, ...], ...]
    known: tuple[str, ...]
    least: int = 1  # how many of *known* must be there

    def all_keys(self) -> frozenset[str]:
        """Return everything known, as it is compared."""
        return frozenset(map(heading_key, (*chain.from_iterable(self.required), *self.known)))

    def needs(self) -> list[set[str]]:
        """Return what must be there, as it is compared: one key of each set."""
        return [set(map(heading_key, either)) for either in self.required]


@dataclass(frozen=True)
class Merge:
    """Cells of a workbook drawn as one; rows are lines (from 1), columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Found:
    """The headings of a table: where they stand, what they say, and whether they are the ones wanted.

    `places` says where in the rows looked at they are; `rows` are the lines themselves, as they stand.
    """

    first_line: int
    places: range
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_certain: bool

    def layout(self, sheet: str | None) -> Layout:
        """Return the layout that was used."""
        return Layout(sheet, self.first_line, len(self.places))


def find_headings(
    rows: Sequence[Row], wanted: Sequence[Wanted], given: Layout, merges: Sequence[Merge] = ()
) -> Found | None:
    """Return the headings among the first *rows* of a table, blank ones included; None where all are blank.

    What a person gave decides; else the lines that hold what is wanted; else the likeliest line.
    """
    filled = [place for place, (_, row) in enumerate(rows) if _is_filled(row)]
    if not filled:
        return None
    if given.first_heading_line is not None:
        return _given(rows, wanted, given, merges)
    near = [place for place in filled if rows[place][0] <= LOOKED_AT]
    near = [place for place in near if not _is_inside(rows[place][0], merges)] or near
    depths = [given.heading_lines] if given.heading_lines else list(range(1, _MOST_HEADING_LINES + 1))
    for depth in depths:
        for place in near:
            found = _headings(rows, place, depth, wanted, merges)
            if found is not None and found.is_certain:
                return found
    best = _most_known(rows, near, depths, wanted, merges)
    if best is not None:
        return best
    place, depth = _likeliest(rows, near or filled[:1], merges)
    return _headings(rows, place, given.heading_lines or depth, wanted, merges) or _headings(
        rows, place, 1, wanted, merges
    )


def _given(
    rows: Sequence[Row], wanted: Sequence[Wanted], given: Layout, merges: Sequence[Merge]
) -> Found | None:
    place = next((place for place, (line, _) in enumerate(rows) if line == given.first_heading_line), None)
    if place is None:
        return None
    depths = [given.heading_lines] if given.heading_lines else list(range(1, _MOST_HEADING_LINES + 1))
    found = [one for depth in depths if (one := _headings(rows, place, depth, wanted, merges))]
    certain = [one for one in found if one.is_certain]
    if not certain and not given.heading_lines:
        found = [one for one in found if len(one.places) == _depth(rows, place, merges)] or found
    return next(iter(certain or found), None)


def _headings(
    rows: Sequence[Row], place: int, depth: int, wanted: Sequence[Wanted], merges: Sequence[Merge]
) -> Found | None:
    """Return *depth* lines from *place* as headings; None where they are not there or one is blank."""
    taken = rows[place : place + depth]
    if len(taken) < depth or not all(_is_filled(row) for _, row in taken):
        return None
    width = max(len(row) for _, row in taken)
    lines = [[shown_text(text).strip() for text in row] + [""] * (width - len(row)) for _, row in taken]
    joined, lowest = _joined(lines, [line for line, _ in taken], merges)
    named, is_certain = _named(joined, lowest, wanted)
    raw = tuple(tuple(row) for _, row in taken)
    return Found(taken[0][0], range(place, place + depth), tuple(named), raw, is_certain)


def _named(
    joined: Sequence[str], lowest: Sequence[str], wanted: Sequence[Wanted]
) -> tuple[Sequence[str], bool]:
    """Return the headings, and whether all of one alternative of what is wanted is there.

    A heading goes by its lowest part where that alone is known and stands once.
    """
    whole = Counter(map(heading_key, joined))
    parts = Counter(map(heading_key, lowest))
    for one in wanted:
        known = one.all_keys()
        named = [
            part if (key := heading_key(part)) in known and key not in whole and parts[key] == 1 else text
            for text, part in zip(joined, lowest, strict=True)
        ]
        present = Counter(map(heading_key, named))
        has_all = all(sum(present[key] for key in either) == 1 for either in one.needs())
        if has_all and len(known & present.keys()) >= one.least:
            return named, True
        if len(wanted) == 1:
            return named, False
    return joined, False


def _joined(
    lines: Sequence[list[str]], numbers: Sequence[int], merges: Sequence[Merge]
) -> tuple[list[str], list[str]]:
    """Return the headings joined from top to bottom, and the lowest part of each."""
    inside = [one for one in merges if one.top >= numbers[0] and one.bottom <= numbers[-1]]
    for one in inside:
        text = lines[one.top - numbers[0]][one.left] if one.left < len(lines[0]) else ""
        for line in range(one.top, one.bottom + 1):
            for column in range(one.left, min(one.right + 1, len(lines[0]))):
                lines[line - numbers[0]][column] = text
    if not inside:
        for upper, below in pairwise(lines):
            _fill_across(upper, below)
    joined, lowest = [], []
    for cells in zip(*lines, strict=True):
        parts = [text for place, text in enumerate(cells) if text and text not in cells[:place]]
        joined.append(JOINED_BY.join(parts))
        # a heading may have been joined before: in a file of ours, or by the supplier
        lowest.append(parts[-1].split(JOINED_BY)[-1] if parts else "")
    return joined, lowest


def _fill_across(upper: list[str], below: Sequence[str]) -> None:
    """Carry a group's heading over the columns right of it that have a heading of their own below only."""
    group = ""
    for column, text in enumerate(upper):
        if text:
            group = text if below[column] else ""
        elif below[column]:
            upper[column] = group
        else:
            group = ""


def _most_known(
    rows: Sequence[Row],
    near: Sequence[int],
    depths: Sequence[int],
    wanted: Sequence[Wanted],
    merges: Sequence[Merge],
) -> Found | None:
    """Return the line that holds the most of what is wanted: at least two headings, and half of them."""
    best: tuple[int, Found] | None = None
    for depth in depths:
        for place in near:
            found = _headings(rows, place, depth, wanted, merges)
            if found is None:
                continue
            keys = set(map(heading_key, found.headings))
            matches = max((_matched(one, keys) for one in wanted), default=0)
            if matches and (best is None or matches > best[0]):
                best = (matches, found)
    return best[1] if best else None


def _matched(one: Wanted, keys: set[str]) -> int:
    needs = one.needs()
    matches = sum(1 for either in needs if either & keys)
    return matches if matches >= 2 and matches >= len(needs) / 2 else 0


def _likeliest(rows: Sequence[Row], near: Sequence[int], merges: Sequence[Merge]) -> tuple[int, int]:
    """Return where headings most likely begin, and how many lines they take.

    They are the first line with labels in most of the columns that rows have; titles have a cell or two.
    """
    counts = sorted(_filled_cells(row) for _, row in rows if _is_filled(row))
    usual = counts[len(counts) * 3 // 4]
    for place in near:
        row = rows[place][1]
        is_wide = _filled_cells(row) >= max(0.7 * usual, min(2, usual))
        if is_wide and _looks_like_labels(row):
            depth = _depth(rows, place, merges)
            return (place - 1, depth + 1) if _continues_above(rows, place) else (place, depth)
    return near[0], 1


def _depth(rows: Sequence[Row], place: int, merges: Sequence[Merge]) -> int:
    """Return how many lines the headings from *place* take."""
    line = rows[place][0]
    bottom = max((one.bottom for one in merges if one.top == line), default=line)
    if any(one.top == line and one.right > one.left and one.bottom == line for one in merges):
        bottom = max(bottom, line + 1)  # a group's heading has its parts below
    depth = min(bottom - line + 1, _MOST_HEADING_LINES)
    taken = rows[place : place + depth]
    if depth > 1 and len(taken) == depth and all(_is_filled(row) for _, row in taken):
        return depth
    return 2 if _continues(rows, place) else 1


def _continues(rows: Sequence[Row], place: int) -> bool:
    """Whether the next line fills gaps in this one with labels, and values follow it."""
    if place + 2 >= len(rows):
        return False
    first, second, third = (list(row) for _, row in rows[place : place + 3])
    width = max(len(first), len(second))
    first += [""] * (width - len(first))
    second += [""] * (width - len(second))
    gaps = [below for above, below in zip(first, second, strict=True) if below.strip() and not above.strip()]
    return bool(gaps) and _looks_like_labels(second) and not _looks_like_labels(third)


def _continues_above(rows: Sequence[Row], place: int) -> bool:
    """Whether the line above holds two labels or more, one of them over a gap in this one."""
    if place == 0 or _filled_cells(rows[place - 1][1]) < 2 or not _looks_like_labels(rows[place - 1][1]):
        return False
    above, below = rows[place - 1][1], rows[place][1]
    return any(
        text.strip() and not (column < len(below) and below[column].strip())
        for column, text in enumerate(above)
    )


def _looks_like_labels(row: Sequence[str]) -> bool:
    texts = [text.strip() for text in row if text.strip()]
    labels = [text for text in texts if not _VALUE.fullmatch(text) and len(text) <= 60]
    return len(labels) >= 0.7 * len(texts) and len(set(texts)) >= 0.5 * len(texts)


def _is_inside(line: int, merges: Sequence[Merge]) -> bool:
    """Whether a cell merged downwards from a line above goes on in this one: headings do not begin there."""
    return any(one.top < line <= one.bottom for one in merges)


def _is_filled(row: Sequence[str]) -> bool:
    return any(map(str.strip, row))


def _filled_cells(row: Sequence[str]) -> int:
    return sum(1 for text in row if text.strip())
