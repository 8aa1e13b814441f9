"""Lets a spec draw the events of a funnel as one line per track: `1 | a@1 b@3`."""

from kayoi.behaviour.definition import DAY_US, Order, Plan
from kayoi.behaviour.reach import ASKED, Entered, prepare, put_rows, reach
from kayoi.engine import Engine
from tests.conftest import cells

EVENTS = {"track": "bigint", "at_us": "bigint", "mask": "integer", "breaks": "integer"}
TRACKS = {"track": "bigint", "person": "bigint"}


def days(number: float) -> int:
    """Return a time in microseconds."""
    return round(number * DAY_US)


def plan(
    steps: str,
    window: int,
    order: Order = "ordered",
    entry: str = "every",
    within: tuple[int | None, ...] = (),
) -> Plan:
    """Return a plan of `a b? !c d`: required, optional (?) and excluded (!) steps."""
    marks = {"?": "optional", "!": "excluded"}
    roles = tuple(
        next((role for mark, role in marks.items() if mark in word), "required") for word in steps.split()
    )
    return Plan(roles, window, order, entry, within)  # type: ignore[arg-type]


def put_events(engine: Engine, asked: Plan, steps: str, drawn: str) -> None:
    """Fill funnel_events and funnel_tracks from `track | a@1 bc@3 x@4.5`; `bc` could serve either step."""
    letters = [word.strip("?!") for word in steps.split()]
    rows = []
    for track, happened in cells(drawn):
        for one in (happened or "").split():
            name, at = one.split("@")
            numbers = [number for number, letter in enumerate(letters, 1) if letter in name]
            breaks = {asked.depth_before(n) for n in numbers if asked.roles[n - 1] == "excluded"}
            mask = sum({asked.bit(number) for number in numbers})
            rows.append((int(track or 0), days(float(at)), mask, sum(1 << depth for depth in breaks)))
    put_rows(engine, "funnel_events", rows, EVENTS)
    tracks = sorted({int(track or 0) for track, _ in cells(drawn)})
    put_rows(engine, "funnel_tracks", [(track, track) for track in tracks], TRACKS)


def ask(engine: Engine, asked: Plan) -> None:
    """Make ask_steps, ask_needs and ask_subsets of a plan."""
    for table, rows in zip(ASKED, (asked.step_rows(), asked.need_rows(), asked.subset_rows()), strict=True):
        put_rows(engine, table, rows, ASKED[table])


def reached(
    engine: Engine, asked: Plan, steps: str, drawn: str, entered: Entered | None = None
) -> dict[int, dict[int, float]]:
    """Run a whole funnel; return track → step reached → days from the first step."""
    put_events(engine, asked, steps, drawn)
    prepare(engine, asked)
    reach(engine, asked, entered or Entered(), with_times=True)
    found: dict[int, dict[int, float]] = {}
    for person, step, fastest in engine.table("funnel_reached").itertuples(index=False):
        found.setdefault(int(person), {})[int(step)] = int(fastest) / DAY_US
    return found


def counts(engine: Engine, asked: Plan, steps: str, drawn: str, entered: Entered | None = None) -> list[int]:
    """Run a whole funnel as the command does; return the people of each step."""
    put_events(engine, asked, steps, drawn)
    prepare(engine, asked)
    reach(engine, asked, entered or Entered())
    return [int(people) for people in engine.fetch("funnel_counts")["people"]]
