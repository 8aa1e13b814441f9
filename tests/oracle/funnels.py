"""Who reached which step of a funnel, by trying every way: slow, for a handful of events."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, permutations


@dataclass(frozen=True)
class Happened:
    """One event of a track: when, which steps it could serve, which gaps it breaks (by depth before)."""

    at: int
    serves: frozenset[int]
    breaks: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Asked:
    """A funnel: roles of its steps from 1, whole window, and the longest gap before each step."""

    roles: tuple[str, ...]
    window: int
    order: str = "ordered"
    entry: str = "every"
    gaps: tuple[int | None, ...] = ()

    def gap(self, step: int) -> int:
        given = self.gaps[step - 1] if self.gaps else None
        return self.window if given is None else given


def reached(asked: Asked, events: list[Happened], first: int, last: int) -> dict[int, int]:
    """Return step → shortest time from the first, for the steps one track reached, entered in a period."""
    find = {"ordered": _in_order, "strict": _strictly, "unordered": _in_any_order}[asked.order]
    best: dict[int, int] = {}
    for step, start, end in find(asked, events, first, last):
        best[step] = min(best.get(step, end - start), end - start)
    return best


def _entries(asked: Asked, events: list[Happened], first: int, last: int, *, any_step: bool) -> set[int]:
    """Return the times at which the funnel may be entered."""
    inside = [one for one in events if first <= one.at <= last]
    times = {one.at for one in inside if (one.serves if any_step else 1 in one.serves)}
    return times if asked.entry == "every" or not times else {min(times)}


def _in_order(asked: Asked, events: list[Happened], first: int, last: int) -> Iterator[tuple[int, int, int]]:
    required = [number for number, role in enumerate(asked.roles, 1) if role == "required"]
    optional = [number for number, role in enumerate(asked.roles, 1) if role == "optional"]
    entries = _entries(asked, events, first, last, any_step=False)
    # an optional step is the end of a funnel of its own: the required steps before it, and it
    paths = [required] + [[one for one in required if one < number] + [number] for number in optional]
    for path in paths:
        for chain in _chains(asked, path, events, entries):
            step = path[len(chain) - 1]
            yield step, events[chain[0]].at, events[chain[-1]].at


def _chains(asked: Asked, path: list[int], events: list[Happened], entries: set[int]) -> Iterator[list[int]]:
    waiting = [[place] for place, one in enumerate(events) if 1 in one.serves and one.at in entries]
    while waiting:
        chain = waiting.pop()
        yield chain
        if len(chain) == len(path):
            continue
        step, start, came = path[len(chain)], events[chain[0]].at, events[chain[-1]].at
        for place, one in enumerate(events):
            is_next = place not in chain and step in one.serves and one.at >= came
            in_time = one.at - start <= asked.window and one.at - came <= asked.gap(step)
            broken = any(came < other.at < one.at and len(chain) in other.breaks for other in events)
            if is_next and in_time and not broken:
                waiting.append([*chain, place])


def _strictly(asked: Asked, events: list[Happened], first: int, last: int) -> Iterator[tuple[int, int, int]]:
    entries = _entries(asked, events, first, last, any_step=False)
    for line in _arrangements(events):
        for begin, one in enumerate(line):
            if one.at not in entries:
                continue
            for step, event in enumerate(line[begin : begin + len(asked.roles)], 1):
                came = line[begin + step - 2].at if step > 1 else event.at
                in_time = event.at - one.at <= asked.window and event.at - came <= asked.gap(step)
                if step not in event.serves or not in_time:
                    break
                yield step, one.at, event.at


def _arrangements(events: list[Happened]) -> Iterator[list[Happened]]:
    """Return every order the events may have come in: those of one time in any."""
    groups = [list(group) for _, group in groupby(sorted(events, key=lambda one: one.at), lambda one: one.at)]
    lines: list[list[Happened]] = [[]]
    for group in groups:
        lines = [[*line, *order] for line in lines for order in permutations(group)]
    yield from lines


def _in_any_order(
    asked: Asked, events: list[Happened], first: int, last: int
) -> Iterator[tuple[int, int, int]]:
    for start in _entries(asked, events, first, last, any_step=True):
        ends = sorted({one.at for one in events if start <= one.at <= start + asked.window})
        for end in ends:
            inside = [one.serves for one in events if start <= one.at <= end]
            for count in range(1, _most_served(inside) + 1):
                yield count, start, end


def _most_served(events: list[frozenset[int]]) -> int:
    """Return how many steps the events can serve, one each, by trying."""
    if not events:
        return 0
    head, *rest = events
    best = _most_served(rest)
    for step in head:
        best = max(best, 1 + _most_served([one - {step} for one in rest]))
    return best
