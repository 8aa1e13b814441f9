"""Small random datasets for the catalogue: every table, with days drawn on the edges of every window."""

from datetime import date, timedelta
from random import Random

from tests.oracle.nasty import Dataset

PLACES = ("20448", "20202", "30206", "30406")
HOMES = (*PLACES, "13101", "27", "")
STEPS = (0, 1, 2, 3, 6, 29, 30, 31, 55, 56, 89, 90, 91, 180, 181, 364, 365, 366, 400)
KINDS = (
    *("contribution", "work_onsite", "work_remote", "participation", "hobby", "donation", "purchase"),
    "online",
)
SCHEMES = (
    *("furusato_basic", "furusato_premium", "furusato_premium", "dual_residence", "dual_trial"),
    *("program", "digital_resident", "fan_club", "relocation", "local_employment"),
)
FIRST, LAST = date(2023, 1, 1), date(2025, 10, 15)


def edge_dataset(seed: int, people: int = 24) -> Dataset:
    """Draw a dataset of four municipalities in two prefectures, one of them with an early horizon."""
    random = Random(seed)
    tables: dict[str, list[dict[str, str]]] = {
        table: []
        for table in (
            *("visits", "engagements", "enrollments", "supports", "people", "programs", "area_stats"),
            *("coverage", "targets"),
        )
    }
    programs = draw_programs(random, tables)
    for number in range(people):
        draw_person(random, tables, f"e{seed}-{number}", programs)
    # supporters' rows are delivered by some places alone: elsewhere such figures are unknown
    silent = random.choice(PLACES)
    for table in ("engagements", "supports"):
        tables[table] = [row for row in tables[table] if row["municipality_code"] != silent]
    for place in PLACES[:3]:
        early = place == PLACES[1]
        tables["coverage"].append(
            {
                "municipality_code": place,
                "covered_from": random.choice(("", "2023-01-01", "2023-10-02")),
                "covered_through": "2025-06-17" if early else LAST.isoformat(),
            }
        )
        draw_stats(random, tables, place)
    return Dataset(seed, tables, {"edges": (PLACES[0], "30")})


def draw_programs(random: Random, tables: dict[str, list[dict[str, str]]]) -> list[str]:
    """Add three programmes: one that is over, one that has a number of trips, one that runs on."""
    drawn = (
        ("p-over", "2023-06-01", "2023-12-31", random.choice(("", "2"))),
        ("p-trips", "2024-03-01", random.choice(("2024-08-31", "2025-05-31")), "3"),
        ("p-open", "2025-01-01", "", random.choice(("", "1"))),
    )
    for program, starts_on, ends_on, trips in drawn:
        row = {"program_id": program, "name_ja": program, "kind": "other"}
        row |= {"starts_on": starts_on, "ends_on": ends_on, "required_round_trips": trips}
        tables["programs"].append(row)
    return [program for program, *_ in drawn]


def draw_stats(random: Random, tables: dict[str, list[dict[str, str]]], place: str) -> None:
    """Add official figures, some months missing."""
    for year in (2023, 2024, 2025):
        for month in range(1, 13):
            for metric in ("観光来訪者数", "特定居住促進計画", "特定居住支援法人"):
                if random.random() < 0.7:
                    row = {"municipality_code": place, "month": f"{year}-{month:02d}", "metric": metric}
                    tables["area_stats"].append(row | {"value": str(random.randint(0, 50))})


def draw_person(
    random: Random, tables: dict[str, list[dict[str, str]]], person: str, programs: list[str]
) -> None:
    """Add one person's homes, visits, ties and supports; days follow one another by the steps of windows."""
    for since in random.sample(("", "2023-05-01", "2024-07-15"), random.choice((0, 1, 2))):
        row = {"person_id": person, "home_municipality_code": random.choice(HOMES), "home_from": since}
        tables["people"].append(row)
    for place in random.sample(PLACES, random.choice((1, 1, 2, 3))):
        character = random.choice(("visitor", "resident", "helper", "donor", "routine", "member", "company"))
        day = FIRST + timedelta(days=random.choice((0, 1, 30, 89, 200, 365, 500)))
        anchors = [day]
        trips = random.choice((1, 2, 4, 7, 12)) if character != "donor" else random.choice((0, 0, 1))
        for _ in range(trips):
            nights = random.choice((0, 0, 1, 2, 7, 33)) if character != "routine" else 0
            if day > LAST:
                break
            draw_visit(random, tables, person, place, day, nights, character, programs)
            anchors.append(day)
            steps = (5, 6, 7) if character == "routine" else STEPS
            day += timedelta(days=nights + random.choice(steps))
        if character == "routine":
            for week in range(9):
                weekly = LAST - timedelta(days=15 + 6 * week)
                draw_visit(random, tables, person, place, weekly, 0, character, programs)
        draw_ties(random, tables, person, place, anchors, programs)
        if character == "donor":
            draw_ties(random, tables, person, place, [day, day], programs)


def draw_visit(  # noqa: PLR0913 - one row, drawn at once
    random: Random,
    tables: dict[str, list[dict[str, str]]],
    person: str,
    place: str,
    day: date,
    nights: int,
    character: str,
    programs: list[str],
) -> None:
    """Add one visit, sometimes as two records that touch, with or without a night between them."""
    row = {"person_id": person, "municipality_code": place, "arrived_on": day.isoformat()}
    row["departed_on"] = (day + timedelta(days=nights)).isoformat() if nights else ""
    row["purpose"] = random.choice(("leisure", "work", "", "relatives" if random.random() < 0.2 else ""))
    row["spend_yen"] = random.choice(("", "1200", "5,000円以上 10,000円未満", "100,000円以上", "90"))
    row["home_municipality_code"] = random.choice(("", "", "13101", place if random.random() < 0.1 else ""))
    row["program_id"] = random.choice((*programs, "", ""))
    row["organization_id"] = random.choice(("org-a", "org-b", "")) if character == "company" else ""
    tables["visits"].append(row)
    if random.random() < 0.25:
        again = day + timedelta(days=nights + random.choice((0, 1)))
        more = {"arrived_on": again.isoformat(), "spend_yen": random.choice(("", "700"))}
        more["departed_on"] = (again + timedelta(days=random.choice((0, 1, 3)))).isoformat()
        tables["visits"].append(row | more)


def draw_ties(  # noqa: PLR0913 - one pair, drawn at once
    random: Random,
    tables: dict[str, list[dict[str, str]]],
    person: str,
    place: str,
    anchors: list[date],
    programs: list[str],
) -> None:
    """Add engagements, enrollments and supports a window's length from the visits."""

    def near() -> date:
        day = random.choice(anchors) + timedelta(days=random.choice((-1, 1)) * random.choice(STEPS))
        return min(max(day, FIRST), LAST)

    here = {"person_id": person, "municipality_code": place}
    for _ in range(random.choice((0, 1, 2, 5))):
        act = {"engaged_on": near().isoformat(), "kind": random.choice(KINDS)}
        tables["engagements"].append(here | act | {"hours": random.choice(("", "1.5", "4"))})
    for _ in range(random.choice((0, 1, 2, 3))):
        since = near()
        ends = random.choice(("", *((since + timedelta(days=n)).isoformat() for n in (0, 29, 60, 364))))
        hold = {"scheme": random.choice(SCHEMES), "started_on": since.isoformat(), "ended_on": ends}
        tables["enrollments"].append(here | hold | {"program_id": random.choice((*programs, ""))})
        if hold["scheme"] == "furusato_premium" and ends:
            again = date.fromisoformat(ends) + timedelta(days=random.choice((-5, 1, 29, 30, 31)))
            if since < again <= LAST:
                renewed = hold | {"started_on": again.isoformat(), "ended_on": ""}
                tables["enrollments"].append(here | renewed | {"program_id": ""})
    for _ in range(random.choice((0, 0, 1, 2))):
        help_ = {"supported_on": near().isoformat(), "kind": random.choice(("miles", "fare", "lodging"))}
        help_ |= {"quantity": random.choice(("", "1", "6000")), "yen": random.choice(("", "5000", "9000"))}
        tables["supports"].append(here | help_ | {"program_id": random.choice((*programs, ""))})
