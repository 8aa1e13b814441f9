"""What a behaviour funnel asks: its steps, their order, and the days they may take."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from kayoi.contract import ENGAGEMENT_KINDS, PURPOSES, SCHEMES, SUPPORT_KINDS
from kayoi.errors import UsageError

Order = Literal["ordered", "strict", "unordered"]
Entry = Literal["every", "first"]
Role = Literal["required", "optional", "excluded"]
Source = Literal["visit", "engagement", "enrollment", "support"]

ORDERS: Final[tuple[Order, ...]] = ("ordered", "strict", "unordered")
ENTRIES: Final[tuple[Entry, ...]] = ("every", "first")
MOST_STEPS: Final = 10  # excluded ones counted
MOST_DAYS: Final = 36_500
DAY_US: Final = 86_400_000_000
UNKNOWN: Final = "unknown"  # a visit whose purpose is not given
SELF_INITIATED: Final = "self"  # a visit no programme brought
# Which words a step's kinds are of: purposes of visits, kinds or schemes of the rest.
KINDS: Final[dict[Source, tuple[str, ...]]] = {
    "visit": (*PURPOSES, UNKNOWN),
    "engagement": ENGAGEMENT_KINDS,
    "enrollment": SCHEMES,
    "support": SUPPORT_KINDS,
}


@dataclass(frozen=True)
class Span:
    """Whole numbers from `low` to `high`, both included; an end that is None is open."""

    low: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        """Raise UsageError for a span nothing lies in."""
        if (self.low or 0) < 0 or (self.high is not None and self.high < (self.low or 0)):
            raise UsageError("funnel_span", span=f"{self.low}-{self.high}")


@dataclass(frozen=True)
class Step:
    """One step: which rows of a region serve it, and its place in the funnel.

    `kinds` are purposes of visits, kinds of engagements and supports, schemes of enrollments; `programs`
    are ids, or `self` for what no programme brought; empty: any. `nights` and `nth` (the n-th counted visit
    of the person to the same municipality) are of visits alone. `within_days`: at most so many days after
    the required step before it. An excluded step must not happen between the required steps around it.
    """

    source: Source
    kinds: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    nights: Span = Span()
    nth: Span = Span()
    within_days: int | None = None
    role: Role = "required"

    def __post_init__(self) -> None:
        """Raise UsageError for words the step's rows do not have."""
        unknown = [kind for kind in self.kinds if kind not in KINDS[self.source]]
        if unknown:
            raise UsageError("funnel_kind", kind=unknown[0], known=", ".join(KINDS[self.source]))
        if self.source != "visit" and Span() != self.nights:
            raise UsageError("funnel_visits_only", name="nights", source=self.source)
        if self.source != "visit" and Span() != self.nth:
            raise UsageError("funnel_visits_only", name="nth", source=self.source)
        if self.within_days is not None:
            check_days(self.within_days)


@dataclass(frozen=True)
class FunnelDefinition:
    """A funnel over the rows of a region; raises UsageError where its parts do not fit together.

    `window_days`: the last step lies at most so many days after the first, that day included.
    `entry`: a person converts by any of their entries (`every`), or by the first one of the period alone.
    """

    steps: tuple[Step, ...]
    window_days: int
    order: Order = "ordered"
    entry: Entry = "every"

    def __post_init__(self) -> None:
        """Check what belongs together."""
        self.plan()

    def plan(self) -> "Plan":
        """Return the funnel without what its steps are."""
        roles = tuple(step.role for step in self.steps)
        return Plan(roles, self.window_days, self.order, self.entry, tuple(s.within_days for s in self.steps))


@dataclass(frozen=True)
class Plan:
    """What counting needs to know: roles of the steps by number (from 1), order, entry and days.

    Raises UsageError for no step or more than ten, for days below 0 or above a hundred years, for a first
    step that is not required, an excluded step that is not between two required ones, and for optional
    steps, excluded steps or days per step in an order that has no place for them.
    """

    roles: tuple[Role, ...]
    window_days: int
    order: Order = "ordered"
    entry: Entry = "every"
    within_days: tuple[int | None, ...] = ()

    def __post_init__(self) -> None:
        """Check what belongs together."""
        check_days(self.window_days)
        if not 1 <= len(self.roles) <= MOST_STEPS:
            raise UsageError("funnel_steps", count=len(self.roles), most=MOST_STEPS)
        if self.roles[0] != "required":
            raise UsageError("funnel_first_step")
        if any(role == "excluded" and "required" not in self.roles[n:] for n, role in enumerate(self.roles)):
            raise UsageError("funnel_excluded_last")
        if self.order != "ordered" and set(self.roles) != {"required"}:
            raise UsageError("funnel_roles_need_order", order=self.order)
        if self.order == "unordered" and any(days is not None for days in self.within_days):
            raise UsageError("funnel_within_unordered")

    @property
    def window_us(self) -> int:
        """Return the whole window in microseconds."""
        return self.window_days * DAY_US

    def depth_before(self, number: int) -> int:
        """Return how many required steps stand before step *number*."""
        return sum(role == "required" for role in self.roles[: number - 1])

    def bit(self, number: int) -> int:
        """Return the mark of a step in the masks of events; excluded steps have none."""
        return 0 if self.roles[number - 1] == "excluded" else 1 << (number - 1)

    def gap_us(self, number: int) -> int:
        """Return the longest time from the required step before to step *number*, in microseconds."""
        within = self.within_days[number - 1] if self.within_days else None
        return min(self.window_days, self.window_days if within is None else within) * DAY_US

    def step_rows(self) -> list[tuple[object, ...]]:
        """Return ask_steps: number, role, the step it is a rate of, bit, and the gap it breaks."""
        rows: list[tuple[object, ...]] = []
        before: int | None = None
        for number, role in enumerate(self.roles, 1):
            gap = 1 << self.depth_before(number) if role == "excluded" else 0
            rows.append((number, role, before, self.bit(number), gap))
            before = number if role == "required" else before
        return rows

    def need_rows(self) -> list[tuple[int, ...]]:
        """Return ask_needs: what has to be done at one moment to take a step there, by how far one had come.

        step, depth (required steps done with it; 0 for an optional one: nothing goes on from it), from_depth,
        the bits of all steps taken at the moment, their number, and the longest time up to the first of them.
        """
        required: list[int] = []
        rows: list[tuple[int, ...]] = []
        for number, role in enumerate(self.roles, 1):
            if role == "excluded":
                continue
            chain = [*required, number]
            depth = len(chain) if role == "required" else 0
            for done in range(len(chain)):
                taken = chain[done:]
                needed = sum(map(self.bit, taken))
                rows.append((number, depth, done, needed, len(taken), self.gap_us(taken[0])))
            if role == "required":
                required.append(number)
        return rows

    def subset_rows(self) -> Iterable[tuple[int, int]]:
        """Return ask_subsets: every set of steps that is not empty, as bits, and its size."""
        every = sum(self.bit(number) for number in range(1, len(self.roles) + 1))
        return ((bits, bits.bit_count()) for bits in range(1, every + 1) if bits & every == bits)


def check_days(days: int) -> None:
    """Raise UsageError for days below 0 or above a hundred years."""
    if not 0 <= days <= MOST_DAYS:
        raise UsageError("funnel_days", days=days, most=MOST_DAYS)
