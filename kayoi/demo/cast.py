"""The invented people: who they are, where they live, when they moved, and what is recorded about them."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kayoi.demo.figures import FIRST_DAY, LAST_DAY, PEOPLE, day
from kayoi.demo.places import CODES, HOME_CODES, PLACES, home_shares

IntArray = NDArray[np.int64]
TextArray = NDArray[np.object_]

NEVER: Final = LAST_DAY + 100_000
_CODES: Final = np.array([*HOME_CODES, *CODES], dtype=object)  # homes are positions in this
_SHARE_IN_REGISTER: Final = 0.8  # of people have a row in `people`
_SHARE_MOVED: Final = 0.03


class Cast:
    """Hands out people one group after the other and gathers what the groups leave in the log.

    A person is a number from 0; `rows` collects frames per input table with days as integers.
    """

    def __init__(self, rng: np.random.Generator, people: int) -> None:
        self.rng = rng
        self.people = people
        self.rows: dict[str, list[pd.DataFrame]] = {}
        self._taken = 0
        self._home = np.zeros(people, dtype=np.int64)
        self._moved_on = np.full(people, NEVER, dtype=np.int64)
        self._moved_to = np.zeros(people, dtype=np.int64)
        self._born = np.zeros(people, dtype=np.int64)

    @property
    def left(self) -> int:
        """How many people no group has taken yet."""
        return self.people - self._taken

    def count(self, base: int, least: int) -> int:
        """Return the size of a group that has *base* people in a dataset of the usual size."""
        return max(least, round(base * self.people / PEOPLE))

    def take(self, places: IntArray, pool: str) -> IntArray:
        """Return one new person per element of *places* (positions in PLACES), at home where *pool* says."""
        persons = np.arange(self._taken, self._taken + len(places))
        self._taken += len(places)
        for place in np.unique(places):
            here = persons[places == place]
            steps = np.cumsum(home_shares(PLACES[place], pool))
            self._home[here] = np.searchsorted(steps, self.rng.random(len(here)) * steps[-1])
        return persons

    def settle(self, persons: IntArray, home_code: str) -> None:
        """Give *persons* a home of their own choosing, from the start."""
        self._home[persons] = int(np.flatnonzero(home_code == _CODES)[0])

    def settle_in_place(self, persons: IntArray, places: IntArray) -> None:
        """Make *persons* residents of the municipality they appear in, from the start."""
        self._home[persons] = len(HOME_CODES) + places

    def move(self, persons: IntArray, places: IntArray, days: IntArray) -> None:
        """Let *persons* move to the municipality itself on *days*."""
        self._moved_to[persons] = len(HOME_CODES) + places
        self._moved_on[persons] = days

    def born(self, persons: IntArray, year: int) -> None:
        """Fix the year of birth."""
        self._born[persons] = year

    def move_some(self) -> None:
        """Let a few of those who have not moved move somewhere else in Japan."""
        staying = self._moved_on == NEVER
        moving = np.flatnonzero(staying & (self.rng.random(self.people) < _SHARE_MOVED))
        self._moved_to[moving] = self._home[self.rng.permutation(moving)]
        self._moved_on[moving] = self.rng.integers(day("2023-03-01"), day("2026-06-30"), len(moving))

    def homes(self, persons: IntArray, days: IntArray) -> TextArray:
        """Return the home municipality of each person on each day, 5-digit codes."""
        moved = days >= self._moved_on[persons]
        return _CODES[np.where(moved, self._moved_to[persons], self._home[persons])]

    def add(self, table: str, **columns: object) -> None:
        """Append rows to *table*; single values are repeated."""
        self.rows.setdefault(table, []).append(pd.DataFrame(columns))

    def register(self) -> pd.DataFrame:
        """Return the table `people`: one row per home a known person had, days as integers."""
        listed = np.flatnonzero(self.rng.random(self.people) < _SHARE_IN_REGISTER)
        moved = listed[self._moved_on[listed] < NEVER]
        ages = np.where(
            self.rng.random(self.people) < 0.6,
            self.rng.normal(47, 14, self.people),
            self.rng.normal(66, 8, self.people),
        ).clip(18, 88)
        born = np.where(self._born > 0, self._born, 2025 - ages.astype(np.int64))
        known = self.rng.random(self.people) < 0.94
        gender = self.rng.choice(
            np.array(["female", "male", "other", "unknown"], dtype=object),
            self.people,
            p=[0.485, 0.475, 0.006, 0.034],
        )
        persons = np.concatenate([listed, moved])
        since = np.concatenate([np.full(len(listed), FIRST_DAY), self._moved_on[moved]])
        return pd.DataFrame(
            {
                "person": persons,
                "home_municipality_code": self.homes(persons, since),
                "home_from": np.concatenate([np.full(len(listed), day("2018-04-01")), self._moved_on[moved]]),
                "birth_year": pd.array(np.where(known, born, -1)[persons], dtype="Int64").astype("Int64"),
                "gender": gender[persons],
            }
        )
