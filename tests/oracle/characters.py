"""People at the edges of every window: who comes, stays, takes part, keeps contact or settles."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

EDGES = (0, 1, 1, 2, 3, 30, 31, 54, 55, 56, 57, 178, 179, 180, 181, 363, 364, 365, 366, 728, 729, 730, 731)
STAYS = (0, 0, 0, 1, 1, 2, 5, 14, 29, 30, 31, 40)
SPAN_DAYS = 1_100
SPENDS = ("", "", "0", "1200", "12,000", "5,000円以上 10,000円未満", "100,000円以上", "5,000円未満")
PURPOSES = ("", "", "", "leisure", "leisure", "leisure", "business", "workation", "work", "relatives")
ENGAGED = ("contribution", "work_onsite", "work_remote", "participation")
CONTACTS = ("donation", "purchase", "online", "hobby")
KINDS = ENGAGED + CONTACTS
SCHEMES = (
    "furusato_basic",
    "furusato_premium",
    "dual_residence",
    "dual_trial",
    "program",
    "digital_resident",
    "fan_club",
    "relocation",
    "local_employment",
)

COLUMNS = {
    "visits": (
        "person_id",
        "municipality_code",
        "arrived_on",
        "departed_on",
        "visit_id",
        "purpose",
        "spend_yen",
        "home_municipality_code",
        "program_id",
        "organization_id",
        "source",
    ),
    "engagements": ("person_id", "municipality_code", "engaged_on", "kind", "hours"),
    "enrollments": ("person_id", "municipality_code", "scheme", "started_on", "ended_on"),
    "supports": ("person_id", "municipality_code", "supported_on", "kind", "yen"),
    "people": ("person_id", "home_municipality_code", "home_from"),
    "coverage": ("municipality_code", "covered_through"),
}


@dataclass
class Draft:
    """The dataset while it is being drawn."""

    random: Random
    first: date
    people: dict[str, str]
    tables: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {t: [] for t in COLUMNS})

    @property
    def last(self) -> date:
        return self.first + timedelta(days=SPAN_DAYS)

    def add(self, table: str, **values: str) -> None:
        """Append a row; columns not given are empty."""
        self.tables[table].append({column: "" for column in COLUMNS[table]} | values)

    def some_day(self) -> date:
        """Return a day near the start, in the middle, or at the first or last of a month."""
        day = self.first + timedelta(days=self.random.choice((0, 1, 40, 200, 365, 400, 600, 731)))
        kind = self.random.random()
        if kind < 0.25:
            return day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return day.replace(day=1) if kind < 0.5 else day

    def visit(self, person: str, place: str, day: date, nights: int = 0) -> None:
        """Append a visit with random trimmings, unless it lies beyond the span."""
        if day > self.last:
            return
        pick = self.random.choice
        departed_on = day + timedelta(days=nights)
        self.add(
            "visits",
            person_id=person,
            municipality_code=place,
            arrived_on=day.isoformat(),
            departed_on="" if nights == 0 and self.random.random() < 0.6 else departed_on.isoformat(),
            purpose=pick(PURPOSES),
            spend_yen=pick(SPENDS),
            home_municipality_code=pick(("", "", "", "", "", "", "13101", "13", place[:2], place)),
            program_id=pick(("", "", "", "prog-a", "prog-b")),
            organization_id=pick(("", "", "", "org-a")),
            source=pick(("", "宿泊", "アプリ")),
        )

    def engage(self, person: str, place: str, day: date, kind: str) -> None:
        """Append an engagement, unless it lies beyond the span."""
        if day <= self.last:
            self.add(
                "engagements",
                person_id=person,
                municipality_code=place,
                engaged_on=day.isoformat(),
                kind=kind,
            )

    def enroll(self, person: str, place: str, scheme: str, started_on: date, days: int | None) -> None:
        """Append an enrollment that holds for so many days (None: still running)."""
        ended_on = "" if days is None else (started_on + timedelta(days=days - 1)).isoformat()
        self.add(
            "enrollments",
            person_id=self.people.get(person, person),
            municipality_code=place,
            scheme=scheme,
            started_on=started_on.isoformat(),
            ended_on=ended_on,
        )


Character = Callable[[Draft, str, str], None]


def edge_walker(draft: Draft, person: str, place: str) -> None:
    """Come again after a number of days at the edge of a window, day trips and stays mixed."""
    day = draft.some_day()
    for _ in range(draft.random.randint(1, 9)):
        draft.visit(person, place, day, draft.random.choice(STAYS))
        day += timedelta(days=draft.random.choice(EDGES))
    if draft.random.random() < 0.4:
        draft.engage(person, place, draft.some_day(), draft.random.choice(KINDS))


def commuter(draft: Draft, person: str, place: str) -> None:
    """Come weekly for the day, at times with a night or an enrollment in between."""
    day, step = draft.some_day(), draft.random.choice((7, 7, 7, 8, 2))
    odds = draft.random.choice((0, 0, 0.1))
    for _ in range(draft.random.randint(7, 16)):
        draft.visit(person, place, day, int(draft.random.random() < odds))
        day += timedelta(days=step)
    if draft.random.random() < 0.5:
        draft.visit(person, place, day, 1)
    if draft.random.random() < 0.4:
        draft.enroll(person, place, draft.random.choice(SCHEMES), day - timedelta(days=21), 14)


def monthly(draft: Draft, person: str, place: str) -> None:
    """Come in six months or so, at the first or last day, perhaps with a 居所."""
    day = draft.some_day()
    for _ in range(draft.random.randint(5, 9)):
        last = calendar.monthrange(day.year, day.month)[1]
        draft.visit(
            person, place, day.replace(day=draft.random.choice((1, last))), draft.random.choice((0, 1, 2))
        )
        day = day.replace(day=1) + timedelta(days=31)
    if draft.random.random() < 0.7:
        draft.enroll(person, place, "dual_residence", draft.some_day(), draft.random.choice((None, 180, 365)))


def long_stay(draft: Draft, person: str, place: str) -> None:
    """Stay about thirty nights over the end of a year, told by two overlapping sources."""
    start = date(draft.first.year + draft.random.choice((0, 1)), 12, draft.random.choice((1, 2, 3, 20)))
    nights = draft.random.choice((29, 30, 31, 45, 400))
    draft.visit(person, place, start, nights)
    draft.visit(person, place, start + timedelta(days=draft.random.choice((0, 1, 5, nights, nights + 1))), 3)
    draft.visit(person, place, start + timedelta(days=nights + draft.random.choice((2, 4, 5, 180))))
    if draft.random.random() < 0.7:
        begin = start - timedelta(days=draft.random.choice((0, 1, 30)))
        draft.enroll(person, place, "dual_residence", begin, draft.random.choice((None, 200, 400)))


def from_afar(draft: Draft, person: str, place: str) -> None:
    """Keep contact without a visit; perhaps come in the end."""
    day = draft.some_day()
    for _ in range(draft.random.randint(1, 3)):
        draft.engage(person, place, day, draft.random.choice(CONTACTS))
        day += timedelta(days=draft.random.choice(EDGES))
    if draft.random.random() < 0.4:
        scheme = draft.random.choice(SCHEMES)
        draft.enroll(person, place, scheme, draft.some_day(), draft.random.choice((1, 30, None)))
    if draft.random.random() < 0.3:
        draft.visit(person, place, day, draft.random.choice(STAYS))


def supporter(draft: Draft, person: str, place: str) -> None:
    """Come once or twice and take part, up to the third supporter activity and past the year."""
    day = draft.some_day()
    for _ in range(draft.random.choice((1, 1, 2, 4, 5))):
        draft.visit(person, place, day, 1)
        day += timedelta(days=draft.random.choice((2, 3, 30, 121, 122)))
    for _ in range(draft.random.randint(1, 4)):
        draft.engage(person, place, day, draft.random.choice(ENGAGED))
        day += timedelta(days=draft.random.choice(EDGES))
    if draft.random.random() < 0.5:
        draft.visit(person, place, day)
    if draft.random.random() < 0.5:
        draft.enroll(person, place, "furusato_premium", draft.some_day(), draft.random.choice((1, 365, None)))


def settler(draft: Draft, person: str, place: str) -> None:
    """Come, try, settle, perhaps leave again; the home moves, too."""
    day = draft.some_day()
    draft.visit(person, place, day, 2)
    draft.enroll(person, place, "dual_trial", day + timedelta(days=30), draft.random.choice((1, 29, 30)))
    moved_on = day + timedelta(days=draft.random.choice((30, 59, 60, 200, 366)))
    if moved_on <= draft.last:
        draft.enroll(person, place, "relocation", moved_on, draft.random.choice((None, 100, 365)))
        draft.add(
            "people", person_id=person, home_municipality_code="13101", home_from=draft.first.isoformat()
        )
        draft.add("people", person_id=person, home_municipality_code=place, home_from=moved_on.isoformat())
    for gap in (-1, 0, 2):
        draft.visit(person, place, moved_on + timedelta(days=gap))


CHARACTERS: tuple[Character, ...] = (
    edge_walker,
    edge_walker,
    edge_walker,
    commuter,
    monthly,
    long_stay,
    from_afar,
    supporter,
    settler,
)
