"""How a guess is made: a table's own headings, a shipped mapping's, else words and values one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kayoi.contract import TABLES, Table
from kayoi.load.clues import are_ages, are_counts, are_prefectures, are_ranges, order_of
from kayoi.load.forms import UNITS
from kayoi.load.guess import Because, BlockedHeading, ColumnGuess, Guess
from kayoi.load.headings import Hint, heading_key, hints
from kayoi.load.mapping import Mapping, Source, Target, load_mapping, own_headings, shipped_mappings
from kayoi.load.personal import refusal
from kayoi.load.scoring import Candidate, File, candidates, chosen

_PLACE: Final = "municipality_code"
_PLACE_TO_BE_TOLD: Final = (
    0.5  # a file that does not say where is of one municipality: a person can say which
)
_CONSTANT: Final = 0.7
_LEAST_TABLE: Final = 0.4
_LEAST_SHIPPED: Final = 3  # columns of a shipped mapping that the file has
_PEOPLE: Final = ("home_municipality_code", "birth_year", "gender")
_BLOCKED: Final = {
    "file_personal_heading": "contact",
    "file_personal_values": "contact",
    "file_personal_address": "address",
    "file_personal_birthday": "birthday",
}
# the column that ends what another begins
_ENDS: Final = {"arrived_on": "departed_on", "started_on": "ended_on", "starts_on": "ends_on"}
_HEADCOUNTS: Final = frozenset(
    ("人数", "宿泊人数", "利用人数", "ご利用人数", "合計人数", "大人人数", "参加人数")
)
_TOTALS: Final = ("料金", "合計", "売上", "総額", "決済", "利用金額")


@dataclass(frozen=True)
class _Fit:
    """One table as the file may be read, and how well."""

    table: Table
    score: float
    columns: tuple[ColumnGuess, ...]
    lacking: tuple[str, ...]
    because: tuple[Because, ...]


def guessed(headings: Sequence[str], samples: Sequence[Sequence[str]], table: str | None) -> Guess:
    """Return the guess `guess_mapping` promises."""
    file = File.of(headings, samples)
    found = _own(file, table) or _shipped(file, table) or _worked_out(file, table)
    used = {heading_key(heading) for heading in _used(found)}
    blocked = _blocked(file, found)
    hidden = {heading_key(one.heading) for one in blocked}
    unused = [one for one in file.headings if one.strip() and heading_key(one) not in used | hidden]
    return replace(found, blocked=blocked, unused=tuple(unused))


def _own(file: File, asked: str | None) -> Guess | None:
    """Return the table whose own headings these are, all required ones among them."""
    fitting = {}
    for table in TABLES.values():
        own = own_headings(table, file.headings)
        if all(column.name in own for column in table.columns if column.required):
            fitting[table.name] = own
    if asked is not None:
        fitting = {name: own for name, own in fitting.items() if name == asked}
    best = max(fitting, key=lambda name: len(fitting[name]), default=None)
    if best is None or len(fitting[best]) < 2:
        return None
    columns = tuple(
        ColumnGuess(
            column, Source(headings=(heading,)), 1.0, (Because("guess.because.own", {"heading": heading}),)
        )
        for column, heading in fitting[best].items()
    )
    because = (Because("guess.because.own_table", {"table": best}),)
    return Guess(best, 1.0, because, columns, needs_mapping=False)


def _shipped(file: File, asked: str | None) -> Guess | None:
    """Return the shipped mapping that finds the most of its columns, and all it needs but the place."""
    keys = file.keys()
    best: tuple[int, Mapping, tuple[str, ...]] | None = None
    for name in shipped_mappings():
        mapping = load_mapping(name)
        known = {heading_key(heading) for heading in mapping.known_by}
        if (asked not in (None, mapping.target.table)) or (known and not known & keys.keys()):
            continue
        fitted = mapping.fitted(file.headings)
        there = [column for column, source in fitted.target.columns.items() if _is_there(source, keys)]
        lacking = tuple(column for column in fitted.target.columns if column not in there)
        told = sum(1 for column in there if fitted.target.columns[column].reads)
        if set(lacking) <= {_PLACE} and told >= _LEAST_SHIPPED and (best is None or told > best[0]):
            best = told, fitted, lacking
    if best is None:
        return None
    _, mapping, lacking = best
    because = Because("guess.because.shipped", {"mapping": mapping.id})
    columns = tuple(
        ColumnGuess(column, source, 0.95, (Because("guess.because.shipped_column", {"mapping": mapping.id}),))
        for column, source in mapping.target.columns.items()
        if column not in lacking
    )
    return Guess(
        mapping.target.table,
        0.95 if not lacking else 0.8,
        (because,),
        columns,
        lacking,
        mapping_id=mapping.id,
        also=tuple(
            target for target in mapping.also if all(_is_there(one, keys) for one in target.columns.values())
        ),
        leave_out=mapping.target.leave_out,
    )


def _is_there(source: Source, keys: Iterable[str]) -> bool:
    present = set(keys)
    return all(heading_key(heading) in present for heading in source.reads)


def _worked_out(file: File, asked: str | None) -> Guess:
    told = _told(file)
    tables = [TABLES[asked]] if asked else list(TABLES.values())
    fits = sorted((_fit(table, file, told) for table in tables), key=lambda fit: -fit.score)
    best = fits[0]
    others = tuple(fit.table.name for fit in fits[1:] if fit.score >= max(_LEAST_TABLE, 0.6 * best.score))
    if best.score < _LEAST_TABLE and not asked:
        return Guess(None, round(best.score, 2), (Because("guess.because.nothing"),), other_tables=others[:3])
    columns = best.columns
    also = _people(file, best) if best.table.name != "people" else ()
    return Guess(
        best.table.name,
        round(min(best.score, 0.95), 2),
        best.because,
        columns,
        best.lacking,
        other_tables=others[:3],
        also=also,
    )


def _told(file: File) -> tuple[Hint, str] | None:
    """Return the first word in a heading that tells a table, and that heading."""
    for hint in hints():
        for heading in file.headings:
            if hint.word.casefold() in heading_key(heading):
                return hint, heading
    return None


def _fit(table: Table, file: File, told: tuple[Hint, str] | None) -> _Fit:
    found = candidates(table, file)
    taken = dict(chosen(found, table))
    guesses = {name: _column(table, one, found, file) for name, one in taken.items()}
    for first, last in _ENDS.items():
        one = guesses.get(first)
        if one is not None and one.source.period and last not in guesses and _has(table, last):
            guesses[last] = replace(one, column=last, source=replace(one.source, period="last"))
    if told is not None and told[0].table == table.name:
        hint, heading = told
        if hint.column and hint.value and hint.column not in guesses:
            because = Because(
                "guess.because.hint", {"word": hint.word, "heading": heading, "value": hint.value}
            )
            guesses[hint.column] = ColumnGuess(
                hint.column, Source(constant=hint.value), _CONSTANT, (because,)
            )
    required = [column.name for column in table.columns if column.required]
    scores = [
        guesses[name].confidence if name in guesses else _PLACE_TO_BE_TOLD * (name == _PLACE)
        for name in required
    ]
    optional = sum(one.confidence for name, one in guesses.items() if name not in required)
    # a table that needs one column is told by the others: any file with ids would be `people`
    most = 0.75 if len(required) > 1 else 0.4
    score = sum(scores) / len(scores) * most + min(0.9 - most, 0.05 * optional * (1 if most > 0.5 else 4))
    if told is not None and told[0].table == table.name:
        score += 0.1
    if "person_id" in required and "person_id" not in guesses:
        score *= 0.8
    lacking = tuple(name for name in required if name not in guesses)
    reasons = [
        Because(
            "guess.because.table",
            {"table": table.name, "found": len(required) - len(lacking), "required": len(required)},
        )
    ]
    if told is not None and told[0].table == table.name:
        reasons.append(Because("guess.because.word", {"word": told[0].word, "heading": told[1]}))
    ordered = tuple(guesses[column.name] for column in table.columns if column.name in guesses)
    return _Fit(table, score, ordered, lacking, tuple(reasons))


def _has(table: Table, column: str) -> bool:
    return any(one.name == column for one in table.columns)


def _column(table: Table, one: Candidate, found: Sequence[Candidate], file: File) -> ColumnGuess:
    heading, texts = file.headings[one.place], file.samples[one.place]
    because = [_named(one, heading)]
    if one.clue is not None:
        shown = {"fitting": one.clue.fitting, "filled": one.clue.filled}
        because.append(Because(f"guess.because.values.{one.clue.look}", shown))
    source, said = _form(table, one.column, heading, texts, file)
    because += said
    rivals = [
        file.headings[other.place]
        for other in found
        if other.column == one.column and other.place != one.place
    ]
    confidence = one.score * (0.95 if rivals else 1.0)
    return ColumnGuess(
        one.column, source, round(confidence, 2), tuple(because), tuple(dict.fromkeys(rivals))[:4]
    )


def _named(one: Candidate, heading: str) -> Because:
    if one.how == "values":
        return Because("guess.because.only_values", {"heading": heading})
    return Because(
        f"guess.because.{one.how}", {"heading": heading} | ({"word": one.word} if one.how == "like" else {})
    )


def _form(
    table: Table, name: str, heading: str, texts: Sequence[str], file: File
) -> tuple[Source, list[Because]]:
    """Return the source of a column with the form its texts show."""
    column = table.column(name)
    source, said = Source(headings=(heading,)), []
    if column.type == "date":
        order = order_of(texts)
        if order:
            source = replace(source, order=order)
            said.append(Because("guess.because.order", {"order": order}))
        elif are_ranges(texts):
            side = "last" if name in _ENDS.values() else "first"
            source = replace(source, period="last" if side == "last" else "first")
            said.append(Because("guess.because.period"))
    if column.type in ("yen", "integer", "number"):
        key = heading_key(heading)
        unit = next((unit for unit in UNITS if f"({unit})" in key), None)
        if unit is not None and unit != "日":
            source = replace(source, unit=unit)
            said.append(Because("guess.because.unit", {"unit": unit}))
    if column.type == "yen":
        people = next((one for one in file.headings if heading_key(one) in _HEADCOUNTS), None)
        if people is not None and any(word in heading for word in _TOTALS):
            source = replace(source, per=(people,))
            said.append(Because("guess.because.per", {"heading": people}))
    if name == "nights" and are_counts(texts):
        source = replace(source, bound="low")
        said.append(Because("guess.because.bound"))
    if name == "home_municipality_code" and are_prefectures(texts):
        return _home(heading, source, said, file)
    return source, said


def _home(heading: str, source: Source, said: list[Because], file: File) -> tuple[Source, list[Because]]:
    """Return the home by prefecture and name where a second heading holds the municipality of the home."""
    words = ("居住", "お住まい", "会員", "住所", "出発")
    for place, other in enumerate(file.headings):
        key = heading_key(other)
        is_town = any(word in key for word in ("市区町村", "市町村")) and any(word in key for word in words)
        if other != heading and is_town and not are_prefectures(file.samples[place]):
            named = Source(
                name_heading=other,
                prefecture_heading=heading,
                unresolved=("single_in_district", "prefecture"),
            )
            return named, [*said, Because("guess.because.home", {"heading": other})]
    return source, said


def _people(file: File, best: _Fit) -> tuple[Target, ...]:
    """Return what the file says of people besides: gender, year of birth, a home without room for it."""
    used = {heading_key(heading) for one in best.columns for heading in one.source.reads}
    person = next((one.source for one in best.columns if one.column == "person_id"), None)
    day = next(
        (one for one in best.columns if one.column in ("arrived_on", "engaged_on", "started_on")), None
    )
    if person is None:
        return ()
    table = TABLES["people"]
    columns = {"person_id": person}
    for name, one in chosen(candidates(table, file), table).items():
        heading = file.headings[one.place]
        if name not in _PEOPLE or heading_key(heading) in used or _has(best.table, name):
            continue
        source, _ = _form(table, name, heading, file.samples[one.place], file)
        if name == "birth_year" and heading_key(heading) in ("年齢", "年代"):
            continue
        columns[name] = source
    ages = next((one for one in file.headings if heading_key(one) in ("年齢", "年代")), None)
    if ages is not None and "birth_year" not in columns and day is not None and day.source.headings:
        place = file.headings.index(ages)
        if are_ages(file.samples[place]) and heading_key(ages) not in used:
            columns["birth_year"] = Source(headings=(ages,), age_on=day.source.headings[0], bound="middle")
    return (Target("people", columns),) if len(columns) > 1 else ()


def _used(guess: Guess) -> list[str]:
    sources = [one.source for one in guess.columns]
    sources += [source for target in guess.also for source in target.columns.values()]
    return [
        *(heading for source in sources for heading in source.reads),
        *(one.heading for one in guess.leave_out),
    ]


def _blocked(file: File, guess: Guess) -> tuple[BlockedHeading, ...]:
    """Return the headings for which a load would refuse the file, each with what to do."""
    feeds: dict[str, set[str]] = {}
    columns = {one.column: one.source for one in guess.columns}
    for named in (columns, *(target.columns for target in guess.also)):
        for name, source in named.items():
            for heading in source.reads:
                feeds.setdefault(heading_key(heading), set()).add(name)
    found = []
    for heading, texts in zip(file.headings, file.samples, strict=True):
        key = refusal(heading, texts, guess.table or "visits", feeds.get(heading_key(heading), set()))
        if key is not None:
            why = Because(f"guess.blocked.{_BLOCKED[key]}", {"heading": heading.strip()})
            found.append(BlockedHeading(heading, why))
    return tuple(found)
