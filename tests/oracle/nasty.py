"""Small random datasets that live on the edges of every window, as rows a supplier would write."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.oracle.characters import CHARACTERS, COLUMNS, SCHEMES, Draft

# (prefecture 20: 生坂村, 松本市), (prefecture 30: 田辺市, すさみ町)
MUNICIPALITIES = ("20448", "20202", "30206", "30406")
# prefectures whose municipalities …201 and …202 are there to be used by several datasets side by side
PREFECTURES = (
    *("02", "03", "05", "06", "07", "08", "09", "10", "16", "17", "18", "19", "21"),
    *("24", "25", "29", "31", "32", "35", "36", "37", "38", "39", "41", "42", "44"),
)


@dataclass(frozen=True)
class Dataset:
    """Rows by table, all text, empty for missing; and named groups of municipalities."""

    seed: int
    tables: dict[str, list[dict[str, str]]]
    groups: dict[str, tuple[str, ...]]

    def write_groups(self, path: Path) -> None:
        """Write the groups in the form of a warehouse's groups.toml."""
        lines = []
        for group, members in self.groups.items():
            lines += ["[[group]]", f'id = "{group}"', f'name_ja = "{group}"', f'name_en = "{group}"']
            lines += ['kind = "cohort"', f"members = {list(members)}", 'source = "test"', ""]
        path.write_text("\n".join(lines), encoding="utf-8")

    def write(self, folder: Path) -> list[Path]:
        """Write one CSV for each table that has rows (UTF-8); return their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for table, rows in self.tables.items():
            if not rows:
                continue
            path = folder / f"{table}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, fieldnames=list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
            paths.append(path)
        return paths


def nasty_dataset(seed: int, places: tuple[str, ...] = MUNICIPALITIES, name: str = "p") -> Dataset:
    """Draw a dataset: 3–12 people, 2–4 municipalities in two prefectures, three groups, about three years.

    `places` are two municipalities of one prefecture and two of another; `name` begins every person_id.
    """
    random = Random(seed)
    people = [f"{name}{n}" for n in range(1, random.randint(3, 12) + 1)]
    # the same id in full width: hashed after NFKC, so an enrollment written so is the same person's
    wide = {person: "".join(chr(ord(letter) + 0xFEE0) for letter in person) for person in people[:2]}
    draft = Draft(random, date(2022, random.choice((1, 3, 9)), random.choice((1, 15, 28))), wide)
    count = random.randint(2, 4)
    chosen = [places[0], places[2], places[1], places[3]][:count]
    for person in people:
        for place in random.sample(chosen, random.choice((1, 1, 2, min(3, count)))):
            random.choice(CHARACTERS)(draft, person, place)
        draw_home(draft, person, chosen)
    trouble_visits(draft, name)
    for place in chosen:
        if not any(row["municipality_code"] == place for row in draft.tables["visits"]):
            draft.visit(people[0], place, draft.some_day())
        draw_horizon(draft, place, people)
    groups = {
        f"{name}-first": (chosen[0],),
        f"{name}-wide": (chosen[0][:2], chosen[1]),
        f"{name}-cross": (*chosen[:2], "01633"),
    }
    return Dataset(seed, draft.tables, groups)


def nasty_country(seeds: Sequence[int]) -> Dataset:
    """Draw several datasets side by side, each with its own people and its own two prefectures."""
    tables: dict[str, list[dict[str, str]]] = {table: [] for table in COLUMNS}
    groups: dict[str, tuple[str, ...]] = {}
    for number, seed in enumerate(seeds):
        one, other = PREFECTURES[2 * number], PREFECTURES[2 * number + 1]
        places = (f"{one}201", f"{one}202", f"{other}201", f"{other}202")
        drawn = nasty_dataset(seed, places, f"s{seed}p")
        for table, rows in drawn.tables.items():
            tables[table] += rows
        groups |= drawn.groups
    return Dataset(seeds[0], tables, groups)


def draw_home(draft: Draft, person: str, places: list[str]) -> None:
    """Give some people homes: in a municipality, moving, unknown since when, or a prefecture only."""
    if draft.random.random() < 0.5 or any(r["person_id"] == person for r in draft.tables["people"]):
        return
    since = draft.random.choice(("", draft.first.isoformat(), draft.some_day().isoformat()))
    home = draft.random.choice((*places, "13101", places[0][:2]))
    draft.add("people", person_id=person, home_municipality_code=home, home_from=since)
    if draft.random.random() < 0.5:
        moved_on = draft.some_day() + timedelta(days=1)
        other = draft.random.choice((*places, "13101"))
        draft.add("people", person_id=person, home_municipality_code=other, home_from=moved_on.isoformat())


def trouble_visits(draft: Draft, name: str) -> None:
    """Shuffle visits, repeat some exactly, tell some by a second source, replace some by visit_id."""
    rows = draft.tables["visits"]
    draft.random.shuffle(rows)
    for number, row in enumerate(list(rows)):
        chance = draft.random.random()
        if chance < 0.08:
            rows.append(dict(row))
        elif chance < 0.16:
            rows.append(row | {"source": "航空", "spend_yen": draft.random.choice(("", "800"))})
        elif chance < 0.24:
            row["visit_id"] = f"{name}v{number}"
            later = date.fromisoformat(row["arrived_on"]) + timedelta(days=1)
            rows.append(row | {"arrived_on": later.isoformat(), "departed_on": "", "spend_yen": "777"})


def draw_horizon(draft: Draft, place: str, people: list[str]) -> None:
    """Declare a horizon or leave it to the rows, and hang enrollments on it."""
    dates = sorted(r["arrived_on"] for r in draft.tables["visits"] if r["municipality_code"] == place)
    # the earliest possible declared horizon still leaves at least one visit accepted
    last = date.fromisoformat(dates[-1])
    horizon = last + timedelta(days=draft.random.choice((0, 1, 56, 180, 364, 365, 366, 730)))
    horizon = min(horizon, draft.last + timedelta(days=30))
    kind = draft.random.random()
    if kind < 0.2:
        horizon = date.fromisoformat(dates[len(dates) // 2])
    if kind < 0.6:
        draft.add("coverage", municipality_code=place, covered_through=horizon.isoformat())
    elif kind < 0.9:
        draft.add(
            "supports",
            person_id=draft.random.choice(people),
            municipality_code=place,
            supported_on=horizon.isoformat(),
            kind="miles",
            yen="5000",
        )
    else:
        return
    for offset in draft.random.sample((-365, -56, -1, 0, 1), 2):
        person, scheme = draft.random.choice(people), draft.random.choice(SCHEMES)
        ends_with_it = draft.random.random() < 0.5
        days = draft.random.choice((1, 30)) if ends_with_it else None
        started_on = horizon + timedelta(days=offset)
        draft.enroll(person, place, scheme, started_on, days)
