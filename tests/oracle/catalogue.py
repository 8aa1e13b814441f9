"""K07–K37 as far as tests/oracle/figures.py has none: counted row by row, from kpis.md and docs/adr/0043."""

import calendar
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from tests.oracle.figures import estimate, fiscal_year_start
from tests.oracle.regions import highest
from tests.oracle.visits import Visit

ONE_DAY = timedelta(days=1)
CONTACTS = ("donation", "purchase", "online")
SUPPORTER = ("contribution", "work_onsite")
KINDS = ("contribution", "work_onsite", "work_remote", "participation", "hobby", *CONTACTS)
SUPPORTS = ("miles", "fare", "lodging", "other")

Tie = tuple[str, str]  # person, municipality
Key = tuple[str, str, str]  # KPI id, part, programme; '' for the value itself and for every programme


@dataclass(frozen=True)
class Act:
    """One engagement."""

    person: str
    place: str
    on: date
    kind: str
    hours: float | None = None


@dataclass(frozen=True)
class Hold:
    """One enrollment; `through` is the last day it holds, None while it runs."""

    person: str
    place: str
    scheme: str
    since: date
    through: date | None = None
    program: str | None = None


@dataclass(frozen=True)
class Help:
    """One support."""

    person: str
    place: str
    on: date
    kind: str
    quantity: float | None = None
    yen: float | None = None
    program: str | None = None


@dataclass(frozen=True)
class Program:
    """One programme."""

    program: str
    starts: date | None = None
    ends: date | None = None
    trips: int | None = None


@dataclass(frozen=True)
class Log:
    """What is loaded; `visits` are the counted ones, `nights` the nights each of them covers."""

    visits: Sequence[Visit]
    nights: Mapping[tuple[str, str, date], set[date]]
    acts: Sequence[Act]
    holds: Sequence[Hold]
    helps: Sequence[Help]
    programs: Mapping[str, Program]
    stats: Mapping[tuple[str, str], Mapping[str, float]]  # municipality, metric → month → value
    lives_in: Callable[[str, str, date], bool]  # whether a person's known home on a day is the municipality
    stage: Callable[[str, str, date], str | None]
    horizons: Mapping[str, date]
    first_days: Mapping[str, date]

    @property
    def begins_on(self) -> date:
        """The first day of any row: a row may lie before the day from which a supplier vouches for it."""
        happened = [v.arrived_on for v in self.visits] + [a.on for a in self.acts]
        return min([*happened, *(h.since for h in self.holds), *(h.on for h in self.helps)])


@dataclass(frozen=True)
class Figure:
    """One figure; no value where it is a share of nothing."""

    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    n: int | None = None
    is_final: bool = True


@dataclass
class View:
    """A log as one region sees it on day t; `members` are those whose horizon reaches the day asked for."""

    log: Log
    members: tuple[str, ...]
    t: date
    found: dict[Key, Figure] = field(default_factory=dict)

    @property
    def first_on(self) -> date:
        return min(self.log.first_days[m] for m in self.members)

    def is_routine(self, person: str, place: str) -> bool:
        return self.log.stage(person, place, self.t) == "routine"

    def visits(self, since: date = date.min) -> list[Visit]:
        """Counted visits that arrived in [since, t], without ties in stage routine on t."""
        return [
            v
            for v in self.log.visits
            if v.municipality in self.members
            and since <= v.arrived_on <= self.t
            and not self.is_routine(v.person, v.municipality)
        ]

    def every_visit(self) -> list[Visit]:
        return [v for v in self.log.visits if v.municipality in self.members and v.arrived_on <= self.t]

    def acts(self) -> list[Act]:
        return [a for a in self.log.acts if a.place in self.members and a.on <= self.t]

    def holds(self) -> list[Hold]:
        return [h for h in self.log.holds if h.place in self.members and h.since <= self.t]

    def helps(self) -> list[Help]:
        return [h for h in self.log.helps if h.place in self.members and h.on <= self.t]

    def stages(self) -> dict[str, str]:
        """Person → highest stage over the members on t."""
        said = defaultdict(list)
        ties = {(v.person, v.municipality) for v in self.every_visit()}
        ties |= {(a.person, a.place) for a in self.acts()} | {(h.person, h.place) for h in self.holds()}
        for person, place in ties:
            stage = self.log.stage(person, place, self.t)
            if stage:
                said[person].append(stage)
        return {person: highest(stages) or "" for person, stages in said.items()}

    def in_window(self, days: int) -> bool:
        return self.first_on <= self.t - timedelta(days=days - 1)

    @property
    def fiscal_year_is_over(self) -> bool:
        start = fiscal_year_start(self.t)
        return (self.t.month, self.t.day) == (3, 31) and self.first_on <= start

    def put(self, key: str, figure: Figure) -> None:
        kpi, _, rest = key.partition(":")
        part, _, program = rest.partition("@")
        self.found[(kpi, part, program)] = figure


def catalogue(log: Log, members: Iterable[str], t: date, reach_on: date | None = None) -> dict[Key, Figure]:
    """Return every figure of these municipalities on t, over those that still speak on *reach_on*."""
    speaking = tuple(m for m in members if log.horizons[m] >= (reach_on or t))
    if not speaking or min(log.first_days[m] for m in speaking) > t:
        return {}
    view = View(log, speaking, t)
    for count in (
        returning, nightly, spending, kinds, without_visits, supporters, registrations, renewals,
        two_homes_in_practice, moved_in, companies, donors, members_who_came, evenness, captured, plans,
    ):  # fmt: skip
        count(view)
    named = {h.program for h in log.helps if h.program} | set(log.programs)
    for program in (None, *sorted(named)):
        programme(view, program)
    return view.found


def ratio(top: float, bottom: float, n: int | None = None, is_final: bool = True) -> Figure:
    return Figure(top / bottom if bottom else None, top, bottom, int(bottom) if n is None else n, is_final)


def number(value: float, n: int | None = None, is_final: bool = True) -> Figure:
    return Figure(value, value, None, int(value) if n is None else n, is_final)


def arrivals(visits: Iterable[Visit]) -> dict[Tie, list[date]]:
    days: dict[Tie, list[date]] = defaultdict(list)
    for v in visits:
        days[(v.person, v.municipality)].append(v.arrived_on)
    return {tie: sorted(on) for tie, on in days.items()}


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def returning(view: View) -> None:
    """K07: of those whose first 365 days are over, who came again to one municipality within them."""
    by_person: dict[str, list[list[date]]] = defaultdict(list)
    for (person, _), days in arrivals(view.visits()).items():
        by_person[person].append(days)
    seen: list[tuple[date, bool]] = []
    for places in by_person.values():
        first = min(min(days) for days in places)
        if days_after(first, 365) <= view.t:
            best = max(sum(day <= days_after(first, 365) for day in days) for days in places)
            seen.append((first, best >= 2))
    view.put("K07", ratio(sum(came for _, came in seen), len(seen)))
    recent = [came for first, came in seen if first >= days_after(view.t, -729)]
    view.put("K07:recent", ratio(sum(recent), len(recent), is_final=view.in_window(730)))


def nightly(view: View) -> None:
    """K10: people per night of the month, each once a night."""
    month = view.t.replace(day=1)
    slept = {
        (v.person, night)
        for v in view.visits()
        for night in view.log.nights[(v.person, v.municipality, v.arrived_on)]
        if month <= night <= view.t
    }
    is_over = view.t.day == calendar.monthrange(view.t.year, view.t.month)[1] and view.first_on <= month
    people = len({person for person, _ in slept})
    view.put("K10", ratio(len(slept), view.t.day, people, is_over))


def spending(view: View) -> None:
    """K13: the median change of what one person spent, of people known in both years."""
    spent: dict[str, list[Fraction | None]] = defaultdict(lambda: [None, None])
    border = days_after(view.t, -364)
    for v in view.visits(days_after(view.t, -729)):
        if v.spend is not None:
            which = 1 if v.arrived_on >= border else 0
            spent[v.person][which] = (spent[v.person][which] or Fraction(0)) + estimate(v.spend)
    both = [(before, now) for before, now in spent.values() if before is not None and now is not None]
    middle = float(median(now - before for before, now in both)) if both else None
    view.put("K13", Figure(middle, middle, None, len(both), view.in_window(730)))
    more = sum(now > before for before, now in both)
    view.put("K13:more", ratio(more, len(both), is_final=view.in_window(730)))


def kinds(view: View) -> None:
    """K20: people of the relationship population by what they do."""
    if not view.acts():
        return
    related = {person for person, stage in view.stages().items() if stage in ("loyal", "related", "dual")}
    for kind in KINDS:
        did = {a.person for a in view.acts() if a.kind == kind and a.on >= days_after(view.t, -364)} & related
        view.put(f"K20:{kind}", Figure(len(did), len(did), len(related), len(did), view.in_window(365)))


def without_visits(view: View) -> None:
    """K21: people with two contacts in 730 days who never came, living elsewhere."""
    if not view.acts():
        return
    came = {v.person for v in view.every_visit()}
    contacts = Counter(
        a.person
        for a in view.acts()
        if a.kind in CONTACTS
        and a.on >= days_after(view.t, -729)
        and not view.log.lives_in(a.person, a.place, view.t)
    )
    people = sum(n >= 2 and person not in came for person, n in contacts.items())
    view.put("K21", number(people, is_final=view.in_window(730)))


def supporters(view: View) -> None:
    """K22: people with one and with three supporter activities in the fiscal year, and their hours."""
    if not view.acts():
        return
    did = [
        a
        for a in view.acts()
        if a.kind in SUPPORTER
        and a.on >= fiscal_year_start(view.t)
        and not view.log.lives_in(a.person, a.place, a.on)
        and not view.is_routine(a.person, a.place)
    ]
    times = Counter(a.person for a in did)
    is_over = view.fiscal_year_is_over
    view.put("K22", number(len(times), is_final=is_over))
    view.put("K22:three", number(sum(n >= 3 for n in times.values()), is_final=is_over))
    view.put("K22:hours", number(sum(a.hours or 0 for a in did), len(times), is_over))


def registrations(view: View) -> None:
    """K23: home-town registrations that hold on the day."""
    known = [h for h in view.holds() if h.scheme in ("furusato_basic", "furusato_premium")]
    if not known:
        return
    now = [h for h in known if h.through is None or h.through >= view.t]
    by_scheme = {scheme: {(h.person, h.place) for h in now if h.scheme == scheme} for scheme in
                 ("furusato_basic", "furusato_premium")}  # fmt: skip
    people = len({h.person for h in now})
    view.put("K23", number(people))
    for part, ties in (("basic", by_scheme["furusato_basic"]), ("premium", by_scheme["furusato_premium"])):
        view.put(f"K23:{part}", number(len(ties), len({person for person, _ in ties})))
    view.put("K23:registrations", number(len({(h.person, h.place) for h in now}), people))


def renewals(view: View) -> None:
    """K24: of premium registrations that ended in the fiscal year, those renewed within 30 days."""
    premium = [h for h in view.holds() if h.scheme == "furusato_premium"]
    if not premium:
        return
    since = fiscal_year_start(view.t)
    ended = {
        (h.person, h.place, h.through)
        for h in premium
        if h.through is not None and since <= h.through <= view.t
    }
    renewed, is_open = 0, False
    for person, place, end in ended:
        again = any(
            (h.person, h.place) == (person, place)
            and h.since <= days_after(end, 30)
            and (h.through is None or h.through > end)
            for h in premium
        )
        renewed += again
        is_open |= not again and days_after(end, 30) > view.t
    view.put("K24", ratio(renewed, len(ended), is_final=view.fiscal_year_is_over and not is_open))


def two_homes_in_practice(view: View) -> None:
    """K26: 30 nights or 6 months of the year, nothing on paper."""
    t, start = view.t, days_after(view.t, -364)
    papers = {
        (h.person, h.place)
        for h in view.holds()
        if h.scheme == "dual_residence" and (h.through is None or h.through >= t)
    }
    nights: Counter[Tie] = Counter()
    months: dict[Tie, dict[tuple[int, int], date]] = defaultdict(dict)
    for v in sorted(view.every_visit(), key=lambda v: v.arrived_on):
        tie = (v.person, v.municipality)
        if start <= v.departed_on <= t:
            nights[tie] += v.nights
        months[tie].setdefault((v.arrived_on.year, v.arrived_on.month), v.arrived_on)
    stages = view.stages()
    people = {
        person
        for person, place in months
        if (person, place) not in papers
        and not view.is_routine(person, place)
        and stages.get(person) not in ("dual", "settled")
        and (
            nights[(person, place)] >= 30
            or sum(day >= start for day in months[(person, place)].values()) >= 6
        )
    }
    view.put("K26", number(len(people), is_final=view.in_window(365)))


def moved_in(view: View) -> None:
    """K30: who moved there, and who took work there, in the fiscal year, having stood somewhere before."""
    for part, scheme in (("", "relocation"), ("employment", "local_employment")):
        known = [h for h in view.holds() if h.scheme == scheme]
        people = {
            h.person
            for h in known
            if h.since >= fiscal_year_start(view.t)
            and any(
                view.log.stage(h.person, m, day) is not None
                for m in view.members
                for day in days_since(view.log.begins_on, h.since)
            )
        }
        if known:
            view.put(f"K30:{part}", number(len(people), is_final=view.fiscal_year_is_over))


def days_since(first: date, end: date) -> Iterable[date]:
    """Days from the end backwards, the end itself not among them: a stage, once there, stays one."""
    day = end - ONE_DAY
    while day >= first:
        yield day
        day -= ONE_DAY


def companies(view: View) -> None:
    """K31: organisations with two visits to one municipality, their people, and who comes on their own."""
    if not any(v.organization_id for v in view.every_visit()):
        return
    visits = view.visits(days_after(view.t, -364))
    times = Counter((v.organization_id, v.municipality) for v in visits if v.organization_id)
    tied = {organization for (organization, _), n in times.items() if n >= 2}
    people = {v.person for v in visits if v.organization_id in tied}
    alone = {v.person for v in visits if not v.organization_id} & people
    is_final = view.in_window(365)
    view.put("K31", number(len(tied), len(people), is_final))
    view.put("K31:people", number(len(people), is_final=is_final))
    view.put("K31:private", number(len(alone), is_final=is_final))


def donors(view: View) -> None:
    """K32: donors whose first visit there came within the 365 days after their first donation."""
    first: dict[Tie, date] = {}
    for a in sorted(view.acts(), key=lambda a: a.on):
        if a.kind == "donation":
            first.setdefault((a.person, a.place), a.on)
    if not first:
        return
    came = {tie: days[0] for tie, days in arrivals(view.every_visit()).items()}
    watched = {
        tie: on
        for tie, on in first.items()
        if days_after(on, 365) <= view.t and not view.log.lives_in(*tie, on) and not view.is_routine(*tie)
    }
    converted = {tie for tie, on in watched.items() if tie in came and on < came[tie] <= days_after(on, 365)}
    fresh = {tie for tie, on in watched.items() if tie not in came or came[tie] > on}
    people = len({person for person, _ in converted})
    view.put("K32", ratio(people, len({person for person, _ in watched})))
    view.put("K32:new", ratio(people, len({person for person, _ in fresh})))


def members_who_came(view: View) -> None:
    """K33: digital residents and fan club members who were ever there."""
    schemes = ("digital_resident", "fan_club")
    ties = {
        (h.person, h.place)
        for h in view.holds()
        if h.scheme in schemes and (h.through is None or h.through >= view.t)
    }
    came = set(arrivals(view.every_visit()))
    if any(h.scheme in schemes for h in view.holds()):
        top, bottom = len({p for p, _ in ties & came}), len({p for p, _ in ties})
        view.put("K33", ratio(top, bottom, is_final=view.in_window(365)))


def evenness(view: View) -> None:
    """K34: how evenly the visits of the fiscal year lie over its twelve months."""
    visits = view.visits(fiscal_year_start(view.t))
    by_month = Counter(v.arrived_on.month for v in visits)
    total = len(visits)
    value = None
    if total:
        apart = sum(abs(Fraction(by_month[m], total) - Fraction(1, 12)) for m in range(1, 13))
        value = float(1 - apart / Fraction(22, 12))
    view.put("K34", Figure(value, value, None, total, view.fiscal_year_is_over))


def captured(view: View) -> None:
    """K35: tracked people of the month over the official visitors, where those are known."""
    month = f"{view.t:%Y-%m}"
    official = {
        m: view.log.stats[(m, "観光来訪者数")][month]
        for m in view.members
        if month in view.log.stats.get((m, "観光来訪者数"), {})
    }
    if not official:
        return
    people = len({v.person for v in view.visits(view.t.replace(day=1)) if v.municipality in official})
    is_over = view.t.day == calendar.monthrange(view.t.year, view.t.month)[1]
    is_over &= view.first_on <= view.t.replace(day=1)
    view.put("K35", ratio(people, sum(official.values()), people, is_over))


def plans(view: View) -> None:
    """K36: plans and bodies so far."""
    for part, metric in (("", "特定居住促進計画"), ("bodies", "特定居住支援法人")):
        known = []
        for m in view.members:
            months = {k: x for k, x in view.log.stats.get((m, metric), {}).items() if k <= f"{view.t:%Y-%m}"}
            if months:
                known.append(months[max(months)])
        if known:
            view.put(f"K36:{part}", number(sum(known), len(known)))


def programme(view: View, program: str | None) -> None:
    """K27, K28, K29 and K37 of one programme, or of all there are."""
    at = f"@{program}" if program else "@"
    asked = [p for p in view.log.programs.values() if program in (None, p.program)]
    helps = [h for h in view.helps() if program is None or h.program == program]
    supported(view, helps, at)
    holds = [h for h in view.holds() if h.program and (program is None or h.program == program)]
    days = arrivals(view.every_visit())

    enrolled, fulfilled, is_over = set(), set(), True
    for p in asked:
        ties = {(h.person, h.place) for h in holds if h.program == p.program}
        if p.trips is None or not ties:
            continue
        is_over &= p.ends is not None and p.ends <= view.t
        enrolled |= {person for person, _ in ties}
        since, until = p.starts or date.min, min(p.ends or date.max, view.t)
        fulfilled |= {
            tie[0] for tie in ties if sum(since <= day <= until for day in days.get(tie, [])) >= p.trips
        }
    if enrolled:
        view.put(f"K28:{at}", ratio(len(fulfilled), len(enrolled), is_final=is_over))

    for part in ("", "so_far"):
        people, stayed = set(), set()
        for p in asked:
            if p.ends is None:
                continue
            since, until = days_after(p.ends, 90), days_after(p.ends, 365)
            is_full = until <= view.t
            is_open = since <= view.t < until
            if not (is_full if part == "" else is_open):
                continue
            ties = {(h.person, h.place) for h in holds if h.program == p.program}
            people |= {person for person, _ in ties}
            stayed |= {tie[0] for tie in ties if any(since <= day <= until for day in days.get(tie, []))}
        if people:
            view.put(f"K29:{part}{at}", ratio(len(stayed), len(people), is_final=part == ""))


def supported(view: View, helps: list[Help], at: str) -> None:
    """K27 and K37: what was paid, for whom and for which visits, and who came to live in two places."""
    if not helps:
        return
    programs = {view.log.programs.get(h.program) for h in helps if h.program}
    ends = [p.ends if p else None for p in programs]
    is_over = all(end is not None and end <= view.t for end in ends)
    yen = sum(h.yen or 0 for h in helps)
    people = len({h.person for h in helps})
    days = arrivals(view.every_visit())
    trips = set()
    for h in helps:
        mine = days.get((h.person, h.place), [])
        before = [day for day in mine if day <= h.on]
        if mine:
            trips.add((h.person, h.place, max(before) if before else min(mine)))
    nights = sum(v.nights for v in view.every_visit() if (v.person, v.municipality, v.arrived_on) in trips)
    view.put(f"K27:{at}", number(yen, people, is_over))
    view.put(f"K27:per_person{at}", ratio(yen, people, is_final=is_over))
    view.put(f"K27:nights{at}", ratio(nights, len(trips), people, is_over))
    for kind in SUPPORTS:
        of_kind = [h for h in helps if h.kind == kind]
        if of_kind:
            total = sum(h.quantity or 0 for h in of_kind)
            view.put(f"K27:{kind}{at}", number(total, len({h.person for h in of_kind}), is_over))
    first: dict[Tie, date] = {}
    for h in sorted(helps, key=lambda h: h.on):
        first.setdefault((h.person, h.place), h.on)
    reached = {tie[0] for tie, on in first.items() if (day := first_dual(view, tie)) and on < day <= view.t}
    view.put(f"K37:{at}", ratio(yen, len(reached), people, is_over))


def first_dual(view: View, tie: Tie) -> date | None:
    """The first day a tie was in stage dual, up to t."""
    day = view.log.begins_on
    while day <= view.t:
        if view.log.stage(*tie, day) == "dual":
            return day
        day += ONE_DAY
    return None
