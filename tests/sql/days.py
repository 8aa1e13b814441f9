"""Lets a spec say on which days figures are asked for, and pick the rows it is about."""

from collections.abc import Callable

from tests.conftest import Cells, cells

Given = Callable[[str, str], None]

# Eight day trips in the eight weeks before 30 September 2025: stage routine.
WEEKLY = "2025-08-07 2025-08-14 2025-08-21 2025-08-28 2025-09-04 2025-09-11 2025-09-18 2025-09-25"


def ask(given: Given, *days: str) -> None:
    """Ask for figures on days; `2024-09-30 for 2025-09-30`: over the members that speak on the later one."""
    pairs = [[part.strip() for part in f"{day} for {day}".split(" for ")[:2]] for day in days]
    given("ask_days", "as_of | reach_on\n" + "\n".join(" | ".join(pair) for pair in pairs))


def about(rows: Cells, *start: str) -> Cells:
    """Return the rows that begin with these cells, without them; "" is a cell without anything in it."""
    wanted = [cell or None for cell in start]
    return [row[len(wanted) :] for row in rows if row[: len(wanted)] == wanted]


def trips(drawn: str) -> str:
    """Return raw_visits of `person | place | day day day`: each day a day trip of its own."""
    lines = ["person_key | municipality_code | arrived_on | departed_on"]
    for person, place, days in cells(drawn):
        lines += [f"{person} | {place} | {day} | {day}" for day in (days or "").split()]
    return "\n".join(lines)
